"""The register of products: what was issued, for whom, from which records, and what it says now."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final
from uuid import UUID

from ocgdesk.casework import (
    brief_products,
    brief_sheets,
    brief_wishes,
    briefs,
    exports,
    imprints,
    paper_templates,
    product_series,
    product_specs,
    records,
)
from ocgdesk.casework.briefs import Briefing, Wish
from ocgdesk.casework.files import check_can_write, ending_of
from ocgdesk.casework.files import write as write_whole
from ocgdesk.casework.imprints import Stand
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.domain.products import ISSUED, RECALLED, REPLACED, Product
from ocgdesk.domain.reference_data import label
from ocgdesk.errors import CannotWrite, DeskError, Refused
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, silent
from ocgdesk.reports.document import Document
from ocgdesk.reports.paper_writers import WRITERS
from ocgdesk.store import issued
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work
from ocgdesk.store.workspace import Workspace

MAKERS: Final[dict[str, Callable[[Document], bytes]]] = {**WRITERS, "xlsx": brief_sheets.to_xlsx}
"""Who writes a briefing in each format."""
FORMATS: Final = tuple(MAKERS)


def format_of(path: Path) -> str:
    """Return the format a file's ending names; Refused for any other."""
    return ending_of(path, FORMATS, _("A briefing is written as {known}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """For whom a product is issued, why, and where to."""

    path: Path
    recipient: str = ""
    reason: str = ""
    author: str = ""
    follows: UUID | None = None
    """The product it is a new version of."""


def issue(
    workspace: Workspace, wish: Wish, said: Issue, *, now: datetime, progress: Progress = silent
) -> Product:
    """Make a briefing, enter it in the register and the journal, then write it.

    Raises Refused to those who may not export, where it may not be made, and where something in it
    has to be settled before it leaves; CannotWrite where the file cannot be written: nothing is
    entered then, or, where the disk failed at the last moment, the entry is recalled, saying so.
    """
    workspace.user.need(Right.EXPORT)
    format_of(said.path)
    check_can_write(said.path)
    with workspace.reading(said.reason) as reader:
        series = _followed(reader, wish, said)
        stand = Stand.of(reader, now)
        made = briefs.make(
            reader,
            wish,
            now=now,
            author=said.author or workspace.user.display,
            synthetic=workspace.about.synthetic,
            floor=workspace.about.marking,
            progress=progress,
        )
    made.leaving.check()
    brief_wishes.check_columns(wish, made.columns)
    with workspace.work("Enter product", undoable=False) as done:
        product, data = _enter(done.work, made, said, stand)
    exports.disclose(
        workspace,
        "Issue product",
        made.numbers,
        recipient=said.recipient,
        reason=said.reason,
        product=wish.product,
        issued=product.ref,
        format=product.media,
        audience=wish.audience,
        **({"follows": series.ref} if series else {}),
        **({"exploited_named": wish.exploited} if wish.exploited else {}),
        **made.leaving.journalled(),
    )
    try:
        write_whole(said.path, data)
    except CannotWrite as error:
        _recall_unwritten(workspace, product, str(error), now.date())
        raise
    return product


def _recall_unwritten(workspace: Workspace, product: Product, why: str, today: date) -> None:
    """Say in the register that what was entered never left."""
    reason = _("It never left: {why}").format(why=why)
    # The disk that failed may be the workspace's too: then the first fault is the one to be told.
    with suppress(DeskError), workspace.work("Recall product", undoable=False) as done:
        recall(done.work, product.id, reason=reason, today=today)


def _followed(reader: Reader, wish: Wish, said: Issue) -> Product | None:
    """Return the product that what is wished is the next version of; None for a first one."""
    return product_series.followed(reader, said.follows, wish) if said.follows else None


def _bytes(reader: Reader, made: Briefing, product: Product) -> bytes:
    """Return the file of a briefing: by the template it is to be made by, or in our own look."""
    if made.wish.template is None:
        return MAKERS[product.media](made.document)
    return paper_templates.fill(reader, made, product)


def _enter(work: Work, made: Briefing, said: Issue, stand: Stand) -> tuple[Product, bytes]:
    """Enter a product, and return it with its file, which says its number.

    The number is known once it is entered, the digest once the file is made: both in one work.
    """
    before = _followed(work.reader, made.wish, said)
    if before is not None and before.status != RECALLED:
        work.put(replace(before, status=REPLACED))
    usual = brief_products.usual_period(made.wish.product, stand.now.date())
    entered = records.made(
        work,
        Product(
            title=made.document.title,
            product_type=made.wish.product,
            number=before.number + 1 if before else 1,
            follows=said.follows,
            status=ISSUED,
            subject=made.subject.id if made.subject else None,
            recipient=said.recipient,
            audience=made.wish.audience,
            reason=said.reason,
            author=made.author,
            issued=stand.now.astimezone(UTC),
            entry=stand.entry,
            head=stand.head,
            records=made.records,
            spec=product_specs.written(made.wish, made.wish.period or usual),
            media=format_of(said.path),
            marking=made.marking,
        ),
    )
    dressed = replace(made, document=imprints.issued(made, entered, before))
    data = _bytes(work.reader, dressed, entered)
    product = work.put(replace(entered, digest=sha256(data).hexdigest()))[0]
    assert isinstance(product, Product)  # noqa: S101 - what is put comes back as it went
    return product, data


def register(reader: Reader, *, most: int = 500) -> tuple[Product, ...]:
    """Return the products that were issued, the newest first."""
    return tuple(issued.products(reader, most=most))


def whom(product: Product) -> str:
    """Return for whom a product was issued: a person or body, else its audience."""
    return product.recipient or label("audiences", product.audience)


def resting_on(reader: Reader, id_: UUID) -> tuple[Product, ...]:
    """Return the issued products that rest on a record: whom to tell if it was wrong."""
    return tuple(issued.naming(reader, id_))


def recall(work: Work, id_: UUID, *, reason: str, today: date) -> Product:
    """Recall an issued product; it stays in the register with the reason.

    Raises Refused without a reason, and for one that is recalled already.
    """
    product = work.get(Product, id_)
    if not reason.strip():
        raise Refused(_("Say why it is recalled; whoever had it is told so"))
    if product.status == RECALLED:
        raise Refused(_("This product is recalled already"))
    changed = replace(product, status=RECALLED, recalled=today, recall_reason=reason.strip())
    saved = work.put(changed)[0]
    assert isinstance(saved, Product)  # noqa: S101 - what is put comes back as it went
    work.entry = {**work.entry, "undoable": False}
    return saved


def kinds() -> Sequence[Kind]:
    """Return the kinds of record that a product can be about."""
    about = (brief_products.kind_of(name) for name in brief_products.products())
    return tuple(dict.fromkeys(kind for kind in about if kind is not None))
