"""A link: to which record, of what type, how sure, from when to when, resting on what."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ocgdesk.casework import event_lists
from ocgdesk.domain.fields import Field, described_fields
from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.domain.links import Attribution, Link, Membership
from ocgdesk.domain.reference_data import Code, code_list
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import finding
from ocgdesk.store.finding import Hit
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, Linked
from ocgdesk.ui import words
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.desk_sheet import DeskSheet
from ocgdesk.ui.dialogs.events_dialog import EventsDialog
from ocgdesk.ui.dialogs.report_picker import ReportPicker
from ocgdesk.ui.fonts import px
from ocgdesk.ui.forms import editors
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import Column, ShortTable, ShortTableView
from ocgdesk.ui.plan.form import FormField, LinesBox
from ocgdesk.ui.widgets.buttons import outline
from ocgdesk.ui.widgets.inputs import CheckBox, Option, SearchBox, Select, TextBox
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.values import Heading, Text

_NAMES: Final = (
    *("role", "importance", "confidence", "status"),
    *("strength", "basis", "start", "end", "note"),
)
_FOUND: Final = 8


@dataclass(frozen=True, slots=True)
class Way:
    """A type of link as read from one of its ends."""

    code: str
    outward: bool
    words: str
    directed: bool

    @property
    def key(self) -> str:
        """The way as an option of a drop-down."""
        return f"{'out' if self.outward else 'in'}:{self.code}"


def ways(own: Kind, other: Kind) -> tuple[Way, ...]:
    """Return the types that usually join two kinds, those made for them first."""
    found: list[tuple[int, Way]] = []
    for code in code_list("link-types").offered():
        directed = bool(code.get("directed", False))
        if _fits(code, own, other):
            found.append((_rank(code), Way(code.code, True, code.label, directed)))
        if (directed or own is not other) and _fits(code, other, own):
            reverse = str(code.get("reverse", code.label))
            found.append((_rank(code), Way(code.code, False, reverse, directed)))
    seen: dict[str, Way] = {}
    for _n, way in sorted(found, key=lambda pair: pair[0]):
        seen.setdefault(way.words, way)
    return tuple(seen.values())


def _fits(code: Code, source: Kind, target: Kind) -> bool:
    begins, ends = code.get("from", ()), code.get("to", ())
    return (not begins or source.value in begins) and (not ends or target.value in ends)


def _rank(code: Code) -> int:
    """Put the richer kinds first, then the types made for these ends, then the general ones."""
    if code.code in _CLASSES:
        return 0
    return 2 - bool(code.get("from", ()))


_CLASSES: Final[dict[str, type[Link]]] = {"member-of": Membership, "attributed-to": Attribution}


class LinkDialog(DeskSheet):
    """Makes or changes a link of a record. ``made`` hands over a new Link, ``kept`` values."""

    made = Signal(object)
    kept = Signal(object)
    """A dict of the fields that differ."""

    def __init__(
        self,
        desk: Desk,
        own: Brief,
        *,
        link: Linked | None = None,
        kinds: tuple[Kind, ...] = SUBJECTS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            desk,
            _("Edit link") if link else _("Add link"),
            _("Save") if link else _("Add"),
            width=640,
            parent=parent,
        )
        self.own = own
        self.link = link
        self.other: Brief | None = link.other if link else None
        self._kinds = kinds
        self._ways: tuple[Way, ...] = ()
        self._build()
        if link is not None:
            events = outline(_("Events"), icon="action.rows")
            events.clicked.connect(self._on_events)
            self.add_buttons(events)
            self._show_link(link)
            self.type.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self._offer()

    def on_accept(self) -> None:
        if self.other is None:
            self._take_first()
            return
        values = self._read()
        if values is None:
            return
        if self.link is not None:
            before = self.link.link
            self.kept.emit({n: v for n, v in values.items() if getattr(before, n) != v})
        else:
            self.made.emit(self._new(values))

    def choose(self, other: Brief) -> None:
        """Link to this record."""
        self.other = other
        kind = words.one(other.kind)
        self.chosen.setText(f"{other.label} · {kind} · {other.ref}".rstrip(" ·"))
        self.chosen.show()
        self.hits.hide()
        self.say("")
        self._offer()

    def way(self) -> Way | None:
        """Return the type chosen, as read from the record's end."""
        return next((way for way in self._ways if way.key == self.type.text), None)

    def cls(self) -> type[Link]:
        """Return the class of the link that would be made."""
        if self.link is not None:
            return type(self.link.link)
        way = self.way()
        return _CLASSES.get(way.code, Link) if way else Link

    def _build(self) -> None:
        self.box = SearchBox(_("Find the other record by name, number or reference"))
        self.box.searched.connect(self._on_searched)
        self.table = ShortTable(_columns())
        self.hits = ShortTableView(self.table, name=_("Found"), density=Density.COMPACT)
        self.hits.setFixedHeight(px(28 * 5 + 32))
        self.hits.opened.connect(self._on_hit)
        self.hits.clicked.connect(self._on_clicked)
        self.hits.hide()
        self.chosen = Label("", weight="medium", wrap=True)
        self.chosen.hide()
        for part in (self.box, self.hits, self.chosen):
            self.body.addWidget(part)
        self.type = FormField(_("Type"), Select())
        self.type.changed.connect(self._on_type)
        self.directed = CheckBox(_("Directed: drawn with an arrow"))
        self.fields: dict[str, FormField] = {}
        self._described: dict[str, Field] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.addWidget(self.type, 0, 0)
        grid.addWidget(self.directed, 0, 1, Qt.AlignmentFlag.AlignBottom)
        self._add_fields(grid)
        self.body.addLayout(grid)
        self.reports = ReportPicker(self.desk)
        self.body.addWidget(self.reports)
        self.body.addStretch(1)

    def _add_fields(self, grid: QGridLayout) -> None:
        for at, name in enumerate(_NAMES, start=2):
            cls = Membership if name in {"role", "importance"} else Attribution
            field = next(f for f in described_fields(cls) if f.name == name)
            self._described[name] = field
            self.fields[name] = FormField(field.label, _editor(field))
            wide = 2 if name == "note" else 1
            grid.addWidget(self.fields[name], at // 2, at % 2, 1, wide)
        for name, default in _FIRST.items():
            editor = self.fields[name].editor
            if isinstance(editor, Select):
                editor.choose(default)

    def _show_link(self, link: Linked) -> None:
        self.box.hide()
        self.choose(link.other)
        self.reports.show_ids(link.link.reports)
        for name, form in self.fields.items():
            if not hasattr(link.link, name):
                continue
            text = editors.raw(self._described[name], getattr(link.link, name))
            match form.editor:
                case Select():
                    form.editor.show_options(_options(self._described[name], text), text)
                case TextBox():
                    form.editor.setText(text)
                case LinesBox():
                    form.editor.setPlainText(text)

    def _offer(self) -> None:
        """Offer the types that fit, and the fields that the type has."""
        self._ways = ways(self.own.kind, self.other.kind) if self.other else ()
        if self.link is not None:
            now, link = self.link.link, self.link
            self._ways = tuple(w for w in self._ways if (w.code in _CLASSES) == _is_rich(now))
            if not any(w.code == now.type and w.outward == link.outward for w in self._ways):
                words_ = _label_of(now.type)
                self._ways = (Way(now.type, link.outward, words_, now.directed), *self._ways)
        options = tuple(Option(way.key, way.words) for way in self._ways)
        if isinstance(self.type.editor, Select):
            current = self._key_of_link() or self.type.text
            self.type.editor.show_options(options, current)
            self.type.editor.setEnabled(bool(options))
        self._on_type()
        if self.link is not None:
            self.directed.setChecked(self.link.link.directed)

    def _key_of_link(self) -> str:
        if self.link is None:
            return ""
        return f"{'out' if self.link.outward else 'in'}:{self.link.link.type}"

    def _on_type(self) -> None:
        cls, way = self.cls(), self.way()
        own = {field.name for field in described_fields(cls)}
        for name, form in self.fields.items():
            form.setVisible(name in own and not (name in _ROLES and self._is_of_exploited()))
        self._offer_confidence(cls)
        self.directed.setEnabled(cls is Link)
        if way is not None:
            self.directed.setChecked(way.directed)
        basis = self.fields["basis"].editor
        if self.link is None and isinstance(basis, Select):
            basis.choose("assessment" if cls is Attribution else "fact")

    def _offer_confidence(self, cls: type[Link]) -> None:
        """Let it be left open how sure a membership is; an attribution always says."""
        editor = self.fields["confidence"].editor
        if not isinstance(editor, Select):
            return
        is_open = cls is Membership
        found = editors.options(self._described["confidence"])
        wanted = tuple(option for option in found if option.key or is_open)
        if editor.options == wanted:
            return
        first = "" if is_open else _FIRST["confidence"]
        kept = getattr(self.link.link, "confidence", first) if self.link else first
        editor.show_options(wanted, kept)

    def _is_of_exploited(self) -> bool:
        """Whether a person recorded as exploited is at an end: no role is asked of them."""
        return self.own.exploited or (self.other is not None and self.other.exploited)

    def _read(self) -> dict[str, Any] | None:
        """Return the values; None, with a sentence under the field, where one is wrong."""
        own = {field.name for field in described_fields(self.cls())}
        values: dict[str, Any] = {}
        for name, form in self.fields.items():
            if name not in own or form.isHidden():
                continue
            try:
                values[name] = editors.parse(self._described[name], form.text, self.desk.today())
                form.say()
            except Refused as error:
                form.say(f"{error}.")
        if wrong := next((form for form in self.fields.values() if form.wrong), None):
            wrong.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        values["directed"] = self.directed.isChecked()
        values["reports"] = self.reports.ids
        if (way := self.way()) is not None and not self._turns(way):
            values["type"] = way.code
        return values

    def _turns(self, way: Way) -> bool:
        """Whether a type would need the ends of a link that is there to be swapped."""
        return self.link is not None and way.outward != self.link.outward and way.directed

    def _new(self, values: dict[str, Any]) -> Link:
        assert self.other is not None  # noqa: S101 - asked for before
        way = self.way()
        outward = way is None or way.outward
        ends = (self.own.id, self.other.id) if outward else (self.other.id, self.own.id)
        return self.cls()(source=ends[0], target=ends[1], **values)

    def _on_events(self) -> None:
        """Show the calls, messages or sightings that the link counts."""
        if self.link is not None:
            ask = partial(event_lists.of_links, links=[self.link.link])
            EventsDialog(self.desk, ask, parent=self).open()

    def _on_searched(self, text: str) -> None:
        if not text.strip():
            self.hits.hide()
            return

        def search(reader: Reader) -> list[Hit]:
            return finding.search(reader, text, kinds=self._kinds, per_kind=_FOUND)

        self.desk.ask(search, self._show_hits)

    def _show_hits(self, hits: list[Hit]) -> None:
        found = [hit.record for hit in hits if hit.record.id != self.own.id][: _FOUND * 2]
        self.table.show_rows(found)
        self.hits.setVisible(bool(found))
        self.hits.share()
        self.say("" if found else _("Nothing found. Try fewer letters."))
        if found:
            self.hits.setCurrentIndex(self.table.index(0, 0))

    def _take_first(self) -> None:
        row: Brief | None = self.hits.row()
        if row is None:
            self.say(_("Choose the record to link to"))
        else:
            self.choose(row)

    def _on_hit(self, row: int) -> None:
        self.choose(self.table.rows[row])

    def _on_clicked(self) -> None:
        self._take_first()


_ROLES: Final = frozenset({"role", "importance"})
_FIRST: Final = {
    "role": "associate",
    "importance": "peripheral",
    "confidence": "possible",
    "status": "proposed",
    "strength": "unconfirmed",
    "basis": "fact",
}
"""What a new link begins with."""


def _is_rich(link: Link) -> bool:
    return type(link) is not Link


def _label_of(code: str) -> str:
    return code_list("link-types").label(code)


def _options(field: Field, *keeping: str) -> tuple[Option, ...]:
    return tuple(option for option in editors.options(field, *keeping) if option.key)


def _editor(field: Field) -> QWidget:
    if found := _options(field):
        return Select(found)
    if field.name == "note":
        return LinesBox()
    return TextBox(placeholder=_("14/2/91, Feb 1979, about 1996"))


def _columns() -> tuple[Column, ...]:
    def column(title: str, cell: Callable[[Brief], Any], order: str, width: int) -> Column:
        heading = Heading(title=title)
        return Column(heading=heading, cell=cell, order=partial(_order, order), width=width)

    return (
        column(_("Record"), entity, "label", 260),
        column(_("Kind"), lambda b: Text(words.one(b.kind), "text.2"), "kind", 120),
        column(_("Reference"), lambda b: Text(b.ref, "text.3", mono=True), "ref", 170),
    )


def _order(name: str, brief: Brief) -> str:
    return str(getattr(brief, name))
