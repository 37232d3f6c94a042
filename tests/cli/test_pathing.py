"""How records are linked and what if, from the command line: for people and for programs."""

import pytest

from ocgdesk.domain.charts import FIXED_LINE


@pytest.fixture
def refs(ocgdesk, force):
    """Two members of one OCG and a phone of the first, by reference."""
    ocg = ocgdesk("list", force, "ocg", "--sort", "-members", "--limit", 1, "--json").json
    shown = ocgdesk("show", force, ocg["items"][0]["ref"], "--json").json
    members = [link["other"]["ref"] for link in shown["links"] if link["kind"] == "membership"]
    return ocg["items"][0]["ref"], members


def test_a_path_is_told_in_sentences_with_its_sources(ocgdesk, force, refs):
    _ocg, members = refs
    ran = ocgdesk("path", force, members[0], members[1])
    assert ran.code == 0
    assert "are linked in" in ran.out
    assert "1. " in ran.out
    assert "is recorded as" in ran.out
    assert FIXED_LINE in ran.out


def test_a_path_for_programs_holds_records_links_and_sentences(ocgdesk, force, refs):
    _ocg, members = refs
    said = ocgdesk("path", force, *members[:2], "--k", 3, "--best-evidenced", "--json").json
    assert said["withheld"] is None
    assert said["filters"]["k"] == 3
    assert {"id", "ref", "kind", "label", "marking"} <= set(said["items"][0])
    assert {"source", "target", "type", "directed", "strength"} <= set(said["links"][0])
    assert len(said["paths"]) == 3
    known = {link["id"] for link in said["links"]}
    for path in said["paths"]:
        assert (path["records"][0], path["records"][-1]) == tuple(members[:2])
        assert path["length"] == len(path["sentences"]) == len(path["links"])
        assert all(link in known for step in path["links"] for link in step)
    assert FIXED_LINE in said["caveats"]


@pytest.mark.parametrize(
    "more",
    [
        ("--ties",),
        ("--in-time",),
        ("--directed",),
        ("--kinds", "nominal,phone,ocg"),
        ("--strength", "tentative"),
        ("--on", "2026-11-01"),
        ("--where", "nominal:in_custody=no"),
    ],
)
def test_conditions_either_find_a_path_or_say_what_to_drop(ocgdesk, force, refs, more):
    ran = ocgdesk("path", force, *refs[1][:2], *more)
    assert ran.code in {0, 1}
    assert ("are linked in" in ran.out) if ran.code == 0 else ("there is one of" in ran.err)


def test_several_are_connected_and_what_is_near_is_listed(ocgdesk, force, refs):
    ran = ocgdesk("path", force, *refs[1][:4])
    assert ran.code == 0
    assert "Path 1:" in ran.out
    near = ocgdesk("path", force, refs[0], "--hops", 1, "--json").json
    assert {item["hops"] for item in near["items"]} == {1}
    assert set(refs[1]) <= {item["ref"] for item in near["items"]}


@pytest.mark.parametrize(
    ("arguments", "words", "code"),
    [
        (("{0}", "{0}"), "two different records", 1),
        (("{0}", "NOBODY-1"), "no record", 1),
        (("{0}",), "name two records", 2),
        (("{0}", "{1}", "--types", "nonsense"), "not in the list of link types", 1),
        (("{0}", "{1}", "--where", "custody"), "nominal:in_custody=no", 1),
        (("{0}", "{1}", "--as-at", "2026-01-01"), "not recorded then", 1),
    ],
)
def test_a_mistake_gets_a_sentence(ocgdesk, force, refs, arguments, words, code):
    ran = ocgdesk("path", force, *(text.format(*refs[1]) for text in arguments))
    assert ran.code == code
    assert words in ran.err
    assert ran.err.count("\n") == 1


def test_what_if_finds_the_best_and_stands_others_beside_it(ocgdesk, force, refs):
    said = ocgdesk("whatif", force, "--best", 3, "--or", ",".join(refs[1][:2]), "--json").json
    assert [item["rank"] for item in said["items"]] == [1, 2, 3]
    values = [item["fragmentation"] for item in said["items"]]
    assert values == sorted(values)
    first, second = said["options"]
    assert first["after"]["fragmentation"] == pytest.approx(values[-1])
    assert [record["ref"] for record in second["removed"]] == refs[1][:2]
    assert second["candidates_are"] == "candidates by shared neighbours and role (not a prediction)"
    assert said["bound"] is None
    assert said["not_ranked"] > 0
    assert FIXED_LINE in said["caveats"]
    reach = ocgdesk("whatif", force, "--best", 3, "--for", "reach", "--json").json
    assert reach["bound"] >= 0.632
    assert reach["items"][0]["reach"] > 1


def test_nobody_exploited_is_ever_named_as_a_removal_or_a_candidate(ocgdesk, force):
    listed = ocgdesk("list", force, "nominal", "--filter", "exploited=yes", "--json").json
    exploited = {item["ref"] for item in listed["items"]}
    said = ocgdesk("whatif", force, "--best", 20, "--json").json
    named = {item["ref"] for item in said["items"]}
    named |= {c["ref"] for option in said["options"] for c in option["candidates"]}
    assert not named & exploited
    curve = ocgdesk("whatif", force, "--curve", "degree", "--json").json
    assert not {item["ref"] for item in curve["items"]} & exploited
    ran = ocgdesk("whatif", force, min(exploited))
    assert ran.code == 1
    assert "a person to safeguard is not a removal" in ran.err


def test_what_if_for_people_is_a_table_and_its_caveats(ocgdesk, force, refs):
    ran = ocgdesk("whatif", force, "--remove", refs[1][0], refs[1][1])
    assert ran.code == 0
    assert "Fragmentation" in ran.out
    assert "Left unprotected" in ran.out
    assert FIXED_LINE in ran.out
    assert ocgdesk("whatif", force).code == 2


def test_an_option_can_be_put_into_a_plan(ocgdesk, force, refs):
    plans = ocgdesk("list", force, "plan", "--limit", 1, "--json").json["items"]
    ran = ocgdesk("whatif", force, refs[1][0], "--to-plan", _ocg_of(ocgdesk, force, plans[0]))
    assert ran.code == 0
    objectives = ocgdesk("list", force, "objective", "--json").json["items"]
    assert any(refs[1][0] in (item["text"] or "") for item in objectives)
    assert ocgdesk("undo", force).code == 0
    again = ocgdesk("list", force, "objective", "--json").json["items"]
    assert not any(refs[1][0] in (item["text"] or "") for item in again)


def _ocg_of(ocgdesk, force, plan) -> str:
    return ocgdesk("show", force, plan["owner"], "--json").json["ref"]


def test_what_ocgs_share_and_which_are_alike(ocgdesk, force, refs):
    said = ocgdesk("shared", force, "--kind", "phone", "--json").json
    known = {item["id"] for item in said["items"]}
    assert said["pairs"]
    assert all(one["record"] in known for pair in said["pairs"] for one in pair["shared"])
    assert FIXED_LINE in ocgdesk("shared", force).out
    alike = ocgdesk("shared", force, "--similar", refs[0], "--most", 3, "--json").json
    assert len(alike["items"]) == 3
    shares = [item["likeness"] for item in alike["items"]]
    assert shares == sorted(shares, reverse=True)


def test_change_over_time(ocgdesk, force, refs):
    more = ("--every", "year", "--since", "2024-01-01", "--until", "2026-11-21")
    said = ocgdesk("change", force, *more, "--json").json
    assert [phase["name"] for phase in said["phases"]] == ["2024", "2025", "2026"]
    assert all(len(item["ranks"]) == 3 for item in said["items"])
    assert {item["kind"] for item in said["items"]} == {"nominal"}
    shown = ocgdesk("change", force, *more)
    assert "Turnover" in shown.out
    assert FIXED_LINE in shown.out
    two = ocgdesk("change", force, "--scope", f"ocg:{refs[0]}", "--scope", "all")
    assert two.code == 0
