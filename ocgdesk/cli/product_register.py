"""The register of products without a window: what left, what changed since, what is recalled."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.ocgs import numbers, one
from ocgdesk.cli.session import Way, on_workspace
from ocgdesk.domain.dates import LONDON
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ocgdesk.casework.product_changes import Change
    from ocgdesk.casework.recalls import Moved, Resting, Stands
    from ocgdesk.domain.products import Product
    from ocgdesk.store.reader import Reader

_MOST: Final = 100_000
"""Products in a list: all there will be."""


@click.command("products")
@on_workspace
@click.option("--of", "ref", default="", help="What rests on this record.")
@click.option("--since", "changed", default="", metavar="REF", help="What changed since it.")
@click.option("--recall", "recalled", default="", metavar="REF", help="Recall this product.")
@click.option("--reason", default="", help="Why it is recalled.")
@session.as_json_option
def products_(way: Way, *, ref: str, changed: str, recalled: str, reason: str, json_: bool) -> None:
    """List the products that were issued; say what changed since one; recall one."""
    from ocgdesk.casework import products

    with way.opened() as workspace:
        if recalled:
            with workspace.reading() as reader:
                which = product_of(reader, recalled)
            with workspace.work("Recall product") as done:
                products.recall(done.work, which, reason=reason, today=session.today())
            output.as_json(numbers(done.changes)) if json_ else output.say(_("Recalled"))
            return
        with workspace.reading() as reader:
            if changed:
                _say_changed(reader, product_of(reader, changed), json_=json_)
                return
            if ref:
                _say_resting(reader, one(reader, ref), json_=json_)
                return
            found = products.register(reader, most=_MOST)
    if json_:
        output.items_as_json([plain(product) for product in found])
        return
    _list(found)


def _list(found: "Iterable[Product]") -> None:
    heads = (_("Number"), _("Product"), _("Version"), _("Status"), _("Issued"), _("For whom"))
    output.table((*heads, _("Audience")), [_row(product) for product in found])


def _say_resting(reader: "Reader", id_: UUID, *, json_: bool) -> None:
    """Print what rests on a record: products, and returns that left on their own."""
    from ocgdesk.casework import recalls

    found = recalls.resting_on(reader, id_, session.progress())
    if json_:
        _resting_as_json(found)
        return
    _list(paper.product for paper in found.papers)
    rows = [(paper.product.ref, *_cells(one)) for paper in found.papers for one in paper.stands]
    rows += [(one.words, *_cells(row)) for one in found.exports for row in one.stands]
    if rows:
        output.say("")
        heads = (_("Counted in"), _("Return"), _("Block"), _("Row"), _("Columns"))
        output.table(heads, rows)
    if found.untold:
        output.say(recalls.untold_words(found.untold))


def _resting_as_json(found: "Resting") -> None:
    papers = [plain(p.product) | {"named": p.named} | _counted(p.stands) for p in found.papers]
    exports = [
        {name: getattr(one, name) for name in ("entry", "at", "name", "period", "recipient")}
        | {"reason": one.reason}
        | _counted(one.stands)
        for one in found.exports
    ]
    output.as_json(
        {
            "items": papers,
            "exports": exports,
            "untold": found.untold,
            "as_at": None,
            "filters": {},
            "withheld": None,
        }
    )


def _counted(stands: "Iterable[Stands]") -> dict[str, Any]:
    return {
        "counted": [
            {"return": one.title, "block": one.section, "row": one.row, "columns": one.columns}
            for one in stands
        ]
    }


def _cells(one: "Stands") -> tuple[str, ...]:
    return (_(one.title), one.section, one.row, ", ".join(one.columns))


def _row(product: "Product") -> tuple[object, ...]:
    from ocgdesk.casework import imprints, products
    from ocgdesk.domain.reference_data import label

    status = label("product-statuses", product.status)
    about = (product.ref, product.title, product.number, status, imprints.issued_at(product))
    return (*about, products.whom(product), label("audiences", product.audience))


def product_of(reader: "Reader", ref: str) -> UUID:
    """Return the product a reference names; NotFound for none."""
    from ocgdesk.domain.kinds import Kind

    return one(reader, ref, Kind.PRODUCT)


def _say_changed(reader: "Reader", id_: UUID, *, json_: bool) -> None:
    """Print what changed of what a product tells: records, their fields, its figures."""
    from datetime import datetime

    from ocgdesk.casework import product_changes, recalls
    from ocgdesk.domain.products import Product

    product = reader.get(Product, id_)
    found = product_changes.since(reader, product, now=datetime.now(LONDON))
    figures = recalls.moved(reader, product)
    if json_:
        _changed_as_json(found.changes, found.unmade, figures)
        return
    if found.unmade:
        output.say(_("It cannot be made again as it was: {why}").format(why=found.unmade))
    if not (found.changes or figures):
        output.say(_("Nothing that it tells has changed since it was issued."))
    if found.changes:
        heads = (_("Section"), _("What"), _("Record"), _("Field"), _("Before"), _("After"))
        rows = [row for change in found.changes for row in _lines(change)]
        output.table((*heads, _("By"), _("When")), rows)
    if figures:
        output.say("")
        heads = (_("Return"), _("Block"), _("Row"), _("Column"), _("Then"), _("Now"))
        output.table(heads, [_figure(one) for one in figures])


def _lines(change: "Change") -> "Iterable[tuple[str, ...]]":
    """Yield a row for each field of a change; one where there is none."""
    from ocgdesk.casework.moments import instant
    from ocgdesk.casework.product_changes import WORDS

    about = " · ".join(filter(None, (change.label, change.ref)))
    who = (change.who, instant(change.at) if change.at else "")
    first = (change.section, _(WORDS[change.how]), about)
    for put in change.fields:
        yield (*first, put.field, put.before, put.after, *who)
    if not change.fields:
        yield (*first, "", "", change.note, *who)


def _changed_as_json(changes: "Iterable[Change]", unmade: str, figures: "Iterable[Moved]") -> None:
    items = [
        {
            "section": one.section,
            "what": one.how.value,
            "kind": one.kind.value,
            "id": str(one.id),
            "ref": one.ref or None,
            "label": one.label,
            "fields": [asdict(put) for put in one.fields],
            "by": one.who or None,
            "at": one.at,
            "act": one.act or None,
            "note": one.note or None,
        }
        for one in changes
    ]
    found: dict[str, Any] = {
        "items": items,
        "figures": [asdict(one) for one in figures],
        "unmade": unmade or None,
        "as_at": None,
        "filters": {},
        "withheld": None,
    }
    output.as_json(found)


def _figure(one: "Moved") -> tuple[str, ...]:
    then, now = one.figure(one.then), one.figure(one.now)
    return (_(one.title), one.section, one.row, one.column, then, now)


def plain(product: "Product") -> dict[str, Any]:
    """Return a product as JSON holds it."""
    from ocgdesk.casework import present, products

    return present.plain(product) | {"for_whom": products.whom(product)}
