"""What every paper says of itself: which it is, of which instant, by whom and for whom."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from ocgdesk.casework.briefs import Briefing
from ocgdesk.casework.moments import instant
from ocgdesk.domain.products import Product
from ocgdesk.i18n import _
from ocgdesk.reports.document import Document
from ocgdesk.security import chain
from ocgdesk.store import journal
from ocgdesk.store.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """The state of the workspace that a paper is made of: what was entered, up to when."""

    now: datetime
    entry: int
    """The newest entry of the journal in it."""
    head: str
    """The head of the journal at that entry, as printed."""

    @classmethod
    def of(cls, reader: Reader, now: datetime) -> "Stand":
        """Return the state that a reader sees."""
        entry, head = journal.head(reader.connection)
        return cls(now=now, entry=entry, head=chain.short(head))


def issued_at(product: Product) -> str:
    """Return when a product was issued, in words."""
    return instant(product.issued) if product.issued else ""


def as_at(product: Product) -> str:
    """Return up to which instant, and which entry of the journal, the register is in a product."""
    told = _("{at}, journal entry {n:,}")
    return told.format(at=issued_at(product), n=product.entry or 0)


def issued(made: Briefing, product: Product, before: Product | None) -> Document:
    """Return the paper of a briefing as it leaves: with its number and all it says of itself."""
    version = _("version {n}").format(n=product.number)
    at = _("issued {at}").format(at=issued_at(product))
    parts = (product.ref, version, at, made.about, made.audience.label)
    return replace(
        made.document,
        facts=tuple(pair for pair in _facts(made, product, before) if pair[1]),
        foot=" · ".join(parts),
        identifier=product.ref,
        version=str(product.number),
    )


def _facts(made: Briefing, product: Product, before: Product | None) -> Iterator[tuple[str, str]]:
    replaces = _("{n}, in place of {ref}")
    number = str(product.number)
    yield _("Number"), product.ref
    yield _("Version"), replaces.format(n=number, ref=before.ref) if before else number
    yield _("Issued"), issued_at(product)
    yield _("As at"), as_at(product)
    yield _("Author"), made.document.author
    yield _("For whom"), product.recipient
    yield _("Audience"), made.audience.label
    yield _("Marking"), made.document.banner
    yield _("Journal head"), product.head


def draft(made: Briefing, now: datetime) -> Document:
    """Return the paper of a briefing that was not issued, which says so."""
    not_issued = _("Draft, not issued")
    facts = (
        (_("Status"), not_issued),
        (_("As at"), instant(now)),
        (_("Author"), made.document.author),
        (_("Audience"), made.audience.label),
        (_("Marking"), made.document.banner),
    )
    return replace(
        made.document,
        facts=tuple(pair for pair in facts if pair[1]),
        foot=" · ".join((not_issued, made.about, made.audience.label)),
    )
