"""The tables of the reference data page, and the form in which one value is written."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework import reference_lists
from ocgdesk.casework.list_drafts import Draft, Item
from ocgdesk.domain import list_editions, reference_data
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.list_editions import Extra
from ocgdesk.domain.reference_data import CodeList, code_list, label
from ocgdesk.i18n import N_, _
from ocgdesk.store.editions import Saved
from ocgdesk.store.reader import Reader
from ocgdesk.ui.models.short_table import Column
from ocgdesk.ui.plan.form import FormField
from ocgdesk.ui.widgets.buttons import Button, text_button
from ocgdesk.ui.widgets.inputs import Option, Select, TextBox
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.values import NONE, Cell, Heading, Status, Text

SHIPPED: Final = "shipped"
Facts = tuple[dict[str, int] | None, list[Saved]]
_ACROSS: Final = 3
_HEADINGS: Final = {
    "rocu": N_("ROCU"),
    "pnc": N_("PNC force number"),
    "kind": N_("Kind"),
    "agency": N_("Agency"),
    "unit": N_("Unit"),
    "pillar": N_("Pillar"),
    "from": N_("From"),
    "to": N_("To"),
    "rank": N_("Rank"),
    "review_months": N_("Months between reviews"),
    "meaning": N_("Meaning"),
    "victim": N_("Victim"),
    "directed": N_("Directed"),
    "reverse": N_("Read the other way"),
    "live": N_("Live"),
    "years": N_("Years"),
    "act": N_("Act"),
    "crime_types": N_("Crime types"),
    "home_office": N_("Home Office group"),
    "oct_2019": N_("Group of October 2019"),
    "symbol": N_("Symbol"),
    "class": N_("Class"),
    "names": N_("People by name"),
    "exploited": N_("Told of exploited people"),
    "operations": N_("Operations by name"),
    "sources": N_("Report references"),
    "tactics": N_("Live tactics"),
    "completed": N_("Completed actions"),
    "officers": N_("Officers by name"),
    "places": N_("Addresses"),
    "warnings": N_("Custody and warnings"),
    "outside": N_("Leaves the force or unit"),
    "least": N_("Smallest number told"),
    "handling": N_("Handling codes"),
    "against": N_("Speaks against"),
    "refuses": N_("Holds back"),
    "on": N_("Applied"),
    "units": N_("Further units"),
    "commodities": N_("Entered as"),
    "step": N_("Counts steps"),
    "base": N_("Times its base"),
    "factor": N_("Factor"),
}


def heading(name: str) -> str:
    """Return the words for something values have besides code and words."""
    known = _HEADINGS.get(name)
    return _(known) if known else name.replace("_", " ").capitalize()


def list_columns() -> tuple[Column, ...]:
    """Return the columns of the lists."""
    return (
        Column(
            heading=Heading(title=_("List")),
            cell=lambda known: Text(_(known.title), strong=known.is_own),
            order=lambda known: _(known.title).casefold(),
            width=180,
            stretch=3,
        ),
        Column(
            heading=Heading(title=_("Whose")),
            cell=_whose,
            order=reference_lists.status,
            width=116,
            yields=1,
        ),
        Column(
            heading=Heading(title=_("Version"), align="right"),
            cell=lambda known: Text(str(known.version), "text.3", "right"),
            order=lambda known: known.version,
            width=70,
            yields=2,
        ),
    )


def _whose(known: CodeList) -> Cell:
    if known.is_own:
        return Status(_("own edition"), "action.edit", "info")
    return Text(reference_lists.status(known), "text.3")


def value_columns(
    draft: Callable[[], Draft], uses: Callable[[], Mapping[str, int] | None]
) -> tuple[Column, ...]:
    """Return the columns of the values of a list: of the draft there is when a cell is drawn."""
    return (
        Column(
            heading=Heading(title=_("Words")),
            cell=lambda item: _words(draft(), item),
            order=lambda item: str(item["label"]).casefold(),
            width=190,
            stretch=4,
        ),
        Column(
            heading=Heading(title=_("Code")),
            cell=lambda item: Text(item["code"], "text.3", mono=True),
            order=lambda item: item["code"],
            width=130,
            yields=8,
        ),
        *(_extra(extra, at) for at, extra in enumerate(draft().extras)),
        Column(
            heading=Heading(title=_("Uses"), align="right"),
            cell=lambda item: Text(_uses(uses(), item), "text.2", "right"),
            order=lambda item: (uses() or {}).get(item["code"], 0),
            width=70,
        ),
    )


def _words(draft: Draft, item: Item) -> Cell:
    if item.get("retired"):
        return Status(_("{words} (retired)").format(words=item["label"]), "action.archive")
    if draft.is_new(item["code"]):
        return Status(item["label"], "action.add", "info")
    if draft.is_changed(item["code"]):
        return Status(item["label"], "action.edit", "info")
    return Text(item["label"], strong=True)


def _uses(uses: Mapping[str, int] | None, item: Item) -> str:
    return NONE if uses is None else f"{uses.get(item['code'], 0):,}"


def _extra(extra: Extra, at: int) -> Column:
    def said(item: Item) -> str:
        value = item.get(extra.name)
        named = label(extra.codes, value) if extra.codes and isinstance(value, str) else value
        return list_editions.shown(named)

    return Column(
        heading=Heading(title=heading(extra.name)),
        cell=lambda item: Text(said(item) or NONE, "text.2"),
        order=lambda item: said(item).casefold() or None,
        width=110,
        stretch=2 if extra.type is str else 1,
        yields=9 + at,
    )


class ValueForm(QWidget):
    """One value of a list: its words and what else this list has, and what can be done with it."""

    typed = Signal(str, str)
    """The name of what was written, and the text."""
    retired = Signal()
    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, FormField] = {}
        self.note = Label("", step="small", ink="text.2", wrap=True)
        self.up = text_button(_("Up"), icon="action.sort-up", key="Alt+↑")
        self.down = text_button(_("Down"), icon="action.sort-down", key="Alt+↓")
        self.retire = text_button(_("Retire"), icon="action.archive", key="Delete")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        for button in (self.up, self.down, self.retire):
            foot.addWidget(button)
        foot.addWidget(self.note, 1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 10, 16, 8)
        self.column.setSpacing(6)
        self.column.addLayout(self._grid)
        self.column.addLayout(foot)
        self.up.clicked.connect(lambda: self.moved.emit(-1))
        self.down.clicked.connect(lambda: self.moved.emit(1))
        self.retire.clicked.connect(self.retired)

    def show_shape(self, draft: Draft, refused: str) -> None:
        """Have a field for everything the values of this list have."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.fields = {"label": self._field("label", _("Words"), TextBox())}
        for extra in draft.extras:
            self.fields[extra.name] = self._field(extra.name, heading(extra.name), _editor(extra))
        for at, (name, field) in enumerate(self.fields.items()):
            self._grid.addWidget(field, at // _ACROSS, at % _ACROSS)
            may = draft.may_word if name == "label" else draft.may_fill
            field.editor.setEnabled(may and not refused)
            field.editor.setToolTip(refused)
        for column in range(_ACROSS):
            self._grid.setColumnStretch(column, 1)
        self.note.setText(refused or _limits(draft))

    def show_item(self, draft: Draft, item: Item | None, refused: str) -> None:
        """Show a value; nothing without one."""
        for name, field in self.fields.items():
            with QSignalBlocker(field.editor):
                _fill(field.editor, item.get(name) if item else None)
            field.say()
        may_move, may_retire = draft.may_word and not refused, draft.may_grow and not refused
        for button in (self.up, self.down):
            button.setEnabled(bool(item) and may_move)
        self.retire.setEnabled(bool(item) and may_retire)
        self.retire.set_label(_retire_words(draft, item))

    def begin(self) -> None:
        """Take the keyboard, at the words."""
        editor = self.fields["label"].editor
        editor.setFocus()
        if isinstance(editor, TextBox):
            editor.selectAll()

    def say(self, name: str, wrong: str) -> None:
        """Show what is wrong with one field."""
        self.fields[name].say(wrong)

    def _field(self, name: str, title: str, editor: QWidget) -> FormField:
        field = FormField(title, editor, self)
        if isinstance(editor, TextBox):
            editor.editingFinished.connect(lambda: self._on_typed(name))
        elif isinstance(editor, Select):
            editor.chosen.connect(lambda _key: self._on_typed(name))
        return field

    def _on_typed(self, name: str) -> None:
        self.typed.emit(name, self.fields[name].text)


def _retire_words(draft: Draft, item: Item | None) -> str:
    if item and draft.is_new(item["code"]):
        return _("Take out")
    return _("Offer again") if item and item.get("retired") else _("Retire")


def _limits(draft: Draft) -> str:
    if draft.is_sheet:
        return _("A scoring sheet is edited as a file: write it, change it, read it.")
    if not draft.may_word:
        return _("The program goes by this list as it ships.")
    if not draft.may_fill:
        return _("The program goes by these codes: words and order can be changed.")
    if not draft.may_grow:
        return _("The program goes by these codes: none is added or retired.")
    return ""


def _editor(extra: Extra) -> QWidget:
    if extra.type is bool:
        return Select((Option("", NONE), Option(_("yes"), _("Yes")), Option(_("no"), _("No"))))
    if extra.codes and extra.type is not list:
        options = (Option(item.code, item.label) for item in code_list(extra.codes).offered())
        return Select((Option("", NONE), *options))
    hint = {date: _("1 Apr 2026 or 1/4/26"), list: _("Several, with semicolons between them")}
    return TextBox(placeholder=hint.get(extra.type, ""))


def _fill(editor: QWidget, value: Any) -> None:
    text = list_editions.shown(value)  # a code of another list is its own key
    if isinstance(editor, TextBox):
        editor.setText(text)
    elif isinstance(editor, Select):
        editor.choose(text)


# ---- What the page asks ------------------------------------------------------------------------


def facts(reader: Reader, name: str) -> Facts:
    """Return how often the values of a list are used, and its editions."""
    return reference_lists.uses(reader, name), reference_lists.editions(reader, name)


def matches(known: CodeList, wanted: list[str]) -> bool:
    """Tell whether a list, or a value of it, goes by these words."""
    text = f"{known.name} {_(known.title)}".casefold()
    if all(word in text for word in wanted):
        return True
    return any(all(word in item.label.casefold() for word in wanted) for item in known)


def edition_options(
    name: str, saved: Sequence[Saved], users: Mapping[UUID, str]
) -> tuple[Option, ...]:
    """Return the editions of a list to choose from, the newest first; the shipped one last."""
    told = _("Version {n} · {day} · {who}")
    found = []
    for one in saved:
        at, who = one.at.astimezone(LONDON), users.get(one.user, _("unknown user"))
        words = told.format(n=one.edition, day=f"{at.day} {at:%b %Y, %H:%M}", who=who)
        found.append(Option(str(one.id), words))
    first = _("Version {n} · as shipped").format(n=reference_data.shipped(name).version)
    return (*found, Option(SHIPPED, first))


def allow(button: Button, refused: str) -> None:
    """Let a button be pressed, or have it say why not."""
    if refused:
        button.refuse(refused)
    else:
        button.allow()
