"""Briefings: put together from sections, called by what their audience may see, marked, checked."""

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from ocgdesk.casework import (
    area_sections,
    areas,
    audiences,
    brief_doubts,
    brief_handling,
    brief_leaving,
    brief_marking,
    brief_naming,
    brief_parts,
    brief_pictures,
    brief_sections,
    brief_sources,
    intelligence,
    wide_sections,
)
from ocgdesk.casework.audiences import Audience
from ocgdesk.casework.brief_doubts import Doubt
from ocgdesk.casework.brief_leaving import Leaving
from ocgdesk.casework.brief_naming import Naming
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
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.returns import Period
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, silent, track
from ocgdesk.reports.document import (
    Block,
    Contents,
    Document,
    Heading,
    Paragraph,
    Tone,
)
from ocgdesk.store import records as queries
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, Linked

_LISTED: Final = 5
"""So many sections, and a list of contents helps."""
_ONE_PAGE: Final = 24
"""Headings beneath which the list of contents fits the first page with those of both levels."""


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
    settled: tuple[tuple[str, str], ...] = ()
    """Words in typed texts that were settled: why they are kept, or nothing where they go."""
    despite: str = ""
    """Why it goes although handling conditions rule the audience out; empty: it does not."""
    leaves_out_ruled: bool = False
    """Whether what rests only on reports that rule the audience out is left out."""


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
    author: str
    """Who made it, whoever may know."""
    leaving: Leaving
    """What speaks against its leaving, and what is not told."""


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
    kind than the product is about, for somebody exploited the audience is not told of, and for a
    marking below what is in it, naming those items.
    """
    subject = queries.brief(reader, wish.subject) if wish.subject else None
    area = _area(reader, wish)
    _check(wish, subject)
    made = _making(reader, wish, subject, area, now=now, floor=floor)
    audience = made.naming.audience
    title = _about(made)
    wanted = wish.sections or sections_of(wish.product)
    whole = [_noted(made, wish, one) for one in track(wanted, progress, _("Make briefing"))]
    narrow = [(code, _narrowed(wish, code, blocks)) for code, blocks in whole]
    brief_sections.cited(made)
    parts, unsaid = brief_leaving.told(narrow, audience)
    marking = brief_marking.marking_of(made, wish.marking)
    closing = tuple(brief_leaving.closing(made, head, wanted))
    about = subject.ref if subject else title
    document = Document(
        title=f"{label('product-types', wish.product)}: {title}",
        subtitle=" · ".join((about if subject else made.period.words, audience.label)),
        marking=marking.banner,
        synthetic=synthetic,
        author=made.naming.officer(author, _("Issuing officer")),
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
        doubts=brief_doubts.doubts(document, made.naming),
        author=author,
        leaving=brief_leaving.leaving(made, marking, wish.despite, unsaid),
    )


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a briefing would rest on now, and how it calls each."""

    naming: Naming
    records: frozenset[UUID]
    sections: Mapping[UUID, str]
    """The records that a section tells of, each with the first that does."""


def drawn_on(reader: Reader, wish: Wish, *, now: datetime) -> Drawn:
    """Return what a briefing would rest on now; nothing is drawn, and no return is counted.

    Raises Refused where it could not be made any more.
    """
    subject = queries.brief(reader, wish.subject) if wish.subject else None
    area = _area(reader, wish)
    _check(wish, subject)
    made = _making(reader, wish, subject, area, now=now, floor=Marking.OFFICIAL)
    made.draws = False
    if subject is not None:
        made.name(subject)
    records, sections = set(made.naming.records), dict[UUID, str]()
    for section in wish.sections or sections_of(wish.product):
        made.naming.begin_anew()
        if not section.startswith(RETURN):
            deque(_blocks(made, wish, section), maxlen=0)  # each says what it rests on as it goes
        records |= made.naming.records.keys()
        for id_ in made.naming.records:
            sections.setdefault(id_, section)
    made.naming.begin_anew()
    brief_sections.cited(made)
    records |= made.naming.records.keys()
    return Drawn(made.naming, frozenset(records), sections)


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
    audience = audiences.audience(wish.audience, exploited=wish.exploited)
    near = _links(reader, subject, now.date())
    ruled: list[Linked] = []
    if wish.leaves_out_ruled:
        near, ruled = brief_handling.ruled_last(reader, near, audience)
    naming = brief_naming.naming(reader, audience, (*near, *ruled), about=subject, today=now.date())
    made = Making(
        reader=reader,
        about=subject,
        naming=naming,
        now=now,
        period=wish.period or usual_period(wish.product, now.date()),
        floor=floor,
        area=area,
        leaves_out_ruled=wish.leaves_out_ruled,
    )
    made.keep_near(near)
    return made


def _links(reader: Reader, subject: Brief | None, today: date) -> list[Linked]:
    """Return the links a briefing tells of: a group's as it is, anything else's as they ever were.

    Who used a handle, was in a group or ran a line is told of with its dates: most of it is over
    when it is written up.
    """
    found = queries.links_of(reader, subject.id) if subject else []
    shown = intelligence.as_shown(reader, found)
    if subject is None or subject.kind is not Kind.OCG:
        return list(shown)
    return [item for item in shown if item.link.holds_on(today)]


def _about(made: Making) -> str:
    """Return what a product is about, in the words of its title."""
    if made.about is not None:
        if made.about.id in made.naming.withheld and made.naming.audience.leaves_out_exploited:
            told = _("{ref} is recorded as exploited, and left out for {audience}")
            audience = made.naming.audience.label
            raise Refused(told.format(ref=made.about.ref, audience=audience))
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


def unwritten(wish: Wish) -> tuple[str, ...]:
    """Return the headings of a briefing under which somebody has still to write."""
    typed = dict(wish.texts)
    wanted = wish.sections or sections_of(wish.product)
    return tuple(
        heading(one) for one in wanted if one.startswith(TYPED) and not typed.get(one, "").strip()
    )


def _check_fits(product: str, section: str) -> None:
    """Refuse a section about one record in a product about none, and about an area likewise."""
    if section in brief_sections.SECTIONS and kind_of(product) is None:
        raise Refused(_("A section about one record does not go into a product about an area"))
    if section in area_sections.SECTIONS and not needs_area(product):
        raise Refused(_("A section about an area goes only into a product about one"))


def _blocks(made: Making, wish: Wish, section: str) -> Iterator[Block]:
    typed = made.typed(section, dict(wish.texts).get(section, ""), dict(wish.settled))
    if section.startswith(TYPED):
        yield Heading(made.text(heading(section)))
        yield Paragraph(typed) if typed else Paragraph(_("To be written."), Tone.QUIET)
        return
    yield from _made(made, section)
    if typed:
        yield Paragraph(typed)


def _noted(made: Making, wish: Wish, section: str) -> tuple[str, tuple[Block, ...]]:
    """Return a section by its code, its heading saying what the section alone rests on."""
    before = made.naming.begin_anew()
    blocks = tuple(_blocks(made, wish, section))
    nos: Collection[int] = made.naming.records.values()
    if not nos and made.about is not None and not section.startswith((TYPED, RETURN)):
        nos = {made.about.no}
    noted = brief_sources.noted(made, blocks, nos)
    made.naming.told_before(before)
    return section, noted


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
        headings = sum(isinstance(one, Heading) for _code, some in parts for one in some)
        yield Contents(levels=2 if headings <= _ONE_PAGE else 1)
    for _section, blocks in parts:
        yield from blocks
    yield from closing


def texts_of(document: Document) -> Iterator[str]:
    """Yield every text of a document: what a reader of it could learn."""
    yield from (text for _section, text in brief_doubts.texts_by_section(document))
