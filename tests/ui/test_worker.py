"""The process for heavy arithmetic: it answers, it can be ended, it never hangs its owner."""

import math
import multiprocessing
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from timing import soonest

from ocgdesk.errors import BadWorkspace, Cancelled
from ocgdesk.graph import scores
from ocgdesk.graph.network import LinkRow, Network
from ocgdesk.graph.ties import Options
from ocgdesk.security import keyfile
from ocgdesk.ui.worker import Call, Worker

ROOT = Path(__file__).resolve().parents[2]
RING = Network.of(
    [(no, "nominal") for no in range(9)],
    [LinkRow(no, no, (no + 1) % 9, 2, False, 1.0, "associate") for no in range(9)],
)
SLEEP = Call("time", "sleep", (60,), {})


@pytest.fixture(autouse=True)
def shared_worker(one_worker: Worker) -> None:
    """Do without the process that other tests share: here processes are counted."""
    Worker.close(one_worker)


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.close()
    assert multiprocessing.active_children() == []


def in_thread(act: object) -> threading.Thread:
    thread = threading.Thread(target=act)  # type: ignore[arg-type]
    thread.start()
    return thread


def test_a_call_is_run_in_another_process_which_stays_for_the_next(worker: Worker) -> None:
    first = worker.call(Call.of(os.getpid), Event())
    assert first not in {os.getpid(), 0}
    assert worker.call(Call.of(math.hypot, 3, 4), Event()) == 5
    assert worker.call(Call.of(os.getpid), Event()) == first == worker.pid


def test_a_call_tells_how_far_it_has_come(worker: Worker) -> None:
    told: list[tuple[int, int, str]] = []
    call = Call.of(scores.measure_all, RING, ("degree", "closeness"), Options()).telling()
    found = worker.call(call, Event(), lambda *step: told.append(step))
    assert set(found.scores) == {"degree", "closeness"}
    assert told
    assert all(done <= total for done, total, _what in told)


def test_stopping_at_a_report_ends_the_process_and_the_next_call_is_answered(
    worker: Worker,
) -> None:
    def stop(*_step: object) -> None:
        raise Cancelled

    call = Call.of(scores.measure_all, RING, ("degree", "closeness"), Options()).telling()
    with pytest.raises(Cancelled):
        worker.call(call, Event(), stop)
    assert worker.pid is None
    assert worker.call(Call.of(math.hypot, 3, 4), Event()) == 5


def test_the_worker_is_reached_without_any_socket(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "socketpair", refuse)
    assert worker.call(Call.of(math.sqrt, 16), Event()) == 4
    worker.warm(Event())
    open_there = Path(f"/proc/{worker.pid}/fd")
    if not open_there.is_dir():
        return  # only Linux tells what another process has open
    inherited = {str(Path(f"/proc/self/fd/{n}").readlink()) for n in (0, 1, 2)}
    links = {str(path.readlink()) for path in open_there.iterdir()}
    assert not [link for link in links - inherited if link.startswith("socket:")]


def test_nothing_of_qt_is_imported_by_the_worker(worker: Worker) -> None:
    worker.warm(Event())
    loaded = worker.call(Call("importlib.util", "find_spec", ("igraph",), {}), Event())
    assert loaded is not None
    names = worker.call(Call("builtins", "eval", ("list(__import__('sys').modules)",), {}), Event())
    assert "igraph" in names
    assert not [name for name in names if name.startswith("PySide6")]


def test_the_program_s_main_module_is_not_run_again_over_there(tmp_path: Path) -> None:
    script = tmp_path / "main.py"
    script.write_text(
        "print('begun', __name__)\n"
        "import math\n"
        "from threading import Event\n"
        "from ocgdesk.ui.worker import Call, Worker\n"
        "worker = Worker()\n"
        "print(worker.call(Call.of(math.sqrt, 16), Event()))\n"
        "worker.close()\n"
    )
    ran = subprocess.run(
        [sys.executable, script],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert (ran.stdout, ran.stderr) == ("begun __main__\n4.0\n", "")


def test_a_users_error_over_there_is_raised_here_in_its_own_words(
    worker: Worker, tmp_path: Path
) -> None:
    with pytest.raises(BadWorkspace, match=r"\w"):
        worker.call(Call.of(keyfile.read, tmp_path / "nothing.keys"), Event())
    assert worker.call(Call.of(math.sqrt, 9), Event()) == 3


def test_a_fault_over_there_names_its_kind_and_no_value(worker: Worker) -> None:
    with pytest.raises(RuntimeError, match=r"^ValueError in sqrt$"):
        worker.call(Call.of(math.sqrt, -1), Event())


def test_an_answer_that_cannot_travel_is_an_error_and_not_the_end(worker: Worker) -> None:
    with pytest.raises(RuntimeError, match="in Lock"):
        worker.call(Call("threading", "Lock", (), {}), Event())
    assert worker.call(Call.of(math.sqrt, 9), Event()) == 3


def test_stopping_ends_the_process_within_a_second(worker: Worker) -> None:
    def stopped() -> float:
        worker.call(Call.of(math.sqrt, 4), Event())
        (process,) = multiprocessing.active_children()
        stop, began = Event(), time.monotonic()
        threading.Timer(0.1, stop.set).start()
        with pytest.raises(Cancelled):
            worker.call(SLEEP, stop)
        took = time.monotonic() - began
        assert process not in multiprocessing.active_children()
        assert worker.pid is None
        return took

    assert soonest(stopped, within=1) < 1
    assert worker.call(Call.of(math.sqrt, 4), Event()) == 2


@pytest.mark.parametrize("code", [0, 3])
def test_a_worker_that_ends_by_itself_is_an_error_and_not_a_wait(worker: Worker, code: int) -> None:
    began = time.monotonic()
    with pytest.raises(RuntimeError, match="ended by itself"):
        worker.call(Call("os", "_exit", (code,), {}), Event())
    assert time.monotonic() - began < 5
    assert worker.call(Call.of(math.sqrt, 4), Event()) == 2


def test_a_worker_killed_between_two_calls_is_replaced(worker: Worker) -> None:
    worker.call(Call.of(math.sqrt, 4), Event())
    (process,) = multiprocessing.active_children()
    process.kill()
    process.join()
    assert worker.call(Call.of(math.sqrt, 4), Event()) == 2


def test_a_worker_killed_in_a_call_is_an_error(worker: Worker) -> None:
    worker.call(Call.of(math.sqrt, 4), Event())
    (process,) = multiprocessing.active_children()
    threading.Timer(0.1, process.kill).start()
    with pytest.raises(RuntimeError, match="ended by itself"):
        worker.call(SLEEP, Event())


def test_calls_take_turns_and_each_gets_its_own_answer(worker: Worker) -> None:
    answers: dict[int, float] = {}

    def ask(n: int) -> None:
        answers[n] = worker.call(Call.of(math.sqrt, n * n), Event())

    threads = [in_thread(lambda n=n: ask(n)) for n in range(8)]
    for thread in threads:
        thread.join(timeout=20)
    assert answers == {n: n for n in range(8)}


def test_a_call_that_waits_for_its_turn_can_be_stopped_without_harm_to_the_other(
    worker: Worker,
) -> None:
    worker.call(Call.of(math.sqrt, 4), Event())
    long_stop, results = Event(), []

    def long() -> None:
        try:
            worker.call(SLEEP, long_stop)
        except Cancelled:
            results.append("stopped")

    thread = in_thread(long)
    time.sleep(0.1)
    before = worker.pid
    waiting = Event()
    threading.Timer(0.1, waiting.set).start()
    with pytest.raises(Cancelled):
        worker.call(Call.of(math.sqrt, 4), waiting)
    assert worker.pid == before
    assert results == []
    long_stop.set()
    thread.join(timeout=5)
    assert results == ["stopped"]


def test_large_values_go_over_and_come_back(worker: Worker) -> None:
    many = list(range(300_000))
    assert worker.call(Call("builtins", "sorted", (many[::-1],), {}), Event()) == many
