"""What a search found leaves as a list: marked, logged, without the names of the exploited."""

from datetime import datetime
from pathlib import Path

import pytest
from makers import a_nominal, a_phone

from ocgdesk.casework import exports, search_exports
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.people import Role
from ocgdesk.errors import Refused
from ocgdesk.exchange.table import read
from ocgdesk.store import journal


@pytest.fixture
def written(workspace, tmp_path):
    def write(text, name="found.csv", *, of=None, **more):
        said = exports.printed(of or workspace, datetime.now(LONDON))
        path: Path = tmp_path / name
        count = search_exports.to_file(of or workspace, text, path, said, **more)
        return count, path

    return write


def test_results_are_written_with_why_they_were_found_and_the_act_is_logged(
    workspace, given, written
):
    given(a_nominal("Aled Cors"), a_nominal("Bet Cors", exploited=True), a_phone())
    count, path = written("Cors", reason="November meeting", recipient="TTCG")
    rows = {row[2]: row for row in read(path).rows}
    assert count == 2
    assert rows["Aled Cors"][4] == "name"
    assert "Bet Cors" not in path.read_text(encoding="utf-8-sig")
    with workspace.reading() as reader:
        entry = journal.entry(reader.connection, workspace.head()[0])
    assert entry is not None
    assert (entry.act, entry.reason, entry.detail["rows"]) == ("disclosure", "November meeting", 2)


def test_nothing_is_written_or_logged_where_nothing_is_found_or_nobody_may(
    workspace, given, written, add_user, opened_by, tmp_path
):
    given(a_nominal("Aled Cors"))
    head = workspace.head()
    with pytest.raises(Refused, match="Nothing was found"):
        written("Zyxwv")
    with pytest.raises(Refused):
        written("Cors", "found.pdf")
    with pytest.raises(Refused):
        written("Cors", of=opened_by(add_user("rob", Role.READER)))
    assert list(tmp_path.glob("found.*")) == []
    with workspace.reading() as reader:
        acts = {
            journal.entry(reader.connection, n).act for n in range(head[0], workspace.head()[0] + 1)
        }
    assert "disclosure" not in acts
