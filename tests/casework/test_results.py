"""Results kept: as they were computed, without a name in them, open to whom their records are."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from makers import a_chart, a_link, a_membership, a_nominal, a_report, an_ocg

from ocgdesk.casework import analysis, records, result_tables, results
from ocgdesk.casework.analysis import Question
from ocgdesk.casework.network_scope import Part, Scope
from ocgdesk.domain.people import Right
from ocgdesk.errors import BadWorkspace, NotFound, Refused

TODAY = date(2026, 11, 21)


@pytest.fixture
def trio(given):
    """An OCG with two members who are linked, on the strength of one report, and a stranger."""
    ocg, one, two, far = an_ocg(), a_nominal("Aled"), a_nominal("Bryn"), a_nominal("Far")
    report = a_report(grade="1A P")
    link = a_link(one, two, reports=(report.id,))
    given(ocg, one, two, far, report, link, a_membership(one, ocg), a_membership(two, ocg))
    return ocg, one, two, far, report, link


def kept(workspace, ocg, title="Who stands out"):
    """Compute measures of an OCG and keep them with it."""
    scope = Scope(part=Part.OCG, ids=(ocg.id,))
    with workspace.reading() as reader:
        found = analysis.ask(reader, Question(scope=scope, sure=False))
        rows = analysis.named(reader, analysis.standing(found))
    draft = result_tables.of_measures(found, rows, owner=ocg.id)
    with workspace.work("Keep result", right=Right.CHART) as done:
        return results.keep_named(done.work, draft, title)


def shown(workspace, result):
    with workspace.reading() as reader:
        return results.show(reader, result.id)


def edit(workspace, *things):
    with workspace.work("Edit") as done:
        done.work.put(*things)


def test_a_kept_result_says_all_it_was_computed_with(workspace, trio):
    result = kept(workspace, trio[0])
    found = shown(workspace, result)
    assert [c.title for c in found.table.columns][:4] == ["Rank", "Best", "Worst", "What"]
    labels = [found.cell(3, row[3]) for row in found.table.rows]
    assert sorted(labels) == ["Aled", "Bryn", "Tarnbrook"]
    assert "direction ignored" in found.said
    assert "Records restricted from this user are not included." in found.said
    assert len(result.head) == 64
    assert result.computed is not None
    assert found.holds


def test_no_name_is_written_into_a_result(workspace, trio):
    result = kept(workspace, trio[0])
    assert "Aled" not in result.table + result.settings
    edit(workspace, replace(current(workspace, trio[1]), name="Somebody Else"))
    labels = [shown(workspace, result).cell(3, row[3]) for row in result_rows(workspace, result)]
    assert "Somebody Else" in labels


def result_rows(workspace, result):
    return shown(workspace, result).table.rows


def current(workspace, thing):
    with workspace.reading() as reader:
        return reader.find(thing.id, thing.base)


@pytest.mark.parametrize("what", ["record", "link", "new link", "gone link", "report"])
def test_a_result_no_longer_holds_once_what_it_rests_on_changed(workspace, trio, what):
    ocg, one, two, _far, report, link = trio
    result = kept(workspace, ocg)
    match what:
        case "record":
            edit(workspace, replace(current(workspace, one), summary="New"))
        case "link":
            edit(workspace, replace(current(workspace, link), strength="tentative"))
        case "new link":
            edit(workspace, a_link(one, two, type="family"))
        case "gone link":
            with workspace.work("Unlink") as done:
                records.unlink(done.work, [link.id])
        case "report":
            edit(workspace, replace(current(workspace, report), grade="2C P"))
    found = shown(workspace, result)
    assert not found.holds
    assert "compute it again" in found.state


def test_what_it_does_not_rest_on_does_not_matter(workspace, trio, given):
    _ocg, _one, _two, far, _report, _link = trio
    result = kept(workspace, trio[0])
    edit(workspace, replace(current(workspace, far), summary="New"))
    given(a_nominal("Newer"), a_chart())
    assert shown(workspace, result).holds


def test_a_result_of_the_whole_register_rests_on_all_of_it(workspace, trio, given):
    with workspace.reading() as reader:
        found = analysis.ask(reader, Question(sure=False))
        rows = analysis.named(reader, analysis.standing(found))
    with workspace.work("Keep result", right=Right.CHART) as done:
        result = results.keep(done.work, result_tables.of_measures(found, rows))
    assert shown(workspace, result).holds
    given(a_nominal("Newer"))
    assert not shown(workspace, result).holds


def test_a_result_on_a_restricted_record_is_closed_to_the_same(
    workspace, trio, another_user, opened_by
):
    ocg, one, *_rest = trio
    before = kept(workspace, ocg, "Before")
    with workspace.work("Restrict") as done:
        records.restrict(done.work, one.id, [], "Source at risk")
    after = kept(workspace, ocg, "After")
    theirs = opened_by(another_user)
    with theirs.reading() as reader:
        assert results.of(reader) == []
        for result in (before, after):
            with pytest.raises(NotFound):
                results.show(reader, result.id)
    assert {result.title for result in all_of(workspace, ocg)} == {"Before", "After"}


def all_of(workspace, ocg):
    with workspace.reading() as reader:
        return results.of(reader, ocg.id)


def test_what_was_taken_out_since_is_said_so_in_its_row(workspace, trio):
    result = kept(workspace, trio[0])
    with workspace.work("Remove") as done:
        records.remove(done.work, [trio[2].id])
    labels = [shown(workspace, result).cell(3, row[3]) for row in result_rows(workspace, result)]
    assert "no longer there" in labels


def test_results_go_with_their_owner_and_come_back_by_undo(workspace, trio):
    result = kept(workspace, trio[0])
    with workspace.work("Remove OCG") as done:
        records.remove(done.work, [trio[0].id])
    with workspace.reading() as reader, pytest.raises(NotFound):
        results.show(reader, result.id)
    workspace.undo()
    assert shown(workspace, result).result.title == result.title


def test_a_result_needs_a_title_and_hangs_on_a_chart_or_an_ocg(workspace, trio):
    table = results.Table(columns=(), rows=())
    draft = results.Draft(task="groups", title=" ", said=(), table=table, read_at=datetime.now(UTC))
    with pytest.raises(Refused, match="title"), workspace.work("Keep") as done:
        results.keep(done.work, draft)
    wrong = replace(draft, title="T", owner=trio[1].id)
    with pytest.raises(Refused, match="chart or an OCG"), workspace.work("Keep") as done:
        results.keep(done.work, wrong)


def test_a_table_that_is_none_is_told_as_a_fault_of_the_file(workspace, trio):
    result = kept(workspace, trio[0])
    with pytest.raises(BadWorkspace, match="verify"):
        results.decoded(replace(result, table="{"))


def test_of_many_rows_the_first_are_kept_and_the_cut_is_said(workspace, trio):
    rows = tuple((float(n),) for n in range(results.MOST_ROWS + 1))
    column = results.Column("N", results.Holds.FIGURE)
    table = results.Table(columns=(column,), rows=rows)
    draft = results.Draft(
        task="groups", title="Long", said=(), table=table, read_at=datetime.now(UTC)
    )
    with workspace.work("Keep") as done:
        result = results.keep(done.work, draft)
    assert len(results.decoded(result).rows) == results.MOST_ROWS
    assert "501 rows" in result.settings
