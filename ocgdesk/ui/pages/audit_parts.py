"""One entry of the journal in full, beside the table."""

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ocgdesk.casework.auditing import ACTS, Seen
from ocgdesk.i18n import _
from ocgdesk.store.journal import Logged
from ocgdesk.ui.models.audit_model import moment
from ocgdesk.ui.widgets.cards import Panel, Rule
from ocgdesk.ui.widgets.labels import Label, SectionHeading
from ocgdesk.ui.widgets.values import NONE


class EntryPanel(Panel):
    """One entry of the journal in full."""

    def __init__(self, entry: Logged, seen: Seen, parent: QWidget | None = None) -> None:
        super().__init__("clear", parent)
        self.setProperty("caption", _("Entry {n}").format(n=f"{entry.seq:,}"))
        self.setProperty("icon", "page.audit")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(10)
        column.addWidget(Label(entry.label, step="section", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for row, (name, value) in enumerate(_facts(entry, seen)):
            grid.addWidget(Label(name, ink="text.3"), row, 0)
            grid.addWidget(Label(value, wrap=True), row, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        refs = seen.refs.get(entry.seq, ())
        if refs:
            column.addWidget(Rule())
            column.addWidget(SectionHeading(_("Records"), f"{max(entry.things, len(refs)):,}"))
            column.addWidget(Label("\n".join(refs), step="mono", ink="text.2"))
        column.addWidget(Rule())
        column.addWidget(SectionHeading(_("Hash")))
        # a hash has no place to break a line of its own
        hash_ = entry.hash.hex()
        parts = [hash_[at : at + 16] for at in range(0, len(hash_), 16)]
        column.addWidget(Label("\n".join(parts), step="mono", ink="text.3"))
        column.addStretch(1)


def _facts(entry: Logged, seen: Seen) -> list[tuple[str, str]]:
    facts = [
        (_("Time"), moment(entry)),
        (_("User"), seen.user_words(entry)),
        (_("Operation"), _(ACTS[entry.act])),
        (_("Reason"), entry.reason or NONE),
    ]
    if whose := seen.lookup_words(entry):
        facts.append((_("Whose name"), whose))
    if entry.undoes is not None:
        facts.append((_("Undoes"), f"{entry.undoes:,}"))
    if entry.undone:
        facts.append((_("State"), _("undone")))
    return facts + [(name.replace("_", " "), _plain(value)) for name, value in entry.detail.items()]


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_plain(part)}" for name, part in value.items())
    if isinstance(value, list):
        return "; ".join(_plain(part) for part in value) or NONE
    text = str(value)
    return text if len(text) < 40 else f"{text[:16]}…"


def fault_words(where: str, what: str) -> str:
    """Return a grave finding as one sentence."""
    place, _sep, number = where.rpartition(" ")
    if place == "journal entry" and number.isdigit():
        return _("The chain breaks at entry {n}.").format(n=f"{int(number):,}")
    return f"{where}: {what}"
