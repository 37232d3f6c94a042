"""Changes of status: what is allowed, what each needs, and what a refusal says."""

from itertools import product
from uuid import uuid4

import pytest

from ocgdesk.domain.moves import (
    MOVES,
    allowed,
    missing,
    move_between,
    refuse_move,
    refuse_reviewer,
    refuse_without,
)
from ocgdesk.domain.reference_data import code_list

PAIRS = [
    pytest.param(statuses, old.code, new.code, id=f"{statuses}:{old.code}:{new.code}")
    for statuses in MOVES
    for old, new in product(code_list(statuses), repeat=2)
]


@pytest.mark.parametrize(("statuses", "moves"), MOVES.items())
def test_moves_name_statuses_and_needs_that_exist_and_every_status_can_be_reached(statuses, moves):
    known = {item.code for item in code_list(statuses)}
    first = next(iter(code_list(statuses))).code
    reached = {first}
    for item in code_list(moves):
        assert {*item.get("from"), item.get("to")} <= known
        assert item.get("to") not in item.get("from")
        assert all(need in code_list("move-needs") for need in item.get("needs", ()))
    for _ in known:
        reached |= {move.to for status in reached for move in allowed(statuses, status)}
    assert reached == known


@pytest.mark.parametrize("statuses", MOVES)
def test_one_pair_of_statuses_is_joined_by_one_move_at_most(statuses):
    for old in code_list(statuses):
        ends = [move.to for move in allowed(statuses, old.code)]
        assert len(ends) == len(set(ends))


@pytest.mark.parametrize(("statuses", "old", "new"), PAIRS)
def test_a_move_is_refused_exactly_where_no_move_leads_there(statuses, old, new):
    words = refuse_move(statuses, old, new)
    assert (words is None) == (old == new or move_between(statuses, old, new) is not None)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "nominated",
            "active",
            (
                "An OCG that is Nominated cannot become Active at once: "
                "it must first be Under assessment"
            ),
        ),
        (
            "nominated",
            "archived",
            (
                "An OCG that is Nominated cannot become Archived at once: "
                "it must first be Under assessment, then Active"
            ),
        ),
        (
            "merged",
            "active",
            (
                "An OCG that is Merged into another cannot become Active. "
                "Take the merge back to work on it again."
            ),
        ),
        (
            "dormant",
            "nominated",
            (
                "An OCG that is Dormant cannot become Nominated; "
                "it can become Active, Archived or Merged into another"
            ),
        ),
        ("active", "lost", "'lost' is not in the list of OCG statuses"),
    ],
)
def test_a_refusal_says_what_would_be_needed(old, new, words):
    assert refuse_move("ocg-statuses", old, new) == words


def test_an_attribution_is_confirmed_only_after_review():
    words = refuse_move("attribution-statuses", "proposed", "confirmed") or ""
    assert "must first be Reviewed" in words
    assert refuse_move("attribution-statuses", "reviewed", "confirmed") is None


def test_a_new_record_may_begin_with_any_status_and_free_lists_change_freely():
    assert refuse_move("ocg-statuses", "", "archived") is None
    assert refuse_move("plan-statuses", "signed", "draft") is None


def test_archiving_needs_a_reason_the_decision_maker_and_a_trigger():
    needed = ("archive-reason", "decision-maker", "trigger")
    assert missing("ocg-statuses", "active", "archived", ()) == needed
    assert refuse_without("ocg-statuses", "active", "archived", {"archive-reason"}) == (
        "Archive: this needs the name of the decision-maker and what would re-activate it"
    )
    assert refuse_without("ocg-statuses", "active", "archived", needed) is None


def test_closing_a_line_as_type_1_needs_a_charge_evidence_and_check_backs():
    words = refuse_without("line-statuses", "active", "closed-type-1", ()) or ""
    assert "arrested and charged, the evidence" in words
    assert "check-backs" in words
    assert "holder-charged" not in missing("line-statuses", "active", "closed-type-2", ())


def test_nobody_reviews_their_own_proposal_and_a_proposal_is_somebodys():
    analyst, other = uuid4(), uuid4()
    assert refuse_reviewer(analyst, other) is None
    assert "somebody else" in (refuse_reviewer(analyst, analyst) or "")
    assert "analyst" in (refuse_reviewer(None, other) or "")
