"""Across the register: what OCGs share, which are like one, and which were newly linked."""

from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import deconfliction, result_tables, sharing
from ocgdesk.casework.moments import Moment
from ocgdesk.casework.results import Draft
from ocgdesk.casework.sharing import Alike, Pair, Shares
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.errors import Refused
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.progress import Progress
from ocgdesk.store.reader import Reader
from ocgdesk.ui import overlaps, words
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.forms.entity_box import EntityBox
from ocgdesk.ui.models.short_table import ShortTable, ShortTableView
from ocgdesk.ui.navigation import Target
from ocgdesk.ui.pages import shared_rows
from ocgdesk.ui.pages.network_part import NetworkPart, PartWords
from ocgdesk.ui.pages.network_says import Part
from ocgdesk.ui.widgets.buttons import Button, Segment, SegmentedControl, text_button
from ocgdesk.ui.widgets.headers import PageBody
from ocgdesk.ui.widgets.inputs import CheckBox, Option, Select

SHARED: Final = "shared"
ALIKE: Final = "alike"
ALERTS: Final = "alerts"
_TITLES: Final = {
    SHARED: N_("What OCGs share"),
    ALIKE: N_("OCGs like one"),
    ALERTS: N_("Deconfliction"),
}
_WIDEST: Final = (4, 12, 30)


class SharedPart(NetworkPart):
    """Three lists of OCGs; an OCG named narrows the first and is needed for the second."""

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            target,
            PartWords(
                title=_("Shared between OCGs"),
                basis=_("People, handles, phones and addresses that more than one OCG has"),
                verb=_("Look"),
                prompt=_("See which OCGs share people, handles, phones or addresses."),
                task="shared",
            ),
            parent,
        )
        self._shown = SHARED
        self._build()
        self._wire()
        if target.kind is Kind.OCG and target.id is not None:
            self.ocg.show_id(target.id)
        self.arrive(target)

    def arrive(self, target: Target) -> None:
        super().arrive(target)
        wanted = target.tab.partition(":")[2]
        if wanted in _TITLES:
            self.lists.choose(wanted)
            self._on_list(wanted)

    def ask(self) -> None:
        self._shown = self.lists.current
        ocg, today = self.ocg.id, self.desk.today()
        match self._shown:
            case "shared":
                kinds = tuple(kind for kind, box in self.kinds.items() if box.isChecked())
                task: Any = partial(
                    _shares,
                    kinds=kinds,
                    ocg=ocg,
                    widest=int(self.widest.current),
                    moment=self.when_button.moment,
                )
            case "alike":
                if ocg is None:
                    raise Refused(_("Name the OCG that others are to be like"))
                task = partial(_alike, ocg=ocg)
            case _:
                task = partial(_alerts, today=today)
        self.listen(self.desk.run(_("Look across the register"), task, self._show))

    def draft(self) -> Draft | None:
        if not isinstance(self.found, Shares):
            return None
        return result_tables.of_shares(self.found, read_at=result_tables.now(), owner=self.ocg.id)

    def extras(self) -> tuple[Button, ...]:
        self.dismiss_button = text_button(_("Dismiss with reason"), height="header")
        return (self.dismiss_button,)

    def charted(self) -> tuple[UUID, ...]:
        row = self.table.row() if self.found is not None else None
        return tuple(b.id for b in shared_rows.briefs_of(row)) if row is not None else ()

    def renew(self) -> None:
        super().renew()
        if self.found is not None and not isinstance(self.found, Shares):
            self.keep_button.refuse(_("What OCGs share can be kept"))

        may, row = self.desk.may(Right.EDIT), self.table.row()
        is_alert = may and isinstance(row, deconfliction.Alert)
        why = _("Choose an alert first") if may else _("Your roles do not allow this.")
        self._allow(self.dismiss_button, is_alert, why)

    def says(self) -> tuple[Any, ...]:
        row = self.table.row()
        parts: list[Part] = []
        title, first = self.title, tuple[str, ...]()
        match row:
            case Pair():
                title = _("{one} and {two}").format(one=row.one.label, two=row.two.label)
                first = shared_rows.pair_says(row)
            case Alike():
                title, first = row.ocg.label, shared_rows.alike_says(row)
                parts.append((_("4P actions taken"), shared_rows.actions_say(row)))
            case deconfliction.Alert():
                title, first = _(_TITLES[ALERTS]), (f"{row.words}.", f"{row.act}, {row.by}")
        return (title, first, *parts, (_("What this rests on"), self._caveats()))

    def _caveats(self) -> tuple[str, ...]:
        if isinstance(self.found, Shares):
            return self.found.caveats
        if self._shown == ALIKE:
            return sharing.similar_caveats()
        return (_(deconfliction.CAVEAT), *sharing.similar_caveats()[1:])

    def _build(self) -> None:
        self.lists = SegmentedControl(
            tuple(Segment(key, _(title)) for key, title in _TITLES.items())
        )
        self.ocg = EntityBox(self.desk, (Kind.OCG,))
        self.ocg.setAccessibleName(_("OCG"))
        self.kinds = {kind: CheckBox(words.many(kind)) for kind in sharing.KINDS}
        self.widest = Select(
            tuple(Option(str(n), _("not through more than {n} OCGs").format(n=n)) for n in _WIDEST),
            name=_("Widest record"),
        )
        self.widest.choose(str(sharing.WIDEST))
        for part in (self.ocg, *self.kinds.values(), self.widest):
            self.bar.add(part)
        holder = PageBody(spacing=0, foot=4)
        holder.column.addWidget(self.lists, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.insertWidget(self.column.indexOf(self.bar), holder)
        for box in self.kinds.values():
            box.setChecked(True)
        self.model = ShortTable(())
        self.table = ShortTableView(self.model, name=self.title, density=Density.STANDARD)
        self.inside.addWidget(self.table, 1)
        self._fit()

    def _wire(self) -> None:
        self.lists.chosen.connect(self._on_list)
        self.ocg.changed.connect(self._on_ocg)
        self.widest.chosen.connect(self._on_set)
        for box in self.kinds.values():
            box.toggled.connect(self._on_set)
        self.dismiss_button.clicked.connect(self._on_dismiss)
        self.table.opened.connect(self._on_opened)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)

    def _show(self, found: Any) -> None:
        rows = found.pairs if isinstance(found, Shares) else found
        columns: dict[str, Any] = {
            SHARED: partial(shared_rows.pair_columns, sharing.KINDS),
            ALIKE: shared_rows.alike_columns,
            ALERTS: shared_rows.alert_columns,
        }
        self.model.show_columns(columns[self._shown]())
        self.model.show_rows(rows)
        self.table.share()
        said, nothing = _said(self._shown, len(rows))
        self.answer(found, said, "" if rows else nothing)
        if rows:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.told.emit((said,))

    def _fit(self) -> None:
        now = self.lists.current
        self.ocg.setVisible(now != ALERTS)
        self.when_button.setVisible(now == SHARED)
        self.dismiss_button.setVisible(now == ALERTS)
        for part in (*self.kinds.values(), self.widest):
            part.setVisible(now == SHARED)

    def _on_list(self, _key: str) -> None:
        self._fit()
        if self.lists.current != ALIKE or self.ocg.id is not None:
            self.refresh()
        else:
            self.ocg.setFocus()

    def _on_ocg(self) -> None:
        if self.ocg.id is not None or self.found is not None:
            self.refresh()

    def _on_set(self, _value: object = None) -> None:
        if self.found is not None:
            self.refresh()

    def _on_row(self) -> None:
        if self.found is not None:
            self.renew()

    def _on_dismiss(self) -> None:
        row = self.table.row()
        if isinstance(row, deconfliction.Alert):
            self.dialog = overlaps.asking(self.desk, row, self.window())

    def _on_changed(self, changed: Changed) -> None:
        if self._shown == ALERTS and self.found is not None and changed.touches(Kind.PAIRING):
            self.refresh()
        else:
            super()._on_changed(changed)

    def _on_opened(self, at: int) -> None:
        self.open_record(shared_rows.briefs_of(self.model.rows[at])[0])


def _said(shown: str, n: int) -> tuple[str, str]:
    if shown == ALIKE:
        words_ = ngettext("{n} OCG is like it", "{n} OCGs are like it", n)
        return words_.format(n=n), _("No other OCG is recorded with anything this one has.")
    if shown == ALERTS:
        words_ = ngettext("{n} pair newly linked", "{n} pairs newly linked", n)
        return (
            words_.format(n=f"{n:,}"),
            _("No two OCGs of different owners were newly linked in the last four weeks."),
        )
    words_ = ngettext("{n} pair shares something", "{n} pairs share something", n)
    return (
        words_.format(n=f"{n:,}"),
        _("No two OCGs share any of these. Try other kinds, or a wider limit."),
    )


def _shares(
    reader: Reader,
    progress: Progress,
    *,
    kinds: tuple[Kind, ...],
    ocg: UUID | None,
    widest: int,
    moment: Moment,
) -> Shares:
    return sharing.shares(
        reader,
        kinds,
        ocgs=(ocg,) if ocg is not None else (),
        widest=widest,
        as_at=moment.as_at,
        on=moment.on,
        progress=progress,
    )


def _alike(reader: Reader, progress: Progress, *, ocg: UUID) -> tuple[Alike, ...]:
    return sharing.similar(reader, ocg, progress=progress)


def _alerts(reader: Reader, progress: Progress, *, today: Any) -> tuple[deconfliction.Alert, ...]:
    return deconfliction.alerts(reader, today=today, progress=progress)
