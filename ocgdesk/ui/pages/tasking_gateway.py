"""The gateway: requests from receipt to result, how long they wait, how long each step takes."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from ocgdesk.casework import gateway, tasking_book
from ocgdesk.casework.tasking_book import Gateway, Waiting
from ocgdesk.domain.fields import FieldType
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.tasking import Request
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work
from ocgdesk.ui.dialogs.case_dialog import Form, Question, asked, of
from ocgdesk.ui.models import looks
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import Column, column
from ocgdesk.ui.pages.record_case_parts import CaseSection, SectionAct, day, text
from ocgdesk.ui.pages.tasking_parts import TaskingPart
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.tiles import Stat, StatRow
from ocgdesk.ui.widgets.values import Cell, Status, Text

_TALL: Final = 14
_ICONS: Final = {
    "received": "status.waiting",
    "assessed": "action.review",
    "prioritised": "status.due",
    "allocated": "status.active",
    "closed": "status.ok",
}
_SAYS: Final = {
    "prioritised": ("priority",),
    "allocated": ("unit", "priority"),
    "closed": ("result", "reason"),
}
"""What is asked with a step, besides its day."""


class GatewayPart(TaskingPart):
    """Counts that filter, the requests, and their times. No time is a target here."""

    TOUCHED = (Kind.REQUEST, Kind.OCG, Kind.OPERATION)
    ICON = "action.add"

    def build(self) -> None:
        self.counts = StatRow(parent=self.body)
        self.times = Label("", ink="text.2", wrap=True)
        self.chosen = ""
        section = CaseSection(
            _("Requests"),
            _columns(),
            empty=_("No request here. Receive one as it comes in."),
            acts=(
                SectionAct(key="move", title=_("Next step"), icon="action.next", of_row=True),
                SectionAct(key="close", title=_("Close"), icon="action.check", of_row=True),
                SectionAct(key="edit", title=_("Edit"), icon="action.edit", of_row=True),
            ),
            icon="entity.request",
            tall=_TALL,
        )
        for part in (self.counts, self.times):
            self.body.column.addWidget(part)
        self.add_section("requests", section)
        section.opened.connect(self._on_opened)
        section.acted.connect(self._on_acted)
        self.counts.chosen.connect(self._on_count)

    def verb(self) -> str:
        return _("Receive request")

    def act_first(self) -> None:
        """Ask what came in, from where."""
        today = self.desk.today()
        names = ("title", "origin", "agency", "requester", "priority")
        form = Form(
            title=_("Receive request"),
            accept=_("Receive"),
            questions=(
                *(of(Request, name, value=_first(name)) for name in names),
                of(Request, "received", value=today),
                asked(_("About the OCG"), "ocg", FieldType.ENTITY, pick=Kind.OCG),
            ),
        )

        def act(work: Work, said: dict[str, Any]) -> None:
            ocg = said.pop("ocg")
            gateway.receive(work, Request(about=(ocg,) if ocg else (), **said), today=today)

        self.asking.ask(form, "Receive request", act)

    def summary(self) -> str:
        found: Gateway | None = self.found
        if found is None:
            return ""
        waiting = sum(found.counts.get(step, 0) for step in tasking_book.OPEN)
        said = ngettext("{n} request open", "{n} requests open", waiting)
        return f"{said.format(n=f'{waiting:,}')} · {_('the longest waiting first')}"

    def query(self) -> Callable[[Reader], Any]:
        statuses = (self.chosen,) if self.chosen else tasking_book.OPEN
        return partial(tasking_book.the_gateway, statuses=statuses, today=self.desk.today())

    def fill(self, found: Gateway) -> None:
        self.counts.show_stats(_stats(found))
        self.times.setText(times_words(found))
        shown = len(found.rows)
        total = sum(found.counts.get(step, 0) for step in tasking_book.OPEN)
        if self.chosen:
            total = found.counts.get(self.chosen, 0)
        note = _("the first {n} of {all}").format(n=f"{shown:,}", all=f"{total:,}")
        self.sections["requests"].show_rows(found.rows, note if shown < total else "")

    def _on_count(self, key: str) -> None:
        self.chosen = key
        self.refresh()

    def _on_acted(self, key: str, row: Any) -> None:
        if not isinstance(row, Waiting):
            return
        if key == "edit":
            self._edit(row.request)
        elif row.next_step:
            self._ask_step(row, "closed" if key == "close" else row.next_step)

    def _ask_step(self, row: Waiting, step: str) -> None:
        request, today = row.request, self.desk.today()
        form = Form(
            title=f"{label('request-statuses', step)}: {request.title}",
            accept=label("request-statuses", step),
            questions=(
                asked(_("Day"), "on", FieldType.DAY, required=True, value=today),
                *(of(Request, n, value=getattr(request, n)) for n in _SAYS.get(step, ())),
                *_operation(step),
            ),
        )

        def act(work: Work, said: dict[str, Any]) -> None:
            values = {name: value for name, value in said.items() if value}
            gateway.move(work, request.id, step, today=today, values=values)

        self.asking.ask(form, "Take request on", act)

    def _edit(self, request: Request) -> None:
        names = ("title", "origin", "agency", "requester", "priority")
        form = Form(
            title=request.title,
            accept=_("Save"),
            questions=tuple(of(Request, name, value=getattr(request, name)) for name in names),
        )

        def act(work: Work, said: dict[str, Any]) -> None:
            gateway.edit(work, request.id, said, version=request.version)

        self.asking.ask(form, "Edit request", act)

    def _on_opened(self, row: Waiting) -> None:
        if row.about:
            self.opened.emit(row.about[0])
        elif not self.refused:
            self._edit(row.request)


def _operation(step: str) -> tuple[Question, ...]:
    if step != "allocated":
        return ()
    return (asked(_("Operation"), "operation", FieldType.ENTITY, pick=Kind.OPERATION),)


def _first(name: str) -> str:
    return {"origin": "force", "priority": "medium"}.get(name, "")


def _stats(found: Gateway) -> tuple[Stat, ...]:
    return tuple(
        Stat(
            key=step,
            count=f"{found.counts.get(step, 0):,}",
            title=label("request-statuses", step),
            basis=_basis(found, step),
            icon=_ICONS[step],
        )
        for step in gateway.STEPS
    )


def _basis(found: Gateway, step: str) -> str:
    if step not in found.medians:
        return _("not looked at yet") if step == "received" else ""
    days = found.medians[step]
    said = ngettext("after {n} day", "after {n} days", round(days))
    return said.format(n=f"{days:g}")


def times_words(found: Gateway) -> str:
    """Return how the times came about, and that they are no targets."""
    if not found.measured:
        return _("No request was received in the last three months: no times to show.")
    return ngettext(
        "Days are the median from the step before, of {n} request received in the last three"
        " months. They are no targets.",
        "Days are the median from the step before, of {n} requests received in the last three"
        " months. They are no targets.",
        found.measured,
    ).format(n=f"{found.measured:,}")


def _columns() -> tuple[Column, ...]:
    return (
        column(_("Request"), lambda w: Text(w.request.title), lambda w: w.request.title.casefold(),
               220, stretch=3),
        column(_("Reference"), lambda w: Text(w.request.ref, "text.3", mono=True),
               lambda w: w.request.ref, 170, yields=5),
        column(_("From"), lambda w: text(w.request.agency, "text.2"), lambda w: w.request.agency,
               70),
        column(_("Origin"), lambda w: text(label("request-origins", w.request.origin), "text.2"),
               lambda w: w.request.origin, 130, yields=3),
        column(_("About"), _about, lambda w: w.about[0].label.casefold() if w.about else None,
               150, stretch=2, yields=1),
        column(_("Priority"), lambda w: looks.code("priorities", w.request.priority),
               lambda w: ("high", "medium", "low").index(w.request.priority)
               if w.request.priority in {"high", "medium", "low"} else None, 90),
        column(_("Status"), _status, lambda w: gateway.STEPS.index(w.request.status), 120),
        column(_("Unit"), lambda w: text(label("agency-units", w.request.unit), "text.2"),
               lambda w: w.request.unit or None, 170, stretch=1, yields=2),
        column(_("Received"), lambda w: day(w.request.received), lambda w: w.request.received,
               100, yields=4),
        column(_("Waits"), _age, lambda w: w.age, 90),
    )  # fmt: skip


def _about(row: Waiting) -> Cell:
    return entity(row.about[0]) if row.about else looks.NOTHING


def _status(row: Waiting) -> Cell:
    status = row.request.status
    return Status(label("request-statuses", status), _ICONS.get(status, "status.unknown"))


def _age(row: Waiting) -> Cell:
    """Return for how many days it has waited; grey, for nothing says how long is too long."""
    if row.age is None:
        result = label("request-results", row.request.result)
        return text(result, "text.2")
    return Text(ngettext("{n} day", "{n} days", row.age).format(n=row.age), "text.2")
