"""A briefing made for its preview, and what is told beside it before it leaves."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from ocgdesk.casework import (
    brief_wishes,
    briefs,
    imprints,
    paper_templates,
    product_series,
    product_specs,
)
from ocgdesk.casework.brief_parts import by_condition
from ocgdesk.casework.briefs import Briefing, Wish
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.products import Product
from ocgdesk.domain.returns import Period
from ocgdesk.i18n import _, ngettext
from ocgdesk.reports import html_writer
from ocgdesk.store import records
from ocgdesk.store.meta import About
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief


def preview(
    reader: Reader, *, wish: Wish, author: str, about: About, follows: Product | None
) -> tuple[Briefing, str, tuple[str, ...]]:
    """Return the briefing wished for, its page, and what of the wish could not be done.

    Raises NotAVersion where it is none of what it is to follow, Outranked where its content
    outranks the marking wished.
    """
    now = datetime.now(LONDON)
    if follows is not None:
        product_series.followed(reader, follows.id, wish)
    made = briefs.make(
        reader,
        wish,
        now=now,
        author=author,
        synthetic=about.synthetic,
        floor=about.marking,
    )
    missing = paper_templates.unfilled(reader, wish, made.wish.sections)
    told = brief_wishes.unknown_columns(wish, made.columns)
    if follows is None and (out := product_series.beside(reader, wish)):
        told = (*told, f"{out}.")
    if missing:
        words = _("The template has fields that nothing stands for: {names}")
        told = (*told, words.format(names=", ".join(missing)))
    made = replace(made, wish=brief_wishes.settled(made.wish, made.columns))
    return made, html_writer.page(imprints.draft(made, now)), told


def left(wish: Wish, follows: Product | None, today: date) -> str:
    """Return what is being made as text, to go on with after the workspace was locked."""
    spec = product_specs.written(wish, wish.period or Period(today, today))
    return f"{follows.id if follows else ''}\n{spec}"


def begun(reader: Reader, *, text: str) -> tuple[Wish, Brief | None, Product | None]:
    """Return what was being made before, what it is about, and what it follows.

    Raises Refused where it is damaged, NotFound where what it is about is there no more.
    """
    before, spec = text.split("\n", 1)
    wish = product_specs.read(spec)
    subject = records.brief(reader, wish.subject) if wish.subject else None
    return wish, subject, reader.get(Product, UUID(before)) if before else None


def next_words(before: Product) -> str:
    """Return as which version what is made would be issued."""
    told = _("It would be version {n}, in place of {ref}.")
    return told.format(n=before.number + 1, ref=before.ref)


def file_words(about: str) -> str:
    """Return what a product is about as part of a file's name."""
    return "-".join(re.findall(r"[\w-]+", about)).lower() or "briefing"


def checks(made: Briefing, told: Iterable[str]) -> list[str]:
    """Return what to look at before it leaves, in lines; ``told`` is what could not be done."""
    n = len(made.records)
    rests = ngettext("{marking}, rests on {n} record.", "{marking}, rests on {n} records.", n)
    if not made.records:
        rests = _("{marking}, made of figures that count the register.")
    lines = [rests.format(marking=made.marking.banner, n=n), *told]
    handling = _("Handling: {words} ({refs})")
    asked = by_condition(made.handling)
    lines += [handling.format(words=words, refs=_few(refs)) for words, refs in asked[:3]]
    if len(asked) > 3:
        more = _("and {n} more handling conditions, listed in the paper")
        lines.append(more.format(n=len(asked) - 3))
    return lines


def _few(refs: str) -> str:
    """Return the first references of a list, and how many more there are."""
    first, *rest = refs.split(", ")
    return _("{ref} and {n} more").format(ref=first, n=len(rest)) if rest else first
