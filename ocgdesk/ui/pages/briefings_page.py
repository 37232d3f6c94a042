"""Briefings: made and checked beside their preview, issued, and looked up once they have left."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTextBrowser, QVBoxLayout, QWidget

from ocgdesk.casework import brief_products, brief_wishes, product_specs, products
from ocgdesk.casework.brief_marking import Outranked
from ocgdesk.casework.briefs import Briefing, Wish
from ocgdesk.casework.product_series import NotAVersion
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.domain.products import Product
from ocgdesk.errors import DeskError
from ocgdesk.i18n import N_, _
from ocgdesk.progress import Progress
from ocgdesk.store import records
from ocgdesk.store.records import Brief
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.dialogs.disclosure_dialog import Disclosure, DisclosureDialog, documents_folder
from ocgdesk.ui.fonts import px
from ocgdesk.ui.inquiry import Inquiry
from ocgdesk.ui.navigation import Page, Target
from ocgdesk.ui.pages import brief_making
from ocgdesk.ui.pages.brief_above import BriefAbove
from ocgdesk.ui.pages.brief_form import BriefForm
from ocgdesk.ui.pages.brief_register import BriefRegister
from ocgdesk.ui.pages.brief_settling import BriefSettling
from ocgdesk.ui.pages.brief_templates import BriefTemplates
from ocgdesk.ui.widgets.buttons import Segment, SegmentedControl, primary
from ocgdesk.ui.widgets.cards import Panel, Rule
from ocgdesk.ui.widgets.headers import PageHeader
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner

_WAIT_MS: Final = 400
"""So long after the last key the preview is made anew."""
_FORMATS: Final = (
    ("docx", N_("Word document")),
    ("pptx", N_("PowerPoint")),
    ("pdf", N_("PDF")),
    ("xlsx", N_("Excel workbook")),
    ("html", N_("Web page")),
)
_MAKE, _REGISTER, _TEMPLATES = "make", "register", "templates"


class BriefingsPage(Page):
    """What is wanted at the left, its preview with what to look at beside it; or the register."""

    icon = "page.briefing"

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Briefings")
        self.made: Briefing | None = None
        self._follows: Product | None = None
        self._gone: tuple[str, ...] = ()
        """What the one it follows was made by and there is none of any more, in sentences."""
        self._is_issuing = False
        """Whether it is to be issued as soon as what was typed last is in it."""
        self._misfits = False
        """Whether what is wished is no version of what it was to follow."""
        self._asked = Inquiry(self.desk, self)
        self._build()
        self._wire()
        if target.text:
            self._asked.ask(partial(brief_making.begun, text=target.text), self._on_begun)
        elif target.id is not None:
            self._begin(target)

    def ready(self) -> bool:
        return not self._asked.is_open and not self._timer.isActive() and self._lists_ready()

    def _lists_ready(self) -> bool:
        return self.register.ready() and self.templates.ready()

    def refresh(self) -> None:
        """Make the preview anew: something it rests on may have changed."""
        self._timer.start()
        self.register.refresh()

    def leave(self) -> None:
        self._asked.drop()
        self.register.leave()
        self.templates.leave()

    def _build(self) -> None:
        self.header = PageHeader(self.title, _("People are named as their reader may know them"))
        self.switch = SegmentedControl(
            (
                Segment(_MAKE, _("Make")),
                Segment(_REGISTER, _("Issued")),
                Segment(_TEMPLATES, _("Templates")),
            )
        )
        self.issue_button = primary(_("Issue"), icon="action.export", key="Ctrl+Shift+E")
        self.header.add_action(self.switch)
        self.header.add_action(self.issue_button)
        self._refuse_issue(_("Choose what it is about first"))
        self.form = BriefForm(self.desk)
        self.note = ErrorBanner(closable=False, parent=self)
        self.checks = Label("", step="small", ink="text.2", wrap=True)
        self.settling = BriefSettling(self.desk)
        self.preview = QTextBrowser()
        self.preview.setAccessibleName(_("Preview"))
        self.preview.setOpenLinks(False)
        self.empty = EmptyState(_("Choose what it is about, or start from an issued briefing."))
        self.sheets = QStackedWidget()
        self.sheets.addWidget(self.empty)
        self.sheets.addWidget(self.preview)
        self.above = BriefAbove()
        self.sheets.addWidget(self.above)
        self.register = BriefRegister(self.desk)
        self.templates = BriefTemplates(self.desk)
        self.stack = QStackedWidget()
        for sheet in (self._maker(), self.register, self.templates):
            self.stack.addWidget(sheet)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.header, Rule(role="line.2"), self.stack):
            column.addWidget(part, 1 if part is self.stack else 0)

    def _maker(self) -> QWidget:
        left = Panel("sunken")
        left.setFixedWidth(px(300))
        inside = QVBoxLayout(left)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.form)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        checks = QVBoxLayout()
        checks.setContentsMargins(16, 8, 16, 8)
        checks.addWidget(self.checks)
        right.addWidget(self.note)
        right.addLayout(checks)
        right.addWidget(self.settling)
        right.addWidget(self.sheets, 1)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addLayout(right, 1)
        return whole

    def _wire(self) -> None:
        self.switch.chosen.connect(self._on_switch)
        self.form.changed.connect(self._timer.start)
        self.settling.settled.connect(self.form.settle)
        self._timer.timeout.connect(self._ask)
        self.issue_button.clicked.connect(self._on_issue)
        self.note.acted.connect(self._on_note)
        self.register.opened.connect(self.opened)
        self.above.opened.connect(self.opened)
        self.templates.changed.connect(self._on_templates)
        self.register.again.connect(self._on_again)
        self.desk.changed.connect(self._on_changed)
        shortcut = QShortcut(QKeySequence("Ctrl+Shift+E"), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)  # while the page is in front
        shortcut.activated.connect(self._on_issue)

    def _begin(self, target: Target) -> None:
        assert target.id is not None  # noqa: S101 - asked only then
        question = partial(records.brief, id_=target.id)
        if target.tab == _REGISTER:
            self.switch.choose(_REGISTER)
            self._on_switch(_REGISTER)
            self._asked.ask(question, self.register.rest_on)
        else:
            self._asked.ask(question, self._on_subject)

    def _on_begun(self, begun: tuple[Wish, Brief | None, Product | None]) -> None:
        """Go on with what was being made before the workspace was locked."""
        wish, subject, self._follows = begun
        self.form.show_wish(wish, subject)

    def _keep(self, wish: Wish | None) -> None:
        """Have the window know what is being made: typed words outlast a lock."""
        kept = brief_making.left(wish, self._follows, self.desk.today()) if wish else ""
        if kept != self.target.text:
            self.target = replace(self.target, text=kept)
            self.became.emit(self.target)

    def _on_subject(self, subject: Brief) -> None:
        for code in brief_products.products():
            if brief_products.kind_of(code) is subject.kind:
                self.form.show_wish(
                    Wish(
                        product=code, subject=subject.id, sections=brief_products.sections_of(code)
                    ),
                    subject,
                )
                return

    # ---- The preview ------------------------------------------------------------------------

    @Slot()
    def _ask(self) -> None:
        wish = self.form.wish
        self._keep(wish)
        self._asked.drop()
        if wish is None:
            self._refuse_issue(_("Choose what it is about first"))
            self.sheets.setCurrentWidget(self.empty)
            self.checks.setText("")
            self.settling.show_made(None)
            self.made = None
            return
        question = partial(
            brief_making.preview,
            wish=wish,
            author=self.desk.settings.author or self.desk.user.display,
            about=self.desk.workspace.about,
            follows=self._follows,
        )
        self._asked.ask(question, self._on_made, self._on_failed)

    def _on_made(self, answer: tuple[Briefing, str, tuple[str, ...]]) -> None:
        self.made, page, told = answer
        self.note.say("")
        self.preview.setHtml(page)
        self.sheets.setCurrentWidget(self.preview)
        checks = brief_making.checks(self.made, told)
        self.checks.setText("\n".join((*self._version_words(), *checks)))
        self.settling.show_made(self.made)
        self._offer_issue(self.made)
        self.form.know_columns(self.made.columns)
        self._go_on_issuing()
        self.told.emit((self.made.marking.banner, self.made.audience.label))

    def _version_words(self) -> tuple[str, ...]:
        if self._follows is None:
            return ()
        return (brief_making.next_words(self._follows), *self._gone)

    def _offer_issue(self, made: Briefing) -> None:
        """Offer to issue it, where nothing holds it back and this user may."""
        if not self.desk.may(Right.EXPORT):
            return
        if made.leaving.held:
            self.issue_button.refuse("\n".join(made.leaving.held))
        else:
            self.issue_button.allow()

    def _refuse_issue(self, reason: str) -> None:
        may = self.desk.may(Right.EXPORT)
        self.issue_button.refuse(reason if may else _("Your roles do not allow this."))

    def _go_on_issuing(self) -> None:
        """Issue what was asked for while its preview was still being made."""
        is_issuing, self._is_issuing = self._is_issuing, False
        if is_issuing:
            self._on_issue()

    @Slot(object)
    def _on_failed(self, error: DeskError) -> None:
        self.made, self._is_issuing = None, False
        self._refuse_issue(str(error))
        again = _("Issue on its own") if isinstance(error, NotAVersion) else _("Try again")
        self._misfits = isinstance(error, NotAVersion)
        self.checks.setText("")
        if isinstance(error, Outranked):
            self.above.show_items(error.items)
            self.sheets.setCurrentWidget(self.above)
        self.note.say(str(error), again, tone="overdue")

    @Slot()
    def _on_note(self) -> None:
        """Ask again; where it is no version of what it was to follow, for one of its own."""
        if self._misfits:
            self._follows, self._misfits = None, False
        self._ask()

    @Slot(str)
    def _on_switch(self, key: str) -> None:
        self.stack.setCurrentIndex((_MAKE, _REGISTER, _TEMPLATES).index(key))
        if key != _MAKE:
            self._refuse_issue(_("Only what is being made is issued"))
        elif self.made is not None:
            self._offer_issue(self.made)
        else:
            self._refuse_issue(_("Choose what it is about first"))

    @Slot(object)
    def _on_changed(self, changed: Changed) -> None:
        if changed.touches(Kind.PRODUCT):
            self.register.refresh()
        if changed.touches(Kind.PAPER_TEMPLATE):
            self.templates.refresh()

    @Slot()
    def _on_templates(self) -> None:
        self.form.offer_templates(row.template for row in self.templates.rows)

    # ---- Issuing ----------------------------------------------------------------------------

    @Slot()
    def _on_issue(self) -> None:
        if not self.issue_button.isEnabled():
            return
        if self._timer.isActive() or self._asked.is_open:
            self._is_issuing = True  # with the words typed last, which are not in it yet
            return
        if self.made is None:
            return
        about = self.desk.workspace.about
        media = self.form.template_media
        formats = tuple(one for one in _FORMATS if not media or one[0] == media)
        name = (
            f"{self.made.wish.product}-{brief_making.file_words(self.made.about)}.{formats[0][0]}"
        )
        dialog = DisclosureDialog(
            self.made.document.title,
            documents_folder() / name,
            marking=self.made.marking.value,
            synthetic=about.synthetic,
            title=_("Issue briefing"),
            accept=_("Issue"),
            formats=formats,
            offer_names=True,
            parent=self,
        )
        dialog.accepted.connect(partial(self._on_asked, dialog, self.made.wish))
        dialog.open()

    def _on_asked(self, dialog: DisclosureDialog, wish: Wish) -> None:
        if dialog.disclosure is not None:
            wish = replace(wish, exploited=dialog.disclosure.named_because)
            task = partial(self._issue, wish, dialog.disclosure)
            self.desk.background(_("Issue briefing"), task, self._on_issued)

    def _issue(self, wish: Wish, asked: Disclosure, progress: Progress) -> Product:
        said = products.Issue(
            path=asked.path,
            recipient=asked.recipient,
            reason=asked.reason,
            author=self.desk.settings.author,
            follows=self._follows.id if self._follows else None,
        )
        now = datetime.now(LONDON)
        return products.issue(self.desk.workspace, wish, said, now=now, progress=progress)

    def _on_issued(self, product: Product) -> None:
        self._follows = None
        told = _("Issued {ref}, version {n}.")
        self.said.emit(told.format(ref=product.ref, n=product.number))
        self.register.refresh()

    @Slot(object, object)
    def _on_again(self, product: Product, subject: Brief | None) -> None:
        """Begin the next version of a product from what it was made by."""
        self.switch.choose(_MAKE)
        self._on_switch(_MAKE)
        try:
            wish, self._gone = brief_wishes.still_known(product_specs.wish_of(product))
        except DeskError as error:
            self._on_failed(error)
            return
        self._follows = product
        self.form.show_wish(wish, subject)
