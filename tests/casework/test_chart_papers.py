"""Charts on paper: what is printed round them, and how their files are written."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pptx
import pytest
from golden.chart_scenes import tarnbrook
from makers import a_link, a_nominal, a_report, about
from PIL import Image

from ocgdesk.casework import chart_papers, chart_tables, charts, files
from ocgdesk.casework.charts import ChartQuery
from ocgdesk.domain.charts import Arrangement, Cover, Item, Point, Scene
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.people import Role
from ocgdesk.errors import CannotWrite, Refused
from ocgdesk.security import chain
from ocgdesk.store import journal
from ocgdesk.store.journal import Act

NOW = datetime(2026, 11, 21, 9, 14, tzinfo=UTC)
STARTS = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF", "pptx": b"PK"}


@pytest.fixture
def covered(workspace, given):
    """A chart of two people, one marked higher, on one graded report; and its cover."""
    (report,) = given(a_report("Sighting", grade="2CP"))
    one, two = given(a_nominal("One"), a_nominal("Two", marking=Marking.OFFICIAL_SENSITIVE))
    given(a_link(one, two, reports=(report.id,)))

    def made(*hidden, **more):
        with workspace.reading() as reader:
            scene = charts.scene(reader, ChartQuery(focus=(one.id,)))
            arrangement = Arrangement(
                scene=scene,
                places={item.id: Point(100.0 * n, 0.0) for n, item in enumerate(scene.items)},
                hidden=frozenset(thing.id for thing in hidden),
            )
            facts = {"title": "Pair", "author": "Ann Example", "agency": "", "now": NOW} | more
            return chart_papers.cover(reader, arrangement, about=about(synthetic=True), **facts)

    return made, one, two


def test_a_chart_is_marked_no_lower_than_its_links(workspace, given) -> None:
    plain = {"marking": Marking.OFFICIAL}
    one, two = given(a_nominal("One", **plain), a_nominal("Two", **plain))
    given(a_link(one, two, marking=Marking.OFFICIAL_SENSITIVE))
    with workspace.reading() as reader:
        scene = charts.scene(reader, ChartQuery(focus=(one.id,)))
        drawn = Arrangement(scene=scene, places={item.id: Point(0.0, 0.0) for item in scene.items})
        facts = {"title": "Pair", "author": "Ann Example", "agency": "", "now": NOW}
        cover, _numbers = chart_papers.cover(reader, drawn, about=about(synthetic=True), **facts)
    assert {item.marking for item in scene.items} == {Marking.OFFICIAL}
    assert cover.marking is Marking.OFFICIAL_SENSITIVE


def test_the_cover_says_who_when_from_what_and_carries_the_highest_marking(covered) -> None:
    made, *_people = covered
    cover, subjects = made(filters=("2 hops",))
    assert (cover.title, cover.author, cover.agency) == ("Pair", "Ann Example", "WMP")
    assert cover.drawn == "as at 21 Nov 2026, 09:14"
    assert cover.marking is Marking.OFFICIAL_SENSITIVE
    assert cover.synthetic
    assert cover.filters == ("2 hops",)
    assert cover.sources == "1 report, lowest grade 2C"
    assert len(subjects) == 2


def test_the_head_of_the_journal_is_printed_on_the_sheet_and_the_table(covered, workspace) -> None:
    made, *_people = covered
    head = workspace.head()[1]
    cover, _subjects = made(head=head)
    said = f"Head of the journal: {chain.short(head)}"
    assert said in chart_papers.render(tarnbrook(), cover, "svg").decode()
    assert said in chart_papers.table(tarnbrook(), cover)
    bare, _subjects = made()
    assert "Head of the journal" not in chart_papers.table(tarnbrook(), bare)


def test_a_chart_that_leaves_is_journalled_with_whom_and_why_and_then_written(
    workspace, tmp_path
) -> None:
    path = tmp_path / "chart.svg"
    to = {"recipient": "TTCG", "reason": "November meeting"}
    assert chart_papers.to_file(workspace, b"data", path, (), **to) == path
    assert path.read_bytes() == b"data"
    with workspace.connection() as connection:
        entry = journal.entry(connection, workspace.head()[0])
    assert (entry.act, entry.label, entry.reason) == (
        Act.DISCLOSURE,
        "Export chart",
        "November meeting",
    )
    assert entry.detail == {"format": "svg", "recipient": "TTCG"}


def test_who_may_not_export_writes_no_chart(workspace, tmp_path, add_user, opened_by) -> None:
    theirs = opened_by(add_user("rob", Role.READER))
    with pytest.raises(Refused):
        chart_papers.to_file(theirs, b"data", tmp_path / "chart.svg", ())
    assert list(tmp_path.glob("chart*")) == []


def test_what_is_hidden_is_not_disclosed(covered) -> None:
    made, _one, two = covered
    _cover, subjects = made(two)
    assert len(subjects) == 1


def test_sources_that_are_not_recorded_are_said_to_be_so(workspace, given) -> None:
    (alone,) = given(a_nominal())
    with workspace.reading() as reader:
        scene = charts.scene(reader, ChartQuery(focus=(alone.id,)))
        cover, _subjects = chart_papers.cover(
            reader, Arrangement(scene=scene), title="", about=about(), author="", agency="", now=NOW
        )
    assert (cover.title, cover.sources) == ("Link chart", "Sources not recorded")


@pytest.mark.parametrize("kind", chart_papers.FORMATS)
def test_each_format_is_what_it_says_and_the_same_each_time(kind: str) -> None:
    cover = Cover(title="Tarnbrook", author="Ann Example", drawn="as at 21 Nov 2026, 09:14")
    first = chart_papers.render(tarnbrook(), cover, kind)
    assert first.startswith(STARTS[kind])
    assert chart_papers.render(tarnbrook(), cover, kind) == first


def test_the_svg_carries_marking_title_author_date_and_the_fixed_line() -> None:
    cover = Cover(title="Tarnbrook", author="Ann Example", drawn="as at 21 Nov 2026, 09:14")
    png, svg, pdf, html, text = chart_papers.clipboard(tarnbrook(), cover)
    assert pdf.startswith(STARTS["pdf"])
    assert png.startswith(STARTS["png"])
    assert svg.startswith(STARTS["svg"])
    assert html.count("OFFICIAL-SENSITIVE") == 2
    assert "Records restricted from this user are not included." in html
    assert "<h1>Tarnbrook</h1>" in html
    assert text.startswith("OFFICIAL-SENSITIVE\nTarnbrook\n\nItem\tKind")
    assert text.endswith("OFFICIAL-SENSITIVE")
    assert "Imran Sadiqi\tsupplies\tGareth Lyle\tConfirmed\t3" in text


def test_the_table_of_links_leaves_out_what_is_hidden_and_escapes_what_it_shows(covered) -> None:
    made, *_people = covered
    cover, _subjects = made(title="<b>Pair</b>")
    arrangement = tarnbrook()
    html = chart_papers.table(arrangement, cover)
    assert "&lt;b&gt;Pair&lt;/b&gt;" in html
    shown = html.count("<tr>")
    gone = next(iter(arrangement.scene.ties)).source
    assert chart_papers.table(replace(arrangement, hidden={gone}), cover).count("<tr>") < shown


def test_another_format_is_refused_by_name() -> None:
    with pytest.raises(Refused, match="png, svg, pdf, pptx, not 'gif'"):
        chart_papers.render(tarnbrook(), Cover(title="T"), "gif")


def test_a_file_is_written_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "chart.png"
    path.write_bytes(b"before")
    assert files.write(path, b"after") == path
    assert path.read_bytes() == b"after"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_written_is_one_sentence_and_the_old_one_stands(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "chart.png"
    (folder / "inside").mkdir(parents=True)
    with pytest.raises(CannotWrite, match=r"^chart.png cannot be written: "):
        files.write(folder, b"data")
    assert [path.name for path in tmp_path.iterdir()] == ["chart.png"]
    with pytest.raises(CannotWrite, match="cannot be written"):
        files.write(tmp_path / "no folder" / "chart.png", b"data")


def test_no_product_names_a_person_recorded_as_exploited(workspace, given) -> None:
    holder, young = given(a_nominal("Holder"), a_nominal("Young Person", exploited=True))
    given(a_link(holder, young, type="exploits"))
    with workspace.reading() as reader:
        scene = charts.scene(reader, ChartQuery(focus=(young.id,)))
        places = {item.id: Point(150.0 * n, 0.0) for n, item in enumerate(scene.items)}
        arrangement = Arrangement(scene=scene, places=places)
        cover, _subjects = chart_papers.cover(
            reader,
            arrangement,
            title="Young Person",
            about=about(),
            author="",
            agency="",
            now=NOW,
        )
    _png, svg, _pdf, html, _text = chart_papers.clipboard(arrangement, cover)
    assert "Holder" in html
    assert "Young Person" not in html
    assert b"Young Person" not in svg
    assert "names of exploited people withheld" in cover.filters
    data = chart_papers.render(arrangement, cover, "pptx")
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = b"".join(file.read(name) for name in file.namelist())
    assert b"Holder" in parts
    assert b"Young Person" not in parts


def test_the_notes_of_a_slide_list_the_reports_it_rests_on(covered) -> None:
    made, *_people = covered
    cover, _subjects = made()
    (cited,) = cover.cited
    assert cited.endswith("· 2CP")
    data = chart_papers.render(tarnbrook(), cover, "pptx")
    slide = pptx.Presentation(io.BytesIO(data)).slides[0]
    notes = slide.notes_slide.notes_text_frame.text.splitlines()
    assert notes[0] == notes[-1] == "OFFICIAL-SENSITIVE"
    assert cited in notes
    assert "Sources: 1 report, lowest grade 2C" in notes


@pytest.mark.parametrize(("size", "wide"), [("a3", 1587), ("a2", 2245), ("slide", 1280)])
def test_a_picture_is_as_large_as_was_asked_for(size: str, wide: int) -> None:
    cover = Cover(title="Tarnbrook")
    data = chart_papers.render(tarnbrook(), cover, "png", size, 96)
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.width == pytest.approx(wide, abs=2)


def test_a_cell_is_neither_two_cells_nor_a_formula() -> None:
    item = Item(id=uuid4(), kind=Kind.NOMINAL, label="=cmd\t|x\ny")
    text = chart_tables.as_text(Arrangement(scene=Scene(items=(item,))), Cover(title="T"))
    assert "\n'=cmd |x y\tNominal\t" in text
