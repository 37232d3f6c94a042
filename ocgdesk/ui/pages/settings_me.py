"""Settings of the user: who they are, their passphrase, and how the program looks to them."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QSlider, QWidget

from ocgdesk.casework import access
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import _
from ocgdesk.security.slots import Cost
from ocgdesk.ui.application import dress
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.forms import Labelled
from ocgdesk.ui.dialogs.passphrase_dialog import PassphraseDialog
from ocgdesk.ui.pages.settings_parts import Section
from ocgdesk.ui.widgets.buttons import Segment, SegmentedControl, outline
from ocgdesk.ui.widgets.inputs import CheckBox, Option, Select, TextBox
from ocgdesk.ui.widgets.labels import Label, SectionHeading

MINUTES = (1, 2, 5, 10, 15, 30, 60)
DAYS = (7, 14, 21, 28)


class MeSection(Section):
    """Name, roles, passphrase, and what is printed of the author on products."""

    def __init__(self, desk: Desk, *, cost: Cost | None = None) -> None:
        super().__init__(desk, _("Me"))
        self._cost = cost
        self.who = Label("", weight="medium")
        self.roles = Label("", ink="text.2", wrap=True)
        self.passphrase_button = outline(_("Change passphrase"), icon="action.key")
        self.author, self.agency = TextBox(), TextBox(mono=True)
        self.author.setMaxLength(100)
        self.agency.setMaxLength(8)
        row = QHBoxLayout()
        row.addWidget(self.passphrase_button)
        row.addStretch(1)
        self.column.addWidget(self.who)
        self.column.addWidget(self.roles)
        self.column.addLayout(row)
        self.column.addWidget(SectionHeading(_("On products")))
        said = _("Printed on charts and papers made on this computer.")
        self.column.addWidget(Labelled(_("Author"), self.author, said))
        note = _("The letters of your agency, such as WMP; new workspaces begin with them too.")
        self.column.addWidget(Labelled(_("Agency"), self.agency, note))
        self.escalate = Select(name=_("Comes up to a coordinator after"))
        self.column.addWidget(SectionHeading(_("Reminders")))
        told = _("What is overdue for so long stands in a coordinator's reminders.")
        held = Labelled(_("Comes up to a coordinator after"), self.escalate, told)
        self.column.addWidget(held)
        self.column.addStretch(1)
        self.escalate.chosen.connect(self._on_escalate)
        self.passphrase_button.clicked.connect(self._on_passphrase)
        self.author.editingFinished.connect(self._on_printed)
        self.agency.editingFinished.connect(self._on_printed)

    def show_now(self) -> None:
        user, kept = self.desk.user, self.desk.settings
        same = user.name == user.display
        self.who.setText(user.display if same else f"{user.display} ({user.name})")
        held = ", ".join(label("user-roles", role.value) for role in sorted(user.roles))
        rights = ", ".join(sorted(right.value for right in user.rights))
        self.roles.setText(_("{roles}. You may {rights}.").format(roles=held, rights=rights))
        self.author.setText(kept.author)
        self.agency.setText(kept.agency)
        days = sorted({*DAYS, kept.escalate_after_days})
        options = tuple(Option(str(n), _("{n} days").format(n=n)) for n in days)
        self.escalate.show_options(options, str(kept.escalate_after_days))

    @Slot(str)
    def _on_escalate(self, days: str) -> None:
        self.keep(escalate_after_days=int(days))

    @Slot()
    def _on_printed(self) -> None:
        author, agency = self.author.text().strip(), self.agency.text().strip().upper()
        if (author, agency) != (self.desk.settings.author, self.desk.settings.agency):
            self.keep(author=author, agency=agency)

    @Slot()
    def _on_passphrase(self) -> None:
        workspace, about = self.desk.workspace, self.desk.workspace.about
        act = partial(access.change_passphrase, workspace, cost=self._cost)
        dialog = PassphraseDialog(
            _("Change passphrase"),
            act,
            ask_old=True,
            known_words=(self.desk.user.name, self.desk.user.display, about.name),
            marking=about.marking.value,
            synthetic=about.synthetic,
            parent=self,
        )
        dialog.changed.connect(self._on_changed)
        dialog.open()

    @Slot()
    def _on_changed(self) -> None:
        self.say(_("Your passphrase was changed. Unlock with the new one from now on."))


class AppearanceSection(Section):
    """Theme, size of text, motion, and when the window locks by itself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Appearance"), _("On this computer, for every workspace."))
        self.theme = SegmentedControl(
            (
                Segment("system", _("System")),
                Segment("light", _("Light")),
                Segment("dark", _("Dark")),
                Segment("contrast", _("High contrast")),
            )
        )
        self.scale = QSlider(Qt.Orientation.Horizontal)
        self.scale.setRange(10, 20)
        self.scale.setPageStep(2)
        self.scale.setAccessibleName(_("Size of text"))
        self.scale_words = Label("", ink="text.2")
        self.motion = CheckBox(_("Reduce motion"))
        self.lock = Select(name=_("Lock after"))
        self._arrange()
        self.theme.chosen.connect(self._on_theme)
        self.scale.sliderReleased.connect(self._on_scale)
        self.scale.valueChanged.connect(self._on_scale_moved)
        self.motion.toggled.connect(self._on_motion)
        self.lock.chosen.connect(self._on_lock)

    def show_now(self) -> None:
        kept = self.desk.settings
        self.theme.choose(kept.theme)
        self.scale.blockSignals(True)
        self.scale.setValue(round(max(1.0, kept.text_scale) * 10))
        self.scale.blockSignals(False)
        self.scale_words.setText(f"{self.scale.value() * 10} %")
        self.motion.setChecked(kept.reduced_motion)
        minutes = sorted({*MINUTES, kept.lock_after_minutes})
        options = tuple(Option(str(n), _minutes(n)) for n in minutes)
        self.lock.show_options(options, str(kept.lock_after_minutes))

    def _arrange(self) -> None:
        form = QWidget()
        grid = QGridLayout(form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(14)
        size = QHBoxLayout()
        size.setSpacing(12)
        size.addWidget(self.scale, 1)
        size.addWidget(self.scale_words)
        grid.addWidget(Label(_("Theme"), weight="medium"), 0, 0)
        grid.addWidget(self.theme, 0, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(Label(_("Size of text"), weight="medium"), 1, 0)
        grid.addLayout(size, 1, 1)
        grid.addWidget(self.motion, 2, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(Label(_("Lock after"), weight="medium"), 3, 0)
        grid.addWidget(self.lock, 3, 1, Qt.AlignmentFlag.AlignLeft)
        said = _("Without a key or a mouse for so long, the workspace closes and forgets its key.")
        grid.addWidget(Label(said, step="small", ink="text.3", wrap=True), 4, 1)
        grid.setColumnStretch(1, 1)
        self.column.addWidget(form)
        self.column.addStretch(1)

    @Slot(str)
    def _on_theme(self, name: str) -> None:
        self.keep(theme=name)
        self._dress()

    @Slot(int)
    def _on_scale_moved(self, value: int) -> None:
        self.scale_words.setText(f"{value * 10} %")
        if not self.scale.isSliderDown():
            self._on_scale()

    @Slot()
    def _on_scale(self) -> None:
        """Draw everything in the new size once the slider rests: it takes a moment."""
        scale = self.scale.value() / 10
        if scale != self.desk.settings.text_scale:
            self.keep(text_scale=scale)
            self._dress()

    @Slot(bool)
    def _on_motion(self, on: bool) -> None:  # noqa: FBT001 - a signal's
        if on != self.desk.settings.reduced_motion:
            self.keep(reduced_motion=on)

    @Slot(str)
    def _on_lock(self, minutes: str) -> None:
        self.keep(lock_after_minutes=int(minutes))

    def _dress(self) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            dress(app, self.desk.settings)


def _minutes(count: int) -> str:
    if count == 0:
        return _("Never")
    return _("1 minute") if count == 1 else _("{n} minutes").format(n=count)
