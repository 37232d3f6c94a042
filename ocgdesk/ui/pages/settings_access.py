"""Rules of access, for administrators: when a reason is asked for, and break-glass."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout

from ocgdesk.casework import reasons, restricting
from ocgdesk.casework.reasons import USES, WORDS, Asking, Policy, Use
from ocgdesk.casework.restricting import MOST_HOURS, Glass
from ocgdesk.i18n import _, ngettext
from ocgdesk.progress import Progress
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.forms import Labelled
from ocgdesk.ui.pages.settings_parts import Section
from ocgdesk.ui.widgets.buttons import outline
from ocgdesk.ui.widgets.inputs import CheckBox, Option, Select
from ocgdesk.ui.widgets.labels import Label, SectionHeading

_HOURS = (1, 2, 4, 8, 12, 24, 48, MOST_HOURS)


class AccessSection(Section):
    """Says when users are asked why they look, and whether break-glass is allowed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Access"), _("For everybody who uses this file."))
        options = tuple(Option(asking.value, _(words)) for asking, words in WORDS.items())
        self.asking = {use: Select(options) for use in Use}
        self.glass = CheckBox(_("Break-glass is allowed"))
        self.hours = Select(tuple(Option(str(n), _hours(n)) for n in _HOURS))
        self.save_button = outline(_("Save rules of access"))
        self._arrange()
        self.save_button.clicked.connect(self._on_save)

    def show_now(self) -> None:
        workspace = self.desk.workspace
        for use, asking in reasons.of(workspace).items():
            self.asking[use].choose(asking.value)
        terms = restricting.terms_of(workspace)
        self.glass.setChecked(terms.allowed)
        self.hours.choose(str(terms.hours))

    def wished(self) -> tuple[Policy, Glass]:
        """Return the rules as they stand on the page."""
        policy = {use: Asking(select.current) for use, select in self.asking.items()}
        hours = int(self.hours.current or restricting.HOURS)
        return policy, Glass(allowed=self.glass.isChecked(), hours=hours)

    def _arrange(self) -> None:
        self.column.addWidget(SectionHeading(_("Reason for access")))
        policy = _(
            "Whether users are asked why is a policy of this workspace, not statute. What they "
            "open, search and export is logged either way; that cannot be switched off."
        )
        self.column.addWidget(Label(policy, ink="text.2", wrap=True))
        for use, select in self.asking.items():
            self.column.addWidget(Labelled(_(USES[use]), select))
        self.column.addWidget(SectionHeading(_("Break-glass")))
        glass = _(
            "An LRO, SIO or coordinator who knows its reference may open a restricted record to "
            "read for a while, with a reason. Those inside and the auditor are told at once."
        )
        self.column.addWidget(Label(glass, ink="text.2", wrap=True))
        self.column.addWidget(self.glass)
        self.column.addWidget(Labelled(_("It stays open for"), self.hours))
        row = QHBoxLayout()
        row.addWidget(self.save_button)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addWidget(SectionHeading(_("Restricted records")))
        honest = _(
            "A restricted record is left out of everything this program shows to who is not "
            "inside. The boundary is the file: whoever holds a key and a database tool can read "
            "it. Who knew of a record before it was restricted may notice that it is gone."
        )
        self.column.addWidget(Label(honest, ink="text.2", wrap=True))
        self.column.addStretch(1)

    @Slot()
    def _on_save(self) -> None:
        workspace, (policy, glass) = self.desk.workspace, self.wished()

        def act(_progress: Progress) -> None:
            reasons.set_policy(workspace, policy)
            restricting.set_terms(workspace, glass)

        self.run(_("Set rules of access"), act, self._on_saved)

    def _on_saved(self, _result: object) -> None:
        self.show_now()
        self.say(_("The rules of access were saved."))


def _hours(count: int) -> str:
    return ngettext("{n} hour", "{n} hours", count).format(n=count)
