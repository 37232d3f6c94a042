"""Recorded time on the command line: plans and charts as they were, and who looked whom up."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def now() -> str:
    return datetime.now(UTC).isoformat()


def done(ran: Any) -> Any:
    assert ran.code == 0, ran.err
    return ran


def test_a_plan_is_shown_as_it_was_recorded_then(ocgdesk: Run, force: Path):
    before = done(ocgdesk("plan", force, "Lockwick", "--json")).json
    moment = now()
    done(ocgdesk("plan", force, "Lockwick", "--review", "1/2/2027"))
    ref = before["actions"][0]["ref"]
    done(ocgdesk("plan", force, "Lockwick", "--set", ref, "--title", "Another visit"))
    done(ocgdesk("plan", force, "Lockwick", "--add-action", "A new one", "--strand", "pursue"))
    then = done(ocgdesk("plan", force, "Lockwick", "--as-at", moment, "--json")).json
    assert then["as_at"] == moment
    assert then["review_due"] == before["review_due"]
    assert then["objectives"] == before["objectives"]
    assert [a["title"] for a in then["actions"]] == [a["title"] for a in before["actions"]]
    text = done(ocgdesk("plan", force, "Lockwick", "--as-at", moment)).out
    assert before["actions"][0]["title"] in text
    assert "Another visit" not in text


def unsigned(ocgdesk: Run, force: Path) -> Any:
    """Make an OCG with a plan that was never signed, so that it can be removed; return the plan."""
    done(ocgdesk("add", force, "ocg", "name=Fennmoor"))
    done(ocgdesk("plan", force, "Fennmoor", "--start"))
    done(ocgdesk("plan", force, "Fennmoor", "--add-action", "A visit", "--strand", "pursue"))
    return done(ocgdesk("plan", force, "Fennmoor", "--json")).json


def test_the_plan_of_an_ocg_that_was_removed_is_still_there_then(ocgdesk: Run, force: Path):
    before = unsigned(ocgdesk, force)
    moment = now()
    done(ocgdesk("remove", force, before["ocg"]["ref"], "--reason", "A mistake"))
    ref = before["actions"][0]["ref"]
    for meant in (before["ocg"]["ref"], ref):
        then = done(ocgdesk("plan", force, meant, "--as-at", moment, "--json")).json
        assert [a["ref"] for a in then["actions"]] == [a["ref"] for a in before["actions"]]
        assert then["ocg"]["label"] == before["ocg"]["label"]
    gone = ocgdesk("plan", force, before["ocg"]["ref"])
    assert (gone.code, gone.err.count("\n")) == (1, 1)


@pytest.mark.parametrize(
    "more", [("--review", "1/2/2027"), ("--start",), ("-o", "plan.docx"), ("--on", "1/2/2027")]
)
def test_a_plan_of_then_is_not_edited_or_written(ocgdesk: Run, force: Path, more: tuple[str, ...]):
    ran = ocgdesk("plan", force, "Lockwick", "--as-at", now(), *more)
    assert (ran.code, ran.out) == (1, "")


def removed(ocgdesk: Run, force: Path, drawn: Any) -> Any:
    """Remove the first nominal of a chart that no signed plan rests on, and return it."""
    nominals = (item for item in drawn["items"] if item["kind"] == "nominal")
    return next(item for item in nominals if ocgdesk("remove", force, item["id"]).code == 0)


def test_a_chart_is_drawn_as_it_was_recorded_then(ocgdesk: Run, force: Path, tmp_path: Path):
    def draw(name: str, *more: str) -> Any:
        out = tmp_path / name
        ran = done(ocgdesk("chart", force, "Tarnbrook", "-o", out, "--json", *more))
        assert out.stat().st_size > 1_000
        return ran.json

    def what(drawn: Any) -> Any:
        return {item["id"] for item in drawn["items"]}, {link["id"] for link in drawn["links"]}

    before = draw("before.svg")
    moment = now()
    group = before["title"]
    member = removed(ocgdesk, force, before)
    new = done(ocgdesk("add", force, "nominal", "name=Idris Fenn", "--json")).json
    done(ocgdesk("link", force, new["id"], group, "role=courier"))
    done(ocgdesk("edit", force, group, "name=Tarnbrook Two"))

    ran = done(
        ocgdesk(
            *("chart", force, "Tarnbrook Two", "-o", tmp_path / "then.svg", "--json"),
            *("--as-at", moment),
        )
    )
    then = ran.json
    assert what(then) == what(before)
    assert "Tarnbrook" in [item["label"] for item in then["items"]]
    assert "as recorded on" in (tmp_path / "then.svg").read_text(encoding="utf-8")
    today = done(
        ocgdesk("chart", force, "Tarnbrook Two", "-o", tmp_path / "now.svg", "--json")
    ).json
    assert member["id"] not in what(today)[0]
    assert new["id"] in what(today)[0]


def test_a_removed_record_can_be_the_focus_of_a_chart_of_then(
    ocgdesk: Run, force: Path, tmp_path: Path
):
    moment = now()
    out = tmp_path / "c.png"
    drawn = done(ocgdesk("chart", force, "Lockwick", "-o", out, "--json")).json
    ref = removed(ocgdesk, force, drawn)["id"]
    then = done(ocgdesk("chart", force, ref, "-o", out, "--as-at", moment, "--json")).json
    assert len(then["items"]) > 1
    assert ocgdesk("chart", force, ref, "-o", out).code == 1


def test_a_chart_of_then_is_not_kept(ocgdesk: Run, force: Path):
    ran = ocgdesk("chart", force, "Lockwick", "--save", "--title", "Then", "--as-at", now())
    assert ran.code == 1
    assert "--as-at" in ran.err


def test_an_auditor_asks_who_looked_themselves_or_a_colleague_up(ocgdesk: Run, force: Path):
    users = {u["name"]: u for u in done(ocgdesk("user", force, "--json")).json["items"]}
    name = users["analyst"]["display"]
    ref = done(ocgdesk("add", force, "nominal", f"name={name}", "--json")).json["ref"]
    done(ocgdesk("show", force, ref))
    done(ocgdesk("show", force, ref, "--user", "reader"))
    done(ocgdesk("search", force, name, "--user", "reader"))
    done(ocgdesk("show", force, "Lockwick"))
    asked = ("audit", force, "--user", "auditor", "--self-lookups")
    items = done(ocgdesk(*asked, "--json")).json["items"]
    assert [(i["user"], i["label"], i["own"], i["of"]) for i in items] == [
        ("reader", "Search", False, ["analyst"]),
        ("reader", "View record", False, ["analyst"]),
        ("analyst", "View record", True, ["analyst"]),
    ]
    assert [i["refs"] for i in items] == [[], [ref], [ref]]
    own = done(ocgdesk(*asked, "--by", "analyst", "--of", "analyst", "--json")).json["items"]
    assert [i["own"] for i in own] == [True]
    text = done(ocgdesk(*asked)).out
    assert "own name" in text
    refused = ocgdesk("audit", force, "--self-lookups")
    assert refused.code == 1
    assert ocgdesk("audit", force, "--of", "analyst", "--user", "auditor").code == 2
