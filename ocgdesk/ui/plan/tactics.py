"""The tactics library beside an action: what a tactic is, what to watch, and what was learned."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocgdesk.domain.planning import Lesson
from ocgdesk.domain.reference_data import Code, code_list, label
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui.widgets.inputs import Option
from ocgdesk.ui.widgets.labels import Label

MOST = 3
"""Lessons shown beside a tactic, the newest; the register of lessons has the rest."""


def options(strand: str, *keeping: str) -> tuple[Option, ...]:
    """Return the tactics of a strand to choose from, and what an action has already."""
    library = code_list("tactics").offered(*keeping)
    fitting = (one for one in library if one.get("strand") == strand or one.code in keeping)
    none = Option("", _("No tactic of the library"))
    return (none, *(Option(one.code, one.label) for one in fitting))


def tactic(code: str) -> Code | None:
    """Return a tactic of the library, if it is there."""
    return code_list("tactics").find(code)


def area_of(code: str) -> str:
    """Return the area a tactic belongs to, "" where the library does not say."""
    found = tactic(code)
    return str(found.get("area", "")) if found is not None else ""


class TacticHelp(QWidget):
    """What the library and the register of lessons say of the tactic chosen."""

    def __init__(
        self, lessons: Mapping[str, Sequence[Lesson]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._lessons = lessons
        self.what = Label("", step="small", ink="text.2", wrap=True)
        self.watch = Label("", step="small", ink="due", wrap=True)
        self.learned = Label("", step="small", ink="text.2", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.what, self.watch, self.learned):
            column.addWidget(part)

    def show_tactic(self, code: str) -> None:
        """Say what is known of a tactic; nothing where none is chosen."""
        found = tactic(code)
        self.setVisible(found is not None)
        if found is None:
            return
        watch = str(found.get("watch", ""))
        _say(self.what, str(found.get("what", "")))
        _say(self.watch, _("Watch: {what}").format(what=watch) if watch else "")
        _say(self.learned, _told(self._lessons.get(code, ())))


def _say(part: Label, sentence: str) -> None:
    part.setText(sentence)
    part.setVisible(bool(sentence))


def _told(lessons: Sequence[Lesson]) -> str:
    if not lessons:
        return _("No lesson is recorded of it yet.")
    lines = [lesson_words(one) for one in lessons[:MOST]]
    if (more := len(lessons) - MOST) > 0:
        told = ngettext("{n} more lesson in Tasking", "{n} more lessons in Tasking", more)
        lines.append(told.format(n=f"{more:,}"))
    return "\n".join(lines)


def lesson_words(one: Lesson) -> str:
    """Return a lesson in a line: whether it worked, what, where and for whom."""
    where = ", ".join(part for part in (one.place, one.whom) if part)
    said = f"{one.title} ({where})" if where else one.title
    worked = label("lesson-results", one.worked)
    return _("{worked}: {lesson}").format(worked=worked, lesson=said) if worked else said
