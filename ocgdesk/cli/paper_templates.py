"""The force's own templates of papers without a window: ``paper-templates``."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.session import FilePath, Way, on_workspace
from ocgdesk.domain.people import Right
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.domain.products import PaperTemplate
    from ocgdesk.store.reader import Reader
    from ocgdesk.store.workspace import Workspace


@click.command("paper-templates")
@on_workspace
@click.option("--add", "added", type=FilePath, help="Keep this .docx or .pptx in the workspace.")
@click.option("--title", default="", help="What it is called; else the name of the file.")
@click.option("--for", "product", default="", help="Only for this product.")
@click.option("--fields", "shown", default="", metavar="NAME", help="The fields in a template.")
@click.option("--remove", "removed", default="", metavar="NAME", help="Offer it no more.")
@session.as_json_option
def paper_templates(
    way: Way,
    *,
    added: Path | None,
    title: str,
    product: str,
    shown: str,
    removed: str,
    json_: bool,
) -> None:
    """List the force's own templates of papers; add one, look at its fields, remove one.

    A template is an ordinary Word file or presentation with fields such as {{ title }},
    {{ marking }}, {{ body }} or {{ section members }} in it.
    """
    with way.opened() as workspace:
        if added is not None:
            _add(workspace, added, title=title, product=product)
        if removed:
            _remove(workspace, removed)
        with workspace.reading() as reader:
            if shown:
                _say_fields(reader, shown, json_=json_)
                return
            _list(reader, json_=json_)


def _add(workspace: "Workspace", path: Path, *, title: str, product: str) -> None:
    from ocgdesk.casework import brief_products
    from ocgdesk.casework import paper_templates as cases

    if product:
        brief_products.sections_of(product)
    made = cases.prepare(path)
    with workspace.work("Add template", right=Right.RETURNS) as done:
        cases.add(done.work, made, title=title, product=product, today=session.today())


def _remove(workspace: "Workspace", name: str) -> None:
    from ocgdesk.casework import paper_templates as cases

    with workspace.reading() as reader:
        which = cases.find(reader, name)
    with workspace.work("Remove template", right=Right.RETURNS) as done:
        cases.retire(done.work, which.id)


def _list(reader: "Reader", *, json_: bool) -> None:
    from ocgdesk.casework import paper_templates as cases
    from ocgdesk.domain.reference_data import label

    found = cases.templates(reader)
    if json_:
        output.items_as_json([_plain(reader, one) for one in found])
        return
    heads = (_("Template"), _("Format"), _("For"), _("Added"))
    rows = [
        (one.title, one.media, label("product-types", one.product_type) or _("any"), one.added)
        for one in found
    ]
    output.table(heads, rows)


def _plain(reader: "Reader", one: "PaperTemplate") -> dict[str, Any]:
    from ocgdesk.casework import paper_templates as cases

    return {
        "id": one.id,
        "title": one.title,
        "format": one.media,
        "for": one.product_type or None,
        "added": one.added,
        "fields": list(cases.fields(reader, one)),
        "unknown": list(cases.strange(cases.fields(reader, one))),
    }


def _say_fields(reader: "Reader", name: str, *, json_: bool) -> None:
    from ocgdesk.casework import paper_templates as cases

    found = cases.find(reader, name)
    if json_:
        output.as_json(_plain(reader, found))
        return
    strange = cases.strange(cases.fields(reader, found))
    rows = [
        (one, _("unknown: it stays as it is") if one in strange else cases.meaning(one))
        for one in cases.fields(reader, found)
    ]
    output.table((_("Field"), _("What stands in its place")), rows)
