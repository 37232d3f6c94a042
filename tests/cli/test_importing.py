"""Imports on the command line: several records of a row, specifications by name and by headers."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

HANDLES = """Handle,Platform,Nominal,DOB,OCG,Role
quiet-otter,EncroChat,"CORS, Aled",14/02/1991,Harbour Row,Courier
tall-heron,SKY,"TATE, Bet",31/02/1988,Harbour Row,Enforcer
"""


@pytest.fixture
def own(ocgdesk: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OCGDESK_PASSPHRASE", "four quiet lanterns drift")
    path = tmp_path / "own.ocgdesk"
    made = ocgdesk("new", path, "--agency", "WMP", "--user", "ann", "--no-recovery")
    assert made.code == 0, made.err
    return path


@pytest.fixture
def handles(tmp_path: Path) -> Path:
    path = tmp_path / "handles.csv"
    path.write_text(HANDLES, encoding="utf-8")
    return path


def done(ran: Any) -> Any:
    assert (ran.code, ran.err) == (0, "")
    return ran


def test_a_dry_run_tells_what_each_row_would_make_and_writes_nothing(
    ocgdesk: Run, own: Path, handles: Path
):
    told = done(ocgdesk("import", own, handles, "--dry-run", "--json")).json
    assert told["counts"]["new_records"] == 5
    assert told["counts"]["new_links"] == 4
    assert told["counts"]["problems"] == 1
    assert told["written"] == 0
    assert told["specifications"].keys() == {"handles.csv"}
    assert {item["file"] for item in told["items"]} == {"handles.csv"}
    assert [p["column"] for p in told["problems"]] == ["DOB"]
    assert done(ocgdesk("list", own, "handle", "--json")).json["items"] == []


def test_a_row_of_handle_nominal_and_ocg_comes_in_with_its_links_and_its_origin(
    ocgdesk: Run, own: Path, handles: Path
):
    refused = ocgdesk("import", own, handles)
    assert refused.code == 1
    assert "1 problem; nothing was written" in refused.err
    assert "Taken in as one act" in done(ocgdesk("import", own, handles, "--with-problems")).out
    shown = done(ocgdesk("show", own, "Aled Cors", "--json")).json
    assert {link["other"]["label"] for link in shown["links"]} == {"quiet-otter", "Harbour Row"}
    (origin,) = shown["came_from"]
    assert (origin["name"], origin["row"]) == ("handles.csv", 2)
    assert len(origin["sha256"]) == 64
    assert "handles.csv" in done(ocgdesk("show", own, "Aled Cors")).out
    again = done(ocgdesk("import", own, handles, "--with-problems", "--json")).json
    assert again["counts"]["same_records"] == 5
    assert again["written"] == 0


def test_specifications_are_listed_fitted_printed_kept_and_taken_out(
    ocgdesk: Run, own: Path, tmp_path: Path
):
    assert "grip/nominals" in done(ocgdesk("specs", own)).out
    spec = json.loads(done(ocgdesk("specs", own, "--show", "pole/phones")).out)
    spec["name"] = "phone dump"
    spec["values"] = {}
    spec["needs"] = ["phoneNo"]
    kept = tmp_path / "spec.json"
    kept.write_text(json.dumps(spec), encoding="utf-8")
    done(ocgdesk("specs", own, "--keep", kept))
    listed = done(ocgdesk("specs", own, "--json")).json["items"]
    assert [one["name"] for one in listed if one["own"]] == ["phone dump"]
    dump = tmp_path / "dump.csv"
    dump.write_text(":ID,phoneNo,Cell\n7,07700900123,x\n", encoding="utf-8")
    (fit,) = done(ocgdesk("specs", own, dump, "--json")).json["items"]
    assert (fit["specification"], fit["score"] < 1) == ("phone dump", True)
    assert "2 of 3 columns are known" in fit["reason"]
    told = done(ocgdesk("import", own, dump, "--spec", "phone dump", "--json")).json
    assert told["items"][0]["number"] == "07700900123"
    done(ocgdesk("specs", own, "--remove", "phone dump"))
    assert ocgdesk("specs", own, "--show", "phone dump").code == 1


def test_a_specification_that_does_not_fit_is_refused_with_the_reason(
    ocgdesk: Run, own: Path, handles: Path
):
    refused = ocgdesk("import", own, handles, "--spec", "grip/ocgs")
    assert refused.code == 1
    assert "is not for grip/ocgs: It has no column index" in refused.err


def test_a_json_file_and_a_zip_come_in_like_any_other(ocgdesk: Run, own: Path, tmp_path: Path):
    path = tmp_path / "people.json"
    path.write_text('{"people": [{"id": 1, "name": "Aled Cors"}]}', encoding="utf-8")
    done(ocgdesk("import", own, path, "--kind", "nominal"))
    assert done(ocgdesk("list", own, "nominal", "--json")).json["items"][0]["name"] == "Aled Cors"
