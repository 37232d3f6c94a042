"""Lists and records: filters, order, recorded and valid time, and that reading leaves a trace."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ocgdesk.casework import access, samples, views
from ocgdesk.casework.views import Layout
from ocgdesk.domain.kinds import Kind
from ocgdesk.store.listing import Filter, Sort, Test

Run = Callable[..., Any]


def labels(ran: Any) -> list[str]:
    assert ran.code == 0, ran.err
    return [item["label"] for item in ran.json["items"]]


def test_filters_narrow_by_code_and_by_words_alike(ocgdesk: Run, force: Path):
    by_code = ocgdesk("list", force, "ocg", "--filter", "status=active", "--json")
    by_words = ocgdesk("list", force, "ocg", "--filter", "status=Active", "--json")
    assert 0 < len(labels(by_code)) < 42
    assert labels(by_code) == labels(by_words)
    assert {item["status"] for item in by_code.json["items"]} == {"active"}
    both = ocgdesk(
        "list", force, "ocg", "--filter", "tier=t1", "--filter", "tier=t2", "--json"
    )  # one column twice: either will do
    assert {item["tier"] for item in both.json["items"]} == {"t1", "t2"}


def test_a_list_is_ordered_cut_and_searched(ocgdesk: Run, force: Path):
    down = labels(ocgdesk("list", force, "ocg", "--sort", "-name", "--limit", "3", "--json"))
    assert down == sorted(labels(ocgdesk("list", force, "ocg", "--json")), reverse=True)[:3]
    assert labels(ocgdesk("list", force, "ocg", "--text", "tarnb", "--json")) == ["Tarnbrook"]


def test_codes_are_words_for_people_and_codes_for_programs(ocgdesk: Run, force: Path):
    arguments = ("list", force, "ocg", "--text", "tarnbrook")
    assert "Drug activity" in ocgdesk(*arguments).out
    assert ocgdesk(*arguments, "--json").json["items"][0]["primary_crime"] == "DRG"


def test_columns_stand_below_their_headings(ocgdesk: Run, force: Path):
    heading, rule, *rows, _count = ocgdesk("list", force, "ocg").out.splitlines()
    at = heading.index("Status")
    assert rule[at - 1 : at + 1] == " -"
    assert all(row[at - 1] == " " and row[at] != " " for row in rows)


def test_on_leaves_out_links_that_had_ended_or_not_begun(ocgdesk: Run, force: Path):
    everything = ocgdesk("list", force, "membership", "--json").json["items"]
    then = ocgdesk("list", force, "membership", "--on", "1/1/2023", "--json")
    assert 0 < len(then.json["items"]) < len(everything)
    for item in then.json["items"]:
        assert item["start"] is None or item["start"].rstrip("~<>") <= "2023-01-01"


def test_as_at_shows_what_was_recorded_then(ocgdesk: Run, force: Path):
    moment = datetime.now(UTC).isoformat()
    ocgdesk("plan", force, "Tarnbrook", "--review", "1/2/2027")
    arguments = ("list", force, "plan", "--text", "Tarnbrook", "--json")
    now = ocgdesk(*arguments).json["items"][0]
    then = ocgdesk(*arguments, "--as-at", moment)
    assert now["review_due"] == "2027-02-01"
    assert then.json["items"][0]["review_due"] == "2026-11-05"
    assert then.json["as_at"] == moment
    assert ocgdesk("list", force, "ocg", "--as-at", "2020-01-01", "--json").json["items"] == []
    early = ocgdesk("list", force, "ocg", "--as-at", "2020-01-01").out
    assert "0 rows" in early
    assert "this workspace begins on" in early


def test_a_record_is_shown_as_it_was_recorded_then(ocgdesk: Run, force: Path):
    moment = datetime.now(UTC).isoformat()
    ref = ocgdesk("list", force, "plan", "--text", "Tarnbrook", "--json").json["items"][0]["ref"]
    ocgdesk("plan", force, ref, "--review", "1/2/2027")
    assert ocgdesk("show", force, ref, "--json").json["review_due"] == "2027-02-01"
    then = ocgdesk("show", force, ref, "--as-at", moment, "--json").json
    assert then["review_due"] == "2026-11-05"
    assert len(then["owned"]) == len(ocgdesk("show", force, ref, "--json").json["owned"])
    early = ocgdesk("show", force, "Tarnbrook", "--as-at", "2020-01-01")
    assert early.code == 1
    assert "was not recorded then" in early.err


def test_a_record_shows_its_links_what_it_owns_and_the_reports_behind_it(ocgdesk: Run, force: Path):
    shown = ocgdesk("show", force, "Tarnbrook", "--json").json
    assert (shown["kind"], shown["label"]) == ("ocg", "Tarnbrook")
    assert {"membership", "link"} <= {link["kind"] for link in shown["links"]}
    assert {"plan", "assignment"} <= {thing["kind"] for thing in shown["owned"]}
    assert {report["kind"] for report in shown["reports"]} == {"report"}
    report = ocgdesk("show", force, shown["reports"][0]["ref"], "--json").json
    assert "Tarnbrook" in {record["label"] for record in report["cited_by"]} | {"Tarnbrook"}
    fewer = ocgdesk("show", force, "Tarnbrook", "--on", "1/1/2020", "--json").json
    assert len(fewer["links"]) < len(shown["links"])
    out = ocgdesk("show", force, "Tarnbrook").out
    assert "Drug activity" in out
    assert "Member of" in out


def test_what_was_read_is_in_the_journal_and_reading_that_is_too(ocgdesk: Run, force: Path):
    ocgdesk("show", force, "Tarnbrook")
    arguments = ("audit", force, "--user", "auditor", "--act", "consultation", "--json")
    first = ocgdesk(*arguments).json["items"]
    assert first[0]["label"] == "View record"
    assert first[0]["refs"] == ["WMPA1-OCG-2026-0001"]
    assert ocgdesk(*arguments).json["items"][0]["label"] == "Read the journal"
    of_one = ocgdesk(*arguments, "--ref", "WMPA1-OCG-2026-0001").json["items"]
    assert {"WMPA1-OCG-2026-0001"} <= set(of_one[-1]["refs"])


def test_the_auditor_asks_by_user_and_by_time(ocgdesk: Run, force: Path, monkeypatch: Any):
    ocgdesk("list", force, "ocg", "--user", "reader")
    asked = ("audit", force, "--json")
    by = ocgdesk(*asked, "--user", "auditor", "--by", "reader").json["items"]
    assert {item["user"] for item in by} == {"reader"}
    monkeypatch.setenv("OCGDESK_USER", "auditor")
    assert ocgdesk(*asked, "--user", "reader").json["items"][0]["user"] == "reader"
    assert ocgdesk(*asked, "--since", "1/1/2099").json["items"] == []
    assert len(ocgdesk(*asked, "--limit", "2").json["items"]) == 2


def test_a_history_names_each_field_with_before_and_after(ocgdesk: Run, force: Path):
    ocgdesk("plan", force, "Tarnbrook", "--review", "1/2/2027")
    ref = ocgdesk("list", force, "plan", "--text", "Tarnbrook", "--json").json["items"][0]["ref"]
    events = ocgdesk("history", force, ref, "--json").json["items"]
    assert events[-1]["fields"] == {"review_due": {"before": "2026-11-05", "after": "2027-02-01"}}
    *_above, last = ocgdesk("history", force, ref).out.splitlines()
    assert last.endswith("Next review  5 Nov 2026  1 Feb 2027")


def test_search_finds_by_name_and_says_how(ocgdesk: Run, force: Path):
    hits = ocgdesk("search", force, "tarn", "--kind", "ocg", "--json").json["items"]
    assert [(hit["label"], hit["reason"]) for hit in hits] == [("Tarnbrook", "name")]
    assert "Nothing was found" in ocgdesk("search", force, "qqqqzzz").out


def test_what_is_due_is_listed_soonest_first_and_by_owner(ocgdesk: Run, force: Path):
    until = ("--until", "31/12/2026", "--json")
    found = ocgdesk("due", force, *until).json["items"]
    assert [item["due"] for item in found] == sorted(item["due"] for item in found)
    assert {item["kind"] for item in found} == {"plan", "action"}
    own = ocgdesk("due", force, "--owner", "rowe", *until).json["items"]
    assert {item["officer"] for item in own} == {"Insp A. Rowe"}
    assert ocgdesk("due", force, "--until", "31/12/2026").code == 0


def test_a_chart_of_a_day_has_only_what_held_then(ocgdesk: Run, force: Path, tmp_path: Path):
    arguments = ("chart", force, "--focus", "Tarnbrook", "-o", tmp_path / "c.svg", "--json")
    now = ocgdesk(*arguments).json
    then = ocgdesk(*arguments, "--on", "1/1/2020").json
    assert 0 < len(then["items"]) < len(now["items"])
    assert "links that held on 1 Jan 2020" in (tmp_path / "c.svg").read_text(encoding="utf-8")


def test_a_saved_chart_is_found_as_it_was(ocgdesk: Run, force: Path, tmp_path: Path):
    first = ocgdesk(
        "chart", force, "--focus", "Tarnbrook", "--title", "Round T", "--save", "--json"
    )
    out = tmp_path / "c.pdf"
    again = ocgdesk("chart", force, "--saved", "Round T", "-o", out, "--json")
    assert {i["id"] for i in again.json["items"]} == {i["id"] for i in first.json["items"]}
    assert out.read_bytes().startswith(b"%PDF")


def test_a_list_takes_the_order_and_filters_of_a_saved_view(ocgdesk: Run, force: Path):
    workspace = access.unlock(force, "analyst", samples.PASSPHRASE)
    layout = Layout(sorts=(Sort("tier"),), filters=(Filter("status", Test.IS, ("active",)),))
    with workspace.work("Save view") as done:
        views.save(done.work, Kind.OCG, "For TTCG", layout)
    workspace.close()
    found = ocgdesk("list", force, "ocg", "--view", "For TTCG", "--json")
    assert {item["status"] for item in found.json["items"]} == {"active"}
    tiers = [item["tier"] for item in found.json["items"] if item["tier"]]
    assert tiers == sorted(tiers)
    assert found.json["filters"]["view"] == "For TTCG"
    none = ocgdesk("list", force, "ocg", "--view", "Other")
    assert none.code == 1
    assert "For TTCG" in none.err
