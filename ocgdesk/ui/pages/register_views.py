"""How a register is looked at: the columns as the user left them, and views kept under a name."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ocgdesk.casework import views
from ocgdesk.casework.views import Layout
from ocgdesk.domain.keeping import SavedView
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import listing
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.dialogs.view_dialog import ViewDialog
from ocgdesk.ui.inquiry import Inquiry
from ocgdesk.ui.widgets.buttons import outline

_SAME: Final = frozenset({"type", "directed", "weight", "unit"})
"""Columns that say the same of every row of a richer kind of link."""
_LONGEST: Final = 34


def usual_columns(kind: Kind) -> tuple[str, ...]:
    """Return the columns a kind shows until somebody chooses others."""
    plain = _SAME if kind in {Kind.MEMBERSHIP, Kind.ATTRIBUTION} else frozenset()
    known = listing.columns(kind)
    shown = (spec.name for spec in known if spec.shown and spec.name not in plain)
    return named_first(kind, tuple(shown))


def named_first(kind: Kind, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return columns with the one that names the row at the front, whatever was chosen."""
    first = listing.columns(kind)[0].name
    return (first, *(name for name in names if name != first))


class Left:
    """The columns, widths and frozen columns of a kind as the user left them.

    Kept outside the workspace: names of fields and figures only, never a filter.
    """

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._key = f"register/{kind.value}"
        self._view_key = f"register/{kind.value}/view"

    def layout(self) -> Layout:
        """Return them; what cannot be read is as if nothing had been left."""
        try:
            plain = json.loads(str(QSettings().value(self._key, "")) or "{}")
            view = SavedView(shows=self._kind.value, spec=json.dumps(plain))
            found, _gone = views.layout_of(view)
        except (Refused, ValueError):
            return Layout()
        return Layout(columns=found.columns, widths=found.widths, frozen=found.frozen)

    def keep(self, layout: Layout) -> None:
        """Remember these."""
        bare = Layout(columns=layout.columns, widths=layout.widths, frozen=layout.frozen)
        QSettings().setValue(self._key, views.spec_of(bare))

    def view(self) -> UUID | None:
        """Return the view used last, if one was."""
        try:
            return UUID(str(QSettings().value(self._view_key, "")))
        except ValueError:
            return None

    def keep_view(self, id_: UUID | None) -> None:
        """Remember the view in use, or that none is."""
        QSettings().setValue(self._view_key, str(id_) if id_ else "")


class Views(QObject):
    """The button with the saved views of one register, and what is done with them."""

    applied = Signal(object)
    """The Layout to show."""
    warned = Signal(str)
    """Something about a view that the user should know."""

    def __init__(self, desk: Desk, kind: Kind, now: Callable[[], Layout], parent: QWidget) -> None:
        super().__init__(parent)
        self.known: tuple[SavedView, ...] = ()
        self.current: SavedView | None = None
        self.left = Left(kind)
        self._desk = desk
        self._kind = kind
        self._now = now
        self._over = parent
        self._asked = Inquiry(self._desk, self)
        self._wanted = self.left.view()
        self.button = outline(_("Views"), icon="action.view", height="bar")
        self.button.explain(_("Saved views: columns, order and filters kept under a name"))
        self._menu = QMenu(self.button)
        self._menu.aboutToShow.connect(self.menu)
        self.button.setMenu(self._menu)
        desk.changed.connect(self._on_changed)

    def is_settled(self) -> bool:
        """Tell whether the views are known."""
        return not self._asked.is_open

    def load(self, *, last: bool = False) -> None:
        """Read the views; ``last`` goes back to the one used last."""
        if not last:
            self._wanted = None
        self._asked.ask(partial(views.of_kind, kind=self._kind), self._on_loaded)

    def waits(self) -> bool:
        """Tell whether a view used last is still to come."""
        return self._wanted is not None

    def apply(self, view: SavedView | None) -> None:
        """Show a view, or the list as it is without one."""
        try:
            layout, gone = views.layout_of(view) if view is not None else (Layout(), ())
        except Refused as error:
            self.warned.emit(f"{error}.")
            return
        self.current = view
        self.left.keep_view(view.id if view else None)
        self.applied.emit(layout)
        self.show_state()
        if gone:
            self.warned.emit(_("This view names a column that is gone; shown without it."))

    def show_state(self) -> None:
        """Say on the button which view is shown, and whether it was changed since."""
        if self.current is None:
            self.button.set_label(_("Views"))
            return
        name = self.current.name
        name = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
        form = _("{view}, changed") if self.is_changed() else "{view}"
        self.button.set_label(form.format(view=name))

    def is_changed(self) -> bool:
        """Tell whether the table differs from the view that is shown."""
        if self.current is None:
            return False
        return views.spec_of(self._now()) != self.current.spec

    def menu(self) -> QMenu:
        """Return the menu of the views and of what can be done with them, as they are now."""
        menu = self._menu
        menu.clear()
        for view in self.known:
            form = _("{view} · shared") if view.shared else "{view}"
            action = menu.addAction(form.format(view=view.name.replace("&", "&&")))
            action.setCheckable(True)
            action.setChecked(self.current is not None and view.id == self.current.id)
            action.triggered.connect(partial(self._on_chosen, view))
        menu.addAction(_("Usual columns and order, no filter")).triggered.connect(self._on_usual)
        menu.addSeparator()
        menu.addAction(_("Save as a view…")).triggered.connect(self.ask_name)
        self._add_acts(menu)
        return menu

    def ask_name(self) -> None:
        """Ask under which name what is shown is to be kept."""
        dialog = ViewDialog(
            self.current.name if self.current else "",
            about=self._desk.workspace.about,
            may_share=self._desk.may(Right.EDIT),
            parent=self._over,
        )
        dialog.named.connect(self._on_named)
        dialog.open()

    def _add_acts(self, menu: QMenu) -> None:
        view = self.current
        if view is None:
            return
        mine = view.user == self._desk.user.id
        shared = not view.shared
        share = _("Share it with everybody here") if shared else _("Keep it to myself")
        acts: tuple[tuple[str, Callable[..., Any], bool], ...] = (
            (_("Save the changes to it"), self._on_keep, self.is_changed()),
            (share, partial(self._on_share, shared=shared), True),
            (_("Remove it"), self._on_remove, True),
        )
        for title, act, can in acts:
            action: QAction = menu.addAction(title)
            action.triggered.connect(act)
            action.setEnabled(mine and can)

    def _on_chosen(self, view: SavedView, _checked: object = None) -> None:
        self.apply(view)

    def _on_usual(self) -> None:
        self.apply(None)

    def _on_named(self, name: str, shared: bool) -> None:  # noqa: FBT001 - a signal's
        kept: list[SavedView] = []

        def act(work: Any) -> None:
            kept.append(views.save(work, self._kind, name, self._now(), shared=shared))

        if self._do(_("Save view"), act):
            self.current = kept[0]
            self.left.keep_view(kept[0].id)
            self.show_state()

    def _on_keep(self) -> None:
        if self.current is not None:
            self._do(_("Change view"), partial(views.keep, id_=self.current.id, layout=self._now()))

    def _on_share(self, _checked: object = None, *, shared: bool) -> None:
        if self.current is not None:
            act = partial(views.share, id_=self.current.id, shared=shared)
            self._do(_("Share view") if shared else _("Keep view to oneself"), act)

    def _on_remove(self) -> None:
        if self.current is not None and self._do(
            _("Remove view"), partial(views.remove, id_=self.current.id)
        ):
            self.current = None
            self.left.keep_view(None)
            self.show_state()

    def _do(self, label: str, act: Callable[..., Any]) -> bool:
        return self._desk.do(label, act, right=Right.READ, quiet=True)

    def _on_loaded(self, found: list[SavedView]) -> None:
        self.known = tuple(found)
        wanted, self._wanted = self._wanted, None
        view = next((one for one in found if one.id == wanted), None)
        if wanted is not None:
            self.apply(view) if view is not None else self.applied.emit(None)
            return
        if self.current is not None:
            self.current = next((one for one in found if one.id == self.current.id), None)
            self.show_state()

    def _on_changed(self, changed: Changed) -> None:
        if changed.touches(Kind.SAVED_VIEW):
            self.load()
