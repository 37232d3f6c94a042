"""Returns without a window: listed, printed, opened, written."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
from docx import Document
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

Run = Callable[..., Any]

YEAR = ("--from", "1/11/2025", "--to", "31/10/2026")


def test_the_returns_there_are_are_listed_with_what_narrows_them(ocgdesk: Run, force: Path):
    ran = ocgdesk("return", force, "--json")
    names = {one["name"]: one["asks"] for one in ran.json["items"]}
    assert {"activity", "crime-types", "handles", "investigations"} <= set(names)
    assert "agency" in names["activity"]


def test_a_return_says_its_period_population_and_moment(ocgdesk: Run, force: Path):
    ran = ocgdesk("return", force, "activity", *YEAR, "--compare", "previous", "--json")
    assert ran.code == 0, ran.err
    assert ran.json["columns"] == ["Nov 2024 to Oct 2025", "Nov 2025 to Oct 2026"]
    assert ran.json["before"] == {"from": "2024-11-01", "to": "2025-10-31"}
    assert any("accepted by moderation" in sentence for sentence in ran.json["basis"])
    assert ran.json["as_at"]


def test_every_figure_opens_its_records(ocgdesk: Run, force: Path):
    made = ocgdesk("return", force, "handles", "--json").json
    row = next(n for n, one in enumerate(made["items"], 1) if one["is_total"])
    total = made["items"][row - 1]["values"][0]
    found = ocgdesk("return", force, "handles", "--of", f"{row}:1", "--json").json["items"]
    assert len(found) == total > 0
    assert {one["kind"] for one in found} == {"handle"}


def test_it_is_narrowed_by_a_code_or_its_words(ocgdesk: Run, force: Path):
    by_code = ocgdesk("return", force, "crime-types", "--by", "agency=WMC", "--json")
    by_word = ocgdesk("return", force, "crime-types", "--by", "agency=West Mercia Police", "--json")
    assert by_code.json["items"] == by_word.json["items"]
    assert by_code.json["filters"] == {"Owning agency": "West Mercia Police"}


def test_it_is_written_as_a_sheet_of_numbers_and_as_a_paper(
    ocgdesk: Run, force: Path, tmp_path: Path
):
    sheet, paper = tmp_path / "r.xlsx", tmp_path / "r.docx"
    for out in (sheet, paper):
        ran = ocgdesk("return", force, "caseload", *YEAR, "-o", out, "--recipient", "Board")
        assert ran.code == 0, ran.err
    page = openpyxl.load_workbook(sheet).active
    assert page is not None
    values = [value for row in page.iter_rows(values_only=True) for value in row]
    assert "Proactive" in values
    assert any(isinstance(value, int) for value in values)
    text = "\n".join(p.text for p in Document(str(paper)).paragraphs)
    assert "Caseload by unit" in text
    assert "Records restricted from this user are not included." in text
    log = ocgdesk("audit", force, "--user", "analyst", "--json")
    assert "Export return" in log.out or "auditor" in log.err


def test_what_it_cannot_answer_is_refused_in_a_sentence(ocgdesk: Run, force: Path):
    for arguments, words in (
        (("nothing",), "There is no return 'nothing'"),
        (("activity", "--by", "colour=red"), "not narrowed by colour"),
        (("activity", "--by", "agency"), "FIELD=CODE"),
        (("activity", "--from", "1/1/2026"), "both days"),
        (("activity", "--of", "999:1"), "no such figure"),
        (("activity", "--compare", "last"), "--compare takes"),
    ):
        ran = ocgdesk("return", force, *arguments)
        assert (ran.code, words in ran.err) == (1, True), (arguments, ran.err)


def test_json_written_is_json_read(ocgdesk: Run, force: Path, tmp_path: Path):
    out = tmp_path / "r.json"
    assert ocgdesk("return", force, "activity", *YEAR, "-o", out).code == 0
    made = json.loads(out.read_text())
    assert made["return"] == "activity"
    assert made["withheld"] is None


def test_a_figure_is_drawn_as_a_picture_or_said_in_words(ocgdesk: Run, force: Path, tmp_path: Path):
    out = tmp_path / "balance.png"
    ran = ocgdesk("return", force, "balance", *YEAR, "--figure", "-o", out, "--recipient", "Board")
    assert ran.code == 0, ran.err
    assert out.read_bytes().startswith(b"\x89PNG")
    said = ocgdesk("return", force, "balance", *YEAR, "--figure")
    assert "Pursue" in said.out
    wrong = ocgdesk("return", force, "balance", "--figure", "-o", tmp_path / "balance.xlsx")
    assert wrong.code == 1
    assert "png, svg, pdf" in wrong.err


def test_a_paper_of_a_return_holds_its_figure_with_caption_and_alternative_text(
    ocgdesk: Run, force: Path, tmp_path: Path
):
    paper, slides = tmp_path / "r.docx", tmp_path / "r.pptx"
    for out in (paper, slides):
        ran = ocgdesk("return", force, "balance", *YEAR, "--with-figure", "-o", out)
        assert ran.code == 0, ran.err
    file = Document(str(paper))
    assert len(file.inline_shapes) == 1
    shape = file.inline_shapes[0]._inline
    assert "Most:" in shape.docPr.get("descr")
    assert any(p.style.name == "Caption" and "4P balance" in p.text for p in file.paragraphs)
    assert file.tables
    shapes = [one for slide in Presentation(str(slides)).slides for one in slide.shapes]
    assert not [one for one in shapes if one.shape_type == MSO_SHAPE_TYPE.PICTURE]
    counted = ocgdesk("return", force, "balance", *YEAR, "--json").json["items"]
    charts = [one for one in shapes if one.has_chart]
    assert len(charts) == len({line["section"] for line in counted})
    assert all("Most:" in one._element.xpath(".//p:cNvPr")[0].get("descr") for one in charts)
    drawn = [
        list(zip(*(s.values for s in one.chart.plots[0].series), strict=True)) for one in charts
    ]
    rows = [list(row[:4]) for chart in drawn for row in chart]
    parts = [line for line in counted if not (line["is_total"] or line["is_cross_cut"])]
    assert rows == [line["values"][:4] for line in parts]


def test_a_return_is_counted_as_the_register_stood(ocgdesk: Run, force: Path):
    before = ocgdesk("return", force, "crime-types", "--json").json
    moment = datetime.now(UTC).isoformat()
    assert ocgdesk("edit", force, "Tarnbrook", "primary-crime=fraud").code == 0
    now = ocgdesk("return", force, "crime-types", "--json").json
    then = ocgdesk("return", force, "crime-types", "--as-at", moment, "--json").json
    assert now["items"] != before["items"] == then["items"]
    assert "as this workspace had it recorded" in then["as_at"]


def test_an_operations_return_says_how_to_name_the_operation(ocgdesk: Run, force: Path):
    ran = ocgdesk("return", force, "operation")
    assert (ran.code, ran.out) == (1, "")
    assert "is drawn up of one operation: say which, with --operation REF" in ran.err
    known = ocgdesk("list", force, "operation", "--limit", 1, "--json").json["items"][0]
    made = ocgdesk("return", force, "operation", "--operation", known["ref"], "--json").json
    assert made["filters"]["Operation"] == f"{known['label']} ({known['ref']})"
    near = ocgdesk("return", force, "operation", "--operation", known["label"][:-1])
    assert (near.code, f"perhaps {known['label']}" in near.err) == (1, True), near.err
    other = ocgdesk("return", force, "operation", "--operation", "Tarnbrook")
    assert "is no operation" in other.err
    listed = {
        one["name"]: one["requires"] for one in ocgdesk("return", force, "--json").json["items"]
    }
    assert {name for name, needed in listed.items() if needed} == {"operation"}


def test_nothing_is_counted_as_it_will_be(force, ocgdesk):
    ran = ocgdesk("return", force, "crime-types", "--as-at", "2199-01-01")
    assert (ran.code, ran.out) == (1, "")
    assert "Nothing is recorded in the future" in ran.err
