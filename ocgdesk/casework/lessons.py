"""The register of lessons, which feeds the tactics library."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from ocgdesk.casework import records
from ocgdesk.domain.planning import Lesson
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import plan_parts
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work


def record(work: Work, lesson: Lesson) -> Lesson:
    """Enter what was learned. Raises Refused where it does not say what."""
    _check(lesson)
    return records.create(work, lesson)


def edit(work: Work, id_: UUID, values: Mapping[str, Any], *, version: int | None = None) -> Lesson:
    """Change a lesson; with ``version``, only if it is still the one that was read."""
    saved = records.edit(work, id_, values, version=version)
    assert isinstance(saved, Lesson)  # noqa: S101 - lessons are edited here
    _check(saved)
    return saved


def remove(work: Work, id_: UUID) -> None:
    """Take a lesson out of the register; it waits in the bin."""
    records.remove(work, [work.get(Lesson, id_).id])


def by_tactic(reader: Reader) -> dict[str, tuple[Lesson, ...]]:
    """Return what was learned of each tactic, the newest first."""
    found: dict[str, list[Lesson]] = defaultdict(list)
    for lesson in plan_parts.lessons(reader, limit=500):
        if lesson.tactic:
            found[lesson.tactic].append(lesson)
    return {tactic: tuple(lessons) for tactic, lessons in found.items()}


def _check(lesson: Lesson) -> None:
    if not lesson.title.strip():
        raise Refused(_("Say in a sentence what was learned"))
