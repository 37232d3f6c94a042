"""Briefings without a window: checked, and issued."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from ocgdesk.cli import brief_check, output, product_register, session
from ocgdesk.cli.ocgs import one
from ocgdesk.cli.session import FilePath, Way, on_workspace
from ocgdesk.domain.dates import LONDON
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.casework.briefs import Wish
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
@click.option("--above", is_flag=True, help="With --marking: list all that is marked higher.")
@brief_check.settling
@session.named_option
@click.option(
    "-o", "--output", "out", type=FilePath, help="Write .docx, .pptx, .pdf, .xlsx, .html."
)
@click.option("--template", default="", metavar="NAME", help="The force's own file to make it by.")
@click.option("--follows", default="", metavar="REF", help="The product it is the next version of.")
@session.recipient_option
@session.leaving_reason_option
@session.as_json_option
def brief(way: Way, product: str, *, above: bool, json_: bool, **said: Any) -> None:
    """Make the PRODUCT: check what could still identify somebody, or issue it."""
    from ocgdesk.casework.brief_marking import Outranked

    try:
        _brief(way, product, json_=json_, **said)
    except Outranked as refusal:
        if above or json_:
            brief_check.say_above(refusal, json_=json_)
        raise


def _brief(way: Way, product: str, *, out: Path | None, json_: bool, **said: Any) -> None:
    from ocgdesk.casework import brief_wishes, briefs, product_series, products

    if out is not None:
        products.format_of(out)
    with way.opened() as workspace:
        with workspace.reading(said["reason"]) as reader:
            wish = _wish(reader, product, said)
            brief_wishes.check_texts(wish)
            follows = (
                product_register.product_of(reader, said["follows"]) if said["follows"] else None
            )
            if follows is not None:
                product_series.followed(reader, follows, wish)
            elif not json_ and (beside := product_series.beside(reader, wish)):
                output.say(_("{told} (--follows)").format(told=beside))
            missing = _unfilled(reader, wish)
            if out is None:
                made = briefs.make(
                    reader, wish, now=datetime.now(LONDON), floor=workspace.about.marking
                )
                brief_wishes.check_columns(wish, made.columns)
                brief_check.check_settled(made)
                brief_check.say(made, missing, json_=json_)
                return
        with brief_check.hinting():
            issued = products.issue(
                workspace, wish, _issue(said, out, follows), now=datetime.now(LONDON)
            )
    if json_:
        output.as_json(
            product_register.plain(issued)
            | {"file": str(out), "unfilled": list(missing), "unwritten": briefs.unwritten(wish)}
        )
        return
    for name in missing:
        output.say(_("Nothing stands for the field {name}").format(name=name))
    brief_check.say_unwritten(wish)
    told = _("Wrote {name}: {ref}, version {n}, {marking}")
    marking = issued.marking.banner
    output.say(told.format(name=out.name, ref=issued.ref, n=issued.number, marking=marking))


def _wish(reader: "Reader", product: str, said: dict[str, Any]) -> "Wish":
    from ocgdesk.casework import brief_products, briefs, paper_templates

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
        marking=_marking(said["marking"]),
        template=paper_templates.find(reader, said["template"]).id if said["template"] else None,
        **brief_check.settled(said),
    )


def _marking(code: str) -> Any:
    """Return the marking somebody named; None where none is, Refused for one there is none of."""
    from ocgdesk.domain.marking import Marking

    if not code:
        return None
    known = {one.value: one for one in Marking}
    if code not in known:
        told = _("There is no marking {name!r}; there are {known}")
        raise Refused(told.format(name=code[:40], known=", ".join(known)))
    return known[code]


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
