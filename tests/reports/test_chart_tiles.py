"""A large sheet across small ones: all of it on them, each marked and numbered."""

import shutil
import subprocess

import pytest
from golden.chart_scenes import COVER, tarnbrook

from ocgdesk.reports import chart_words
from ocgdesk.reports.chart_figure import export_tiles, pictures
from ocgdesk.reports.chart_page import Page, PageSize, page
from ocgdesk.reports.chart_tiles import OVERLAP, tiles
from ocgdesk.reports.drawing import draw
from ocgdesk.reports.drawing_parts import Area, Line, TextRun

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None,
    reason="poppler-utils is not installed: the PDF is not opened by an independent reader",
)


def sheet(size: PageSize = PageSize.A1) -> Page:
    arrangement = tarnbrook()
    return page(draw(arrangement), COVER, size, chart_words.legend(arrangement))


@pytest.mark.parametrize(
    ("size", "paper", "n"),
    [
        (PageSize.A1, PageSize.A4, 9),
        (PageSize.A1, PageSize.A3, 4),
        (PageSize.A2, PageSize.A4, 4),
        (PageSize.A2, PageSize.A3, 1),
    ],
)
def test_the_sheets_hold_all_of_the_page_and_overlap(
    size: PageSize, paper: PageSize, n: int
) -> None:
    made = sheet(size)
    cut = tiles(made, paper, COVER)
    assert len(cut) == n
    seen = [
        Area(
            (one.window.x - one.shift.x) / one.scale,
            (one.window.y - one.shift.y) / one.scale,
            one.window.width / one.scale,
            one.window.height / one.scale,
        )
        for one in cut
    ]
    assert min(part.x for part in seen) <= 1e-6
    assert min(part.y for part in seen) <= 1e-6
    assert max(part.right for part in seen) >= made.width - 1e-6
    assert max(part.bottom for part in seen) >= made.height - 1e-6
    if n > 1:
        assert seen[0].right - seen[1].x == pytest.approx(OVERLAP / cut[0].scale)


def test_every_sheet_is_marked_twice_and_says_which_it_is() -> None:
    cut = tiles(sheet(), PageSize.A4, COVER)
    for at, one in enumerate(cut, start=1):
        runs = [part for part in one.frame if isinstance(part, TextRun)]
        words = [line for run in runs for line in run.lines]
        assert words.count("OFFICIAL-SENSITIVE · SYNTHETIC DATA") == 2
        assert f"Sheet {at} of 9: row {(at - 1) // 3 + 1}, column {(at - 1) % 3 + 1}" in words
        whole = Area(0, 0, one.width, one.height)
        assert all(whole.holds(run.box) for run in runs)
        lines = [part for part in one.frame if isinstance(part, Line)]
        assert all(0 <= point.x <= one.width for line in lines for point in line.points)


@needs_poppler
def test_another_reader_finds_a_page_for_each_sheet_and_its_text() -> None:
    made = sheet(PageSize.A2)
    data = export_tiles(made, tiles(made, PageSize.A4, COVER))
    told = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True
    )
    pages = told.stdout.decode().split("\f")[:-1]
    assert len(pages) == 4
    for at, words in enumerate(pages, start=1):
        assert f"Sheet {at} of 4" in words
        assert words.count("OFFICIAL-SENSITIVE · SYNTHETIC DATA") == 2
    assert any("Dean Arkwright" in words for words in pages)


def test_the_same_sheets_give_the_same_bytes() -> None:
    made = sheet(PageSize.A2)
    cut = tiles(made, PageSize.A4, COVER)
    assert export_tiles(made, cut) == export_tiles(made, cut)


def test_a_page_that_is_not_cut_is_printed_as_one_picture() -> None:
    assert len(list(pictures(sheet(PageSize.A4), (), dpi=40))) == 1
    made = sheet(PageSize.A2)
    assert len(list(pictures(made, tiles(made, PageSize.A4, COVER), dpi=30))) == 4
