"""What was merged into a record, to be taken apart again; and whether many share it."""

from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget

from ocgdesk.casework import joined, parting, verdicts
from ocgdesk.casework.joined import Added, Held, Joined
from ocgdesk.domain.dates import LONDON, shown
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.work import Work
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.desk_sheet import DeskSheet
from ocgdesk.ui.fonts import px
from ocgdesk.ui.models.short_table import Column, ShortTable, ShortTableView, column
from ocgdesk.ui.models.tick_table import TickTable
from ocgdesk.ui.widgets.buttons import outline
from ocgdesk.ui.widgets.labels import Label, SectionHeading
from ocgdesk.ui.widgets.values import NONE, Text


class JoinedDialog(DeskSheet):
    """The merges into one record, each to be undone at any later time; and the stop list."""

    def __init__(self, desk: Desk, id_: UUID, parent: QWidget | None = None) -> None:
        title = _("Merges, and shared by many")
        super().__init__(desk, title, _("Take apart"), width=720, parent=parent)
        self._id = id_
        self.found: Joined | None = None
        self.cancel_button.set_label(_("Close"), key="Esc")
        self.said = Label(_("Reading…"), ink="text.2", wrap=True)
        self.merges = ShortTable(_columns())
        self.table = ShortTableView(self.merges, name=_("Merges"), density=Density.COMPACT)
        self.table.setFixedHeight(px(28 * 4 + 32))
        self.since_head = SectionHeading(_("Added since"))
        self.since_said = Label("", ink="text.2", wrap=True)
        self.since = TickTable(_since_columns(), lambda one: one.id)
        self.since_table = ShortTableView(self.since, name=_("Added since"))
        self.since_table.setFixedHeight(px(34 * 4))
        self.shared_head = SectionHeading(_("Shared by many"))
        self.shared_said = Label("", ink="text.2", wrap=True)
        self.shared_button = outline("", icon="entity.link", height="bar")
        self.shared_head.add_action(self.shared_button)
        for part in (
            *(self.said, self.table, self.since_head, self.since_said, self.since_table),
            *(self.shared_head, self.shared_said),
        ):
            self.body.addWidget(part)
        self.body.addStretch(1)
        for part in (self.table, self.since_head, self.since_said, self.since_table):
            part.hide()
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.shared_button.clicked.connect(self._on_shared)
        self.accept_button.refuse(_("Reading…"))
        self._read()

    def on_accept(self) -> None:
        """Bring the other record back with what was its own, and what was ticked."""
        held = self._current()
        if held is None:
            return
        act = partial(parting.unmerge, merge=held.merge, also=tuple(self.since.on))
        if self.desk.do(_("Unmerge records"), act):
            self.accept()

    def _read(self) -> None:
        self._asked = self.desk.ask(partial(joined.look, id_=self._id), self._show)

    def done(self, result: int) -> None:
        """Close it; what is still being read is let go."""
        self._asked.cancel()
        super().done(result)

    def _show(self, found: Joined) -> None:
        self.found = found
        n = len(found.merges)
        told = ngettext(
            "{n} record was merged into {label}.", "{n} records were merged into {label}.", n
        ).format(n=n, label=found.label)
        self.said.setText(told if n else _("Nothing was merged into this record."))
        self.table.setVisible(bool(n))
        self.merges.show_rows(found.merges)
        self.table.share()
        if n:
            self.table.setCurrentIndex(self.merges.index(0, 0))
        self._on_current()
        self._show_shared(shared=found.shared)

    def _current(self) -> Held | None:
        held: Held | None = self.table.row()
        return held

    def _on_current(self) -> None:
        held = self._current()
        self.since.clear()
        self.since.show_rows(held.since if held is not None else ())
        some = held is not None and bool(held.since)
        for part in (self.since_head, self.since_said, self.since_table):
            part.setVisible(some)
        if held is None:
            self.accept_button.refuse(_("Nothing was merged into this record."))
            return
        name = held.merge.absorbed.label
        self.since_said.setText(
            _("Links and sub-records that came after the merge stay, but for those ticked: "
              "they go with {label}.").format(label=name)
        )  # fmt: skip
        self.accept_button.allow()

    def _show_shared(self, *, shared: bool) -> None:
        self.shared_said.setText(
            _("Many share it: that two records have it in common tells nothing of them.")
            if shared
            else _("What a hotel, a hire firm or a prison is to many people: having it in common "
                   "would tell nothing.")
        )  # fmt: skip
        words = _("Not shared by many") if shared else _("Shared by many")
        self.shared_button.set_label(words, icon="entity.link")

    def _on_shared(self) -> None:
        if self.found is None:
            return
        act = verdicts.not_shared if self.found.shared else verdicts.shared
        label = _("Not shared by many") if self.found.shared else _("Shared by many")

        def decide(work: Work) -> None:
            act(work, self._id)

        if self.desk.do(label, decide):
            self._read()


def _columns() -> tuple[Column, ...]:
    return (
        column(_("Record"), lambda h: Text(h.merge.absorbed.label),
               lambda h: h.merge.absorbed.label.casefold(), 180, stretch=2),
        column(_("Reference"), lambda h: Text(h.merge.absorbed.ref, "text.3", mono=True),
               lambda h: h.merge.absorbed.ref, 160, stretch=0),
        column(_("Merged"), lambda h: Text(shown(h.merge.at.astimezone(LONDON).date())),
               lambda h: h.merge.at, 100, stretch=0),
        column(_("By"), lambda h: Text(h.by, "text.2"), lambda h: h.by, 110, stretch=1),
        column(_("Why"), lambda h: Text(h.merge.reason or NONE, "text.2"),
               lambda h: h.merge.reason, 110, stretch=1, yields=1),
    )  # fmt: skip


def _since_columns() -> tuple[Column, ...]:
    def words(one: Added) -> Text:
        return Text(one.words)

    return (column(_("What"), words, lambda one: one.words, 300, stretch=1),)
