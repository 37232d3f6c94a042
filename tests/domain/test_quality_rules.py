"""The rules are data: what a rule may say, and what words make an offender of a victim."""

from dataclasses import replace
from typing import Any

import pytest

from ocgdesk.domain import quality
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.quality import Query, Rule
from ocgdesk.domain.source_words import VICTIMS, findings
from ocgdesk.errors import NotFound, Refused

OWN = Rule(code="own", words="Own", kind=Kind.OCG, query=Query.FIELD_EMPTY, field="pillar")


def test_every_shipped_rule_is_one_and_says_what_mends_it():
    rules = quality.rules()
    assert len(rules) >= 12
    assert all(rule.on and rule.advice.endswith(".") for rule in rules)
    assert len({rule.code for rule in rules}) == len(rules)


def test_a_rule_is_read_back_from_its_value_of_the_list():
    for rule in (*quality.rules(), OWN, replace(OWN, on=False, retired=True, live=True)):
        assert quality.read_rule(rule.item()) == rule


def test_a_rule_is_found_by_code_or_words():
    assert quality.rule("OCG-without-LRO").post == "lro"
    assert quality.rule("victim worded as offender").query is Query.VICTIM_WORDS
    with pytest.raises(NotFound, match="ocg-without-lro"):
        quality.rule("nothing")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"weight": 6}, "1 to 5"),
        ({"kind": Kind.CHART}, "does not look at"),
        ({"field": "elsewhere"}, "no field elsewhere"),
        ({"field": ""}, r"no field \?"),
        ({"kind": Kind.NOMINAL, "field": "exploited"}, "yes or no"),
        ({"kind": Kind.NOMINAL, "field": "summary", "live": True}, "no status"),
        ({"query": Query.FIELD_OLDER}, "holds no day"),
        ({"query": Query.FIELD_OLDER, "field": "review_due", "days": -1}, "days are 0 to"),
        ({"query": Query.FEW_LINKS}, "1 or more"),
        ({"query": Query.FEW_LINKS, "below": 2, "link": "loves"}, "no type of link"),
        ({"query": Query.FEW_LINKS, "below": 2, "kind": Kind.LINK}, "only records"),
        ({"query": Query.NO_POST, "post": "king"}, "no post"),
        ({"query": Query.NO_CHECK_BACK}, "does not look at"),
    ],
)
def test_a_rule_that_asks_what_cannot_be_asked_is_refused(change: dict[str, Any], said: str):
    with pytest.raises(Refused, match=said):
        quality.read_rule(replace(OWN, **change).item())


@pytest.mark.parametrize(
    "item", [{}, {"code": "x", "label": "X", "kind": "moon", "query": "no-post"}]
)
def test_what_is_no_rule_is_refused(item: dict[str, Any]):
    with pytest.raises(Refused, match="no rule"):
        quality.read_rule(item)


def test_a_rule_of_ones_own_gets_a_code_no_rule_has():
    assert quality.code_for("OCG without a pillar!") == "ocg-without-a-pillar"
    assert quality.code_for("OCG without LRO") == "ocg-without-lro-2"
    assert quality.code_for("???") == "rule"


@pytest.mark.parametrize(
    "text",
    [
        "A known drug dealer on the estate",
        "He is a runner for the line",
        "Gang member since the summer",
        "It is a lifestyle choice",
        "She puts herself at risk",
        "He refused to engage with services",
        "Child prostitute",
    ],
)
def test_words_that_make_an_offender_of_a_victim_are_found(text: str):
    assert findings(text, VICTIMS)


@pytest.mark.parametrize(
    "text",
    [
        "He was made to carry drugs for the line",
        "The front-runner in the school race",
        'He said: "I am no dealer"',
        "Exploited by a group that sells cocaine",
    ],
)
def test_words_that_say_what_was_done_are_let_pass(text: str):
    assert not findings(text, VICTIMS)
