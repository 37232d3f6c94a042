"""Consultations behind a long write: the reader does not wait, and nothing is forgotten."""

import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest
from makers import a_nominal, an_ocg
from sqlalchemy import select

from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import CannotWrite
from ocgdesk.store import journal, records, rekeying, tables, verification, waiting
from ocgdesk.store.journal import Act
from ocgdesk.store.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent.parent

BEHIND_AN_IMPORT = """
    import sys, threading, time
    from pathlib import Path
    from uuid import UUID
    from ocgdesk.domain.entities import Nominal
    from ocgdesk.security.keys import DataKey
    from ocgdesk.store.workspace import Workspace
    path, key = Path(sys.argv[1]), DataKey(bytes.fromhex(sys.argv[2]))
    w = Workspace.open(path, key, UUID(sys.argv[3]))
    inside = threading.Event()
    def take_in():
        with w.work("Import") as done:
            done.work.put(*(Nominal(name=f"Nobody {n}") for n in range(100)))
            inside.set()
            time.sleep(60)
    threading.Thread(target=take_in, daemon=True).start()
    inside.wait()
    with w.reading("Curiosity") as reader:
        reader.saw("Open record", [int(sys.argv[4])])
    print("shown", flush=True)
    time.sleep(60)
"""


def consultations(workspace):
    """Return label, reason, detail and subjects of what was entered as looked at."""
    table, about = tables.journal, tables.journal_subject
    found = []
    with workspace.connection() as connection:
        for row in connection.execute(select(table).where(table.c.act == Act.CONSULTATION.value)):
            nos = connection.execute(select(about.c.no).where(about.c.seq == row.seq)).scalars()
            entry = journal.logged(row)
            found.append((entry.label, entry.reason, entry.detail, list(nos)))
    return found


def left_beside(workspace):
    return sorted(p for p in workspace.path.parent.iterdir() if "-waiting-" in p.name)


@pytest.fixture
def write_under_way(workspace):
    """Hold the write lock on another thread, as a long import does, until the test lets go."""
    inside, enough = threading.Event(), threading.Event()

    def write():
        with workspace.work("Import") as done:
            done.work.put(a_nominal("Nobody"))
            inside.set()
            enough.wait(20)

    thread = threading.Thread(target=write)
    thread.start()
    inside.wait(20)
    yield lambda: (enough.set(), thread.join())
    enough.set()
    thread.join()


def look(workspace, no):
    with workspace.reading("Curiosity") as reader:
        reader.saw("Open record", [no])


def test_a_record_read_behind_an_import_is_entered_when_that_is_written(
    workspace, given, write_under_way
):
    look(workspace, 1)
    assert consultations(workspace) == []
    (kept,) = left_beside(workspace)
    assert b"Open record" not in kept.read_bytes()
    write_under_way()
    ((label, reason, detail, nos),) = consultations(workspace)
    assert (label, reason, nos) == ("Open record", "Curiosity", [1])
    assert waiting.SINCE in detail
    assert left_beside(workspace) == []


def test_killed_behind_an_import_what_was_shown_is_still_in_the_journal(workspace, given):
    group = given(an_ocg())[0]
    with workspace.reading() as reader:
        no = reader.number(group.id)
    facts = workspace.path, workspace.key, workspace.user.id
    workspace.close()
    arguments = [str(facts[0]), facts[1].hex(), str(facts[2]), str(no)]
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(BEHIND_AN_IMPORT), *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "shown\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()

    again = Workspace.open(*facts)
    assert [(label, nos) for label, _r, _d, nos in consultations(again)] == [("Open record", [no])]
    assert left_beside(again) == []
    with again.reading() as reader:
        assert records.counts(reader, [Kind.NOMINAL]) == {Kind.NOMINAL: 0}  # nothing half-done
    assert verification.verify(again).is_whole
    again.close()


def test_an_entry_that_cannot_be_read_any_more_is_told_not_dropped(workspace):
    facts = workspace.path, workspace.key, workspace.user.id
    workspace.close()
    torn = workspace.path.with_name(f"{workspace.path.name}-waiting-1-torn")
    torn.write_bytes(b"OCGDESK NOTE 1\nhalf")
    again = Workspace.open(*facts)
    assert [label for label, *_rest in consultations(again)] == [
        "An entry that waited could not be read"
    ]
    assert not torn.exists()
    again.close()


def test_what_cannot_be_entered_anywhere_cannot_be_looked_at(
    workspace, write_under_way, monkeypatch
):
    def full(_path, _data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(waiting, "_write", full)
    with pytest.raises(CannotWrite, match="disk may be full"):
        look(workspace, 1)


def test_encrypting_anew_leaves_nothing_behind_that_only_the_old_key_opens(workspace, key):
    room = waiting.WaitingRoom(workspace.path, workspace.key, workspace.user.id)
    room.keep([journal.Entry(act=Act.CONSULTATION, label="Open record", user=workspace.user.id)])
    workspace.close()
    again = Workspace.open(workspace.path, key, workspace.user.id)
    assert [label for label, *_rest in consultations(again)] == ["Open record"]
    room.keep([journal.Entry(act=Act.CONSULTATION, label="Search", user=again.user.id)])
    again._waiting.find()
    new = type(key).new()
    slot = again.keys().slots[0]
    done = rekeying.rekey(again, new, slot, recovery=False)
    assert left_beside(done.workspace) == []
    assert "Search" in [label for label, *_rest in consultations(done.workspace)]
    done.workspace.close()
