"""Briefings: put together from sections, called by what their audience may see, marked, checked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from ocgdesk.casework import (
    area_sections,
    areas,
    brief_naming,
    brief_parts,
    brief_pictures,
    brief_sections,
    intelligence,
    wide_sections,
    withholding,
)
from ocgdesk.casework.brief_naming import Audience, Doubt
from ocgdesk.casework.brief_parts import Making
from ocgdesk.casework.brief_products import (
    CHART,
    SECTIONS,
    TYPED,
    heading,
    kind_of,
    needs_area,
    sections_of,
    usual_period,
)
from ocgdesk.casework.wide_sections import RETURN
from ocgdesk.domain.areas import Area
from ocgdesk.domain.charts import FIXED_LINE
from ocgdesk.domain.marking import Marking, highest
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.returns import Period
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, silent, track
from ocgdesk.reports.document import (
    Block,
    Contents,
    Document,
    Facts,
    Heading,
    Paragraph,
    Table,
    Tone,
)
from ocgdesk.store import records as queries
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief

_LISTED: Final = 5
"""So many sections, and a list of contents helps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which product somebody wants, of what, for whom, in which sections."""

    product: str
    subject: UUID | None = None
    """The record it is about; None for a product about an area or the register."""
    area: str = ""
    """A force, a regional unit or a town; of a product about the register, an agency or nothing."""
    period: Period | None = None
    """What is counted over a time is counted over this one; None: the last twelve whole months."""
    audience: str = "internal"
    exploited: str = ""
    """Why exploited people are named; empty: they are not."""
    sections: tuple[str, ...] = ()
    """Codes in their order; none: those the product begins with."""
    texts: tuple[tuple[str, str], ...] = ()
    """What was typed under a heading, by section."""
    marking: Marking | None = None
    """None: as high as what is in it."""
    left_out: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Titles of columns that are left out, by section."""
    template: UUID | None = None
    """The force's own file it is made by; None: this program's look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """A briefing that was made and has not left."""

    wish: Wish
    document: Document
    subject: Brief | None
    """The record it is about; None where it is about an area or the register."""
    about: str
    """The reference or the words of what it is about."""
    audience: Audience
    marking: Marking
    records: tuple[UUID, ...]
    numbers: tuple[int, ...]
    handling: tuple[str, ...]
    parts: tuple[tuple[str, tuple[Block, ...]], ...]
    """Each section by its code, in their order."""
    closing: tuple[Block, ...]
    """What every paper ends with."""
    columns: Mapping[str, tuple[str, ...]]
    """The titles of columns that can be left out, by section; those left out too."""
    doubts: tuple[Doubt, ...]


def make(
    reader: Reader,
    wish: Wish,
    *,
    now: datetime,
    author: str = "",
    synthetic: bool = False,
    head: str = "",
    floor: Marking = Marking.OFFICIAL_SENSITIVE,
    progress: Progress = silent,
) -> Briefing:
    """Put a briefing together; nothing leaves yet.

    ``floor`` is the marking of the workspace: figures of returns are made of all that is in it.

    Raises Refused for a product, section or audience there is none of, for a record of another
    kind than the product is about, and for a marking below what is in it, naming those items.
    """
    subject = queries.brief(reader, wish.subject) if wish.subject else None
    area = _area(reader, wish)
    _check(wish, subject)
    made = _making(reader, wish, subject, area, now=now, floor=floor)
    audience = made.naming.audience
    title = _about(made)
    wanted = wish.sections or sections_of(wish.product)
    whole = [
        (section, tuple(_blocks(made, wish, section)))
        for section in track(wanted, progress, _("Make briefing"))
    ]
    parts = [(code, _narrowed(wish, code, blocks)) for code, blocks in whole]
    brief_sections.cited(made)
    marking, closing = _marking(wish, made), tuple(_closing(made, head))
    about = subject.ref if subject else title
    document = Document(
        title=f"{label('product-types', wish.product)}: {title}",
        subtitle=" · ".join((about if subject else made.period.words, audience.label)),
        marking=marking.banner,
        synthetic=synthetic,
        author=author,
        day=now.date(),
        foot=f"{about} · {audience.label}",
        blocks=tuple(_laid_out(parts, closing)),
    )
    known = made.naming.records
    return Briefing(
        wish=replace(wish, sections=tuple(wanted)),
        document=document,
        subject=subject,
        about=about,
        audience=audience,
        marking=marking,
        records=tuple(known),
        numbers=tuple(known.values()),
        handling=tuple(dict.fromkeys(made.handling)),
        parts=tuple(parts),
        columns={code: brief_parts.columns_of(blocks) for code, blocks in whole},
        closing=closing,
        doubts=brief_naming.doubts(texts_of(document), made.naming),
    )


def _area(reader: Reader, wish: Wish) -> Area | None:
    """Return the area a product is about; Refused where it is about one and none is named."""
    if needs_area(wish.product):
        return areas.of(reader, wish.area)
    if kind_of(wish.product) is not None or not wish.area.strip():
        return None
    found = areas.of(reader, wish.area)
    if not found.codes:
        raise Refused(_("This product is narrowed by an agency, not by a town"))
    return found


def _making(
    reader: Reader,
    wish: Wish,
    subject: Brief | None,
    area: Area | None,
    *,
    now: datetime,
    floor: Marking,
) -> Making:
    audience = brief_naming.audience(wish.audience, exploited=wish.exploited)
    links = queries.links_of(reader, subject.id) if subject else []
    near = tuple(
        item for item in intelligence.as_shown(reader, links) if item.link.holds_on(now.date())
    )
    return Making(
        reader=reader,
        about=subject,
        naming=brief_naming.naming(reader, audience, near, about=subject, today=now.date()),
        now=now,
        period=wish.period or usual_period(wish.product, now.date()),
        floor=floor,
        area=area,
        near=near,
    )


def _about(made: Making) -> str:
    """Return what a product is about, in the words of its title."""
    if made.about is not None:
        return made.name(made.about)
    return made.area.words if made.area is not None else _("whole register")


def _check(wish: Wish, subject: Brief | None) -> None:
    kind, product = kind_of(wish.product), label("product-types", wish.product)
    for section in wish.sections:
        heading(section)
        _check_fits(wish.product, section)
    if subject is None and kind is not None:
        told = _("{product} is about one record: name it")
        raise Refused(told.format(product=product))
    if subject is not None and kind is None:
        raise Refused(_("{product} is not about a record").format(product=product))
    if subject is not None and kind is not None and subject.kind is not kind:
        told = _("{product} is about {wanted}, and {ref} is {other}")
        wanted, other = (label("kinds", one.value) for one in (kind, subject.kind))
        raise Refused(told.format(product=product, wanted=wanted, ref=subject.ref, other=other))


def _check_fits(product: str, section: str) -> None:
    """Refuse a section about one record in a product about none, and about an area likewise."""
    if section in brief_sections.SECTIONS and kind_of(product) is None:
        raise Refused(_("A section about one record does not go into a product about an area"))
    if section in area_sections.SECTIONS and not needs_area(product):
        raise Refused(_("A section about an area goes only into a product about one"))


def _blocks(made: Making, wish: Wish, section: str) -> Iterator[Block]:
    if section.startswith(TYPED):
        yield Heading(heading(section))
        text = dict(wish.texts).get(section, "")
        yield Paragraph(text) if text else Paragraph(_("To be written."), Tone.QUIET)
        return
    yield from _made(made, section)
    if typed := dict(wish.texts).get(section, ""):
        yield Paragraph(typed)


def _narrowed(wish: Wish, section: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks of a section without the columns that are to be left out."""
    titles = dict(wish.left_out).get(section, ())
    return tuple(brief_parts.narrowed(block, titles) for block in blocks)


def _made(made: Making, section: str) -> Iterator[Block]:
    """Yield a section under its heading: a saved chart, a return, or one of the list."""
    if section.startswith(CHART):
        yield from brief_pictures.saved(made, section.removeprefix(CHART))
    elif section.startswith(RETURN):
        code = section.removeprefix(RETURN)
        yield Heading(wide_sections.title_of(made, code))
        yield from wide_sections.of_return(made, code)
    else:
        yield Heading(heading(section))
        yield from SECTIONS[section][1](made)


def _laid_out(
    parts: Sequence[tuple[str, tuple[Block, ...]]], closing: tuple[Block, ...]
) -> Iterator[Block]:
    if len(parts) >= _LISTED:
        yield Contents()
    for _section, blocks in parts:
        yield from blocks
    yield from closing


def _closing(made: Making, head: str) -> Iterator[Block]:
    """Yield what every paper ends with, whatever it looks like."""
    yield Heading(_("About this paper"))
    if made.handling:
        yield Heading(_("Handling"), 2)
        yield Facts(brief_parts.by_condition(made.handling))
    if made.naming.withheld:
        yield Paragraph(_(withholding.NOTE), Tone.QUIET)
    if not made.naming.audience.names:
        yield Paragraph(_("People are called by their role for this audience."), Tone.QUIET)
    yield Paragraph(_(FIXED_LINE), Tone.QUIET)
    if head:
        yield Paragraph(_("Head of the journal: {head}").format(head=head), Tone.QUIET)


def _marking(wish: Wish, made: Making) -> Marking:
    needed = highest(marking for marking, _ref in made.markings)
    if wish.marking is None:
        return needed
    if highest((wish.marking, needed)) is not wish.marking:
        above = [
            ref
            for marking, ref in dict.fromkeys(made.markings)
            if highest((wish.marking, marking)) is not wish.marking
        ]
        told = _("These outrank {marking}: {refs}. Lower them, or raise the product")
        named = ", ".join(above[:6]) + (_(" and more") if len(above) > 6 else "")
        raise Refused(told.format(marking=wish.marking.banner, refs=named))
    return wish.marking


def texts_of(document: Document) -> Iterator[str]:
    """Yield every text of a document: what a reader of it could learn."""
    yield from (document.title, document.subtitle, document.foot)
    for block in document.blocks:
        yield from _texts(block)


def _texts(block: Block) -> Iterable[str]:
    match block:
        case Heading(text=text) | Paragraph(text=text):
            return (text,)
        case Facts(pairs=pairs):
            return (text for pair in pairs for text in pair)
        case Table(rows=rows):
            return (cell for row in rows for cell in row)
    return (getattr(block, "caption", ""), getattr(block, "alt", ""))
