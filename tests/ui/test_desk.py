"""The one door between pages and workspace: edits, undo, questions, and what others did."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import median

import pytest
from makers import a_nominal, an_ocg
from PySide6.QtCore import QTimer
from timing import soonest, waited, worked

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right, Role, User
from ocgdesk.errors import Conflict, Refused
from ocgdesk.progress import Progress, track
from ocgdesk.settings import Settings
from ocgdesk.store import engine, journal
from ocgdesk.store.journal import Act
from ocgdesk.store.verification import verify
from ocgdesk.store.workspace import Workspace
from ocgdesk.ui.desk import MANY, Changed, Desk


class Heard:
    """What a desk said, in order."""

    def __init__(self, desk: Desk) -> None:
        self.changed: list[Changed] = []
        self.landed: list[Changed] = []
        self.refused: list[Exception] = []
        self.busy: list[bool] = []
        for name in ("changed", "landed", "refused", "busy"):
            getattr(desk, name).connect(getattr(self, name).append)


@pytest.fixture
def heard(desk: Desk) -> Heard:
    return Heard(desk)


@pytest.fixture
def desk_of(
    dressed,
    opened_by: Callable[[User], Workspace],
) -> Iterator[Callable[[User], Desk]]:
    """Open a second desk over the same file."""
    made: list[Desk] = []

    def open_(user: User) -> Desk:
        made.append(Desk(opened_by(user), Settings()))
        return made[-1]

    yield open_
    for other in made:
        other.close()


def names(workspace: Workspace) -> list[str]:
    with workspace.reading() as reader:
        return sorted(_labels(reader))


def _labels(reader) -> list[str]:
    rows = reader.execute("SELECT label FROM entity WHERE kind = 'nominal'")
    return [row[0] for row in rows]


def add(desk: Desk, *labels: str) -> None:
    assert desk.do("Add nominal", lambda work: work.put(*(a_nominal(name) for name in labels)))


def test_an_edit_lands_and_is_announced_with_kinds_and_ids(desk: Desk, heard: Heard) -> None:
    made = a_nominal("Kyle Penhallow")
    assert desk.do("Add nominal", lambda work: work.put(made))
    (changed,) = heard.changed
    assert changed.kinds == {Kind.NOMINAL}
    assert changed.ids == {made.id}
    assert changed.touches(Kind.OCG, Kind.NOMINAL)
    assert not changed.touches(Kind.OCG)
    assert changed.concerns(made.id)
    assert not changed.concerns(an_ocg().id)
    assert heard.landed == [changed]
    assert (changed.label, changed.things, changed.undoable) == ("Add nominal", 1, True)
    assert names(desk.workspace) == ["Kyle Penhallow"]


def test_an_edit_that_changes_nothing_says_nothing(desk: Desk, heard: Heard, given) -> None:
    (known,) = given(a_nominal())
    assert desk.do("Edit nominal", lambda work: work.put(known))
    assert (heard.changed, heard.landed) == ([], [])


def test_a_quiet_edit_is_announced_without_a_toast(desk: Desk, heard: Heard) -> None:
    assert desk.do("Move", lambda work: work.put(a_nominal()), quiet=True)
    assert len(heard.changed) == 1
    assert heard.landed == []


def test_undo_and_redo_turn_an_edit_round_and_are_announced(desk: Desk, heard: Heard) -> None:
    add(desk, "Kyle Penhallow")
    undo, redo = desk.steps()
    assert undo is not None
    assert (undo.label, redo) == ("Add nominal", None)
    desk.undo()
    assert names(desk.workspace) == []
    assert desk.steps()[1].label == "Add nominal"
    desk.redo()
    assert names(desk.workspace) == ["Kyle Penhallow"]
    assert [changed.kinds for changed in heard.changed] == [{Kind.NOMINAL}] * 3
    assert len(heard.landed) == 1, "only the edit itself offers the way back"


def test_undo_with_nothing_to_undo_is_refused_in_words(desk: Desk, heard: Heard) -> None:
    desk.undo()
    assert [str(error) for error in heard.refused] == ["There is nothing to undo"]


def test_undo_of_many_records_runs_in_the_background(qtbot, desk: Desk, heard: Heard) -> None:
    add(desk, *(f"Nominal {n}" for n in range(MANY + 1)))
    desk.undo()
    (job,) = [job for job in desk.jobs.running if job.title]
    assert job.title == "Undo: Add nominal"
    assert names(desk.workspace) != [] or heard.busy == [True]
    qtbot.waitUntil(lambda: heard.busy == [True, False])
    assert names(desk.workspace) == []
    assert heard.changed[-1].things == MANY + 1
    assert len(heard.landed) == 1


def test_a_big_edit_lands_in_the_background_and_says_so(qtbot, desk: Desk, heard: Heard) -> None:
    landed = []

    def act(work, progress: Progress) -> None:
        for n in track(range(5), progress, "Adding"):
            work.put(a_nominal(f"N {n}"))

    desk.write("Import nominals", act, landed.append)
    assert heard.busy == [True]
    qtbot.waitUntil(lambda: heard.busy == [True, False])
    assert len(landed) == 1
    assert heard.landed[0].things == 5
    assert len(names(desk.workspace)) == 5


def test_a_big_edit_that_is_cancelled_leaves_nothing(qtbot, desk: Desk, heard: Heard) -> None:
    landed = []

    def act(work, progress: Progress) -> None:
        for n in track(range(10_000), progress, "Adding"):
            work.put(a_nominal(f"N {n}"))
            time.sleep(0.002)

    before = desk.workspace.head()
    job = desk.write("Import nominals", act, landed.append)
    with qtbot.waitSignal(job.progressed):
        pass
    with qtbot.waitSignal(job.finished, timeout=2_000):
        job.cancel()
    assert (landed, heard.changed, heard.refused) == ([], [], [])
    assert heard.busy == [True, False]
    assert names(desk.workspace) == []
    assert desk.workspace.head() == before
    add(desk, "After")
    assert names(desk.workspace) == ["After"]


def test_an_edit_while_a_big_one_is_saved_is_refused_and_does_not_wait(
    qtbot, desk: Desk, heard: Heard
) -> None:
    add(desk, "Before")

    def act(work, progress: Progress) -> None:
        work.put(a_nominal("Big"))
        for _ in track(range(10_000), progress, "Adding"):
            time.sleep(0.001)

    job = desk.write("Import nominals", act)
    with qtbot.waitSignal(job.progressed):
        pass

    def refused() -> None:
        heard.refused.clear()
        assert not desk.do("Add nominal", lambda work: work.put(a_nominal("Small")))
        desk.undo()

    assert soonest(partial(waited, refused), within=0.1) < 0.1
    assert [str(error) for error in heard.refused] == [
        "Another change is being saved; try again when it is done"
    ] * 2
    with qtbot.waitSignal(job.finished):
        job.cancel()
    assert names(desk.workspace) == ["Before"]


def test_a_conflict_is_refused_with_a_sentence_and_changes_nothing(
    desk: Desk, heard: Heard, given, put
) -> None:
    (known,) = given(a_nominal("Old"))
    put(known, name="Theirs")
    assert not desk.do("Edit nominal", lambda work: work.put(replace(known, name="Mine")))
    (error,) = heard.refused
    assert isinstance(error, Conflict)
    assert str(error).startswith("Somebody changed the record")
    assert names(desk.workspace) == ["Theirs"]


def test_a_role_without_the_right_is_refused_with_who_may(desk_of, add_user) -> None:
    reader = desk_of(add_user("rob", Role.READER))
    heard = Heard(reader)
    assert not reader.may(Right.EDIT)
    assert reader.may(Right.READ)
    assert not reader.do("Add nominal", lambda work: work.put(a_nominal()))
    (error,) = heard.refused
    assert "Your roles do not allow you to edit records" in str(error)
    assert not reader.disclose("Export chart", (1,))
    assert "export records" in str(heard.refused[1])


def test_a_fault_in_an_act_is_raised_and_nothing_is_kept(desk: Desk, heard: Heard) -> None:
    def act(work) -> None:
        work.put(a_nominal())
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        desk.do("Add nominal", act)
    assert heard.refused == []
    assert names(desk.workspace) == []


def test_a_question_is_answered_later(qtbot, desk: Desk, given) -> None:
    given(a_nominal("Aled Cors"))
    answers: list[list[str]] = []
    desk.ask(_labels, answers.append)
    assert answers == []
    qtbot.waitUntil(lambda: answers == [["Aled Cors"]])


def test_a_question_that_is_refused_is_told_in_its_words(qtbot, desk: Desk, heard: Heard) -> None:
    def ask(_reader) -> None:
        raise Refused("No such list")

    desk.ask(ask, lambda _answer: None)
    qtbot.waitUntil(lambda: [str(e) for e in heard.refused] == ["No such list"])


def test_a_fault_in_a_question_is_raised_and_not_told(qtbot, desk: Desk, heard: Heard) -> None:
    def ask(_reader) -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as faults:
        job = desk.ask(ask, lambda _answer: None)
        with qtbot.waitSignal(job.finished):
            pass
    assert [fault[0] for fault in faults] == [ZeroDivisionError]
    assert heard.refused == []


def test_what_another_window_does_is_noticed_without_ids(
    qtbot, heard: Heard, desk_of, another_user: User
) -> None:
    other = desk_of(another_user)

    def noticed() -> None:
        heard.changed.clear()
        add(other, "From elsewhere")
        qtbot.waitUntil(lambda: heard.changed != [])

    assert soonest(partial(waited, noticed), within=1.8) < 1.8
    (changed,) = heard.changed
    assert (changed.kinds, changed.ids, changed.label) == ({Kind.NOMINAL}, None, "")
    assert changed.concerns(an_ocg().id)
    assert heard.landed == []


def test_a_users_own_edit_is_announced_once(qtbot, desk: Desk, heard: Heard) -> None:
    add(desk, "Mine")
    desk.ask(_labels, lambda _answer: None, purpose="Check")
    qtbot.wait(2_300)
    assert len(heard.changed) == 1


def test_an_own_edit_does_not_hide_what_another_did_before_it(
    qtbot, desk: Desk, heard: Heard, desk_of, another_user: User
) -> None:
    other = desk_of(another_user)
    assert other.do("Add OCG", lambda work: work.put(an_ocg()))
    add(desk, "Mine")
    qtbot.waitUntil(lambda: len(heard.changed) == 2, timeout=3_000)
    assert heard.changed[0].kinds == {Kind.NOMINAL}
    assert (heard.changed[1].kinds, heard.changed[1].ids) == ({Kind.OCG}, None)


def test_looking_for_others_changes_takes_no_time_of_the_window(
    qtbot, desk: Desk, desk_of, another_user: User
) -> None:
    other = desk_of(another_user)
    times, real = [], desk.others.look

    def timed() -> None:
        began = time.monotonic()
        work = worked(real)
        times.append((work, time.monotonic() - began))

    desk.others.timer.timeout.disconnect()
    desk.others.timer.timeout.connect(timed)
    desk.others.timer.setInterval(50)
    add(other, *(f"N {n}" for n in range(2_000)))
    qtbot.waitUntil(lambda: len(times) > 10, timeout=5_000)
    assert max(work for work, _wait in times) < 0.02
    assert median(wait for _work, wait in times) < 0.02


def test_a_disclosure_is_in_the_journal_before_anything_leaves(desk: Desk, given) -> None:
    (nominal,) = given(a_nominal())
    with desk.workspace.reading() as reader:
        no = reader.number(nominal.id)
    assert desk.disclose("Export chart", (no,), format="png", reason="Briefing")
    newest, _hash = desk.workspace.head()
    with desk.workspace.connection() as connection:
        entry = journal.entry(connection, newest)
    assert (entry.act, entry.label, entry.reason) == (Act.DISCLOSURE, "Export chart", "Briefing")


@pytest.mark.usefixtures("dressed")
def test_closing_while_a_big_edit_runs_leaves_the_file_whole(
    qtbot, workspace: Workspace, key, ann: User
) -> None:
    desk = Desk(workspace, Settings())

    def act(work, progress: Progress) -> None:
        for n in track(range(10_000), progress, "Adding"):
            work.put(a_nominal(f"N {n}"))
            time.sleep(0.001)

    job = desk.write("Import nominals", act)
    with qtbot.waitSignal(job.progressed):
        pass
    desk.close()
    again = Workspace.open(Path(workspace.path), key, ann.id)
    try:
        assert names(again) == []
        assert verify(again).is_whole
    finally:
        again.close()


def test_an_edit_waits_for_another_program_and_the_window_goes_on(qtbot, desk: Desk) -> None:
    path, key = desk.workspace.path, desk.workspace.key
    other = engine.connect(path, key, shared=True)
    other.execute("BEGIN IMMEDIATE")
    ticks: list[float] = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start(10)
    QTimer.singleShot(400, lambda: other.execute("ROLLBACK"))
    resting: list[bool] = []
    desk.busy.connect(resting.append)
    assert desk.do("Add OCG", lambda work: work.put(an_ocg("Waiting")))
    other.close()
    assert resting == [True, False]
    assert len(ticks) > 15
    assert max(b - a for a, b in pairwise(ticks)) < 0.3


def test_an_edit_that_has_waited_too_long_is_refused_in_words(
    qtbot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ocgdesk.ui.desk.PATIENCE", 0.2)
    other = engine.connect(desk.workspace.path, desk.workspace.key, shared=True)
    other.execute("BEGIN IMMEDIATE")
    said: list[str] = []
    desk.refused.connect(lambda error: said.append(str(error)))
    assert not desk.do("Add OCG", lambda work: work.put(an_ocg("Late")))
    other.execute("ROLLBACK")
    other.close()
    assert said == ["Another program is writing to this workspace; try again later"]
