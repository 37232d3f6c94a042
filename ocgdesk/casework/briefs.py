"""Briefings: put together from sections, called by what their audience may see, marked, checked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Final
from uuid import UUID

from ocgdesk import resources
from ocgdesk.casework import brief_naming, intelligence, withholding
from ocgdesk.casework.brief_naming import Audience, Doubt
from ocgdesk.casework.brief_parts import Making
from ocgdesk.casework.brief_sections import SECTIONS
from ocgdesk.domain.charts import FIXED_LINE
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.marking import Marking, highest
from ocgdesk.domain.reference_data import label
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

TYPED: Final = "text:"
"""Before the heading of a section whose text somebody types."""
_LISTED: Final = 5
"""So many sections, and a list of contents helps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which product somebody wants, of what, for whom, in which sections."""

    product: str
    subject: UUID
    audience: str = "internal"
    exploited: str = ""
    """Why exploited people are named; empty: they are not."""
    sections: tuple[str, ...] = ()
    """Codes in their order; none: those the product begins with."""
    texts: tuple[tuple[str, str], ...] = ()
    """What was typed under a heading, by section."""
    marking: Marking | None = None
    """None: as high as what is in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """A briefing that was made and has not left."""

    wish: Wish
    document: Document
    subject: Brief
    audience: Audience
    marking: Marking
    records: tuple[UUID, ...]
    numbers: tuple[int, ...]
    handling: tuple[str, ...]
    doubts: tuple[Doubt, ...]


@cache
def _shipped() -> dict[str, tuple[Kind, tuple[str, ...]]]:
    read = resources.toml("products", "products.toml")
    return {name: (Kind(one["kind"]), tuple(one["sections"])) for name, one in read.items()}


def products() -> tuple[str, ...]:
    """Return the codes of the products that can be made of a record."""
    return tuple(_shipped())


def kind_of(product: str) -> Kind:
    """Return the kind of record a product is about; Refused for a product there is none of."""
    return _product(product)[0]


def sections_of(product: str) -> tuple[str, ...]:
    """Return the sections a product begins with."""
    return _product(product)[1]


def _product(name: str) -> tuple[Kind, tuple[str, ...]]:
    try:
        return _shipped()[name]
    except KeyError:
        told = _("There is no product {name!r}; there are {known}")
        raise Refused(told.format(name=name[:40], known=", ".join(_shipped()))) from None


def heading(section: str) -> str:
    """Return the heading of a section; Refused for one there is none of."""
    if section.startswith(TYPED):
        return _(section.removeprefix(TYPED))
    if section not in SECTIONS:
        told = _("There is no section {name!r}; there are {known}")
        raise Refused(told.format(name=section[:40], known=", ".join(SECTIONS)))
    return _(SECTIONS[section][0])


def make(
    reader: Reader,
    wish: Wish,
    *,
    now: datetime,
    author: str = "",
    synthetic: bool = False,
    head: str = "",
    progress: Progress = silent,
) -> Briefing:
    """Put a briefing together; nothing leaves yet.

    Raises Refused for a product, section or audience there is none of, for a record of another
    kind than the product is about, and for a marking below what is in it, naming those items.
    """
    subject = queries.brief(reader, wish.subject)
    _check(wish, subject)
    audience = brief_naming.audience(wish.audience, exploited=wish.exploited)
    near = tuple(
        item
        for item in intelligence.as_shown(reader, queries.links_of(reader, subject.id))
        if item.link.holds_on(now.date())
    )
    made = Making(
        reader=reader,
        subject=subject,
        naming=brief_naming.naming(reader, audience, near),
        now=now,
        near=near,
    )
    title = made.name(subject)
    wanted = wish.sections or sections_of(wish.product)
    parts = [
        (section, tuple(_blocks(made, wish, section)))
        for section in track(wanted, progress, _("Make briefing"))
    ]
    marking = _marking(wish, made)
    document = Document(
        title=f"{label('product-types', wish.product)}: {title}",
        subtitle=" · ".join((subject.ref, audience.label)),
        marking=marking.banner,
        synthetic=synthetic,
        author=author,
        day=now.date(),
        foot=f"{subject.ref} · {audience.label}",
        blocks=tuple(_laid_out(made, parts, head)),
    )
    known = made.naming.records
    return Briefing(
        wish=replace(wish, sections=tuple(wanted)),
        document=document,
        subject=subject,
        audience=audience,
        marking=marking,
        records=tuple(known),
        numbers=tuple(known.values()),
        handling=tuple(dict.fromkeys(made.handling)),
        doubts=brief_naming.doubts(texts_of(document), made.naming),
    )


def _check(wish: Wish, subject: Brief) -> None:
    kind = kind_of(wish.product)
    if subject.kind is not kind:
        told = _("{product} is about {wanted}, and {ref} is {other}")
        raise Refused(
            told.format(
                product=label("product-types", wish.product),
                wanted=label("kinds", kind.value),
                ref=subject.ref,
                other=label("kinds", subject.kind.value),
            )
        )
    for section in wish.sections:
        heading(section)


def _blocks(made: Making, wish: Wish, section: str) -> Iterator[Block]:
    yield Heading(heading(section))
    if section.startswith(TYPED):
        text = dict(wish.texts).get(section, "")
        yield Paragraph(text) if text else Paragraph(_("To be written."), Tone.QUIET)
        return
    yield from SECTIONS[section][1](made)
    if typed := dict(wish.texts).get(section, ""):
        yield Paragraph(typed)


def _laid_out(
    made: Making, parts: Sequence[tuple[str, tuple[Block, ...]]], head: str
) -> Iterator[Block]:
    if len(parts) >= _LISTED:
        yield Contents()
    for _section, blocks in parts:
        yield from blocks
    yield Heading(_("About this paper"))
    if made.handling:
        yield Facts(tuple((_("Handling"), text) for text in dict.fromkeys(made.handling)))
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
            return (value for _name, value in pairs)
        case Table(rows=rows):
            return (cell for row in rows for cell in row)
    return (getattr(block, "caption", ""), getattr(block, "alt", ""))
