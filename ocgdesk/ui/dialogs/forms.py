"""Parts of dialogs: a field with its label and its echo, a passphrase asked twice, the words."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.domain.people import Role
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import _
from ocgdesk.security.strength import Strength, strength
from ocgdesk.ui import theme
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets.cards import Card
from ocgdesk.ui.widgets.inputs import CheckBox, PassphraseBox, TextBox
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.strands import ProgressBar

_COLUMNS: Final = 4
_JUDGE_AFTER_MS: Final = 120


class Labelled(QWidget):
    """An input with its label above it and a sentence below it."""

    def __init__(
        self, title: str, box: QWidget, note: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.box = box
        box.setAccessibleName(box.accessibleName() or title)
        self.note = Label(note, step="small", ink="text.3", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label(title, weight="medium"))
        column.addWidget(box)
        column.addWidget(self.note)
        self.note.setVisible(bool(note))  # before, it would be a window of its own
        column.addStretch(1)

    def say(self, sentence: str, ink: str = "text.3") -> None:
        """Say something else under the input."""
        self.note.set_ink(ink)
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))


class NewPassphrase(QWidget):
    """A passphrase typed twice, with a hint that judges it as one types."""

    changed = Signal()

    def __init__(
        self, known_words: Callable[[], Sequence[str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._known = known_words
        self._judged = ("", Strength(0, "", good_enough=False))
        self.first = PassphraseBox(_("New passphrase"), size="normal")
        self.second = PassphraseBox(_("The same again"), size="normal")
        self.bar = ProgressBar(width=120)
        self.one = Labelled(_("New passphrase"), self.first)
        self.two = Labelled(_("The same again"), self.second)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        pair = QHBoxLayout()
        pair.setSpacing(12)
        pair.addWidget(self.one, 1)
        pair.addWidget(self.two, 1)
        self.hint = Label("", step="small", ink="text.3", wrap=True)
        column.addLayout(pair)
        column.addWidget(self.bar)
        column.addWidget(self.hint)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_JUDGE_AFTER_MS)
        self._timer.timeout.connect(self._show)
        self.first.textChanged.connect(self._timer.start)
        self.second.textChanged.connect(self._timer.start)
        self._show()

    @property
    def text(self) -> str:
        """What was typed in the first box."""
        return self.first.text()

    def judged(self) -> Strength:
        """Return how hard the passphrase is to guess."""
        key = "\0".join((self.text, *self._known()))
        if self._judged[0] != key:
            self._judged = (key, strength(self.text, known_words=self._known()))
        return self._judged[1]

    def problem(self) -> str:
        """Return why this passphrase will not do; empty where it will."""
        judged = self.judged()
        if not judged.good_enough:
            return judged.hint
        if self.first.text() != self.second.text():
            return _("The two passphrases differ.")
        return ""

    def clear(self) -> None:
        """Forget what was typed."""
        self.first.clear()
        self.second.clear()

    def _show(self) -> None:
        judged = self.judged()
        typed = bool(self.text)
        differ = bool(self.second.text()) and self.first.text() != self.second.text()
        good = judged.good_enough and not differ
        self.hint.set_ink("ok" if good else "due" if typed else "text.3")
        said = _("The two passphrases differ.") if judged.good_enough and differ else judged.hint
        self.hint.setText(said)
        spoken = _("Strength {n} of 4. {hint}").format(n=judged.score, hint=judged.hint)
        self.bar.show_share(judged.score / 4 if typed else 0.0, spoken)
        self.changed.emit()


class RoleTicks(QWidget):
    """The roles a user holds, to be ticked."""

    def __init__(self, roles: frozenset[Role] = frozenset(), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes = {role: CheckBox(label("user-roles", role.value)) for role in Role}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for place, box in enumerate(self.boxes.values()):
            grid.addWidget(box, place // 2, place % 2)
        self.tick(roles)

    @property
    def roles(self) -> frozenset[Role]:
        """The roles that are ticked."""
        return frozenset(role for role, box in self.boxes.items() if box.isChecked())

    def tick(self, roles: frozenset[Role]) -> None:
        """Tick these roles and no other."""
        for role, box in self.boxes.items():
            box.setChecked(role in roles)


class WordGrid(Card):
    """The recovery words, numbered, to be written down."""

    def __init__(self, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(edge="line.2", ground="sunken", margins=(16, 12, 16, 12), parent=parent)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        rows = -(-len(words) // _COLUMNS)
        for place, word in enumerate(words):
            number = Label(f"{place + 1}", step="small", ink="text.3")
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            shown = Label(word, step="mono", weight="medium")
            shown.setAccessibleName(f"{place + 1}: {word}")
            column = 2 * (place // rows)
            grid.addWidget(number, place % rows, column)
            grid.addWidget(shown, place % rows, column + 1)
        for column in range(_COLUMNS):
            grid.setColumnStretch(2 * column + 1, 1)
        self.body.addLayout(grid)


class WordCheck(QWidget):
    """Two of the recovery words, asked back."""

    changed = Signal()

    def __init__(
        self, words: Sequence[str], places: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = words
        self.boxes: dict[int, TextBox] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for place in places:
            title = _("Word {n}").format(n=place + 1)
            box = TextBox(name=title, mono=True)
            box.textChanged.connect(self.changed)
            self.boxes[place] = box
            row.addWidget(Labelled(title, box), 1)
        theme.follow(self, self._grow)

    def right(self) -> bool:
        """Tell whether both were given as they are."""
        typed = {place: box.text().strip().casefold() for place, box in self.boxes.items()}
        wrong = [place for place, word in typed.items() if word != self._words[place]]
        for place, box in self.boxes.items():
            box.set_state("error" if place in wrong else "")
        return not wrong

    def _grow(self) -> None:
        for box in self.boxes.values():
            box.setMinimumWidth(px(120))
