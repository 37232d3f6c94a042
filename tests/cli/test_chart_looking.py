"""``chart --filter``, ``--rules`` and the like: applied, stated, kept, refused."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ocgdesk.casework import access, samples
from ocgdesk.store import journal

Run = Callable[..., object]


@pytest.fixture
def chart(ocgdesk, force: Path, tmp_path: Path):
    """Draw round one OCG of the sample as SVG."""
    out = tmp_path / "c.svg"

    def run(*more: object):
        return ocgdesk("chart", force, "--focus", "Tarnbrook", "-o", out, "--json", *more)

    return run


def svg(tmp_path: Path) -> str:
    return (tmp_path / "c.svg").read_text(encoding="utf-8")


def test_filters_leave_out_and_are_stated_in_json_and_on_the_sheet(chart, tmp_path: Path) -> None:
    whole = chart().json
    assert whole["filters"] == []
    found = chart(
        "--without", "kind=commodity", "--min-grade", "2C", "--min-strength", "unconfirmed",
        "--filter", "links>=1",
    ).json  # fmt: skip
    assert found["filters"] == [
        "Links drawn at least 1",
        "without commodity",
        "Links: best grade 2C or better",
        "Links: strength is Confirmed or Unconfirmed",
    ]
    assert "commodity" not in {item["kind"] for item in found["items"]}
    assert {link["strength"] for link in found["links"]} <= {"confirmed", "unconfirmed"}
    assert 0 < len(found["links"]) < len(whole["links"])
    assert "without commodity; Links: best grade 2C or better" in svg(tmp_path)


def test_only_some_types_of_link(chart) -> None:
    found = chart("--link-type", "exploits", "--link-type", "Works for").json
    assert {link["type"] for link in found["links"]} == {"Exploits", "Works for"}


def test_rules_that_ship_are_drawn_and_stand_in_the_legend(chart, tmp_path: Path) -> None:
    found = chart("--rules", "tier", "--rules", "betweenness").json
    assert {rule["name"] for rule in found["rules"]} >= {"Tier 1", "Betweenness, highest 5 %"}
    assert "Tier 1 (T1) 1" in svg(tmp_path)


def test_the_same_filters_give_the_same_picture(chart, tmp_path: Path) -> None:
    chart("--rules", "degree", "--filter", "links>=2")
    first = svg(tmp_path)
    chart("--rules", "degree", "--filter", "links>=2")
    head = "Head of the journal"  # which tells that a chart has left in between
    assert svg(tmp_path).split(head)[0] == first.split(head)[0]


def test_a_chart_is_kept_with_its_filters_and_opens_with_them(
    ocgdesk, force: Path, tmp_path: Path
) -> None:
    made = ocgdesk(
        "chart", force, "--focus", "Tarnbrook", "--title", "Busy", "--save", "--json",
        "--filter", "links>=3", "--rules", "tier",
    )  # fmt: skip
    again = ocgdesk("chart", force, "--saved", "Busy", "-o", tmp_path / "c.svg", "--json").json
    assert again["filters"] == ["Links drawn at least 3"]
    assert len(again["items"]) == len(made.json["items"])
    assert [rule["name"] for rule in again["rules"]] == [r["name"] for r in made.json["rules"]]
    more = ocgdesk(
        "chart", force, "--saved", "Busy", "-o", tmp_path / "c.svg", "--json",
        "--without", "kind=commodity",
    )  # fmt: skip
    assert more.json["filters"] == ["Links drawn at least 3", "without commodity"]


def test_safeguarding_badges_need_a_reason_which_is_journalled(
    chart, force: Path, tmp_path: Path
) -> None:
    assert "U18" not in str(chart().out) + svg(tmp_path)
    assert "safeguarding badges left out" in svg(tmp_path)
    refused = chart("--safeguarding-badges")
    assert refused.code == 2
    assert "needs a --reason" in refused.err
    chart("--safeguarding-badges", "--reason", "Strategy meeting", "--recipient", "MASH")
    assert "safeguarding badges shown" in svg(tmp_path)
    assert "U18" in svg(tmp_path)
    workspace = access.unlock(force, "analyst", samples.PASSPHRASE)
    newest, _hash = workspace.head()
    with workspace.connection() as connection:
        entries = [journal.entry(connection, seq) for seq in range(newest - 3, newest + 1)]
    workspace.close()
    told = [entry for entry in entries if entry is not None and entry.detail.get("safeguarding")]
    assert [entry.reason for entry in told] == ["Strategy meeting"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--filter", "ocg.nonsense=1"), "cannot be asked"),
        (("--filter", "ocg.tier=t9"), "none of the values"),
        (("--min-grade", "9Z"), "is not a grading"),
        (("--rules", "nonsense"), "There are no rules"),
        (("--link-type", "nonsense"), "none of the values"),
        (("--as-at", "today", "--filter", "ocg.band=High"), "known for now only"),
    ],
)
def test_what_makes_no_filter_is_refused_in_a_sentence(chart, options, said: str) -> None:
    ran = chart(*options)
    assert ran.code != 0
    assert said in ran.err


def test_a_chart_of_the_past_is_filtered_by_what_was_on_record_then(chart) -> None:
    found = chart("--as-at", "today", "--filter", "nominal.in_custody=yes").json
    assert found["filters"][-1] == "Nominal: in custody is yes"


def test_a_chart_is_narrowed_to_days_which_is_stated_and_kept(
    ocgdesk, chart, force: Path, tmp_path: Path
) -> None:
    whole = chart().json
    found = chart("--from", "1/1/2024", "--to", "31/3/2024").json
    assert found["filters"] == ["what held between 1 Jan 2024 and 31 Mar 2024"]
    assert 0 < len(found["links"]) < len(whole["links"])
    assert "what held between 1 Jan 2024" in svg(tmp_path)
    faint = chart("--from", "1/1/2024", "--to", "31/3/2024", "--faint").json
    assert faint["filters"][0].endswith(", the rest faint")
    assert len(faint["items"]) == len(whole["items"])
    days = ("--from", "1/1/2024", "--to", "31/3/2024")
    title = ("--title", "Early", "--save", "--json")
    assert ocgdesk("chart", force, "--focus", "Tarnbrook", *days, *title).code == 0
    again = ocgdesk("chart", force, "--saved", "Early", "-o", tmp_path / "c.svg", "--json").json
    assert again["filters"] == found["filters"]
    assert {link["id"] for link in again["links"]} == {link["id"] for link in found["links"]}


def test_days_narrow_a_chart_of_recorded_time_too(ocgdesk, chart, force: Path) -> None:
    days = ("--from", "1/1/2024", "--to", "31/3/2024")
    now = chart(*days).json
    then = chart(*days, "--as-at", datetime.now(UTC).isoformat()).json
    assert len(then["links"]) == len(now["links"])
    assert then["filters"][0].startswith("as recorded on ")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--from", "2/1/2026", "--to", "1/1/2026"), "ends before it begins"),
        (("--faint",), "goes with --from or --to"),
        (("--from", "1/1/2026", "--compare", "1/1/2026", "1/2/2026"), "chart of one moment"),
    ],
)
def test_days_that_make_no_sense_are_refused(chart, options, said: str) -> None:
    ran = chart(*options)
    assert ran.code != 0
    assert said in ran.err


def test_links_between_two_are_folded_or_fanned_out(chart) -> None:
    usual, one, each = (chart("--lines", how).json["links"] for how in ("type", "one", "each"))
    assert len(one) < len(usual) <= len(each)
    assert sum(link["count"] for link in one) == len(each)


def test_a_kept_ranking_colours_a_chart_and_is_stated(ocgdesk, force, tmp_path):
    scope = ("--scope", "ocg:Tarnbrook", "--hops", "0", "--rank", "nominal", "--no-bands")
    assert ocgdesk("analyse", force, *scope, "--keep", "Who stands out").code == 0
    drawn = ("chart", force, "--focus", "Tarnbrook", "-o", tmp_path / "c.svg", "--json")
    why = ("--recipient", "TTCG", "--reason", "Meeting")
    ran = ocgdesk(*drawn, *why, "--colour-by", "who stands out", "--figure", "Degree")
    assert ran.code == 0, ran.err
    assert any("Degree" in words and "as at" in words for words in ran.json["said"])
    assert any(rule["name"].startswith("Degree (") for rule in ran.json["rules"])
    assert "Coloured and sized by Degree" in (tmp_path / "c.svg").read_text()
    gone = ocgdesk(*drawn, *why, "--colour-by", "Nothing")
    assert gone.code != 0
    assert "Who stands out" in gone.err
