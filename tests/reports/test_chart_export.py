"""A chart on its page: framed, marked, readable by others, the same every time."""

import hashlib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import pytest
from golden.chart_scenes import COVER, id_of, large, tarnbrook
from PIL import Image

from ocgdesk.domain.charts import FIXED_LINE, Arrangement, Cover, Scene
from ocgdesk.domain.marking import Marking
from ocgdesk.errors import Refused
from ocgdesk.reports import chart_words
from ocgdesk.reports.chart_figure import export
from ocgdesk.reports.chart_page import Page, PageSize, page
from ocgdesk.reports.drawing import draw
from ocgdesk.reports.drawing_parts import Area, Line, TextRun

ROOT = Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"
FORMATS = ("png", "svg", "pdf")

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None or shutil.which("pdftoppm") is None,
    reason="poppler-utils is not installed: the PDF is not opened by an independent reader",
)


def sheet(
    arrangement: Arrangement | None = None, cover: Cover = COVER, size: PageSize = PageSize.A4
) -> Page:
    arrangement = arrangement or tarnbrook()
    return page(draw(arrangement), cover, size, chart_words.legend(arrangement))


def words_of(made: Page) -> str:
    return "\n".join(line for run in made.frame if isinstance(run, TextRun) for line in run.lines)


def pdf_text(data: bytes) -> str:
    told = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True
    )
    return told.stdout.decode()


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_chart_gives_the_same_bytes(form: str) -> None:
    assert export(sheet(), form, dpi=96) == export(sheet(), form, dpi=96)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", FORMATS)
def test_another_process_gives_the_same_bytes(form: str) -> None:
    code = (
        "import hashlib, sys; from reports import test_chart_export as t;"
        f"print(hashlib.sha256(t.export(t.sheet(), {form!r}, dpi=96)).hexdigest())"
    )
    paths = f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / 'tests')!r}]; "
    told = subprocess.run(
        [sys.executable, "-c", paths + code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    mine = hashlib.sha256(export(sheet(), form, dpi=96)).hexdigest()  # type: ignore[arg-type]
    assert told.stdout.strip() == mine


def test_the_page_says_what_has_to_be_said() -> None:
    words = words_of(sheet())
    for said in (
        "OFFICIAL-SENSITIVE",
        "SYNTHETIC DATA",
        COVER.title,
        "WMPA1-OCG-2025-0042",
        "as at 21 Nov 2025, 09:14",
        "J. Mistry, West Midlands Police",
        "Filters: Grade: not 3, not E; Hops: 2",
        "12 sources, lowest grade 2C",
        FIXED_LINE,
        COVER.handling,
    ):
        assert said in words
    assert words.count("OFFICIAL-SENSITIVE") == 2


def test_the_fixed_line_stands_even_where_nothing_else_is_known() -> None:
    bare = Cover(title="Chart", marking=Marking.OFFICIAL)
    words = words_of(sheet(cover=bare))
    assert FIXED_LINE in words
    assert "SYNTHETIC" not in words
    assert "Filters: none" in words
    assert "OFFICIAL-SENSITIVE" not in words


def test_the_legend_lists_only_kinds_that_are_drawn() -> None:
    whole = words_of(sheet())
    assert "Nominal 11" in whole
    assert "County line 1" in whole
    assert "Tentative" in whole
    hidden = replace(tarnbrook(), hidden=frozenset({id_of("“Marlow”"), id_of("VX19 ***")}))
    part = words_of(sheet(hidden))
    assert "County line" not in part
    assert "Vehicle" not in part
    assert "Account" not in whole


def test_labels_that_found_no_room_are_counted_on_the_page() -> None:
    crowd = large(300, 900, apart=60)
    assert re.search(r"\d+ labels are left out for want of room\.", words_of(sheet(crowd)))


@pytest.mark.parametrize("size", list(PageSize))
@pytest.mark.parametrize(
    "of", [tarnbrook, lambda: large(300, 600), lambda: Arrangement(scene=Scene())]
)
def test_nothing_lies_outside_the_page(size: PageSize, of: object) -> None:
    made = sheet(of(), size=size)  # type: ignore[operator]
    whole = Area(0, 0, made.width, made.height)
    for element in made.frame:
        if isinstance(element, TextRun):
            assert whole.holds(element.box)
        elif isinstance(element, Line):
            assert all(0 <= point.x <= made.width for point in element.points)
    box = made.chart.bounds
    placed = Area(
        made.at.x + box.x * made.scale,
        made.at.y + box.y * made.scale,
        box.width * made.scale,
        box.height * made.scale,
    )
    assert whole.grown(-10).holds(placed)


def test_a_long_title_and_long_filters_stay_on_the_page() -> None:
    cover = replace(COVER, title="Penhallow " * 60, filters=("Grade: not 3 " * 40,))
    made = sheet(cover=cover)
    whole = Area(0, 0, made.width, made.height)
    assert all(whole.holds(run.box) for run in made.frame if isinstance(run, TextRun))


@needs_poppler
def test_the_text_of_a_pdf_is_text() -> None:
    words = pdf_text(export(sheet(), "pdf"))
    for said in (
        "OFFICIAL-SENSITIVE",
        "Kyle Penhallow",
        "supplies ×3",
        "Records restricted",
        "U18",
    ):
        assert said in words


@needs_poppler
def test_names_of_other_scripts_reach_the_pdf() -> None:
    made = tarnbrook()
    names = ("Иван Петров", "محمد", "王小明", "ਗੁਰਪ੍ਰੀਤ", "মোহাম্মদ")
    items = tuple(
        replace(item, label=name) for item, name in zip(made.scene.items, names, strict=False)
    )
    scene = replace(made.scene, items=items + made.scene.items[len(names) :])
    words = pdf_text(export(sheet(replace(made, scene=scene)), "pdf"))
    assert "Иван Петров" in words
    assert "王小明" in words


@needs_poppler
def test_a_pdf_opens_elsewhere_at_its_paper_size() -> None:
    data = export(sheet(size=PageSize.A3), "pdf")
    told = subprocess.run(
        ["pdftoppm", "-r", "50", "-"], input=data, capture_output=True, check=True
    )
    wide, high = (int(part) for part in told.stdout.split(maxsplit=3)[1:3])
    assert wide == pytest.approx(420 / 25.4 * 50, abs=1)
    assert high == pytest.approx(297 / 25.4 * 50, abs=1)
    assert b"2025" not in re.findall(rb"/(?:CreationDate|ModDate)[^>]*", data)


def test_a_png_has_the_size_and_words_asked_for() -> None:
    from io import BytesIO

    picture = Image.open(BytesIO(export(sheet(), "png", dpi=150)))
    assert picture.size[0] == pytest.approx(297 / 25.4 * 150, abs=2)
    assert picture.size[1] == pytest.approx(210 / 25.4 * 150, abs=2)
    assert picture.text["Title"] == COVER.title
    assert "11 nominals" in picture.text["Description"]
    assert "Software" not in picture.text
    assert picture.getpixel((5, 5))[:3] == (0x7A, 0x12, 0x30)


def test_an_svg_is_read_by_a_parser_and_names_its_lines() -> None:
    top = ET.fromstring(export(sheet(), "svg"))  # noqa: S314 - our own bytes
    assert top.tag == f"{SVG}svg"
    named = {part.get("aria-label") for part in top.iter(f"{SVG}g")}
    assert {"Kyle Penhallow", "OFFICIAL-SENSITIVE", "supplies ×3"} <= named
    text = "".join(top.itertext())
    assert COVER.title in text
    assert "11 nominals" in text


def test_what_is_hidden_is_nowhere_in_the_file() -> None:
    hidden = replace(tarnbrook(), hidden=frozenset({id_of("Kyle Penhallow")}))
    assert b"Penhallow" not in export(sheet(hidden), "svg")


def test_a_picture_too_large_to_open_is_refused() -> None:
    with pytest.raises(Refused, match="fewer dpi"):
        export(sheet(size=PageSize.A1), "png", dpi=600)


@pytest.mark.parametrize("form", FORMATS)
def test_five_hundred_items_are_exported_in_seconds(form: str) -> None:
    arrangement = large(500, 1000)
    began = perf_counter()
    export(sheet(arrangement), form)  # type: ignore[arg-type]
    assert perf_counter() - began < 12  # under 5 s on a machine with nothing else to do
