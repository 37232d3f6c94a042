"""Background work: progress, cancelling, errors, and nothing left running."""

import gc
import math
import multiprocessing
import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThread
from timing import soonest, waited

from ocgdesk.errors import Refused
from ocgdesk.progress import Progress, track
from ocgdesk.ui.jobs import THREADS, Jobs
from ocgdesk.ui.worker import Call, Worker

SLEEP = Call("time", "sleep", (60,), {})


@pytest.fixture(autouse=True)
def shared_worker(one_worker: Worker) -> None:
    """Do without the process that other tests share: here processes are counted."""
    Worker.close(one_worker)


@pytest.fixture
def jobs(qapp) -> Iterator[Jobs]:
    before = set(threading.enumerate())
    made = Jobs()
    yield made
    made.close()
    assert set(threading.enumerate()) <= before
    assert multiprocessing.active_children() == []


def heard(job) -> tuple[list, list, list]:
    done, failed, finished = [], [], []
    job.done.connect(done.append)
    job.failed.connect(failed.append)
    job.finished.connect(lambda: finished.append(True))
    return done, failed, finished


def slow(progress: Progress) -> str:
    for _ in track(range(10_000), progress, "Counting"):
        time.sleep(0.001)
    return "counted"


def test_a_result_is_delivered_on_the_window_s_thread(qtbot, jobs: Jobs) -> None:
    threads: list[QThread] = []
    job = jobs.start("Work", lambda _progress: threading.get_ident())
    job.done.connect(lambda ident: threads.append((ident, threading.get_ident())))
    with qtbot.waitSignal(job.finished):
        pass
    there, here = threads[0]
    assert here == threading.get_ident() != there


def test_progress_is_told_at_most_ten_times_a_second(qtbot, jobs: Jobs) -> None:
    told: list[tuple[float, int, int, str]] = []

    def busy(progress: Progress) -> None:
        end = time.monotonic() + 0.55
        while time.monotonic() < end:
            progress(5, 5, "All of it")  # done as often as begun
            progress(0, 0, "Nothing known")

    job = jobs.start("Busy", busy)
    job.progressed.connect(lambda *words: told.append((time.monotonic(), *words)))
    with qtbot.waitSignal(job.finished):
        pass
    assert 2 <= len(told) <= 6


def test_progress_of_a_file_of_many_bytes_keeps_its_share(qtbot, jobs: Jobs) -> None:
    told = []
    job = jobs.start("Copy", lambda progress: progress(3 * 2**31, 4 * 2**31, "Copying"))
    job.progressed.connect(lambda *words: told.append(words))
    with qtbot.waitSignal(job.finished):
        pass
    assert told == [(750, 1_000, "Copying")]


def test_a_cancelled_job_stops_and_delivers_nothing(qtbot, jobs: Jobs) -> None:
    job = jobs.start("Counting", slow)
    done, failed, finished = heard(job)
    with qtbot.waitSignal(job.progressed):
        pass
    with qtbot.waitSignal(job.finished, timeout=1_000):
        job.cancel()
    assert (done, failed, finished) == ([], [], [True])
    assert jobs.running == ()


def test_a_result_that_comes_after_cancelling_is_thrown_away(qtbot, jobs: Jobs) -> None:
    go = threading.Event()
    job = jobs.start("Deaf", lambda _progress: go.wait(5))
    done, failed, _finished = heard(job)
    job.cancel()
    with qtbot.waitSignal(job.finished):
        go.set()
    assert (done, failed) == ([], [])


def test_a_job_cancelled_in_the_queue_is_never_begun(qtbot, jobs: Jobs) -> None:
    go, begun = threading.Event(), []
    for _ in range(THREADS):
        jobs.start("In the way", lambda _progress: go.wait(5))
    job = jobs.start("Waiting", lambda _progress: begun.append(True))
    job.cancel()
    with qtbot.waitSignal(job.finished):
        go.set()
    assert begun == []


def test_an_error_is_handed_to_whoever_listens(qtbot, jobs: Jobs) -> None:
    def fail(_progress: Progress) -> None:
        raise Refused("No such thing")

    job = jobs.start("Fail", fail)
    done, failed, _finished = heard(job)
    with qtbot.waitSignal(job.finished):
        pass
    assert done == []
    assert [str(error) for error in failed] == ["No such thing"]


def test_calls_wait_their_turn_while_readings_go_on(qtbot, jobs: Jobs) -> None:
    calls = [jobs.compute("Arithmetic", Call.of(math.sqrt, n * n)) for n in range(2 * THREADS)]
    answers = [heard(call)[0] for call in calls]
    reading = jobs.start("Read", lambda _progress: "read")
    with qtbot.waitSignal(reading.finished, timeout=500):
        pass
    qtbot.waitUntil(lambda: all(answers), timeout=20_000)
    assert answers == [[n] for n in range(2 * THREADS)]


def test_cancelling_a_call_ends_its_process_and_delivers_nothing(qtbot, jobs: Jobs) -> None:
    jobs.warm()
    first = jobs.compute("Warm", Call.of(math.sqrt, 4))
    with qtbot.waitSignal(first.finished, timeout=20_000):
        pass
    (process,) = multiprocessing.active_children()
    job = jobs.compute("Long", SLEEP)
    done, failed, _finished = heard(job)
    qtbot.wait(100)
    with qtbot.waitSignal(job.finished, timeout=1_000):
        job.cancel()
    assert (done, failed) == ([], [])
    assert process not in multiprocessing.active_children()
    again = jobs.compute("Again", Call.of(math.sqrt, 4))
    with qtbot.waitSignal(again.done, timeout=20_000) as answer:
        pass
    assert answer.args == [2.0]


@pytest.mark.usefixtures("qapp")
def test_closing_ends_what_runs_and_what_waits(qtbot) -> None:
    jobs = Jobs()
    running = [jobs.start("Counting", slow) for _ in range(THREADS + 2)]
    running.append(jobs.compute("Long", SLEEP))
    qtbot.wait(150)
    heard_ = [heard(job) for job in running]
    began = time.monotonic()
    jobs.close()
    assert time.monotonic() - began < 3
    assert jobs.running == ()
    assert all((done, failed, finished) == ([], [], [True]) for done, failed, finished in heard_)
    assert multiprocessing.active_children() == []


@pytest.mark.usefixtures("qapp")
def test_closing_while_the_worker_warms_up_does_not_wait_for_it() -> None:
    def closed() -> float:
        jobs = Jobs()
        jobs.warm()
        took = waited(jobs.close)
        assert multiprocessing.active_children() == []
        return took

    assert soonest(closed, within=1.5) < 1.5


@pytest.mark.usefixtures("qapp")
def test_what_is_asked_after_closing_is_cancelled_at_once() -> None:
    jobs = Jobs()
    jobs.close()
    job = jobs.start("Late", slow)
    assert job.stop.is_set()
    assert jobs.running == ()


def test_what_is_left_in_cycles_is_collected_on_the_window_s_thread_alone(qtbot) -> None:
    jobs = Jobs()
    assert not gc.isenabled()
    threads: list[int] = []

    class Knot:
        def __init__(self) -> None:
            self.self = self

        def __del__(self) -> None:
            threads.append(threading.get_ident())

    def tie(_progress: Progress) -> None:
        for _ in range(5_000):
            Knot()

    job = jobs.start("Tie knots", tie)
    with qtbot.waitSignal(job.finished):
        pass
    assert threads == []
    qtbot.waitUntil(lambda: len(threads) >= 5_000, timeout=3_000)
    jobs.close()
    assert set(threads) == {threading.get_ident()}
    assert gc.isenabled()
