"""An area a product is about: that of a force or a regional unit, or a town by its name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Area:
    """An area by the codes of its forces, or by a name that records give it."""

    words: str
    codes: tuple[str, ...] = ()
    """Forces of it, by their codes; none where it is known by name alone."""
    name: str = ""
    """As towns, hubs and impacted areas are written; without regard to case."""
