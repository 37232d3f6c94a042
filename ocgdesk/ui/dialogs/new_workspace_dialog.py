"""Making a workspace: what it is called, who begins, and the words that open it in need."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QStackedWidget, QWidget

from ocgdesk.domain.marking import Marking
from ocgdesk.i18n import _
from ocgdesk.ui.dialogs.forms import Labelled, NewPassphrase
from ocgdesk.ui.dialogs.sheet import Sheet
from ocgdesk.ui.dialogs.words_dialog import WordsView
from ocgdesk.ui.widgets.buttons import outline
from ocgdesk.ui.widgets.inputs import CheckBox, Option, Select, TextBox
from ocgdesk.ui.widgets.labels import Label

if TYPE_CHECKING:
    from ocgdesk.security.slots import Cost
    from ocgdesk.store.workspace import Workspace

SUFFIX: Final = ".ocgdesk"

Made = tuple["Workspace", tuple[str, ...]]


class NewWorkspaceDialog(Sheet):
    """Asks what a new workspace needs, makes it, shows the recovery words once."""

    created = Signal(object)
    """The Workspace, open."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        cost: "Cost | None" = None,
        folder: Path | None = None,
        agency: str = "",
    ) -> None:
        super().__init__(
            _("New workspace"),
            _("Make the workspace"),
            marking=Marking.OFFICIAL_SENSITIVE.value,
            width=640,
            parent=parent,
        )
        self._cost = cost
        self._folder = folder or Path.home()
        self._place_typed = False
        self._workspace: Workspace | None = None
        self.words: WordsView | None = None
        self.pages = QStackedWidget()
        self._make_fields(agency)
        self.pages.addWidget(self._form_page())
        self.body.addWidget(self.pages)
        self._wire()
        self._on_named()
        self.name.setFocus()

    def on_accept(self) -> None:
        if self.words is None:
            self._make()
        elif not self.words.is_asking:
            self._ask_back()
        elif self.words.check.right():
            self._finish()
        else:
            self.say(_("That is not what was shown. Look at your paper again."))

    def reject(self) -> None:
        """Close, but never between the making and the asking back of the words."""
        if self._workspace is None:
            super().reject()
        else:
            self.say(_("The workspace is made. Write the words down first."))

    def problem(self) -> str:
        """Return the first thing that is missing or wrong, in one sentence; else ""."""
        asked = (
            (self.name, _("Give the workspace a name.")),
            (self.agency, _("Give the letters of your agency, such as WMP.")),
            (self.code, _("Give the workspace a code, such as A1.")),
            (self.place, _("Say where the file is to be kept.")),
            (self.user, _("Give your user name.")),
        )
        missing = next((words for box, words in asked if not box.text().strip()), "")
        return missing or self.passphrase.problem()

    def _make_fields(self, agency: str) -> None:
        self.name, self.agency, self.code = TextBox(), TextBox(mono=True), TextBox(mono=True)
        self.agency.setText(agency)
        self.agency.setMaxLength(8)
        self.code.setMaxLength(4)
        self.code.setText("A1")
        self.place, self.choose_button = TextBox(), outline(_("Choose"), icon="action.open-file")
        self.user, self.display = TextBox(), TextBox()
        options = tuple(Option(marking.value, marking.banner) for marking in reversed(Marking))
        self.marking = Select(options)
        self.passphrase = NewPassphrase(self._known_words)
        self.no_words = CheckBox(_("No recovery words"))
        self.consequence = Label(
            _(
                "Then nobody can ever open this workspace again once the last passphrase is "
                "forgotten: not an administrator, not the maker of the program."
            ),
            step="small",
            ink="due",
            wrap=True,
        )
        self.consequence.hide()

    def _form_page(self) -> QWidget:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.addWidget(Labelled(_("Name"), self.name), 0, 0, 1, 4)
        self.prefix = Labelled(_("Agency"), self.agency)
        grid.addWidget(self.prefix, 1, 0)
        grid.addWidget(Labelled(_("Workspace code"), self.code, _("Its own for each file")), 1, 1)
        grid.addWidget(Labelled(_("Marking"), self.marking), 1, 2, 1, 2)
        grid.addWidget(Labelled(_("File"), self._place_row()), 2, 0, 1, 4)
        grid.addWidget(Labelled(_("User name"), self.user), 3, 0, 1, 2)
        grid.addWidget(Labelled(_("Shown as"), self.display), 3, 2, 1, 2)
        grid.addWidget(self.passphrase, 4, 0, 1, 4)
        grid.addWidget(self.no_words, 5, 0, 1, 4)
        grid.addWidget(self.consequence, 6, 0, 1, 4)
        for column in range(4):
            grid.setColumnStretch(column, 1)
        return page

    def _place_row(self) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.place, 1)
        line.addWidget(self.choose_button)
        return row

    def _wire(self) -> None:
        self.name.textChanged.connect(self._on_named)
        for box in (self.agency, self.code):
            box.textChanged.connect(self._on_prefix)
        self.place.textEdited.connect(self._on_place)
        self.choose_button.clicked.connect(self._on_choose)
        self.marking.chosen.connect(self._on_marking)
        self.no_words.toggled.connect(self.consequence.setVisible)
        self._on_prefix()

    def _known_words(self) -> tuple[str, ...]:
        return self.user.text(), self.display.text(), self.name.text(), self.agency.text()

    def _make(self) -> None:
        if problem := self.problem():
            self.say(problem)
            return
        self.think(self._maker(), self._on_made, _("Making the workspace…"))

    def _maker(self) -> Callable[[], "Made"]:
        """Return the act with all that was typed; it runs on another thread."""
        place, cost, passphrase = Path(self.place.text().strip()), self._cost, self.passphrase.text
        asked = {
            "name": self.name.text(),
            "agency": self.agency.text().strip().upper(),
            "code": self.code.text().strip().upper(),
            "user": self.user.text(),
            "display": self.display.text(),
            "marking": Marking(self.marking.current),
            "recovery": not self.no_words.isChecked(),
        }

        def make() -> "Made":
            from ocgdesk.casework import access

            new = access.NewWorkspace(**asked)  # type: ignore[arg-type]
            return access.create(access.path_of(place), new, passphrase, cost=cost)

        return make

    def _on_made(self, made: "Made") -> None:
        self._workspace, words = made
        self.passphrase.clear()
        if not words:
            self._finish()
            return
        self.words = WordsView(words)
        self.pages.addWidget(self.words)
        self.pages.setCurrentWidget(self.words)
        self.title.setText(_("Recovery words of {name}").format(name=self.name.text().strip()))
        self.cancel_button.set_label(_("Show the words again"), key="")
        self.cancel_button.clicked.disconnect(self.reject)
        self.cancel_button.clicked.connect(self._on_back)
        self.cancel_button.hide()
        self.accept_button.set_label(_("I have written them down"), key="")

    def _ask_back(self) -> None:
        if self.words is not None:
            self.words.next()
            self.cancel_button.show()
            self.accept_button.set_label(_("Open the workspace"), key="Enter")

    @Slot()
    def _on_back(self) -> None:
        if self.words is not None:
            self.words.back()
            self.say("")
            self.cancel_button.hide()
            self.accept_button.set_label(_("I have written them down"), key="")

    def _finish(self) -> None:
        workspace, self._workspace = self._workspace, None
        self.accept()
        self.created.emit(workspace)

    @Slot()
    def _on_named(self) -> None:
        if not self._place_typed:
            name = "".join(c if c.isalnum() or c in " -_" else " " for c in self.name.text())
            stem = " ".join(name.split()) or _("Workspace")
            self.place.setText(str(self._folder / f"{stem}{SUFFIX}"))

    @Slot()
    def _on_prefix(self) -> None:
        agency = self.agency.text().strip().upper() or "…"
        code = self.code.text().strip().upper() or "…"
        self.prefix.say(_("References: {prefix}…").format(prefix=f"{agency}{code}-"))

    @Slot()
    def _on_place(self) -> None:
        self._place_typed = True

    @Slot()
    def _on_choose(self) -> None:
        path, _filter = QFileDialog.getSaveFileName(
            self, _("Where the workspace is kept"), self.place.text(), f"OCG Desk (*{SUFFIX})"
        )
        if path:
            self._place_typed = True
            self.place.setText(path)

    @Slot(str)
    def _on_marking(self, marking: str) -> None:
        for banner in self.banners:
            banner.show_marking(marking, synthetic=False)
