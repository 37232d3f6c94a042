"""Samples as workspaces: the same each time, SYNTHETIC, never in place of anything real."""

from datetime import date
from pathlib import Path

import pytest
from makers import CHEAP

from ocgdesk.casework import access, samples
from ocgdesk.casework.access import NewWorkspace
from ocgdesk.casework.lists import LISTED, Question, find
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import Cancelled, CannotWrite, Refused

DAY = date(2026, 11, 21)


def contents(path: Path) -> list[object]:
    workspace = samples.write(path, "force", seed=1, as_of=DAY, cost=CHEAP).workspace
    try:
        with workspace.reading() as reader:
            kinds = [kind for kind in LISTED if kind not in {Kind.CHART, Kind.RISK_FACTOR}]
            return [pair for kind in kinds for pair in find(reader, Question(kind=kind))]
    finally:
        workspace.close()


def test_the_same_size_seed_and_day_give_the_same_ids_and_references(tmp_path: Path):
    assert contents(tmp_path / "one.ocgdesk") == contents(tmp_path / "two.ocgdesk")


def test_a_workspace_that_is_not_synthetic_is_never_replaced(tmp_path: Path):
    path = tmp_path / "own.ocgdesk"
    new = NewWorkspace(name="Own", agency="WMP", user="ann", recovery=False)
    access.create(path, new, "four quiet lanterns drift", cost=CHEAP)[0].close()
    before = path.read_bytes()
    with pytest.raises(CannotWrite):
        samples.write(path, "force", cost=CHEAP)
    with pytest.raises(Refused, match="SYNTHETIC"):
        samples.write(path, "force", cost=CHEAP, replace=True)
    assert path.read_bytes() == before


def test_an_unknown_size_or_a_cancelled_sample_leaves_nothing(tmp_path: Path):
    def stop(done: int, _total: int, _what: str) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Refused):
        samples.write(tmp_path / "a.ocgdesk", "village", cost=CHEAP)
    with pytest.raises(Cancelled):
        samples.write(tmp_path / "a.ocgdesk", "force", as_of=DAY, cost=CHEAP, progress=stop)
    assert list(tmp_path.iterdir()) == []
