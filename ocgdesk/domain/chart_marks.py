"""What belongs to one chart and to no register: sketches, the ties between them, and notes.

An analyst draws with them what is guessed or only explained. They never enter a measure, and
nothing else on record rests on them.
"""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ocgdesk.domain.fields import FieldType, described
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import N_

T = FieldType

NOTE_WIDTH = 180.0
"""Chart units within which the text of a note is broken."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class SketchItem(Entity):
    """An entity drawn on a chart that is not in the register. Its place is a placement."""

    kind: ClassVar[Kind] = Kind.SKETCH_ITEM
    owners: ClassVar[tuple[Kind, ...]] = (Kind.CHART,)

    name: str = described(N_("Name"), required=True, is_label=True, in_table=True)
    stands_for: str = described(
        N_("Kind"), T.CODE, codes="kinds", default=Kind.NOMINAL.value, in_table=True
    )
    detail: str = described(N_("Second line"), in_table=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class SketchTie(Entity):
    """A line drawn on a chart between two items of it; no link of the register."""

    kind: ClassVar[Kind] = Kind.SKETCH_TIE
    owners: ClassVar[tuple[Kind, ...]] = (Kind.CHART,)

    name: str = described(N_("Words on the line"), is_label=True, in_table=True)
    one: UUID | None = described(N_("From"), T.ENTITY, in_table=True)
    other: UUID | None = described(N_("To"), T.ENTITY, in_table=True)
    directed: bool = described(N_("Directed"), T.FLAG, in_table=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Annotation(Entity):
    """A note on a chart: by itself, or a callout that follows the item it is about."""

    kind: ClassVar[Kind] = Kind.ANNOTATION
    owners: ClassVar[tuple[Kind, ...]] = (Kind.CHART,)

    text: str = described(N_("Text"), T.LONG_TEXT, required=True, is_label=True, in_table=True)
    about: UUID | None = described(N_("About"), T.ENTITY, in_table=True)
    tone: str = described(
        N_("Tone"), T.CODE, codes="annotation-tones", default="plain", in_table=True
    )
    x: float = described(N_("x"), T.NUMBER, default=0.0)
    """Of its upper left corner: from the item it is about, else on the chart; chart units."""
    y: float = described(N_("y"), T.NUMBER, default=0.0)
    width: float = described(N_("Width"), T.NUMBER, default=NOTE_WIDTH)
