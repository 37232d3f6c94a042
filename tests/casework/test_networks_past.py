"""Questions about networks as at a moment: what was held then, with what was taken out since."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from makers import a_link, a_membership, a_nominal, a_report, an_ocg

from ocgdesk.casework import (
    analysis,
    changing,
    connections,
    groups,
    network_scope,
    paths,
    sharing,
    what_if,
)
from ocgdesk.casework.analysis import Question
from ocgdesk.casework.network_scope import Part, Scope
from ocgdesk.casework.paths import PathQuery
from ocgdesk.domain.dates import PartialDate
from ocgdesk.errors import NotFound, Refused
from ocgdesk.store import records

ON = date(2026, 11, 21)


def edit(workspace, act):
    with workspace.work("Edit") as done:
        act(done.work)


@pytest.fixture
def past(workspace, given):
    """A chain A - B - C with an OCG; since then B was taken out and A joined to C."""
    ocg = an_ocg("Tarnbrook")
    a, b, c, d = (a_nominal(name) for name in ("Aled", "Bryn", "Carys", "Dai"))
    report = a_report("Seen", grade="2C P", origin="Source A")
    ab = a_link(a, b, reports=(report.id,), start=PartialDate.parse("3 Mar 2026"))
    bc = a_link(b, c)
    members = [a_membership(one, ocg) for one in (a, b)]
    given(ocg, a, b, c, d, report, ab, bc, a_link(c, d), *members)
    then = datetime.now(UTC)

    def take_out(work):
        gone = work.reader.find(b.id)
        work.remove(*records.hanging_on(work.reader, gone), gone)

    edit(workspace, take_out)
    edit(workspace, lambda work: work.put(a_link(a, c)))
    return ocg, a, b, c, d, then


def names(rows):
    return [brief.label for brief, _row in rows]


def test_a_ranking_counts_who_was_there_then_and_the_links_there_were(workspace, past):
    _ocg, _a, _b, _c, _d, then = past
    with workspace.reading() as reader:
        scope = Scope(as_at=then)
        found = analysis.ask(reader, Question(scope=scope, measures=("degree",), sure=False))
        rows = analysis.named(reader, analysis.standing(found), then)
    degrees = {brief.label: row.values["degree"] for brief, row in rows}
    assert degrees == {"Tarnbrook": 2, "Aled": 2, "Bryn": 3, "Carys": 2, "Dai": 1}
    assert any("as recorded at" in words for words in found.settings)
    with workspace.reading() as reader:
        now = analysis.ask(reader, Question(measures=("degree",), sure=False))
        rows = analysis.named(reader, analysis.standing(now))
    assert {brief.label: row.values["degree"] for brief, row in rows} == {
        "Tarnbrook": 1, "Aled": 2, "Carys": 2, "Dai": 1,
    }  # fmt: skip


def test_a_path_leads_through_who_was_taken_out_since_with_its_report(workspace, past):
    _ocg, a, _b, c, _d, then = past
    query = PathQuery(one=a.id, two=c.id)
    with workspace.reading() as reader:
        now = paths.find(reader, query)
        found = paths.find(reader, replace(query, through=Scope(as_at=then)))
    assert [brief.label for brief in now.paths[0].records] == ["Aled", "Carys"]
    assert [brief.label for brief in found.paths[0].records] == ["Aled", "Bryn", "Carys"]
    assert "3 Mar 2026" in found.paths[0].sentences[0]
    assert [report.title for report in found.paths[0].steps[0].reports] == ["Seen"]


def test_who_was_not_recorded_then_is_said_so(workspace, given, past):
    late = given(a_nominal("Late"))[0]
    query = PathQuery(one=past[1].id, two=late.id, through=Scope(as_at=past[-1]))
    with workspace.reading() as reader, pytest.raises(NotFound, match="not recorded then"):
        paths.find(reader, query)


def test_evidence_and_days_are_those_of_then(workspace, past):
    then = past[-1]
    with workspace.reading() as reader:
        held = network_scope.source_at(reader, then)
        assert [row.grade for row in held.behind()] == ["2C P"]
        assert held.tested_links().size == 0
        assert network_scope.source_at(reader).behind() == []
        assert len(held.periods().nos) == 1
        assert len(network_scope.source_at(reader).periods().nos) == 0


def test_what_if_speaks_of_those_there_were(workspace, past):
    _ocg, _a, b, _c, _d, then = past
    with workspace.reading() as reader:
        case = what_if.read(reader, Scope(as_at=then), on=ON)
        answer = what_if.compare(reader, case, [[b.id]])
        with pytest.raises((NotFound, Refused)):
            what_if.compare(reader, what_if.read(reader, Scope(), on=ON), [[b.id]])
    assert answer.options[0].removed[0].label == "Bryn"
    assert answer.options[0].effect.pairs_cut > 0


def test_groups_change_sharing_and_what_is_near_are_asked_of_then(workspace, past):
    ocg, a, b, _c, _d, then = past
    scope = Scope(part=Part.OCG, ids=(ocg.id,), as_at=then)
    with workspace.reading() as reader:
        found = groups.in_numbers(groups.find(reader, groups.Question(scope=scope)))
        known = groups.named(reader, found)
        near = connections.around(reader, [a.id], 1, through=Scope(as_at=then))
        shared = sharing.shares(reader, as_at=then)
        course = changing.over_time(reader, scope, changing.Every.MONTH, until=ON)
    assert b.id in {brief.id for brief in known.values()}
    assert {brief.label for brief, _n in near.records} == {"Bryn", "Tarnbrook"}
    assert shared.pairs == ()
    assert course.phases[-1].nodes == 2


def test_who_is_exploited_by_now_is_not_ranked_in_the_past(workspace, past):
    _ocg, _a, _b, c, _d, then = past
    edit(workspace, lambda work: work.put(replace(work.reader.find(c.id), exploited=True)))
    with workspace.reading() as reader:
        found = analysis.ask(
            reader, Question(scope=Scope(as_at=then), measures=("degree",), sure=False)
        )
        rows = analysis.named(reader, analysis.standing(found), then)
    assert "Carys" not in names(rows)
    assert "Bryn" in names(rows)
