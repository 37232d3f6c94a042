"""What hangs on records, without a window."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from ocgdesk.domain.kinds import SUBRECORDS, Kind

Run = Callable[..., Any]


@pytest.fixture
def person(ocgdesk: Run, force: Path) -> str:
    ran = ocgdesk("add", force, "nominal", "name=Idris Fenn", "--json")
    assert ran.code == 0, ran.err
    return str(ran.json["ref"])


def add(ocgdesk: Run, force: Path, kind: str, owner: str, *fields: str) -> Any:
    ran = ocgdesk("add", force, kind, "--owner", owner, *fields, "--json")
    assert ran.code == 0, ran.err
    return ran.json


def shown(ocgdesk: Run, force: Path, ref: str) -> Any:
    return ocgdesk("show", force, ref, "--json").json


def test_an_order_hangs_on_a_nominal_and_is_listed_shown_and_exported(
    ocgdesk: Run, force: Path, person: str, tmp_path: Path
):
    made = add(ocgdesk, force, "order", person, "order_type=scpo", "start=2026-01-03")
    assert (made["kind"], made["order_type"], made["start"]) == ("order", "scpo", "2026-01-03")
    whole = shown(ocgdesk, force, person)
    assert [item["id"] for item in whole["owned"]] == [made["id"]]
    assert "Serious Crime Prevention Order" in ocgdesk("show", force, person).out
    items = ocgdesk("list", force, "order", "--json").json["items"]
    assert made["id"] in {item["id"] for item in items}
    out = tmp_path / "orders.csv"
    assert ocgdesk("export", force, "order", "-o", out, "--reason", "Panel").code == 0
    assert "Idris Fenn" in out.read_text("utf-8-sig")


def test_a_marker_drives_the_nominals_codes_and_ends(ocgdesk: Run, force: Path, person: str):
    made = add(ocgdesk, force, "marker", person, "code=FI", "source=PNC")
    assert shown(ocgdesk, force, person)["warnings"] == ["FI"]
    assert ocgdesk("end", force, made["id"], "--on", "today").code == 0
    assert shown(ocgdesk, force, person)["warnings"] == []
    ran = ocgdesk("end", force, made["id"])
    assert (ran.code, "over already" in ran.err) == (1, True)


def test_the_wrong_owner_and_no_owner_are_refused_in_words(ocgdesk: Run, force: Path, person: str):
    ran = ocgdesk("add", force, "check-back", "--owner", person, "due=2026-12-01")
    assert (ran.code, "hangs on one of these: county line" in ran.err) == (1, True)
    ran = ocgdesk("add", force, "marker", "code=FI")
    assert (ran.code, "needs an owner" in ran.err) == (1, True)
    ran = ocgdesk("add", force, "attachment", "--owner", person, "name=x")
    assert (ran.code, "needs a file" in ran.err) == (1, True)


def test_a_decision_is_entered_superseded_and_never_undone(ocgdesk: Run, force: Path):
    first = add(ocgdesk, force, "decision", "Tarnbrook", "title=Adopt", "rationale=Capacity")
    ran = ocgdesk("edit", force, first["id"], "title=Decline")
    assert (ran.code, "supersede it by a new one" in ran.err) == (1, True)
    ran = ocgdesk(
        "supersede", force, first["id"], "title=Hand back", "rationale=None left", "--json"
    )
    assert ran.code == 0, ran.err
    assert ran.json["supersedes"] == first["id"]
    assert ocgdesk("undo", force).code == 1
    assert first["title"] == "Adopt"


def test_a_file_is_attached_and_a_copy_leaves_with_a_reason(
    ocgdesk: Run, force: Path, person: str, tmp_path: Path
):
    picture, out = tmp_path / "photo.jpg", BytesIO()
    Image.new("RGB", (30, 30), "navy").save(out, "JPEG", comment=b"where it was taken")
    picture.write_bytes(out.getvalue())
    ran = ocgdesk(
        *("attach", force, person, picture, "--purpose", "photograph"),
        *("--taken", "Sept 2026", "--source", "Custody", "--json"),
    )
    assert ran.code == 0, ran.err
    made = ran.json
    assert (made["name"], made["media_type"], made["taken"]) == (
        "photo.jpg",
        "image/jpeg",
        "2026-09",
    )
    copy = tmp_path / "copy.jpg"
    assert ocgdesk("save-copy", force, made["id"], "-o", copy).code == 2
    assert ocgdesk("save-copy", force, made["id"], "-o", copy, "--reason", "CPS").code == 0
    assert b"where it was taken" not in copy.read_bytes()
    with Image.open(copy) as kept:
        assert kept.size == (30, 30)


def test_exploited_people_are_named_in_an_export_only_with_a_reason(
    ocgdesk: Run, force: Path, tmp_path: Path
):
    ocgdesk("add", force, "nominal", "name=Mina Okell", "exploited=yes")
    out = tmp_path / "people.csv"
    ocgdesk("export", force, "nominal", "-o", out, "--reason", "Panel")
    assert "Mina Okell" not in out.read_text("utf-8-sig")
    ocgdesk("export", force, "nominal", "-o", out, "--reason", "Panel", "--name-exploited", "Care")
    assert "Mina Okell" in out.read_text("utf-8-sig")


@pytest.mark.parametrize("kind", sorted(kind.value for kind in SUBRECORDS))
def test_every_kind_of_sub_record_is_listed_but_prompts(ocgdesk: Run, force: Path, kind: str):
    ran = ocgdesk("list", force, kind, "--json")
    if kind == Kind.RISK_FACTOR.value:
        assert (ran.code, "in no list" in ran.err) == (1, True)
    else:
        assert ran.code == 0, ran.err


def test_a_photograph_is_chosen_as_the_portrait(
    ocgdesk: Run, force: Path, person: str, tmp_path: Path
):
    picture, out = tmp_path / "photo.png", BytesIO()
    Image.new("RGB", (30, 30), "navy").save(out, "PNG")
    picture.write_bytes(out.getvalue())
    made = ocgdesk("attach", force, person, picture, "--purpose", "photograph", "--json").json
    chosen = ocgdesk("portrait", force, made["id"], "--json")
    assert chosen.code == 0, chosen.err
    assert chosen.json["purpose"] == "portrait"
    again = ocgdesk("portrait", force, made["id"])
    assert again.code == 1
    assert "already" in again.err
