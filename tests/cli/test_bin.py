"""The bin and the history of a field on the command line."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def done(ran: Any) -> Any:
    assert ran.code == 0, ran.err
    return ran


def test_what_was_removed_is_listed_and_put_back(ocgdesk: Run, force: Path):
    made = done(ocgdesk("add", force, "nominal", "name=Idris Fenn", "--json")).json
    link = done(ocgdesk("link", force, made["id"], "Tarnbrook", "role=courier", "--json")).json
    done(ocgdesk("remove", force, made["ref"], "--reason", "Entered twice"))
    (item,) = done(ocgdesk("bin", force, "--json")).json["items"]
    assert (item["ref"], item["label"], item["reason"], item["others"]) == (
        made["ref"], "Idris Fenn", "Entered twice", 1,
    )  # fmt: skip
    assert "Entered twice" in done(ocgdesk("bin", force, "--by", "analyst")).out
    assert done(ocgdesk("bin", force, "--kind", "ocg", "--json")).json["items"] == []
    ran = done(ocgdesk("put-back", force, made["ref"], "--reason", "It was not", "--json"))
    assert ran.json["changed"] == 2
    shown = done(ocgdesk("show", force, made["ref"], "--json")).json
    assert [one["id"] for one in shown["links"]] == [link["id"]]
    assert done(ocgdesk("bin", force, "--json")).json["items"] == []
    again = ocgdesk("put-back", force, made["ref"])
    assert (again.code, again.out) == (1, "")
    done(ocgdesk("undo", force))
    assert len(done(ocgdesk("bin", force, "--json")).json["items"]) == 1


def test_what_a_signed_plan_rests_on_is_not_removed(ocgdesk: Run, force: Path):
    ran = ocgdesk("remove", force, "Lockwick", "--reason", "A mistake")
    assert (ran.code, ran.out) == (1, "")
    assert "as it was signed" in ran.err
    assert done(ocgdesk("show", force, "Lockwick")).code == 0


def test_a_field_has_a_history_of_its_own(ocgdesk: Run, force: Path):
    before = done(ocgdesk("show", force, "Tarnbrook", "--json")).json
    moment = datetime.now(UTC).isoformat()
    done(ocgdesk("edit", force, "Tarnbrook", "summary=Quiet lately", "--reason", "Review"))
    done(ocgdesk("edit", force, before["ref"], "tier=3"))
    asked = ("history", force, before["ref"], "--field", "summary")
    items = done(ocgdesk(*asked, "--json")).json["items"]
    assert [item["value"] for item in items][-1] == "Quiet lately"
    assert items[-1]["reason"] == "Review"
    assert (items[-2]["value"], items[-2]["until"]) == (before["summary"], items[-1]["since"])
    assert "Quiet lately" in done(ocgdesk(*asked)).out
    then = done(ocgdesk(*asked, "--as-at", moment, "--json")).json["items"]
    assert [item["value"] for item in then] == [before["summary"]]
    wrong = ocgdesk("history", force, before["ref"], "--field", "shoe-size")
    assert (wrong.code, wrong.out) == (1, "")


def test_orders_and_posts_are_shown_as_they_held_on_a_day(ocgdesk: Run, force: Path):
    done(ocgdesk("add", force, "assignment", "officer=Insp Vane", "role=sio",
                 "owner=Tarnbrook", "start=2020", "end=2021"))  # fmt: skip

    def officers(*more: str) -> list[str]:
        shown = done(ocgdesk("show", force, "Tarnbrook", "--json", *more)).json
        return [t["officer"] for t in shown["owned"] if t["kind"] == "assignment"]

    assert "Insp Vane" in officers("--on", "1/6/2020")
    assert "Insp Vane" not in officers("--on", "1/6/2024")
