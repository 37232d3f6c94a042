"""Templates of papers: Word files and presentations of the force's own, with our fields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final
from uuid import UUID

from ocgdesk.casework import brief_products, imprints, records
from ocgdesk.casework.brief_parts import by_condition
from ocgdesk.casework.briefs import Briefing, Wish
from ocgdesk.casework.files import ending
from ocgdesk.domain.dates import shown
from ocgdesk.domain.people import Right
from ocgdesk.domain.products import PaperTemplate, Product
from ocgdesk.domain.reference_data import label
from ocgdesk.errors import NotFound, Refused
from ocgdesk.i18n import N_, _
from ocgdesk.reports import docx_template, pptx_template, template_fields
from ocgdesk.reports.document import Facts
from ocgdesk.reports.template_fields import BODY, SECTION, Filling
from ocgdesk.store import contents, issued
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work

_FIELDS: Final = {"docx": docx_template.fields, "pptx": pptx_template.fields}
_FILLS: Final = {"docx": docx_template.fill, "pptx": pptx_template.fill}
WORDS: Final[Mapping[str, str]] = {
    "title": N_("What the paper is and what it is about"),
    "product": N_("What the paper is"),
    "about": N_("What it is about"),
    "reference": N_("The reference of the record, or the area"),
    "subtitle": N_("Reference or period, with the audience"),
    "marking": N_("The marking, never below what is in it"),
    "audience": N_("For which audience it was made"),
    "recipient": N_("For whom it is issued"),
    "author": N_("Who made it"),
    "date": N_("The day it was issued"),
    "version": N_("The number of the version"),
    "number": N_("Its number in the register of products"),
    "issued": N_("The day and time it was issued"),
    "as at": N_("The instant and journal entry up to which the register is in it"),
    "head": N_("The head of the journal at that instant"),
    "imprint": N_("Number, version, time of issue and audience in one line, for a foot"),
    "handling": N_("Handling conditions of what it rests on"),
}
"""Every field of one line by its name, with what stands in its place."""


def templates(reader: Reader, *, everything: bool = False) -> tuple[PaperTemplate, ...]:
    """Return the templates that are offered, in the order they were added; or the retired too."""
    return tuple(one for one in issued.templates(reader) if everything or not one.retired)


def find(reader: Reader, name: str) -> PaperTemplate:
    """Return the template offered under a title; NotFound says which there are."""
    known = templates(reader)
    for one in reversed(known):
        if one.title.casefold() == name.strip().casefold():
            return one
    names = ", ".join(one.title for one in known) or _("none")
    told = _("There is no template {name!r}; there are: {known}")
    raise NotFound(told.format(name=name[:40], known=names))


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file made ready to be kept as a template: read and looked at before any lock is held."""

    name: str
    """The name of the file without its ending."""
    media: str
    data: bytes
    fields: tuple[str, ...]


def prepare(path: Path) -> Prepared:
    """Read a template and the fields in it.

    Raises Refused, in one sentence, for a file that cannot be read, is damaged, is of another
    format, holds macros, uses something kept outside it or has no room where sections are to go.
    """
    media = ending(path)
    if media not in _FIELDS:
        raise Refused(_("A template is a .docx or a .pptx file"))
    try:
        data = path.read_bytes()
    except OSError as error:
        told = _("{name} cannot be read: {why}")
        raise Refused(told.format(name=path.name, why=error.strerror)) from None
    template_fields.checked(path.name, data)
    if media == "docx":
        docx_template.check(path.name, data)
    return Prepared(path.stem, media, data, _FIELDS[media](path.name, data))


def add(
    work: Work, made: Prepared, *, title: str = "", product: str = "", today: date
) -> PaperTemplate:
    """Keep a template inside the workspace; one of the same title is offered no more.

    Raises Refused to those who may not define returns and papers, and where one of another format
    goes by the title: slides do not take the place of a Word file.
    """
    work.user.need(Right.RETURNS)
    title = title.strip() or made.name
    same = [one for one in templates(work.reader) if one.title.casefold() == title.casefold()]
    if other := next((one for one in same if one.media != made.media), None):
        told = _("There is a .{media} template {title} already: give this one another title")
        raise Refused(told.format(media=other.media, title=other.title))
    digest = contents.digest_of(made.data)
    contents.keep(work, digest, contents.packed(made.data))
    for one in same:
        work.put(replace(one, retired=True))
    new = PaperTemplate(
        title=title, product_type=product, media=made.media, digest=digest, added=today
    )
    return records.made(work, new)


def retire(work: Work, id_: UUID) -> PaperTemplate:
    """Offer a template no more; papers made by it stay, and it can be undone."""
    work.user.need(Right.RETURNS)
    saved = work.put(replace(work.get(PaperTemplate, id_), retired=True))[0]
    assert isinstance(saved, PaperTemplate)  # noqa: S101 - what is put comes back as it went
    return saved


def fields(reader: Reader, template: PaperTemplate) -> tuple[str, ...]:
    """Return the fields in a template, each once."""
    data = contents.read(reader, template.digest)
    return _FIELDS[template.media](template.title, data)


def strange(names: Iterable[str]) -> tuple[str, ...]:
    """Return the fields among these that this program has none of; they stay as they were."""
    return tuple(one for one in names if not meaning(one))


def meaning(name: str) -> str:
    """Return what stands in place of a field; nothing for one there is none of."""
    if name in WORDS:
        return _(WORDS[name])
    if name == BODY:
        return _("All sections that have no field of their own")
    code = name.removeprefix(SECTION).strip()
    if not name.startswith(SECTION):
        return ""
    try:
        return _("The section {name}").format(name=brief_products.heading(code))
    except Refused:
        return ""


def unfilled(reader: Reader, wish: Wish, sections: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fields of the template wanted that nothing of a briefing stands for."""
    if wish.template is None:
        return ()
    found = fields(reader, reader.get(PaperTemplate, wish.template))
    known = {*WORDS, BODY, *(f"{SECTION}{code}" for code in sections)}
    return tuple(one for one in found if one not in known)


def fill(reader: Reader, made: Briefing, product: Product) -> bytes:
    """Return a briefing in the template it is to be made by, as this product of the register.

    Marking and what every paper ends with are put in where the template leaves them out. Raises
    Refused where the template is of another format, or damaged.
    """
    assert made.wish.template is not None  # noqa: S101 - asked only then
    template = reader.get(PaperTemplate, made.wish.template)
    media = template.media
    if media != product.media:
        told = _("The template {title} is a .{media} file; issue it as that")
        raise Refused(told.format(title=template.title, media=media))
    if template.product_type and template.product_type != made.wish.product:
        told = _("The template {title} is for {product}")
        words = label("product-types", template.product_type)
        raise Refused(told.format(title=template.title, product=words))
    filling = Filling(
        document=made.document,
        words=_words(made, product),
        sections=made.parts,
        closing=(*made.closing[:1], Facts(made.document.facts), *made.closing[1:]),
    )
    data = contents.read(reader, template.digest)
    return _FILLS[media](template.title, data, filling)[0]


def _words(made: Briefing, product: Product) -> dict[str, str]:
    paper = made.document
    asked = by_condition(made.handling, listed=made.audience.sources)
    return {
        "title": paper.title,
        "product": label("product-types", made.wish.product),
        "about": paper.title.partition(": ")[2],
        "reference": made.about,
        "subtitle": paper.subtitle,
        "marking": paper.banner,
        "audience": made.audience.label,
        "recipient": product.recipient,
        "author": paper.author,
        "date": shown(paper.day),
        "version": str(product.number),
        "number": product.ref,
        "issued": imprints.issued_at(product),
        "as at": imprints.as_at(product),
        "head": product.head,
        "imprint": paper.foot,
        "handling": "; ".join(f"{words} ({refs})" for words, refs in asked),
    }
