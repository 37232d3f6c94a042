"""Killed in the middle: what was reported saved is there, nothing is half-done."""

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from makers import an_ocg

from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import BadWorkspace
from ocgdesk.store import copies, records, tables, verification
from ocgdesk.store.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent.parent
KILLS = int(os.environ.get("OCGDESK_KILLS", "20"))
PER_ACT = 40

WRITER = """
    import sys
    from dataclasses import replace
    from pathlib import Path
    from uuid import UUID, uuid4
    from ocgdesk.domain.entities import Nominal, Ocg
    from ocgdesk.domain.links import Membership
    from ocgdesk.security.keys import DataKey
    from ocgdesk.store.workspace import Workspace
    path, key = Path(sys.argv[1]), DataKey(bytes.fromhex(sys.argv[2]))
    w = Workspace.open(path, key, UUID(sys.argv[3]))
    group, start = UUID(sys.argv[4]), int(sys.argv[5])
    for n in range(start, start + 10_000):
        with w.work("Import") as done:
            people = [Nominal(name=f"Act {n}") for _ in range(40)]
            done.work.put(*people)
            done.work.put(*(Membership(source=p.id, target=group) for p in people))
            ocg = done.work.get(Ocg, group)
            done.work.put(replace(ocg, summary=str(n)))
        print(n, flush=True)
        if n % 5 == 4:
            w.undo()
            w.redo()
"""


def writer(workspace_facts, group, start):
    path, key, user = workspace_facts
    arguments = [str(path), key.hex(), str(user), str(group), str(start)]
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(WRITER), *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_killed_at_any_moment_of_a_write_the_workspace_is_whole(workspace, given):
    group = given(an_ocg())[0].id
    facts = workspace.path, workspace.key, workspace.user.id
    workspace.close()
    draw, next_act = random.Random(11), 0  # noqa: S311 - repeatable, not secret
    for kill in range(KILLS):
        process = writer(facts, group, next_act)
        first = process.stdout.readline()
        time.sleep(draw.random() * 0.25)
        process.send_signal(signal.SIGKILL)
        reported = [int(line) for line in (first + process.communicate()[0]).split()]
        next_act = check(facts, group, reported[-1], whole=kill % 10 == 0) + 1


def check(facts, group, reported, *, whole):
    """Return the newest act that is there; everything up to it must be, and all of it."""
    again = Workspace.open(*facts)
    with again.reading() as reader:
        ocg = reader.find(group)
        newest = int(ocg.summary)
        members = records.counts(reader, [Kind.NOMINAL])[Kind.NOMINAL]
        links = reader.rows(tables.link.select())
    # The act after the reported one may have been committed before its report was written; an
    # undo that was cut off before its redo leaves one act less, which it was told to.
    undone = again.redo_step() is not None
    assert newest in {reported - undone, reported + 1 - undone, reported, reported + 1}
    assert members == len(links) == (newest + 1) * PER_ACT
    if undone:
        again.redo()
        newest += 1
    if whole:
        assert verification.verify(again).is_whole
    again.close()
    return newest


BACKUP = """
    import sys
    from pathlib import Path
    from uuid import UUID
    from ocgdesk.security.keys import DataKey
    from ocgdesk.store import copies
    from ocgdesk.store.workspace import Workspace
    path, key = Path(sys.argv[1]), DataKey(bytes.fromhex(sys.argv[2]))
    w = Workspace.open(path, key, UUID(sys.argv[3]))
    print("open", flush=True)
    copies.backup(w, Path(sys.argv[4]))
"""


@pytest.mark.slow
def test_a_backup_killed_in_the_middle_leaves_nothing_under_its_name(workspace, given, tmp_path):
    given(*(an_ocg(f"Group {n}", summary=os.urandom(3_000).hex()) for n in range(600)))
    arguments = [str(workspace.path), workspace.key.hex(), str(workspace.user.id)]
    draw, cut = random.Random(3), 0  # noqa: S311 - repeatable, not secret
    for n in range(8):
        target = tmp_path / f"{n}.ocgbackup"
        process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(BACKUP), *arguments, str(target)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        process.stdout.readline()
        time.sleep(draw.random() * 0.08)
        process.kill()
        process.communicate()
        if target.exists():
            copies.restore(target, tmp_path / f"{n}.ocgdesk")
        else:
            cut += 1
            copies.backup(workspace, target)
            copies.restore(target, tmp_path / f"{n}.ocgdesk")
    assert cut, "no backup was cut off: the test proves nothing"


def test_a_file_killed_while_it_was_made_is_refused_not_misread(tmp_path, key, ann):
    half = tmp_path / "half.ocgdesk"
    half.touch()
    with pytest.raises(BadWorkspace):
        Workspace.open(half, key, ann.id)
