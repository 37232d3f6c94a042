"""The first window: choose a workspace, say who you are, unlock. Heavy imports wait for it."""

import importlib
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from ocgdesk.domain.reference_data import label
from ocgdesk.errors import BadWorkspace, DeskError, NotUnlocked
from ocgdesk.i18n import _, ngettext
from ocgdesk.security import keyfile
from ocgdesk.security.delay import Delay
from ocgdesk.settings import Settings
from ocgdesk.ui.shell.unlock import UnlockPage
from ocgdesk.ui.shell.values import KnownUser, KnownWorkspace
from ocgdesk.ui.widgets import banner as banners

if TYPE_CHECKING:
    from ocgdesk.security.slots import Cost
    from ocgdesk.store.workspace import Workspace

SUFFIX = "*.ocgdesk"

BEHIND: Final = ("ocgdesk.store.workspace", "ocgdesk.casework.overview", "ocgdesk.casework.access")
"""What opening needs, loaded on a thread while somebody types a passphrase."""
BEFORE: Final = ("ocgdesk.ui.desk", "ocgdesk.ui.window", "ocgdesk.ui.pages.home_page")
"""What the window needs, loaded one by one on the UI thread between two keys typed."""


class Entry(QObject):
    """Stands behind the unlock page until a workspace is open."""

    opened = Signal(object)
    """The Workspace, unlocked."""

    _answered = Signal(object, object)

    def __init__(
        self, settings: Settings, parent: QObject | None = None, *, cost: "Cost | None" = None
    ) -> None:
        super().__init__(parent)
        self.settings = settings
        self._cost = cost
        self.page = UnlockPage()
        self._delay = Delay()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="unlock")
        self._left = QTimer(self)
        self._left.setInterval(500)
        self._loading = Thread(target=_load, args=(BEHIND,), name="load", daemon=True)
        self._left_to_load = list(BEFORE)
        self._idle = QTimer(self)
        self._idle.setInterval(50)
        self._wire()
        self.show_known()
        QTimer.singleShot(0, self, self._load_behind)
        self._idle.start()

    def show_known(self, current: str = "") -> None:
        """Show the workspaces opened on this computer before."""
        known = tuple(_known(Path(path)) for path in self.settings.recent)
        self.page.card.show_workspaces(known, current)
        chosen = next((k for k in known if k.path == current), known[0] if known else None)
        if chosen is not None:
            self._mark(chosen)

    def offer(self, path: Path) -> None:
        """Show this workspace too, chosen, whether or not it was opened before."""
        self.settings = self.settings.opened(path)
        self.show_known(str(path))

    def close(self) -> None:
        """Let go of the thread that derives keys, and count no more seconds down."""
        self._left.stop()
        self._idle.stop()
        self._pool.shutdown(cancel_futures=True)

    def _wire(self) -> None:
        card = self.page.card
        card.unlock_requested.connect(self._on_unlock)
        card.workspace_chosen.connect(self._on_workspace)
        card.open_file_requested.connect(self._on_open_file)
        card.new_requested.connect(self._on_new)
        card.recovery_requested.connect(self._on_recovery)
        self._answered.connect(self._on_answered)
        self._left.timeout.connect(self._on_wait)
        self._idle.timeout.connect(self._load_next)

    def _mark(self, known: KnownWorkspace) -> None:
        for banner in self.page.banners:
            marking = banners.known(known.marking.lower() or "official")
            banner.show_marking(marking, synthetic=known.synthetic)

    @Slot(str)
    def _on_workspace(self, path: str) -> None:
        self._mark(_known(Path(path)))

    @property
    def has_loaded(self) -> bool:
        """Whether everything is there that opening a workspace needs."""
        return not self._loading.is_alive() and not self._left_to_load

    @Slot()
    def _load_behind(self) -> None:
        """Load what needs no Qt as soon as the page has been shown."""
        self._loading.start()

    @Slot()
    def _load_next(self) -> None:
        """Load one thing the window needs, once what is under it has been loaded."""
        if self._loading.ident is None or self._loading.is_alive():
            return
        if self._left_to_load:
            importlib.import_module(self._left_to_load.pop(0))
        else:
            self._idle.stop()

    @Slot(str, str, str)
    def _on_unlock(self, path: str, user: str, passphrase: str) -> None:
        if self._delay.seconds_left(time.monotonic()):
            return
        self._start(lambda: _unlocked(Path(path), user, passphrase))

    def _start(self, act: Callable[[], Any]) -> None:
        self.page.card.show_busy(busy=True)

        def task() -> None:
            try:
                self._answered.emit(act(), None)
            except Exception as error:  # noqa: BLE001 - handed to the UI thread
                self._answered.emit(None, error)

        self._pool.submit(task)

    @Slot(object, object)
    def _on_answered(self, workspace: object, error: Exception | None) -> None:
        self.page.card.show_busy(busy=False)
        if error is None:
            self._delay = Delay()
            self.page.card.clear()
            self.opened.emit(workspace)
        elif isinstance(error, NotUnlocked):
            self._delay = self._delay.failed(time.monotonic())
            self.page.card.show_error(str(error))
            self._on_wait()
        elif isinstance(error, DeskError):
            self.page.card.show_error(str(error))
        else:
            raise error

    @Slot()
    def _on_wait(self) -> None:
        """Count down after a wrong passphrase; the wait doubles each time."""
        left = self._delay.seconds_left(time.monotonic())
        card = self.page.card
        if not left:
            if self._left.isActive():
                self._left.stop()
                card.show_busy(busy=False)
                card.show_error("")
            return
        self._left.start()
        card.show_busy(busy=True)
        card.show_error(
            ngettext(
                "That did not unlock the workspace. Try again in {n} second.",
                "That did not unlock the workspace. Try again in {n} seconds.",
                left,
            ).format(n=left)
        )

    @Slot()
    def _on_open_file(self) -> None:
        path, _filter = QFileDialog.getOpenFileName(
            self.page, _("Open a workspace"), "", f"OCG Desk ({SUFFIX})"
        )
        if path:
            self.offer(Path(path))

    @Slot()
    def _on_new(self) -> None:
        from ocgdesk.ui.dialogs.new_workspace_dialog import NewWorkspaceDialog

        recent = next(iter(self.settings.recent), "")
        dialog = NewWorkspaceDialog(
            self.page,
            cost=self._cost,
            folder=Path(recent).parent if recent else None,
            agency=self.settings.agency,
        )
        dialog.created.connect(self._on_created)
        dialog.open()

    @Slot(str)
    def _on_recovery(self, path: str) -> None:
        from ocgdesk.ui.dialogs.recovery_dialog import RecoveryDialog

        dialog = RecoveryDialog(Path(path), self.page, cost=self._cost)
        dialog.recovered.connect(self._on_created)
        dialog.open()

    @Slot(object)
    def _on_created(self, workspace: object) -> None:
        self.opened.emit(workspace)


def _load(names: tuple[str, ...]) -> None:
    for name in names:
        importlib.import_module(name)


def _unlocked(path: Path, user: str, passphrase: str) -> "Workspace":
    """Open a workspace; the key is derived first, which needs nothing that is still loading."""
    user_id, key = keyfile.unlock(keyfile.read(keyfile.path_for(path)), user, passphrase)
    from ocgdesk.store.workspace import Workspace

    return Workspace.open(path, key, user_id)


def _roles(roles: tuple[str, ...]) -> str:
    return ", ".join(label("user-roles", role) for role in roles)


def _known(path: Path) -> KnownWorkspace:
    """Return what can be said of a workspace without opening it: its key file says it."""
    if not path.exists():
        return KnownWorkspace(path=str(path), name=path.stem, missing=True)
    try:
        keys = keyfile.read(keyfile.path_for(path))
    except BadWorkspace:
        return KnownWorkspace(path=str(path), name=path.stem)
    users = tuple(
        KnownUser(name=slot.name, shown=slot.name, role=_roles(slot.roles)) for slot in keys.slots
    )
    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone()
    megabytes = max(1, round(path.stat().st_size / 1e6))
    when = f"{changed.day} {changed:%b %Y, %H:%M}"
    return KnownWorkspace(
        path=str(path),
        name=keys.workspace_name,
        marking=keys.marking.upper(),
        synthetic=keys.synthetic,
        opened=_("last used {when}").format(when=when),
        about=_("Encrypted file, {size} MB, last used {when}").format(size=megabytes, when=when),
        users=users,
    )
