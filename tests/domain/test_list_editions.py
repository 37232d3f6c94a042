"""A workspace's own editions of the lists: kept as text, put in force, and what one may change."""

import pickle
from collections.abc import Iterator
from datetime import date
from threading import Thread
from typing import Any

import pytest

from ocgdesk.domain import list_editions, quality, reference_data, scoring_sheets
from ocgdesk.domain.keeping import ListEdition
from ocgdesk.domain.list_editions import Extra
from ocgdesk.domain.reference_data import Editing, Editions, code_list, label, names, shipped
from ocgdesk.errors import Refused

TODAY = date(2026, 11, 21)


def edition(name: str, number: int = 2, **changed: Any) -> ListEdition:
    data = {**shipped(name).data, "version": number, **changed}
    return ListEdition(list_name=name, edition=number, spec=list_editions.spec_of(data))


def items(name: str) -> list[dict[str, Any]]:
    return [dict(item) for item in shipped(name).data["items"]]


def tiers(**words: str) -> list[dict[str, Any]]:
    return [item | {"label": words.get(item["code"], item["label"])} for item in items("tiers")]


def proposed(name: str, values: list[dict[str, Any]]) -> dict[str, Any]:
    return {**shipped(name).data, "items": values}


@pytest.fixture(autouse=True)
def as_shipped() -> Iterator[None]:
    yield
    reference_data.adopt(reference_data.SHIPPED)


# ---- In force -----------------------------------------------------------------------------------


def test_an_edition_speaks_for_its_list_and_for_no_other():
    made = list_editions.editions([edition("tiers", items=tiers(t1="Top"))])
    with reference_data.within(made):
        assert label("tiers", "t1") == "Top"
        assert code_list("tiers").is_own
        assert code_list("tiers").version == 2
        assert label("strands", "pursue") == "Pursue"
    assert label("tiers", "t1") == "T1"


def test_the_newest_edition_of_a_list_holds():
    kept = [edition("tiers", n, items=tiers(t1=f"V{n}")) for n in (3, 2)]
    with reference_data.within(list_editions.editions(kept)):
        assert label("tiers", "t1") == "V3"


def test_what_a_process_adopts_holds_on_all_its_threads_until_it_is_released():
    made = list_editions.editions([edition("tiers", items=tiers(t1="Top"))])
    reference_data.adopt(made)
    said: list[str] = []
    thread = Thread(target=lambda: said.append(label("tiers", "t1")))
    thread.start()
    thread.join()
    reference_data.release(Editions())
    assert (said, label("tiers", "t1")) == (["Top"], "Top")
    reference_data.release(made)
    assert label("tiers", "t1") == "T1"


def test_two_workspaces_in_one_process_each_have_their_own():
    one, other = (
        list_editions.editions([edition("tiers", items=tiers(t1=words))]) for words in ("A", "B")
    )
    reference_data.adopt(one)
    with reference_data.within(other):
        assert label("tiers", "t1") == "B"
    assert label("tiers", "t1") == "A"


def test_lists_that_are_expected_are_found_when_one_is_first_looked_at():
    made = list_editions.editions([edition("tiers", items=tiers(t1="Top"))])
    asked: list[str] = []

    def find() -> Editions:
        asked.append(label("tiers", "t1"))  # whoever finds them looks at lists as they ship
        return made

    reference_data.expect(find)
    assert asked == []
    assert label("tiers", "t1") == label("tiers", "t1") == "Top"
    assert asked == ["T1"]


def test_values_that_a_newer_program_ships_join_an_older_edition():
    old = edition("tiers", items=tiers()[:2])
    with reference_data.within(list_editions.editions([old])):
        assert [item.code for item in code_list("tiers")] == ["t1", "t2", "t3", "t4"]


@pytest.mark.parametrize("spec", ["", "{}", "[]", '{"items": 3}', "no json"])
def test_an_edition_that_cannot_be_read_leaves_the_shipped_list(spec: str):
    broken = ListEdition(list_name="tiers", edition=2, spec=spec)
    with reference_data.within(list_editions.editions([broken])):
        assert code_list("tiers") is shipped("tiers")


def test_an_edition_of_a_list_that_is_gone_hurts_nobody():
    gone = ListEdition(list_name="no-such-list", edition=2, spec="{}")
    assert list_editions.editions([gone]).lists == {}


def test_a_list_the_program_goes_by_keeps_as_it_ships():
    assert list_editions.editions([edition("kinds")]).lists == {}


def test_editions_travel_to_another_process():
    made = list_editions.editions([edition("tiers", items=tiers(t1="Top"))])
    there = pickle.loads(pickle.dumps(made))  # noqa: S301 - made here
    assert there.lists["tiers"].label("t1") == "Top"
    assert "t4" in there.lists["tiers"]


@pytest.mark.parametrize("name", names())
def test_every_list_is_kept_as_text_and_read_back_as_it_was(name: str):
    data = dict(shipped(name).data)
    assert list_editions.data_of(list_editions.spec_of(data)) == data


@pytest.mark.parametrize("name", names())
def test_every_list_as_it_ships_would_pass_as_an_edition_of_itself(name: str):
    if shipped(name).editing is Editing.NONE:
        with pytest.raises(Refused, match="as it ships"):
            list_editions.checked(name, shipped(name).data)
    else:
        assert list_editions.checked(name, shipped(name).data).name == name


def test_a_scoring_sheet_is_read_by_its_edition():
    data = dict(shipped("sheet-morile-style").data)
    factors = [item for item in data["items"] if item["code"] != "opportunity"]
    kept = edition("sheet-morile-style", 2, items=factors)
    assert "opportunity" in [f.code for f in scoring_sheets.sheet("morile-style").factors]
    with reference_data.within(list_editions.editions([kept])):
        sheet = scoring_sheets.sheet("morile-style")
        assert sheet.version == 2
        assert "opportunity" not in [f.code for f in sheet.factors]


# ---- Retired ------------------------------------------------------------------------------------


def retired_tier() -> Editions:
    values = [item | ({"retired": True} if item["code"] == "t4" else {}) for item in tiers()]
    return list_editions.editions([edition("tiers", items=values)])


def test_a_retired_value_is_not_offered_but_keeps_its_words():
    with reference_data.within(retired_tier()):
        known = code_list("tiers")
        assert [item.code for item in known.offered()] == ["t1", "t2", "t3"]
        assert [item.code for item in known.offered("t4")] == ["t1", "t2", "t3", "t4"]
        assert known.label("t4") == "T4"
        assert known.parse("T4") == "t4"
        assert known.retired == {"t4"}


def test_words_of_a_retired_value_may_be_given_to_a_new_one():
    values = [item | ({"retired": True} if item["code"] == "t4" else {}) for item in tiers()]
    values.append(values[0] | {"code": "t9", "label": "T4"})
    made = list_editions.checked("tiers", proposed("tiers", values))
    assert made.parse("T4") == "t9"


# ---- What may be changed ------------------------------------------------------------------------


def refusal(name: str, values: list[dict[str, Any]]) -> str:
    with pytest.raises(Refused) as refused:
        list_editions.checked(name, proposed(name, values))
    return str(refused.value)


def test_a_value_is_never_taken_out():
    assert "t4 was taken out: retire it" in refusal("tiers", tiers()[:3])


def test_codes_and_words_are_there_once():
    assert "there twice" in refusal("tiers", [*tiers(), tiers()[0] | {"label": "X"}])
    assert "there twice" in refusal("tiers", tiers(t1="t2"))


@pytest.mark.parametrize("code", ["", "a b", "é", "-x", "x" * 41, 3])
def test_a_code_is_letters_digits_and_hyphens(code: Any):
    assert "is no code" in refusal("tiers", [*tiers(), tiers()[0] | {"code": code, "label": "X"}])


def test_a_value_needs_words_and_what_every_value_of_its_list_has():
    assert "needs words" in refusal("tiers", tiers(t1="  "))
    assert "t9 needs meaning" in refusal("tiers", [*tiers(), {"code": "t9", "label": "T9"}])


def test_what_a_value_has_besides_is_of_its_type_and_of_the_list():
    assert "rank is to be a whole number" in refusal(
        "tiers", [tiers()[0] | {"rank": "1"}, *tiers()[1:]]
    )
    assert "have no colour" in refusal("tiers", [tiers()[0] | {"colour": "red"}, *tiers()[1:]])
    threats = items("control-strategy")
    threats[0]["pillar"] = "elsewhere"
    assert "not in the list of pillars" in refusal("control-strategy", threats)


def test_an_agency_may_name_a_unit_that_comes_with_it():
    values = [*items("agencies"), {"code": "RXX", "label": "New ROCU", "kind": "rocu"}]
    values.append({"code": "NEW", "label": "New force", "kind": "force", "rocu": "RXX"})
    assert "NEW" in list_editions.checked("agencies", proposed("agencies", values))


def test_of_a_list_the_program_goes_by_only_words_and_order_change():
    values = items("strands")
    values[0]["label"] = "Chase"
    assert (
        list_editions.checked("strands", proposed("strands", values[::-1])).label("pursue")
        == "Chase"
    )
    assert "only words and order" in refusal(
        "strands", [values[0] | {"retired": True}, *values[1:]]
    )
    assert "only words and order" in refusal("strands", [*values, {"code": "x", "label": "X"}])


def test_what_new_records_start_with_is_not_retired():
    values = [
        item | ({"retired": True} if item["code"] == "ocg" else {})
        for item in items("threat-types")
    ]
    assert "new records start with it" in refusal("threat-types", values)


@pytest.mark.parametrize("values", [[], "text", [3], None])
def test_what_is_no_list_is_refused(values: Any):
    with pytest.raises(Refused):
        list_editions.checked("tiers", {**shipped("tiers").data, "items": values})


def test_a_sheet_that_does_not_hold_together_is_refused():
    values = items("sheet-morile-style")
    values[0]["block"] = "nowhere"
    assert "block" in refusal("sheet-morile-style", values)


def test_a_rule_that_is_none_is_refused():
    values = items("quality-rules")
    values[0]["query"] = "guess"
    assert "this is no rule" in refusal("quality-rules", values)


# ---- Typed --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("extra", "text", "value"),
    [
        (Extra("rank", int), "3", 3),
        (Extra("victim", bool), "yes", True),
        (Extra("victim", bool), "no", False),
        (Extra("from", date), "1/4/26", date(2026, 4, 1)),
        (Extra("crime_types", list), "DRUG; FIRE", ["DRUG", "FIRE"]),
        (Extra("meaning", str), " National ", "National"),
        (Extra("pillar", str, "pillars"), "Commodities", "commodities"),
        (Extra("rank", int), "  ", None),
    ],
)
def test_what_is_typed_is_read_by_its_type(extra: Extra, text: str, value: Any):
    assert list_editions.typed(extra, text, TODAY) == value


@pytest.mark.parametrize(
    ("extra", "text"),
    [
        (Extra("rank", int), "many"),
        (Extra("from", date), "soon"),
        (Extra("p", str, "pillars"), "x"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(extra: Extra, text: str):
    with pytest.raises(Refused):
        list_editions.typed(extra, text, TODAY)


def test_what_is_shown_reads_back():
    for value, extra in ((date(2026, 4, 1), Extra("d", date)), (["a", "b"], Extra("l", list))):
        assert list_editions.typed(extra, list_editions.shown(value), TODAY) == value
    assert [list_editions.shown(v) for v in (None, True, 3)] == ["", "yes", "3"]


def test_the_rules_are_one_of_the_lists():
    assert quality.LIST in names()
