"""The chart page's bar, and how its chart is read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ocgdesk.casework import chart_marks, chart_opening, charts
from ocgdesk.casework.chart_facts import Facts
from ocgdesk.casework.charts import ChartQuery
from ocgdesk.domain.charts import Arrangement, Chart, Point
from ocgdesk.domain.kinds import MARKS, SUBJECTS, Kind
from ocgdesk.domain.reference_data import code_list
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.reader import Reader
from ocgdesk.ui.desk import Changed
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets.buttons import Segment, SegmentedControl, icon_button, outline, primary
from ocgdesk.ui.widgets.cards import Panel
from ocgdesk.ui.widgets.inputs import Option, Select
from ocgdesk.ui.widgets.labels import ElidedLabel

MOST_HOPS = 4
_DRAWN: Final = frozenset(SUBJECTS)
_LINKS: Final = (Kind.LINK, Kind.MEMBERSHIP, Kind.ATTRIBUTION)
_ROOM_FOR_TITLE = 860
_ROOM_FOR_ALL = 700
_ROOM_FOR_PRINT = 900
_LEAST = 460


@dataclass(frozen=True, slots=True)
class ReadChart:
    """What was read for the page: a chart as it was kept, or a scene drawn anew."""

    arrangement: Arrangement
    title: str
    chart: Chart | None = None
    """The kept chart, where this is one just as it was kept."""
    facts: Facts | None = None
    """What is on record, where filters or rules ask for it."""
    recovered: Chart | None = None
    """A damaged chart as the journal last held it: it is kept again only as a new one."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something the user asked of the chart, and what follows once it is drawn."""

    label: str = ""
    """The act it is kept under on a saved chart; empty where there is nothing to keep."""
    afresh: bool = False
    """Everything is laid out anew but what is pinned."""
    fit: bool = False


def opened(reader: Reader, _progress: object, *, id_: UUID) -> ReadChart:
    """Read a saved chart."""
    found = chart_opening.open_chart(reader, id_)
    chart, arrangement = found.chart, found.arrangement
    if found.damaged:
        return ReadChart(arrangement, chart.title, recovered=chart)
    return ReadChart(arrangement, chart.title, chart)


def drawn(
    reader: Reader,
    _progress: object,
    *,
    query: ChartQuery,
    title: str,
    chart: UUID | None = None,
) -> ReadChart:
    """Read what a query draws; without a title it is named after what it is drawn round.

    ``chart`` is the kept one it is drawn on: its notes and sketched lines come along.
    """
    scene = charts.scene(reader, query)
    if chart is not None:
        scene = chart_marks.with_marks(reader, scene, chart)
    labels = {item.id: item.label for item in scene.items}
    names = ", ".join(label for id_ in query.focus[:2] if (label := labels.get(id_)))
    return ReadChart(Arrangement(scene=scene), title or names)


def carried(before: Arrangement, read: Arrangement, *, keep_cut: bool) -> Arrangement:
    """Return what was read, with the places, pins and hiding of what was there before.

    What was cut when the chart was first drawn is still left out of one chosen by hand.
    """
    there = {item.id for item in read.scene.items}
    cut = read.scene.cut
    if keep_cut and cut not in before.scene.cut:
        cut = f"{before.scene.cut} {cut}".strip()
    elif keep_cut:
        cut = before.scene.cut
    return replace(
        read,
        scene=replace(read.scene, cut=cut),
        places={id_: place for id_, place in before.places.items() if id_ in there},
        pinned=before.pinned & there,
        hidden=before.hidden & there,
    )


def without(arrangement: Arrangement, gone: frozenset[UUID]) -> Arrangement:
    """Return the chart with these items off it, and all that hung on them."""
    scene = arrangement.scene
    return replace(
        arrangement,
        scene=replace(
            scene,
            items=tuple(i for i in scene.items if i.id not in gone),
            ties=tuple(t for t in scene.ties if not {t.id, t.source, t.target} & gone),
            notes=tuple(n for n in scene.notes if not {n.id, n.about} & gone),
            boxes=tuple(replace(b, members=b.members - gone) for b in scene.boxes),
        ),
        places={i: p for i, p in arrangement.places.items() if i not in gone},
        pinned=arrangement.pinned - gone,
        hidden=arrangement.hidden - gone,
    )


def placed(arrangement: Arrangement, places: Mapping[UUID, Point]) -> Arrangement:
    """Return the chart with these items in these places."""
    return replace(arrangement, places={**arrangement.places, **places})


def concerns(changed: Changed, arrangement: Arrangement, *, kept: bool) -> bool:
    """Tell whether a chart may look otherwise after a change; a kept one has marks of its own."""
    if changed.touches(*_LINKS):
        return True
    if kept and changed.touches(Kind.PLACEMENT, Kind.CHART, *MARKS):
        return True
    if changed.kinds.isdisjoint(_DRAWN):
        return False
    return any(changed.concerns(item.id) for item in arrangement.scene.items)


class ChartBar(Panel):
    """Layout and hops at the left; how it is shown, export and save at the right."""

    def __init__(self, layout: str, hops: int, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        options = tuple(Option(item.code, item.label) for item in code_list("layouts"))
        self.layouts = Select(name=_("Layout"), icon="action.layout")
        self.layouts.show_options(options, layout)
        self.arrange_button = outline(_("Arrange"), height="bar")
        self.arrange_button.explain(_("Lay everything out anew, but what is pinned"))
        self.hop_box = Select(name=_("Hops"), icon="page.chart")
        self.hop_box.show_options(
            tuple(Option(str(n), _hops(n)) for n in range(1, MOST_HOPS + 1)), str(hops)
        )
        self.title = ElidedLabel("", step="section", weight="strong")
        self._gap = QWidget()
        self.mode = SegmentedControl(
            (
                Segment("chart", _("Chart"), "page.chart"),
                Segment("list", _("List"), "page.list"),
                Segment("timeline", _("Timeline"), "page.timeline"),
                Segment("map", _("Map"), "page.map"),
            )
        )
        self.copy_button = icon_button("action.copy", _("Copy as picture"), key="Ctrl+Shift+C")
        self.export_button = icon_button("action.export-image", _("Export chart"), key="Ctrl+E")
        self.print_button = icon_button("action.print", _("Print chart"), key="Ctrl+P")
        self.save_button = primary(_("Save"), key="Ctrl+S", height="bar")
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Return what the bar needs once it has left out what it can."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), px(_LEAST)), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what can be had otherwise where there is no room: large text, a small window.

        The tab has the title, and choosing the same layout again arranges too.
        """
        super().resizeEvent(event)
        wide = event.size().width()
        self.title.setVisible(wide >= px(_ROOM_FOR_TITLE))
        self.arrange_button.setVisible(wide >= px(_ROOM_FOR_ALL))
        self.print_button.setVisible(wide >= px(_ROOM_FOR_PRINT))
        self._gap.setVisible(wide < px(_ROOM_FOR_TITLE))
        self.mode.show_bare(bare=wide < px(_ROOM_FOR_TITLE))
        key = "Ctrl+S" if wide >= px(_ROOM_FOR_ALL) else ""
        if self.save_button.key != key:
            self.save_button.set_label(self.save_button.text(), key=key)
        for widget in (self.mode, self):  # at once: what was left out frees room for the rest
            if (row := widget.layout()) is not None:
                row.activate()

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        for left in (self.layouts, self.arrange_button, self.hop_box):
            row.addWidget(left)
        row.addSpacing(4)
        row.addWidget(self.title, 1)
        row.addWidget(self._gap, 1)
        for right in (
            self.mode,
            self.copy_button,
            self.print_button,
            self.export_button,
            self.save_button,
        ):
            row.addWidget(right)


def _hops(n: int) -> str:
    return ngettext("{n} hop", "{n} hops", n).format(n=n)
