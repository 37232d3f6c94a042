"""What filters and formatting of a chart may ask after: fields, and what is worked out of them.

A field is named with its kind, ``ocg.tier`` or ``nominal.in_custody``; of links ``link.grade``;
without a kind it is asked of every item, as ``links`` or ``marking``.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from ocgdesk.domain.fields import Field, FieldType, Search, described_fields
from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.registry import class_of
from ocgdesk.errors import Refused
from ocgdesk.i18n import N_, _

T = FieldType

LINK: Final = "link"
"""The kind in the names of what is asked of links."""
SKETCH: Final = "sketch-"
"""How the kind of an item begins that is only sketched, as legends count it."""
MEASURES: Final = ("links", "betweenness")
"""Worked out of the chart as it is drawn; people never to be ranked have none."""
PLANNED: Final = ("touched", "asked_about")
"""What 4P plans do about an item: known for now only."""
_TOLD: Final = frozenset(
    {
        T.TEXT, T.CODE, T.CODES, T.TEXTS, T.FLAG, T.INTEGER, T.NUMBER, T.DAY, T.PARTIAL_DATE,
        T.GRADE,
    }
)  # fmt: skip
"""Types of field whose values can be told apart in a word, a number or a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One thing that can be asked of the items, or the links, of a chart."""

    name: str
    label: str
    """In the language of the source; see ``words``."""
    type: FieldType
    codes: str = ""
    kind: str = ""
    """Only items of this kind have it (``link``: links have it); empty: all items."""

    @property
    def of_links(self) -> bool:
        """Whether it is asked of links rather than of items."""
        return self.kind == LINK

    @property
    def attribute(self) -> str:
        """What the value is called on the record."""
        return self.name.partition(".")[2] or self.name

    @property
    def words(self) -> str:
        """What it is called in a sentence: “OCG: tier”, “Links: strength”."""
        if not self.kind:
            return _(self.label)
        kind = _("Links") if self.of_links else label("kinds", self.kind)
        return _("{kind}: {field}").format(kind=kind, field=_(self.label).lower())

    @property
    def is_ordered(self) -> bool:
        """Whether one value can be more than another."""
        return self.type in {T.INTEGER, T.NUMBER, T.DAY, T.PARTIAL_DATE, T.GRADE}


_ALL_ITEMS: Final = (
    Asked(name="kind", label=N_("Kind"), type=T.CODE, codes="kinds"),
    Asked(name="marking", label=N_("Marking"), type=T.CODE),
    Asked(name="importance", label=N_("Importance"), type=T.CODE, codes="importances"),
    Asked(name="links", label=N_("Links drawn"), type=T.INTEGER),
    Asked(name="betweenness", label=N_("Betweenness"), type=T.NUMBER),
    Asked(name="touched", label=N_("Live actions that touch it"), type=T.INTEGER),
    Asked(name="asked_about", label=N_("Open intelligence requirements"), type=T.INTEGER),
)
_WORKED_OUT: Final = (
    Asked(name="ocg.band", label=N_("Risk band"), type=T.TEXT, kind="ocg"),
    Asked(name="ocg.score", label=N_("Score"), type=T.NUMBER, kind="ocg"),
    Asked(name="ocg.live_actions", label=N_("Live actions"), type=T.INTEGER, kind="ocg"),
    Asked(name="ocg.days_over", label=N_("Days past its review"), type=T.INTEGER, kind="ocg"),
    Asked(name="county-line.band", label=N_("Risk band"), type=T.TEXT, kind="county-line"),
    Asked(
        name="county-line.days_over",
        label=N_("Days past its review"),
        type=T.INTEGER,
        kind="county-line",
    ),
)
_OF_LINKS: Final = (
    Asked(name="link.type", label=N_("Type"), type=T.CODE, codes="link-types", kind=LINK),
    Asked(name="link.strength", label=N_("Strength"), type=T.CODE, codes="strengths", kind=LINK),
    Asked(name="link.grade", label=N_("Best grade"), type=T.GRADE, kind=LINK),
    Asked(name="link.untested", label=N_("Untested sources only"), type=T.FLAG, kind=LINK),
    Asked(name="link.marking", label=N_("Marking"), type=T.CODE, kind=LINK),
    Asked(name="link.held", label=N_("Held"), type=T.PARTIAL_DATE, kind=LINK),
    Asked(name="link.basis", label=N_("Basis"), type=T.CODE, codes="bases", kind=LINK),
    Asked(name="link.count", label=N_("Links in the line"), type=T.INTEGER, kind=LINK),
)


@cache
def _all() -> dict[str, Asked]:
    own = (one for kind in SUBJECTS for one in _own(kind))
    return {one.name: one for one in (*_ALL_ITEMS, *_WORKED_OUT, *own, *_OF_LINKS)}


def _own(kind: Kind) -> Iterator[Asked]:
    for field in described_fields(class_of(kind)):
        # Names and numbers are not asked for: what is asked is printed on what leaves.
        named = field.is_label or field.search in {Search.NAME, Search.IDENTIFIER}
        if field.type in _TOLD and not named:
            yield _asked(kind, field)


def _asked(kind: Kind, field: Field) -> Asked:
    return Asked(
        name=f"{kind.value}.{field.name}",
        label=field.label,
        type=field.type,
        codes=field.codes,
        kind=kind.value,
    )


def field(name: str) -> Asked:
    """Return what a name stands for; Refused where charts cannot be asked for it."""
    if (found := _all().get(name)) is None:
        told = _("A chart cannot be asked for {name}; it knows fields such as {some}")
        raise Refused(told.format(name=repr(name[:40]), some="ocg.tier, links, link.grade"))
    return found


def known(name: str) -> bool:
    """Tell whether charts can be asked for this."""
    return name in _all()


def askable(kinds: Collection[str]) -> tuple[Asked, ...]:
    """Return what can be asked of a chart on which these kinds are drawn, links last."""
    return tuple(
        one for one in _all().values() if not one.kind or one.of_links or one.kind in kinds
    )


def kind_name(kind: str) -> str:
    """Return what a kind is called, also of what is only sketched."""
    words = label("kinds", kind.removeprefix(SKETCH))
    return _("Sketched {kind}").format(kind=words) if kind.startswith(SKETCH) else words
