"""Briefings and the register of products without a window."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.ocgs import numbers, one
from ocgdesk.cli.session import FilePath, Way, on_workspace
from ocgdesk.domain.dates import LONDON
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ocgdesk.casework.briefs import Briefing, Wish
    from ocgdesk.casework.recalls import Moved, Resting, Stands
    from ocgdesk.domain.products import Product
    from ocgdesk.store.reader import Reader


@click.command()
@on_workspace
@click.argument("product")
@click.option("--ref", default="", help="The record, or the area or agency, it is about.")
@click.option("--from", "start", default="", help="First day of what it counts.")
@click.option(
    "--to", "end", default="", help="Last day, else today; neither: the last twelve months."
)
@click.option("--audience", default="internal", help="internal, force, partners, board or public.")
@click.option("--section", "sections", multiple=True, help="A section, in order; else the usual.")
@click.option("--text", "texts", multiple=True, metavar="SECTION=WORDS", help="What is typed.")
@click.option("--without", multiple=True, metavar="SECTION=COLUMN,…", help="Leave columns out.")
@click.option("--marking", default="", help="Not below what is in it; else as high as that.")
@session.named_option
@click.option(
    "-o", "--output", "out", type=FilePath, help="Write .docx, .pptx, .pdf, .xlsx, .html."
)
@click.option("--template", default="", metavar="NAME", help="The force's own file to make it by.")
@click.option("--follows", default="", metavar="REF", help="The product it is a new version of.")
@session.recipient_option
@session.leaving_reason_option
@session.as_json_option
def brief(way: Way, product: str, *, out: Path | None, json_: bool, **said: Any) -> None:
    """Make the PRODUCT: check what could still identify somebody, or issue it."""
    from ocgdesk.casework import briefs, products

    if out is not None:
        products.format_of(out)
    with way.opened() as workspace:
        with workspace.reading(said["reason"]) as reader:
            wish = _wish(reader, product, said)
            follows = _product(reader, said["follows"]) if said["follows"] else None
            missing = _unfilled(reader, wish)
            if out is None:
                made = briefs.make(
                    reader, wish, now=datetime.now(LONDON), floor=workspace.about.marking
                )
                _check(made, missing, json_=json_)
                return
        issued = products.issue(
            workspace, wish, _issue(said, out, follows), now=datetime.now(LONDON)
        )
    if json_:
        output.as_json(_plain(issued) | {"file": str(out), "unfilled": list(missing)})
        return
    for name in missing:
        output.say(_("Nothing stands for the field {name}").format(name=name))
    told = _("Wrote {name}: {ref}, version {n}, {marking}")
    marking = issued.marking.banner
    output.say(told.format(name=out.name, ref=issued.ref, n=issued.number, marking=marking))


def _wish(reader: "Reader", product: str, said: dict[str, Any]) -> "Wish":
    from ocgdesk.casework import brief_products, briefs, paper_templates
    from ocgdesk.domain.marking import Marking

    kind = brief_products.kind_of(product)
    if kind is not None and not said["ref"]:
        raise Refused(_("--ref names the record it is about"))
    return briefs.Wish(
        product=product,
        subject=one(reader, said["ref"], kind) if kind is not None else None,
        area="" if kind is not None else said["ref"],
        period=_period(said),
        audience=said["audience"],
        exploited=said["named"],
        sections=said["sections"],
        texts=tuple(_typed(text) for text in said["texts"]),
        left_out=tuple(_columns(text) for text in said["without"]),
        marking=Marking(said["marking"]) if said["marking"] else None,
        template=paper_templates.find(reader, said["template"]).id if said["template"] else None,
    )


def _unfilled(reader: "Reader", wish: "Wish") -> tuple[str, ...]:
    """Return the fields of the template wanted that nothing stands for."""
    from ocgdesk.casework import brief_products, paper_templates

    sections = wish.sections or brief_products.sections_of(wish.product)
    return paper_templates.unfilled(reader, wish, sections)


def _period(said: dict[str, Any]) -> Any:
    """Return the period somebody said; None for the last twelve whole months."""
    from ocgdesk.casework import return_wishes

    start, end = (session.day_of(said[name]) for name in ("start", "end"))
    if start is None and end is None:
        return None
    return return_wishes.period_of(start, end or session.today(), today=session.today())


def _typed(text: str) -> tuple[str, str]:
    name, equals, words = text.partition("=")
    if not equals:
        raise Refused(_("--text takes SECTION=WORDS"))
    return name, words


def _columns(text: str) -> tuple[str, tuple[str, ...]]:
    name, equals, words = text.partition("=")
    if not equals:
        raise Refused(_("--without takes SECTION=COLUMN,COLUMN"))
    return name, tuple(word.strip() for word in words.split(","))


def _issue(said: dict[str, Any], out: Path, follows: UUID | None) -> Any:
    from ocgdesk import settings
    from ocgdesk.casework import products

    return products.Issue(
        path=out,
        recipient=said["recipient"],
        reason=said["reason"],
        author=settings.load().author,
        follows=follows,
    )


def _check(made: "Briefing", missing: tuple[str, ...], *, json_: bool) -> None:
    """Print what a briefing would hold, and what could still say who somebody is."""
    if json_:
        output.as_json(
            {
                "title": made.document.title,
                "marking": made.marking.value,
                "sections": list(made.wish.sections),
                "records": len(made.records),
                "handling": list(made.handling),
                "unfilled": list(missing),
                "doubts": [{"what": one.what, "where": one.where} for one in made.doubts],
                "withheld": None,
            }
        )
        return
    output.say(f"{made.document.title}  [{made.marking.banner}]")
    output.say(_("It rests on {n} records").format(n=len(made.records)))
    for doubt in made.doubts:
        output.say(_("Look at: {what} in “{where}”").format(what=doubt.what, where=doubt.where))
    for name in missing:
        output.say(_("Nothing stands for the field {name}").format(name=name))
    for words in made.handling:
        output.say(_("Handling: {words}").format(words=words))


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
                which = _product(reader, recalled)
            with workspace.work("Recall product") as done:
                products.recall(done.work, which, reason=reason, today=session.today())
            output.as_json(numbers(done.changes)) if json_ else output.say(_("Recalled"))
            return
        with workspace.reading() as reader:
            if changed:
                _say_changed(reader, _product(reader, changed), json_=json_)
                return
            if ref:
                _say_resting(reader, one(reader, ref), json_=json_)
                return
            found = products.register(reader)
    if json_:
        output.items_as_json([_plain(product) for product in found])
        return
    _list(found)


def _list(found: "Iterable[Product]") -> None:
    heads = (_("Reference"), _("Product"), _("Version"), _("For"), _("Issued"), _("Status"))
    output.table(heads, [_row(product) for product in found])


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
    papers = [_plain(p.product) | {"named": p.named} | _counted(p.stands) for p in found.papers]
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
    from ocgdesk.domain.dates import shown
    from ocgdesk.domain.reference_data import label

    day = shown(product.issued.astimezone(LONDON).date()) if product.issued else ""
    status = label("product-statuses", product.status)
    return (product.ref, product.title, product.number, product.recipient, day, status)


def _product(reader: "Reader", ref: str) -> UUID:
    from ocgdesk.domain.kinds import Kind

    return one(reader, ref, Kind.PRODUCT)


def _say_changed(reader: "Reader", id_: UUID, *, json_: bool) -> None:
    from ocgdesk.casework import products, recalls
    from ocgdesk.domain.products import Product

    product = reader.get(Product, id_)
    found, figures = products.since(reader, product), recalls.moved(reader, product)
    if json_:
        items = [{"ref": s.record.ref, "acts": s.acts} for s in found]
        moved = [asdict(one) for one in figures]
        output.as_json(
            {"items": items, "figures": moved, "as_at": None, "filters": {}, "withheld": None}
        )
        return
    output.table((_("Record"), _("Acts since")), [(s.record.ref, s.acts) for s in found])
    if figures:
        output.say("")
        heads = (_("Return"), _("Block"), _("Row"), _("Column"), _("Then"), _("Now"))
        output.table(heads, [_figure(one) for one in figures])


def _figure(one: "Moved") -> tuple[str, ...]:
    then, now = one.figure(one.then), one.figure(one.now)
    return (_(one.title), one.section, one.row, one.column, then, now)


def _plain(product: "Product") -> dict[str, Any]:
    from ocgdesk.casework import present

    return present.plain(product)
