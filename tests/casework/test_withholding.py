"""Victims are not named in what leaves, unless somebody chose so with a reason."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from makers import (
    a_link,
    a_membership,
    a_nominal,
    a_plan,
    an_action,
    an_objective,
    an_ocg,
)

from ocgdesk.casework import exports, lists, plan_papers, withholding
from ocgdesk.casework.lists import Question
from ocgdesk.domain.entities import Location
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.subrecords import Order, RiskFactor, Safeguarding
from ocgdesk.domain.values import Alias, Identifier
from ocgdesk.errors import Refused
from ocgdesk.store import listing
from ocgdesk.store.journal import Act
from ocgdesk.store.workspace import Workspace

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
NAME = "Mina Okell"


@pytest.fixture
def victim(given):
    (made,) = given(
        a_nominal(
            NAME,
            exploited=True,
            aliases=(Alias("Minnow"),),
            identifiers=(Identifier("nino", "QQ123456C"),),
            summary="Mina Okell was seen at the yard.",
        )
    )
    return made


def out(workspace: Workspace, tmp_path: Path, kind: Kind, form: str = "csv", named: str = ""):
    path = tmp_path / f"list.{form}"
    said = exports.printed(workspace, NOW, named=named)
    exports.to_file(workspace, Question(kind=kind), path, said, reason="For the panel")
    return path.read_text("utf-8-sig")


def table(text: str) -> list[dict[str, str]]:
    _about, header, *rows = csv.reader(io.StringIO(text))
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_a_list_of_nominals_names_everybody_but_the_exploited(
    workspace, given, victim, tmp_path
) -> None:
    given(a_nominal("Bet Dunmoor"))
    text = out(workspace, tmp_path, Kind.NOMINAL)
    for told in (NAME, "Minnow", "QQ123456C", "at the yard"):
        assert told not in text
    by_ref = {row["Reference"]: row for row in table(text)}
    assert by_ref[victim.ref]["Name"] == "Name withheld"
    assert {row["Name"] for row in by_ref.values()} == {"Name withheld", "Bet Dunmoor"}
    assert "Names of people recorded as exploited are withheld." in text


def test_json_withholds_the_same(workspace, victim, tmp_path) -> None:
    text = out(workspace, tmp_path, Kind.NOMINAL, "json")
    assert NAME not in text
    payload = json.loads(text)
    assert payload["exploited_named"] is False
    (item,) = payload["items"]
    assert (item["label"], item["aliases"], item["identifiers"]) == ("Name withheld", [], [])
    assert item["ref"] == victim.ref


def test_links_and_sub_records_do_not_name_them_either(workspace, given, victim, tmp_path) -> None:
    ocg, other = given(an_ocg(), a_nominal("Bet Dunmoor"))
    given(
        a_membership(victim, ocg),
        a_link(other, victim, type="exploits", directed=True),
        Safeguarding(owner=victim.id),
        Order(owner=other.id, order_type="scpo"),
    )
    (place,) = table(out(workspace, tmp_path, Kind.MEMBERSHIP))
    assert (place["From entity"], place["To entity"]) == ("Name withheld", "Tarnbrook")
    (tie,) = table(out(workspace, tmp_path, Kind.LINK))
    assert (tie["From entity"], tie["To entity"]) == ("Bet Dunmoor", "Name withheld")
    (record,) = table(out(workspace, tmp_path, Kind.SAFEGUARDING))
    assert record["Belongs to"] == "Name withheld"
    (order,) = table(out(workspace, tmp_path, Kind.ORDER))
    assert order["Belongs to"] == "Bet Dunmoor"


def test_a_reason_names_them_and_is_kept(workspace, victim, tmp_path) -> None:
    text = out(workspace, tmp_path, Kind.NOMINAL, named="Strategy meeting with social care")
    assert NAME in text
    with workspace.connection() as connection:
        (detail,) = connection.exec_driver_sql(
            "SELECT detail FROM journal WHERE act = ?", (Act.DISCLOSURE.value,)
        ).scalars()
    assert "Strategy meeting with social care" in detail


def test_to_be_named_without_a_reason_is_refused(workspace) -> None:
    with workspace.reading() as reader, pytest.raises(Refused, match="Say why exploited people"):
        withholding.of(reader, named=True, reason=" ")


def test_rows_of_a_register_are_withheld_by_column(workspace, given, victim) -> None:
    given(a_nominal("Bet Dunmoor"))
    names = ["name", "ref", "gender", "summary"]
    with workspace.reading() as reader:
        nos = listing.order(reader, listing.ListQuery(kind=Kind.NOMINAL))
        found = listing.window(reader, Kind.NOMINAL, nos, names)
        rows = withholding.rows(reader, Kind.NOMINAL, names, found)
    assert {(row.cells[0], row.cells[3]) for row in rows} == {
        ("Name withheld", ""),
        ("Bet Dunmoor", ""),
    }
    assert victim.ref in {row.cells[1] for row in rows}


def test_a_plan_on_paper_names_no_victim_not_even_in_its_texts(
    workspace, given, victim, tmp_path
) -> None:
    (ocg,) = given(an_ocg())
    (plan,) = given(a_plan(ocg))
    given(
        an_action(plan, f"Visit {NAME} at home", touches=(victim.id,)),
        an_objective(plan, f"Keep {NAME} safe"),
    )
    path = tmp_path / "plan.docx"
    plan_papers.to_file(workspace, ocg.id, path, now=NOW, reason="Panel")
    assert NAME not in words_of(path)
    assert "Visit name withheld at home" in words_of(path)
    plan_papers.to_file(workspace, ocg.id, path, now=NOW, reason="Panel", named="Social care")
    assert NAME in words_of(path)


def words_of(path: Path) -> str:
    paper = docx.Document(io.BytesIO(path.read_bytes()))
    cells = [cell.text for t in paper.tables for row in t.rows for cell in row.cells]
    return "\n".join((*(p.text for p in paper.paragraphs), *cells))


def test_risk_prompts_are_in_no_list_and_no_export(workspace, given, victim, tmp_path) -> None:
    given(RiskFactor(owner=victim.id, factor="debt"))
    with workspace.reading() as reader, pytest.raises(Refused, match="in no list"):
        lists.find(reader, Question(kind=Kind.RISK_FACTOR))
    with pytest.raises(Refused, match="in no list"):
        out(workspace, tmp_path, Kind.RISK_FACTOR)


def test_what_is_noted_of_a_vulnerability_is_not_exported(workspace, given, tmp_path) -> None:
    given(Location(name="14 Wharf Court", occupant="Lives alone, known to adult services"))
    for form in ("csv", "json"):
        assert "adult services" not in out(workspace, tmp_path, Kind.LOCATION, form)
