"""Which products there are: what each is about, which sections it begins with and can hold."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from ocgdesk import resources
from ocgdesk.casework import area_sections, brief_sections, likely, return_wishes, wide_sections
from ocgdesk.casework.brief_parts import Section
from ocgdesk.casework.wide_sections import RETURN
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.returns import Period
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

TYPED: Final = "text:"
"""Before the heading of a section whose text somebody types."""
CHART: Final = "chart:"
"""Before the id or the title of a saved chart that is a section."""
SECTIONS: Final[dict[str, tuple[str, Section]]] = {
    **brief_sections.SECTIONS,
    **area_sections.SECTIONS,
    **wide_sections.SECTIONS,
}
"""Every section by its code: its heading, and what makes it."""
AREA, REGISTER = "area", "register"


@dataclass(frozen=True, slots=True)
class _Product:
    """What ships of a product: what it is about, what it begins with, over which period."""

    kind: str
    sections: tuple[str, ...]
    months: int = 12
    """The whole months that are counted where no period is said."""


@cache
def _shipped() -> dict[str, _Product]:
    read = resources.toml("products", "products.toml")
    return {
        name: _Product(str(one["kind"]), tuple(one["sections"]), int(one.get("months", 12)))
        for name, one in read.items()
    }


def products() -> tuple[str, ...]:
    """Return the codes of the products that can be made."""
    return tuple(_shipped())


def kind_of(product: str) -> Kind | None:
    """Return the kind of record a product is about; None where it is about an area or the register.

    Raises Refused for a product there is none of.
    """
    kind = _product(product).kind
    return None if kind in {AREA, REGISTER} else Kind(kind)


def needs_area(product: str) -> bool:
    """Tell whether a product is about an area."""
    return _product(product).kind == AREA


def sections_of(product: str) -> tuple[str, ...]:
    """Return the sections a product begins with."""
    return _product(product).sections


def offered(product: str) -> tuple[str, ...]:
    """Return the sections that can go into a product: of a record, or of an area and returns."""
    if kind_of(product) is not None:
        return (*brief_sections.SECTIONS, "line-flows")
    about = tuple(area_sections.SECTIONS) if needs_area(product) else ()
    wide = (one for one in return_wishes.shipped() if not one.requires)
    counted = (f"{RETURN}{one.code}" for one in wide)
    return (*about, *wide_sections.SECTIONS, *counted)


def _product(name: str) -> _Product:
    try:
        return _shipped()[name]
    except KeyError:
        told = _("There is no product {name!r}{meant}; there are {known}")
        near, known = likely.meant(name, _shipped()), ", ".join(_shipped())
        raise Refused(told.format(name=name[:40], meant=near, known=known)) from None


def heading(section: str) -> str:
    """Return the heading of a section; Refused for one there is none of."""
    if section.startswith(TYPED):
        return _(section.removeprefix(TYPED))
    if section.startswith(CHART):
        return _("Saved chart")
    if section.startswith(RETURN):
        code = section.removeprefix(RETURN)
        known_ = {one.code: one.title for one in return_wishes.shipped()}
        return _(known_.get(code, code))
    if section not in SECTIONS:
        told = _("There is no section {name!r}{meant}; there are {known}")
        near = likely.meant(section, SECTIONS)
        raise Refused(told.format(name=section[:40], meant=near, known=", ".join(SECTIONS)))
    return _(SECTIONS[section][0])


def is_section(code: str) -> bool:
    """Tell whether a section can be made: one of the list, a typed one, a chart or a return."""
    return code in SECTIONS or code.startswith((TYPED, CHART, RETURN))


def usual_period(product: str, today: date) -> Period:
    """Return the period that a product counts over where none was said."""
    year = return_wishes.period_of(None, None, today=today)
    return year.back_to_months(_product(product).months)
