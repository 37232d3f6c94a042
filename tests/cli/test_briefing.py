"""Briefings and the register of products without a window."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

Run = Callable[..., Any]
OCG = "Tarnbrook"


def test_a_briefing_is_checked_before_it_is_issued(ocgdesk: Run, force: Path):
    ran = ocgdesk("brief", force, "ocg-profile", "--ref", OCG, "--audience", "partners", "--json")
    assert ran.code == 0, ran.err
    assert ran.json["marking"] == "official-sensitive"
    assert ran.json["records"] > 20
    assert ran.json["handling"]
    assert ocgdesk("products", force, "--json").json["items"] == []


def test_what_holds_a_briefing_back_is_settled_on_the_command_line(
    ocgdesk: Run, force: Path, tmp_path: Path
):
    about = ("brief", force, "ocg-profile", "--ref", OCG, "--audience", "board")
    about += ("--section", "identity", "--section", "members")
    told = (*about, "--text", "identity=Mr Ashgrove (dob 1/2/1990) paid in Op Lantern.")
    checked = ocgdesk(*told, "--json").json
    assert {one["what"] for one in checked["typed"]} == {"name", "date of birth", "operation"}
    ruled = [one for one in checked["against"] if one["refuses"]]
    assert bool(ruled) == bool(checked["held"])
    out = tmp_path / "p.html"
    refused = ocgdesk(*told, "-o", out)
    assert (refused.code, out.exists()) == (int(bool(ruled)), not ruled)
    assert ("--leave-out-ruled" in refused.err) == bool(ruled)
    settled = ("--keep", "Op Lantern=It is in the papers", "--despite-handling", "They agreed")
    assert ocgdesk(*told, *settled, "-o", out).code == 0
    assert "name withheld (dob date of birth withheld) paid in Op Lantern." in out.read_text(
        "utf-8"
    )
    assert ocgdesk(*told, "--leave-out-ruled", "-o", out).code == 0
    misspelt = ocgdesk(*told, "--replace", "Lanthorn")
    assert (misspelt.code, "to be settled are: Mr Ashgrove" in misspelt.err) == (1, True)


def test_headings_nothing_is_written_under_are_named(ocgdesk: Run, force: Path, tmp_path: Path):
    out = tmp_path / "p.html"
    about = ("brief", force, "iimarch", "--ref", OCG, "--text", "text:Method=By warrant.")
    about += ("--section", "text:Method", "--section", "text:Intention")
    for more in ((), ("-o", out)):
        assert "Nothing is written yet under: Intention" in ocgdesk(*about, *more).out


@pytest.mark.parametrize("ending", ["docx", "pptx", "pdf", "html"])
def test_what_is_issued_is_a_file_and_stands_in_the_register(
    ocgdesk: Run, force: Path, tmp_path: Path, ending: str
):
    out = tmp_path / f"p.{ending}"
    ran = ocgdesk(
        *("brief", force, "ocg-profile", "--ref", OCG, "-o", out, "--recipient", "TTCG", "--json"),
    )
    assert ran.code == 0, ran.err
    assert ran.json["digest"]
    listed = ocgdesk("products", force, "--of", OCG, "--json").json["items"]
    assert [(one["ref"], one["recipient"]) for one in listed] == [(ran.json["ref"], "TTCG")]
    if ending == "docx":
        words = "\n".join(p.text for p in Document(str(out)).paragraphs)
        assert "OCG profile: Tarnbrook" in words
    else:
        begins = {"pptx": b"PK", "pdf": b"%PDF", "html": b"<!"}
        assert out.read_bytes().lower().startswith(begins[ending].lower())


def test_what_changed_since_it_was_issued_is_told_and_it_is_recalled(
    ocgdesk: Run, force: Path, tmp_path: Path
):
    made = ocgdesk(
        "brief", force, "ocg-profile", "--ref", OCG, "-o", tmp_path / "p.docx", "--json"
    ).json["ref"]
    assert ocgdesk("products", force, "--since", made, "--json").json["items"] == []
    assert ocgdesk("edit", force, OCG, "summary=Another").code == 0
    changed = ocgdesk("products", force, "--since", made, "--json").json["items"]
    assert [(one["what"], one["label"]) for one in changed] == [("changed", OCG)]
    assert changed[0]["fields"][0]["after"] == "Another"
    words = ocgdesk("products", force, "--since", made).out
    assert "Another" in words
    assert "Changed" in words
    bare = ocgdesk("products", force, "--recall", made)
    assert (bare.code, "Say why" in bare.err) == (1, True)
    assert ocgdesk("products", force, "--recall", made, "--reason", "Wrong").code == 0
    item = ocgdesk("products", force, "--json").json["items"][0]
    assert (item["status"], item["recipient"], item["for_whom"]) == ("recalled", None, "Own team")


def test_what_cannot_be_made_is_refused_in_a_sentence(ocgdesk: Run, force: Path, tmp_path: Path):
    for arguments, words in (
        (("horoscope", "--ref", OCG), "There is no product"),
        (("nominal-profile", "--ref", OCG), "is no Nominal"),
        (("ocg-profile", "--ref", OCG, "--marking", "official"), "outrank OFFICIAL"),
        (("ocg-profile", "--ref", OCG, "--section", "member"), "perhaps members"),
        (("ocg-profile", "--ref", OCG, "--text", "sumary=x"), "perhaps summary"),
        (
            ("ocg-profile", "--ref", OCG, "--section", "members", "--without", "members=Rolle"),
            "Members has no column 'Rolle'; perhaps Role; it has Role, Importance",
        ),
        (("ocg-profile", "--ref", OCG, "-o", tmp_path / "p.odt"), "written as docx, pdf, html"),
    ):
        ran = ocgdesk("brief", force, *arguments)
        assert (ran.code, words in ran.err) == (1, True), (arguments, ran.err)


def test_a_local_profile_and_a_performance_report_are_issued(
    ocgdesk: Run, force: Path, tmp_path: Path
):
    out = tmp_path / "lp.xlsx"
    ran = ocgdesk("brief", force, "local-profile", "--ref", "WMP", "-o", out, "--json")
    assert (ran.code, ran.json["product_type"]) == (0, "local-profile"), ran.err
    names = load_workbook(out).sheetnames
    assert names[0] == "The area"
    assert "County lines" in names
    ran = ocgdesk(
        *("brief", force, "performance", "--section", "return:balance", "--json"),
        *("--from", "1/4/2026", "--to", "31/10/2026"),
    )
    assert (ran.code, ran.json["sections"]) == (0, ["return:balance"]), ran.err
    bare = ocgdesk("brief", force, "ocg-profile")
    assert (bare.code, "--ref names the record" in bare.err) == (1, True)


def test_a_briefing_is_made_by_the_forces_own_file(ocgdesk: Run, force: Path, tmp_path: Path):
    own, out = tmp_path / "own.docx", tmp_path / "p.docx"
    file = Document()
    file.add_paragraph("Riverside {{ about }} {{ gossip }}")
    file.save(str(own))
    asks = ("--add", own, "--title", "Standard", "--json")
    listed = ocgdesk("paper-templates", force, *asks).json["items"]
    assert [(one["title"], one["unknown"]) for one in listed] == [("Standard", ["gossip"])]
    ran = ocgdesk(
        *("brief", force, "ocg-profile", "--ref", OCG, "--section", "members", "-o", out),
        *("--template", "Standard", "--json"),
    )
    assert (ran.code, ran.json["unfilled"]) == (0, ["gossip"]), ran.err
    assert Document(str(out)).paragraphs[0].text == f"Riverside {OCG} {{{{ gossip }}}}"
    bare = ocgdesk("brief", force, "ocg-profile", "--ref", OCG, "--template", "Fancy", "-o", out)
    assert (bare.code, "There is no template 'Fancy'" in bare.err) == (1, True)


def test_it_is_said_in_which_figures_a_record_stands_and_which_have_changed(
    ocgdesk: Run, force: Path, tmp_path: Path
):
    report = ocgdesk(
        *("brief", force, "performance", "--section", "return:crime-types", "--json"),
        *("-o", tmp_path / "p.html", "--recipient", "Board"),
    ).json["ref"]
    left = ("return", force, "crime-types", "-o", tmp_path / "c.csv", "--recipient", "SPCB")
    assert ocgdesk(*left).code == 0
    found = ocgdesk("products", force, "--of", OCG, "--json").json
    assert [(one["ref"], one["named"]) for one in found["items"]] == [(report, False)]
    blocks = {one["block"]: one["row"] for one in found["items"][0]["counted"]}
    assert set(blocks) == {"Primary crime type", "Owning force", "Tier", "Pillar"}
    assert [(one["recipient"], one["counted"]) for one in found["exports"]] == [
        ("SPCB", found["items"][0]["counted"])
    ]
    assert "SPCB" in ocgdesk("products", force, "--of", OCG).out
    assert ocgdesk("products", force, "--since", report, "--json").json["figures"] == []
    assert ocgdesk("edit", force, OCG, "primary_crime=fraud").code == 0
    moved = ocgdesk("products", force, "--since", report, "--json").json["figures"]
    gone = next(one for one in moved if one["row"] == blocks["Primary crime type"])
    assert gone["now"] == gone["then"] - 1
    again = ocgdesk("products", force, "--of", OCG, "--json").json
    assert again["items"][0]["counted"] == found["items"][0]["counted"]


def test_all_that_outranks_a_marking_can_be_listed(ocgdesk: Run, force: Path):
    asked = ("brief", force, "ocg-profile", "--ref", OCG, "--marking", "official")
    ran = ocgdesk(*asked, "--json")
    refs = [one["ref"] for one in ran.json["items"]]
    assert (ran.code, len(refs) > 6) == (1, True)
    assert f"{len(refs)} items outrank OFFICIAL" in ran.err
    listed = ocgdesk(*asked, "--above")
    assert all(ref in listed.out for ref in refs)
