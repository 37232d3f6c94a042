"""The register of lessons: what worked, or did not, where and for whom; each may name a tactic."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from ocgdesk.casework import lessons
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.planning import Lesson
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.i18n import _, ngettext
from ocgdesk.store import plan_parts
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work
from ocgdesk.ui.dialogs.case_dialog import Form, asked, of
from ocgdesk.ui.models import looks
from ocgdesk.ui.models.short_table import Column, column
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.record_case_parts import CaseSection, SectionAct, day, text
from ocgdesk.ui.pages.tasking_parts import TaskingPart
from ocgdesk.ui.plan import looks as plan_looks
from ocgdesk.ui.widgets.inputs import Option
from ocgdesk.ui.widgets.values import Cell, Status, StrandName, Text, Tone

_TALL: Final = 16
_NAMES: Final = ("title", "worked", "strand", "place", "whom", "learned", "text")
_ICONS: Final[dict[str, tuple[str, Tone]]] = {
    "worked": ("status.ok", "ok"),
    "partly": ("status.active", "neutral"),
    "did-not": ("status.dormant", "neutral"),
    "harm": ("status.warning", "overdue"),
}


class LessonsPart(TaskingPart):
    """What was learned, the newest first."""

    TOUCHED = (Kind.LESSON,)

    def build(self) -> None:
        section = CaseSection(
            _("Register of lessons"),
            _columns(),
            empty=_("No lesson yet. Record what worked, or did not, where and for whom."),
            acts=(
                SectionAct(key="edit", title=_("Edit"), icon="action.edit", of_row=True),
                SectionAct(key="remove", title=_("Remove"), icon="action.delete", of_row=True),
                SectionAct(key="library", title=_("Tactics library"), icon="page.lists"),
            ),
            icon="entity.lesson",
            tall=_TALL,
        )
        self.add_section("lessons", section)
        section.opened.connect(self._on_opened)
        section.acted.connect(self._on_acted)

    def verb(self) -> str:
        return _("Record lesson")

    def act_first(self) -> None:
        """Ask what was learned."""
        self._ask(Lesson(title="", learned=self.desk.today()), is_new=True)

    def summary(self) -> str:
        if self.found is None:
            return ""
        count = len(self.found)
        said = ngettext("{n} lesson", "{n} lessons", count).format(n=f"{count:,}")
        return f"{said} · {_('each may name a tactic of the library')}"

    def query(self) -> Callable[[Reader], Any]:
        return partial(plan_parts.lessons, limit=500)

    def fill(self, found: list[Lesson]) -> None:
        self.sections["lessons"].show_rows(found)

    def _on_opened(self, row: Lesson) -> None:
        if not self.refused:
            self._ask(row, is_new=False)

    def _on_acted(self, key: str, row: Any) -> None:
        if key == "library":
            self.gone.emit(Target(page=PageKind.LISTS, tab="tactics"))
        elif isinstance(row, Lesson) and key == "edit":
            self._ask(row, is_new=False)
        elif isinstance(row, Lesson):
            self.asking.do("Remove lesson", partial(lessons.remove, id_=row.id))

    def _ask(self, lesson: Lesson, *, is_new: bool) -> None:
        form = Form(
            title=_("Record lesson") if is_new else lesson.title,
            accept=_("Record") if is_new else _("Save"),
            note=_("Write of places and groups of people, not of persons: lessons are for all."),
            questions=(
                *(of(Lesson, name, value=getattr(lesson, name)) for name in _NAMES),
                asked(_("Tactic"), "tactic", options=tactics(lesson.tactic), value=lesson.tactic,
                      wide=True),
            ),
        )  # fmt: skip

        def act(work: Work, said: dict[str, Any]) -> None:
            if is_new:
                lessons.record(work, Lesson(**said))
            else:
                lessons.edit(work, lesson.id, said, version=lesson.version)

        self.asking.ask(form, "Record lesson" if is_new else "Edit lesson", act)


def tactics(*keeping: str) -> tuple[Option, ...]:
    """Return the tactics of the library to choose from, each with its strand."""
    library = code_list("tactics").offered(*keeping)
    known = (
        Option(one.code, one.label, label("strands", str(one.get("strand", "")))) for one in library
    )
    return (Option("", _("No tactic of the library")), *known)


def _columns() -> tuple[Column, ...]:
    return (
        column(_("Lesson"), lambda n: Text(n.title), lambda n: n.title.casefold(), 280, stretch=5),
        column(_("Did it work"), _worked, lambda n: n.worked, 150),
        column(_("Strand"), lambda n: StrandName(plan_looks.strand(n.strand)),
               lambda n: n.strand, 110),
        column(_("Tactic"), lambda n: text(label("tactics", n.tactic), "text.2"),
               lambda n: label("tactics", n.tactic).casefold() or None, 180, stretch=2, yields=1),
        column(_("Where"), lambda n: text(n.place, "text.2"), lambda n: n.place or None, 120,
               stretch=1, yields=3),
        column(_("For whom"), lambda n: text(n.whom, "text.2"), lambda n: n.whom or None, 130,
               stretch=1, yields=2),
        column(_("Date"), lambda n: day(n.learned), lambda n: n.learned, 100),
    )  # fmt: skip


def _worked(lesson: Lesson) -> Cell:
    icon, tone = _ICONS.get(lesson.worked, ("status.unknown", "neutral"))
    words = label("lesson-results", lesson.worked)
    return Status(words, icon, tone) if words else looks.NOTHING
