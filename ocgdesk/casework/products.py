"""The register of products: what was issued, for whom, from which records, and what it says now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import msgspec

from ocgdesk.casework import brief_products, brief_sheets, briefs, exports, paper_templates, records
from ocgdesk.casework.briefs import Briefing, Wish
from ocgdesk.casework.files import ending_of
from ocgdesk.casework.files import write as write_whole
from ocgdesk.casework.wide_sections import RETURN
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.people import Right
from ocgdesk.domain.products import Product
from ocgdesk.domain.returns import Period
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, silent
from ocgdesk.reports.document import Document
from ocgdesk.reports.paper_writers import WRITERS
from ocgdesk.security import chain
from ocgdesk.store import issued
from ocgdesk.store.issued import Since
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work
from ocgdesk.store.workspace import Workspace

ISSUED, REPLACED, RECALLED = "issued", "replaced", "recalled"
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

    Raises Refused to those who may not export and where it may not be made, CannotWrite where the
    file cannot be written: it is in the register then, as what was to leave.
    """
    workspace.user.need(Right.EXPORT)
    media = format_of(said.path)
    head = chain.short(workspace.head()[1])
    with workspace.reading(said.reason) as reader:
        made = briefs.make(
            reader,
            wish,
            now=now,
            author=said.author or workspace.user.display,
            synthetic=workspace.about.synthetic,
            head=head,
            floor=workspace.about.marking,
            progress=progress,
        )
        data, entry = _bytes(reader, made, media, said), reader.newest_entry()
    exports.disclose(
        workspace,
        "Issue product",
        made.numbers,
        recipient=said.recipient,
        reason=said.reason,
        product=wish.product,
        format=media,
        audience=wish.audience,
        **({"exploited_named": wish.exploited} if wish.exploited else {}),
    )
    counted = wish.period or brief_products.usual_period(wish.product, now.date())
    digest = sha256(data).hexdigest()
    with workspace.work("Enter product", undoable=False) as done:
        product = _enter(
            done.work, made, said, digest=digest, head=head, entry=entry, counted=counted
        )
    write_whole(said.path, data)
    return product


def _bytes(reader: Reader, made: Briefing, media: str, said: Issue) -> bytes:
    """Return the file of a briefing: by the template it is to be made by, or in our own look."""
    if made.wish.template is None:
        return MAKERS[media](made.document)
    version = reader.get(Product, said.follows).number + 1 if said.follows else 1
    return paper_templates.fill(reader, made, media, recipient=said.recipient, version=version)


def _enter(
    work: Work,
    made: Briefing,
    said: Issue,
    *,
    digest: str,
    head: str,
    entry: int,
    counted: Period,
) -> Product:
    before = work.get(Product, said.follows) if said.follows else None
    if before is not None and before.status != RECALLED:
        work.put(replace(before, status=REPLACED))
    return records.create(
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
            author=made.document.author,
            issued=work.now,
            entry=entry,
            head=head,
            records=made.records,
            spec=msgspec.json.encode(_spec(made.wish, counted)).decode(),
            media=format_of(said.path),
            digest=digest,
            marking=made.marking,
        ),
    )


def _spec(wish: Wish, counted: Period) -> dict[str, Any]:
    return {
        "product": wish.product,
        "subject": str(wish.subject) if wish.subject else None,
        "area": wish.area,
        "period": [wish.period.start, wish.period.end] if wish.period else None,
        "counted": [counted.start, counted.end],
        "audience": wish.audience,
        "exploited": wish.exploited,
        "sections": list(wish.sections),
        "texts": dict(wish.texts),
        "marking": wish.marking.value if wish.marking else None,
        "left_out": {code: list(titles) for code, titles in wish.left_out},
        "template": str(wish.template) if wish.template else None,
    }


def wish_of(product: Product) -> Wish:
    """Return what a product was made by, to make it again; Refused where it is damaged."""
    try:
        read = msgspec.json.decode(product.spec.encode())
        marking = Marking(read["marking"]) if read.get("marking") else None
        days = read.get("period")
        return Wish(
            product=read["product"],
            subject=UUID(read["subject"]) if read["subject"] else None,
            area=read.get("area", ""),
            period=Period(*map(date.fromisoformat, days)) if days else None,
            audience=read["audience"],
            exploited=read.get("exploited", ""),
            sections=tuple(read["sections"]),
            texts=tuple(read.get("texts", {}).items()),
            marking=marking,
            left_out=tuple((c, tuple(t)) for c, t in read.get("left_out", {}).items()),
            template=UUID(read["template"]) if read.get("template") else None,
        )
    except (msgspec.DecodeError, KeyError, ValueError, TypeError):
        raise Refused(_("What this product was made by is damaged: make it anew")) from None


def counted_over(product: Product) -> Period | None:
    """Return the period over which a product counts; None where what it says is damaged."""
    try:
        days = msgspec.json.decode(product.spec.encode())["counted"]
        return Period(*map(date.fromisoformat, days))
    except (msgspec.DecodeError, KeyError, ValueError, TypeError):
        return None


def counts(product: Product) -> bool:
    """Tell whether a product holds figures of returns that can be counted again."""
    return f'"{RETURN}' in product.spec and counted_over(product) is not None


def register(reader: Reader, *, most: int = 500) -> tuple[Product, ...]:
    """Return the products that were issued, the newest first."""
    return tuple(issued.products(reader, most=most))


def since(reader: Reader, product: Product) -> tuple[Since, ...]:
    """Return which of the records a product rests on changed since it was issued."""
    return tuple(issued.changed(reader, product.records, product.entry or 0))


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
