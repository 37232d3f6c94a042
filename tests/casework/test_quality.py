"""Each rule finds what breaks it and lets the rest pass; counts keep to what a reader may see."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from makers import (
    a_handle,
    a_line,
    a_link,
    a_membership,
    a_nominal,
    a_phone,
    a_plan,
    a_report,
    an_action,
    an_assignment,
    an_attribution,
    an_ocg,
)

from ocgdesk.casework import quality
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Ocg
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right, User
from ocgdesk.domain.plans import Strand
from ocgdesk.domain.quality import Query, Rule, rules
from ocgdesk.domain.subrecords import Assessment, CheckBack, Marker, Note
from ocgdesk.domain.values import Answer, Identifier
from ocgdesk.errors import Cancelled, NotFound, Refused
from ocgdesk.store import breaches
from ocgdesk.store import quality as queries
from ocgdesk.store.workspace import Workspace

TODAY = date(2026, 11, 21)
PNC = Identifier("pnc", "00/123456H")

Given = Callable[..., list[Any]]


def labels(workspace: Workspace, code: str) -> list[str]:
    with workspace.reading() as reader:
        found = quality.broken(reader, code, TODAY)
        rule = found.rule
        assert queries.count(reader, rule, TODAY) == found.total == len(found.rows)
        assert found.total <= queries.population(reader, rule)
        return [row.label for row in found.rows]


def why(workspace: Workspace, code: str) -> list[str]:
    with workspace.reading() as reader:
        found = quality.broken(reader, code, TODAY)
        return [quality.why(found.rule, row) for row in found.rows]


def ocgs(*names: str, **more: Any) -> Iterable[Ocg]:
    return (an_ocg(name, status="active", **more) for name in names)


# ---- One test a rule ----------------------------------------------------------------------------


def test_an_active_ocg_without_lro(workspace: Workspace, given: Given):
    led, left, bare = given(*ocgs("Led", "Left", "Bare"))
    given(an_ocg("Nominated"), an_assignment(led))
    given(an_assignment(left, end=PartialDate(2026, 10, 1)), an_assignment(bare, role="sio"))
    assert labels(workspace, "ocg-without-lro") == ["Bare", "Left"]


def test_fewer_than_three_members(workspace: Workspace, given: Given):
    full, small = given(*ocgs("Full", "Small"))
    people = given(*(a_nominal(f"N{n}") for n in range(3)))
    given(*(a_membership(person, full) for person in people))
    given(*(a_membership(person, small) for person in people[:2]))
    given(a_membership(people[2], small, end=PartialDate(2025)), a_link(people[2], small))
    assert labels(workspace, "ocg-fewer-than-three") == ["Small"]
    assert why(workspace, "ocg-fewer-than-three") == ["2 of 3"]


def test_never_scored_or_overdue_by_tier(workspace: Workspace, given: Given):
    never, old, new = given(*ocgs("Never"), *ocgs("Old", tier="t1"), *ocgs("New", tier="t3"))
    day = date(2026, 7, 1)
    given(*(Assessment(owner=o.id, sheet="ocgm", assessed=day) for o in (old, new)))
    assert labels(workspace, "ocg-score-due") == ["Never", "Old"]
    assert why(workspace, "ocg-score-due") == ["never scored", "due on 1 Oct 2026"]
    assert never.tier == ""


def test_a_review_that_is_overdue(workspace: Workspace, given: Given):
    given(
        *ocgs("Late", review_due=date(2026, 11, 20)),
        *ocgs("Today", review_due=TODAY),
        *ocgs("Unset"),
        an_ocg("Archived", status="archived", review_due=date(2020, 1, 1)),
    )
    assert labels(workspace, "ocg-review-overdue") == ["Late"]
    assert why(workspace, "ocg-review-overdue") == ["20 Nov 2026"]


def test_a_plan_with_an_empty_p(workspace: Workspace, given: Given):
    [ocg] = given(*ocgs("Tarnbrook"))
    whole, part = given(a_plan(ocg, "Whole", status="signed"), a_plan(ocg, "Part", status="signed"))
    given(*(an_action(whole, strand=strand.value) for strand in Strand))
    given(an_action(part), an_action(part, strand="prevent", status="complete"))
    assert labels(workspace, "plan-empty-strand") == ["Part · Tarnbrook"]
    assert why(workspace, "plan-empty-strand") == ["3 empty"]


def test_a_principal_without_identifiers(workspace: Workspace, given: Given):
    [ocg] = given(*ocgs("Tarnbrook"))
    bare, known, minor = given(
        a_nominal("Bare"), a_nominal("Known", identifiers=(PNC,)), a_nominal("Minor")
    )
    given(*(a_membership(person, ocg, importance="principal") for person in (bare, known)))
    given(a_membership(minor, ocg))
    assert labels(workspace, "principal-without-identifiers") == ["Bare"]


def test_a_nominal_not_yet_categorised(workspace: Workspace, given: Given):
    given(
        a_nominal("Bare"),
        a_nominal("Said", categories=("witness",)),
        a_nominal("Unsaid", categories=("not-yet-categorised",)),
    )
    assert labels(workspace, "nominal-not-categorised") == ["Bare", "Unsaid"]


def test_a_victim_worded_as_offender(workspace: Workspace, given: Given):
    [ocg] = given(*ocgs("Tarnbrook"))
    _child, other, member, noted = given(
        a_nominal("Child", exploited=True, summary="A runner and drug dealer"),
        a_nominal("Other", summary="A drug dealer"),
        a_nominal("Member"),
        a_nominal("Noted", exploited=True, summary="Made to carry drugs"),
    )
    given(a_membership(member, ocg, role="exploited-person", note="Gang member since May"))
    given(Note(owner=noted.id, text="It was a lifestyle choice"))
    assert labels(workspace, "victim-worded-as-offender") == ["Child", "Member", "Noted"]
    assert why(workspace, "victim-worded-as-offender")[0] == "runner; drug dealer"
    assert other.summary


def test_an_identifier_that_breaks_its_format(workspace: Workspace, given: Given):
    given(
        a_nominal("Sound", identifiers=(Identifier("nino", "AB123456C"),)),
        a_nominal("Odd", identifiers=(Identifier("nino", "QQ12"),)),
        a_nominal("Free", identifiers=(Identifier("pnd", "anything"),)),
    )
    assert labels(workspace, "identifier-breaks-format") == ["Odd"]
    assert why(workspace, "identifier-breaks-format")[0].startswith("QQ12: ")


def test_a_phone_number_is_looked_at_like_an_identifier(workspace: Workspace, given: Given):
    given(a_phone("07700 900321"), a_phone("0770"))
    rule = Rule(code="x", words="x", kind=Kind.PHONE, query=Query.IDENTIFIER_FORMAT)
    with workspace.reading() as reader:
        found = breaches.breaches(reader, rule, queries.numbers(reader, rule, TODAY))
    assert [row.label for row in found] == ["0770"]


def test_a_marker_whose_review_is_overdue(workspace: Workspace, given: Given):
    [nominal] = given(a_nominal("Aled Cors"))
    late = Marker(owner=nominal.id, code="VI", review_due=date(2026, 10, 1))
    given(
        late,
        replace(late, id=a_nominal().id, ended=PartialDate(2026, 9)),
        replace(late, id=a_nominal().id, review_due=None),
    )
    found = labels(workspace, "marker-review-overdue")
    assert len(found) == 1
    assert found[0].endswith(" · Aled Cors")


def test_a_link_and_a_membership_without_a_source(workspace: Workspace, given: Given):
    one, other, ocg, report = given(
        a_nominal("One"), a_nominal("Other"), an_ocg("Tarnbrook"), a_report()
    )
    given(a_link(one, other), a_link(other, one, reports=(report.id,)), a_membership(one, ocg))
    assert labels(workspace, "link-without-source") == ["One – Other"]
    assert labels(workspace, "membership-without-source") == ["One – Tarnbrook"]


def test_a_handle_confirmed_without_a_review_by_somebody_else(
    workspace: Workspace, ann: User, another_user: User, given: Given
):
    handle, *people = given(a_handle(), *(a_nominal(f"N{n}") for n in range(4)))
    confirmed = {"status": "confirmed", "analyst": ann.id}
    given(
        an_attribution(handle, people[0], **confirmed),
        an_attribution(handle, people[1], **confirmed, reviewer=ann.id),
        an_attribution(handle, people[2], **confirmed, reviewer=another_user.id),
        an_attribution(handle, people[3]),
    )
    assert labels(workspace, "attribution-without-review") == ["quietfox – N0", "quietfox – N1"]


def test_a_line_closed_without_a_check_back(workspace: Workspace, given: Given):
    closed, tried, _open = given(
        a_line("Closed", status="closed-type-1"),
        a_line("Tried", status="closed-type-2"),
        a_line("Open", status="active"),
    )
    given(CheckBack(owner=tried.id, due=TODAY))
    assert labels(workspace, "line-without-check-back") == [closed.brand]


def test_a_report_without_grading_and_a_score_without_workings(workspace: Workspace, given: Given):
    _graded, _bare, ocg = given(a_report("Graded", grade="2CP"), a_report("Bare"), an_ocg())
    scored = Assessment(owner=ocg.id, sheet="ocgm", assessed=date(2026, 5, 1))
    given(
        scored,
        replace(scored, id=a_nominal().id, rationale="Because"),
        replace(scored, id=a_nominal().id, answers=(Answer("intent", "high", "Because"),)),
        replace(scored, id=a_nominal().id, score_source="official"),
    )
    assert labels(workspace, "report-not-graded") == ["Bare"]
    assert labels(workspace, "score-without-workings") == ["OCGM attributes · Tarnbrook"]


# ---- As a whole ---------------------------------------------------------------------------------


def test_every_rule_of_the_list_can_be_asked_of_an_empty_workspace(workspace: Workspace):
    with workspace.reading() as reader:
        found = quality.look(reader, TODAY)
    assert [(one.broken, one.of) for one in found] == [(0, 0)] * len(rules())


def test_looking_tells_how_far_it_is_and_can_be_stopped(workspace: Workspace):
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int, _what: str) -> None:
        told.append((done, total))
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled), workspace.reading() as reader:
        quality.look(reader, TODAY, progress)
    assert told == [(n, len(rules())) for n in range(3)]


def test_what_opens_is_the_record_to_mend(workspace: Workspace, given: Given):
    one, other = given(a_nominal("One"), a_nominal("Other"))
    marker, _link = given(
        Marker(owner=one.id, code="VI", review_due=date(2026, 1, 1)), a_link(one, other)
    )
    with workspace.reading() as reader:
        [mark] = quality.broken(reader, "marker-review-overdue", TODAY).rows
        [tie] = quality.broken(reader, "link-without-source", TODAY).rows
    assert (mark.id, mark.opens, mark.opens_kind) == (marker.id, one.id, Kind.NOMINAL)
    assert (tie.opens, tie.opens_kind) == (one.id, Kind.NOMINAL)


def test_no_more_are_read_than_are_shown(workspace: Workspace, given: Given):
    given(*(a_nominal(f"N{n:02}") for n in range(12)))
    with workspace.reading() as reader:
        found = quality.broken(reader, "nominal-not-categorised", TODAY, most=5)
    assert found.total == 12
    assert [row.label for row in found.rows] == [f"N{n:02}" for n in range(5)]


def test_restricted_records_are_in_no_count_and_no_list(
    workspace: Workspace, ann: User, another_user: User, opened_by: Any, given: Given
):
    only = {"restricted_to": frozenset({ann.id})}
    given(*ocgs("Open"))
    [hidden] = given(*ocgs("Hidden", review_due=date(2020, 1, 1), **only))
    one, other = given(a_nominal("One"), a_nominal("Other"))
    given(a_membership(one, hidden, importance="principal"), a_link(one, other, **only))
    given(a_line("Secret", status="closed-type-1", **only), a_report("Secret report", **only))
    with workspace.reading() as reader:
        mine = {s.rule.code: s.broken for s in quality.look(reader, TODAY)}
    with opened_by(another_user).reading() as reader:
        theirs = {s.rule.code: s.broken for s in quality.look(reader, TODAY)}
        rows = [r for code in theirs for r in quality.broken(reader, code, TODAY).rows]
    assert mine["ocg-without-lro"] == 2
    assert theirs["ocg-without-lro"] == 1
    for code in (
        *("ocg-review-overdue", "principal-without-identifiers", "link-without-source"),
        *("membership-without-source", "line-without-check-back", "report-not-graded"),
    ):
        assert (mine[code], theirs[code]) == (1, 0), code
    assert not [row.label for row in rows if "Hidden" in row.label or "Secret" in row.label]


def test_looking_is_entered_in_the_journal(workspace: Workspace, given: Given):
    given(*ocgs("Bare"))
    before = workspace.head()[0]
    with workspace.reading() as reader:
        quality.broken(reader, "ocg-without-lro", TODAY)
    assert workspace.head()[0] == before + 1


# ---- Ruling -------------------------------------------------------------------------------------


def rule(workspace: Workspace, act: Callable[..., Any], *args: Any, **more: Any) -> None:
    with workspace.work("Edit the quality rules", right=Right.ADMINISTER) as done:
        act(done.work, *args, **more)


def test_a_rule_is_switched_off_and_weighed_and_undo_takes_it_back(
    workspace: Workspace, given: Given
):
    given(*ocgs("Bare"))
    rule(workspace, quality.switch, "ocg-without-lro", on=False)
    rule(workspace, quality.weigh, "ocg-score-due", 1)
    with workspace.reading() as reader:
        found = {one.rule.code: one for one in quality.look(reader, TODAY)}
        assert found["ocg-without-lro"].broken is None
        assert found["ocg-score-due"].rule.weight == 1
        assert quality.broken(reader, "ocg-without-lro", TODAY).total == 1
        assert quality.ranked(tuple(found.values()))[-1].rule.code == "ocg-without-lro"
    workspace.undo()
    workspace.undo()
    with workspace.reading() as reader:
        assert quality.look(reader, TODAY)[0].broken == 1


def test_a_rule_of_ones_own_from_each_template(workspace: Workspace, given: Given):
    given(
        a_nominal("Old", died=PartialDate(2020, 5)),
        a_nominal("New", died=PartialDate(2026, 11)),
        a_nominal("Whole", identifiers=(PNC,), summary="Known"),
    )
    own = Rule(
        code="x", words="No identifiers", kind=Kind.NOMINAL, query=Query.FIELD_EMPTY,
        field="identifiers",
    )  # fmt: skip
    rule(workspace, quality.add, own)
    older = replace(own, words="Long dead", query=Query.FIELD_OLDER, field="died", days=365)
    rule(workspace, quality.add, older)
    rule(workspace, quality.add, replace(own, words="No summary", field="summary"))
    few = replace(own, words="Alone", query=Query.FEW_LINKS, field="", below=1)
    rule(workspace, quality.add, few)
    assert labels(workspace, "no-identifiers") == ["New", "Old"]
    assert labels(workspace, "long-dead") == ["Old"]
    assert labels(workspace, "no-summary") == ["New", "Old"]
    assert labels(workspace, "alone") == ["New", "Old", "Whole"]


def test_a_rule_is_made_from_a_template_by_an_administrator_only(
    workspace: Workspace, another_user: User, opened_by: Any
):
    own = Rule(code="x", words="X", kind=Kind.OCG, query=Query.NO_POST, post="sio")
    with pytest.raises(Refused, match="template"):
        rule(workspace, quality.add, own)
    with pytest.raises(Refused, match="roles do not allow"):
        rule(opened_by(another_user), quality.switch, "ocg-without-lro", on=False)
    with pytest.raises(Refused, match="1 to 5"):
        rule(workspace, quality.weigh, "ocg-without-lro", 9)


def test_a_retired_rule_is_gone_from_the_page(workspace: Workspace):
    rule(workspace, quality.retire, "report-not-graded")
    with workspace.reading() as reader:
        assert "report-not-graded" not in {s.rule.code for s in quality.look(reader, TODAY)}
        with pytest.raises(NotFound):
            quality.broken(reader, "report-not-graded", TODAY)
