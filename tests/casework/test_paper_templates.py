"""The force's own Word files and slides: kept, filled, marked, refused where they are damaged."""

import zipfile
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pptx
import pytest
from docx import Document as WordFile
from makers import a_link, a_membership, a_nominal, a_report, an_ocg

from ocgdesk.casework import paper_templates, product_specs, products
from ocgdesk.casework.briefs import Wish
from ocgdesk.casework.products import Issue
from ocgdesk.errors import Refused

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
BANNER = "OFFICIAL-SENSITIVE · SYNTHETIC DATA"


@pytest.fixture
def ocg(given):
    ocg, boss = given(an_ocg("Tarnbrook", summary="Led from Ludlow."), a_nominal("Ewan Pryce"))
    report = given(a_report("Yard", grade="1AC", conditions="Ask first"))[0]
    given(a_membership(boss, ocg, role="principal", reports=(report.id,)), a_link(ocg, boss))
    return ocg


def word(path: Path, *paragraphs: str, header: str = "") -> Path:
    file = WordFile()
    if header:
        file.sections[0].header.paragraphs[0].text = header
    for text in paragraphs:
        file.add_paragraph(text)
    file.save(str(path))
    return path


def slides(path: Path, *texts: str) -> Path:
    file = pptx.Presentation()
    for text in texts:
        slide = file.slides.add_slide(file.slide_layouts[1])
        slide.shapes.title.text = "Riverside Police"
        slide.placeholders[1].text = text
    file.save(str(path))
    return path


@pytest.fixture
def kept(workspace):
    def keep(path: Path, **more):
        made = paper_templates.prepare(path)
        with workspace.work("Add template") as done:
            return paper_templates.add(done.work, made, today=NOW.date(), **more)

    return keep


def issued(workspace, ocg, template, out: Path, **more):
    wish = Wish(
        product="ocg-profile",
        subject=ocg.id,
        sections=("members", "summary"),
        template=template.id,
        **more,
    )
    said = Issue(path=out, recipient="DCI Hale", reason="Tasking", author="A. Cors")
    return products.issue(workspace, wish, said, now=NOW)


def words_of(path: Path) -> str:
    return "\n".join(p.text for p in WordFile(str(path)).paragraphs)


def test_fields_are_filled_however_word_has_split_them(workspace, ocg, kept, tmp_path):
    file = WordFile()
    paragraph = file.add_paragraph("Paper: ")
    for text in ("{", "{ ti", "tle ", "}} of {{date}}"):
        paragraph.add_run(text).bold = text.startswith("{ ti")
    file.save(str(tmp_path / "own.docx"))
    issued(workspace, ocg, kept(tmp_path / "own.docx"), tmp_path / "p.docx")
    assert words_of(tmp_path / "p.docx").startswith("Paper: OCG profile: Tarnbrook of 18 Nov 2026")


def test_sections_stand_where_their_fields_are_and_the_rest_in_the_body(
    workspace, ocg, kept, tmp_path
):
    own = word(tmp_path / "own.docx", "First", "{{ section summary }}", "Then", "{{ body }}", "End")
    issued(workspace, ocg, kept(own), tmp_path / "p.docx")
    text = words_of(tmp_path / "p.docx")
    order = ("First", "Summary", "Led from Ludlow.", "Then", "Members", "End", "About this paper")
    places = [text.index(one) for one in order]
    assert places == sorted(places)
    assert text.count("Led from Ludlow.") == 1


def test_without_a_field_of_sections_they_all_go_to_the_end(workspace, ocg, kept, tmp_path):
    issued(workspace, ocg, kept(word(tmp_path / "o.docx", "Only words")), tmp_path / "p.docx")
    text = words_of(tmp_path / "p.docx")
    assert text.index("Only words") < text.index("Members") < text.index("About this paper")


def test_what_is_unknown_is_listed_and_stays_and_the_rest_is_filled(workspace, ocg, kept, tmp_path):
    own = kept(
        word(tmp_path / "own.docx", "{{ gossip }} for {{ recipient }}", "{{ section scores }}")
    )
    with workspace.reading() as reader:
        wish = Wish(product="ocg-profile", subject=ocg.id, template=own.id)
        missing = paper_templates.unfilled(reader, wish, ("members",))
    assert missing == ("gossip", "section scores")
    assert paper_templates.strange(("gossip", "title", "body", "section scores")) == ("gossip",)
    issued(workspace, ocg, own, tmp_path / "p.docx")
    assert "{{ gossip }} for DCI Hale" in words_of(tmp_path / "p.docx")


@pytest.mark.parametrize("header", ["", "OFFICIAL", "Riverside · OFFICIAL", "{{ marking }}"])
def test_every_page_is_marked_as_high_as_its_content_whatever_the_template_says(
    workspace, ocg, kept, tmp_path, header
):
    own = kept(word(tmp_path / "own.docx", "{{ body }}", header=header))
    issued(workspace, ocg, own, tmp_path / "p.docx")
    section = WordFile(str(tmp_path / "p.docx")).sections[0]
    for part in (section.header, section.footer):
        texts = [p.text for p in part.paragraphs]
        assert sum("OFFICIAL-SENSITIVE" in one for one in texts) >= 1
        assert not any(one.endswith("OFFICIAL") for one in texts)
    cells = (c for t in WordFile(str(tmp_path / "p.docx")).tables for r in t.rows for c in r.cells)
    assert any("Ask first" in cell.text for cell in cells)


def test_slides_take_the_layout_of_the_slide_their_field_is_on(workspace, ocg, kept, tmp_path):
    own = kept(
        slides(tmp_path / "own.pptx", "{{ title }} {{ gossip }}", "{{ body }}", "Contact us")
    )
    issued(workspace, ocg, own, tmp_path / "p.pptx")
    file = pptx.Presentation(str(tmp_path / "p.pptx"))
    told = [
        "\n".join(s.text_frame.text for s in one.shapes if s.has_text_frame) for one in file.slides
    ]
    assert "OCG profile: Tarnbrook {{ gossip }}" in told[0]
    titles = [one.shapes.title.text for one in file.slides]
    assert titles[1:3] == ["Members", "Riverside Police"]
    assert "Summary" in told[1], "short sections share a slide"
    assert titles[-1].startswith("About this paper")
    assert all("OFFICIAL-SENSITIVE" in one for one in told)
    assert not any("{{ body }}" in one for one in told)
    names = zipfile.ZipFile(tmp_path / "p.pptx").namelist()
    assert len(names) == len(set(names))
    assert (file.slide_width, file.slide_height) == (9144000, 6858000)
    for slide in file.slides:
        for shape in slide.shapes:
            assert shape.left + shape.width <= file.slide_width
            assert shape.top + shape.height <= file.slide_height


def test_a_template_is_for_its_format_and_its_product(workspace, ocg, kept, tmp_path):
    own = kept(word(tmp_path / "own.docx", "{{ body }}"), product="plan")
    with pytest.raises(Refused, match="is for 4P plan"):
        issued(workspace, ocg, own, tmp_path / "p.docx")
    with pytest.raises(Refused, match=r"is a \.docx file"):
        issued(workspace, ocg, own, tmp_path / "p.pdf")
    assert not (tmp_path / "p.docx").exists()


def damaged(path: Path) -> Path:
    path.write_bytes(word(path, "x").read_bytes()[:4000])
    return path


def linked(path: Path) -> Path:
    """Return a Word file that fetches something when it is opened."""
    given, out = zipfile.ZipFile(BytesIO(word(path, "x").read_bytes())), zipfile.ZipFile(path, "w")
    with out:
        for name in given.namelist():
            data = given.read(name)
            if name == "word/_rels/document.xml.rels":
                more = b'<Relationship Id="x" Type="http://a/b/attachedTemplate" Target="http://c.invalid/t" TargetMode="External"/></Relationships>'  # noqa: E501
                data = data.replace(b"</Relationships>", more)
            out.writestr(name, data)
    return path


def text_file(path: Path) -> Path:
    path.write_text("no office file")
    return path


def crowded(path: Path) -> Path:
    return word(path, "Members: {{ section members }}")


def defining(path: Path) -> Path:
    word(path, "x")
    with zipfile.ZipFile(path) as packed:
        parts = {one: packed.read(one) for one in packed.namelist()}
    parts["word/document.xml"] = b"<!DOCTYPE a [<!ENTITY e 'x'>]>" + parts["word/document.xml"]
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return path


def renamed(path: Path) -> Path:
    return word(path.with_suffix(".odt"), "x")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (damaged, "own.docx is damaged"),
        (text_file, "own.docx is damaged"),
        (linked, "uses something kept outside it"),
        (crowded, r"own.docx: {{ section members }} stands for whole sections"),
        (defining, "own.docx is damaged"),
        (renamed, "is a .docx or a .pptx file"),
    ],
)
def test_what_is_no_sound_template_gets_one_sentence(tmp_path, make, words):
    with pytest.raises(Refused, match=words) as refused:
        paper_templates.prepare(make(tmp_path / "own.docx"))
    assert "\n" not in str(refused.value)


def test_slides_do_not_take_the_place_of_a_word_file(workspace, kept, tmp_path):
    first = kept(word(tmp_path / "own.docx", "{{ body }}"))
    with pytest.raises(Refused, match=r"a \.docx template own already"):
        kept(slides(tmp_path / "own.pptx", "{{ body }}"))
    with workspace.reading() as reader:
        assert paper_templates.templates(reader) == (first,)


def test_a_new_one_of_the_same_title_takes_its_place_and_one_is_offered_no_more(
    workspace, kept, tmp_path
):
    own = word(tmp_path / "own.docx", "{{ body }}")
    first, second = kept(own, title="Standard"), kept(own, title="standard")
    with workspace.reading() as reader:
        assert [one.id for one in paper_templates.templates(reader)] == [second.id]
        assert len(paper_templates.templates(reader, everything=True)) == 2
        assert paper_templates.find(reader, "STANDARD").id == second.id
    with workspace.work("Remove template") as done:
        paper_templates.retire(done.work, second.id)
    with workspace.reading() as reader, pytest.raises(Refused, match="there are: none"):
        paper_templates.find(reader, "Standard")
    assert first.added == date(2026, 11, 18)


def test_a_new_version_is_made_by_the_same_template(workspace, ocg, kept, tmp_path):
    own = kept(word(tmp_path / "own.docx", "Version {{ version }}"))
    first = issued(workspace, ocg, own, tmp_path / "p.docx")
    assert product_specs.wish_of(first).template == own.id
    again = Issue(path=tmp_path / "q.docx", follows=first.id)
    products.issue(workspace, product_specs.wish_of(first), again, now=NOW)
    assert "Version 2" in words_of(tmp_path / "q.docx")


def test_a_template_says_which_paper_it_is_in_its_fields_and_on_its_last_page(
    workspace, ocg, kept, tmp_path
):
    fields = ("number", "issued", "as at", "head")
    own = kept(
        word(tmp_path / "own.docx", *(f"{{{{ {one} }}}}" for one in fields), "{{ imprint }}")
    )
    paper = issued(workspace, ocg, own, tmp_path / "p.docx")
    at = "18 Nov 2026, 09:00"
    as_at = f"{at}, journal entry {paper.entry:,}"
    file = WordFile(str(tmp_path / "p.docx"))
    said = [one.text for one in file.paragraphs]
    assert said[:4] == [paper.ref, at, as_at, paper.head]
    assert said[4].startswith(f"{paper.ref} · version 1 · issued {at}")
    every = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    assert {paper.ref, as_at, "DCI Hale", paper.head} <= set(every)
    assert file.core_properties.identifier == paper.ref
