"""Verifying the records against the journal: a change made past it is found, and where."""

import pytest
from makers import a_link, a_nominal, an_ocg

from ocgdesk.errors import Cancelled
from ocgdesk.store import comparing, verification


def tamper(workspace, *statements):
    """Do what somebody with the key and a database tool could."""
    with workspace.engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def told(workspace):
    with workspace.connection() as connection:
        return [(d.where, d.what) for d in comparing.differences(connection)]


def test_a_workspace_edited_removed_and_undone_agrees_with_its_journal(workspace, given, put):
    ann, bob, group = given(a_nominal("Ann"), a_nominal("Bob"), an_ocg())
    (link,) = given(a_link(ann, bob))
    put(group, summary="Moves by night")
    workspace.undo()
    with workspace.work("Remove") as done:
        done.work.remove(link, bob)
    workspace.undo()
    workspace.redo()
    assert told(workspace) == []
    assert verification.verify(workspace).is_whole


def test_a_field_changed_past_the_journal_is_named_with_its_record(workspace, given):
    (ann,) = given(a_nominal("Ann"))
    tamper(workspace, "UPDATE nominal SET gender = 'f'")
    ((where, what),) = told(workspace)
    assert where == f"nominal {ann.ref}"
    assert what == "it is not as journal entry 2 left it: gender"
    verdict = verification.verify(workspace)
    assert not verdict.is_whole
    assert any(finding.where == where for finding in verdict.findings)


def test_a_value_of_a_list_and_a_name_in_lists_are_compared_too(workspace, given):
    given(a_nominal("Ann", warnings=("FI",)), a_nominal("Bob"))
    tamper(
        workspace,
        "DELETE FROM v_text",
        "UPDATE entity SET sort_key = 'zz' WHERE label = 'Bob'",
    )
    whats = {what for _where, what in told(workspace)}
    assert whats == {
        "it is not as journal entry 2 left it: warnings",
        "lists show it under another name than its own",
    }


def test_rows_taken_out_or_put_in_past_the_journal_are_found(workspace, given):
    ann, bob = given(a_nominal("Ann"), a_nominal("Bob"))
    (link,) = given(a_link(ann, bob))
    tamper(workspace, "DELETE FROM link")
    assert told(workspace) == [
        (f"link {link.id}", "it is gone, although journal entry 3 left it there")
    ]


def test_rows_that_no_entry_ever_made_are_counted(workspace, given):
    given(a_nominal("Ann"))
    tamper(workspace, "UPDATE journal_item SET no = no + 1000")
    assert ("table entity", "rows that no journal entry made: 1, first number 1") in told(workspace)


def test_a_removed_record_put_back_past_the_journal_is_found(workspace, given):
    (ann,) = given(a_nominal("Ann"))
    with workspace.engine.begin() as connection:
        kept = {
            table: connection.exec_driver_sql(f"SELECT * FROM {table}").all()  # noqa: S608
            for table in ("entity", "nominal")
        }
    with workspace.work("Remove") as done:
        done.work.remove(ann)
    with workspace.engine.begin() as connection:
        for table, rows in kept.items():
            marks = ",".join("?" * len(rows[0]))
            insert = f"INSERT INTO {table} VALUES ({marks})"  # noqa: S608
            connection.exec_driver_sql(insert, tuple(rows[0]))
    assert told(workspace) == [
        (f"nominal {ann.ref}", "it is there, although journal entry 3 took it out")
    ]


def test_many_differences_are_counted_after_the_first_twenty(workspace, given):
    given(*(a_nominal(f"Nobody {n}") for n in range(25)))
    tamper(workspace, "UPDATE nominal SET gender = 'f'")
    found = told(workspace)
    assert len(found) == comparing.MOST + 1
    assert found[-1] == ("records", "5 more differ likewise")


def test_the_comparison_says_how_far_it_is_and_can_be_stopped(workspace, given):
    given(*(a_nominal(f"Nobody {n}") for n in range(30)))
    words = []

    def stop(_done, _total, what):
        words.append(what)
        raise Cancelled

    with workspace.connection() as connection, pytest.raises(Cancelled):
        comparing.differences(connection, stop)
    assert words == ["Comparing with the journal"]
