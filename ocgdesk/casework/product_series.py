"""Versions of one product: what may follow what, so that never two newest versions are out.

A series is one type of product about one record or area for one audience: what another audience
reads is another paper, with versions of its own.
"""

from uuid import UUID

from ocgdesk.casework import areas
from ocgdesk.casework.briefs import Wish
from ocgdesk.casework.product_specs import area_of
from ocgdesk.domain.products import REPLACED, Product
from ocgdesk.domain.reference_data import label
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import issued
from ocgdesk.store import records as queries
from ocgdesk.store.reader import Reader


class NotAVersion(Refused):
    """What is wished is no next version of the product it was to follow."""


def followed(reader: Reader, id_: UUID, wish: Wish) -> Product:
    """Return the product that what is wished is the next version of.

    A recalled one may be followed: what went wrong in it is put right so. Raises NotAVersion where
    the two are not of one type, about one record or area and for one audience, and where the
    earlier one was followed already, naming the newest.
    """
    before = reader.get(Product, id_)
    if before.product_type != wish.product:
        told = _("{ref} is {old}, not {new}: a version follows one of its own type")
        old, new = (label("product-types", one) for one in (before.product_type, wish.product))
        raise NotAVersion(told.format(ref=before.ref, old=old, new=new))
    if not _is_about(reader, before, wish.subject, wish.area):
        told = _("{ref} is about {what}: a version follows one about the same")
        raise NotAVersion(told.format(ref=before.ref, what=_words(reader, before)))
    if before.audience != wish.audience:
        told = _("{ref} was made for {old}: one for {new} is a product of its own")
        old, new = (label("audiences", one) for one in (before.audience, wish.audience))
        raise NotAVersion(told.format(ref=before.ref, old=old, new=new))
    last = newest(reader, before)
    if last.id != before.id:
        told = _("{ref} was followed already: the newest of it is {newest}, version {n}")
        raise NotAVersion(told.format(ref=before.ref, newest=last.ref, n=last.number))
    if before.status == REPLACED:
        told = _("{ref} was followed by a version that you may not know of")
        raise NotAVersion(told.format(ref=before.ref))
    return before


def beside(reader: Reader, wish: Wish) -> str:
    """Return that a product of this series is out already, where one is that is not followed."""
    found = issued.out(reader, wish.product, wish.subject, wish.audience)
    same = [one for one in found if _is_about(reader, one, wish.subject, wish.area)]
    if not same:
        return ""
    told = _("{ref}, version {n}, is out already and stays so: a next version would replace it")
    return told.format(ref=same[0].ref, n=same[0].number)


def newest(reader: Reader, product: Product) -> Product:
    """Return the newest version of a product that this reader may know of."""
    met = {product.id}
    while later := [one for one in issued.following(reader, product.id) if one.id not in met]:
        product = max(later, key=lambda one: one.number)
        met.add(product.id)
    return product


def _is_about(reader: Reader, before: Product, subject: UUID | None, area: str) -> bool:
    if subject is None or before.subject is None:
        return subject is before.subject and _area(reader, area) == _area(reader, area_of(before))
    return before.subject == subject


def _area(reader: Reader, text: str) -> str:
    """Return an area by the words of its list: a force's code and its name are one."""
    try:
        return areas.of(reader, text).words.casefold() if text.strip() else ""
    except Refused:
        return text.strip().casefold()  # it was known when the product was issued


def _words(reader: Reader, product: Product) -> str:
    if product.subject is None:
        return area_of(product) or _("the whole register")
    found = queries.by_ids(reader, [product.subject]).get(product.subject)
    return f"{found.label} ({found.ref})" if found else _("a record that is not there any more")
