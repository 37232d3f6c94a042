"""The user guide: whole, linked, said in the words of the window, and written in four formats."""

import ast
import io
import re
from datetime import date
from pathlib import Path

import docx
import pytest

from ocgdesk import resources
from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.errors import NotFound
from ocgdesk.reports import guide, guide_paper, plain_markup
from ocgdesk.reports.plain_markup import (
    Grid,
    Head,
    Items,
    Shown,
    Span,
    Typed,
    Words,
    parse,
    plain,
    spans,
)

ROOT = Path(__file__).resolve().parent.parent.parent
DAY = date(2026, 11, 21)
MOST_LINES = 90
KEYS = [one.key for one in guide.chapters()]


def said_in_the_window() -> set[str]:
    """Collect every text that the sources give to be translated, and the words of the lists."""
    found: set[str] = set()
    for path in (ROOT / "ocgdesk").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    for path in resources.path("reference").glob("*.toml"):
        found |= set(re.findall(r'"([^"\n]+)"', path.read_text(encoding="utf-8")))
    return found


# ---- Chapters -----------------------------------------------------------------------------------


def test_every_file_of_the_folder_is_a_chapter():
    files = {path.stem for path in resources.path("help").glob("*.md")}
    assert files == set(KEYS)
    assert len(KEYS) == len(files)


@pytest.mark.parametrize("key", KEYS)
def test_a_chapter_begins_with_its_title_and_is_short_enough_to_read(key: str):
    one = guide.chapter(key)
    assert isinstance(one.blocks[0], Head)
    assert one.blocks[0].level == 1
    assert one.title == plain(one.blocks[0].line)
    assert 20 < one.text.count("\n") < MOST_LINES


@pytest.mark.parametrize("key", KEYS)
def test_links_of_a_chapter_lead_to_chapters(key: str):
    for target in re.findall(r"(?<!!)\[[^\]]+\]\(([^)]+)\)", guide.chapter(key).text):
        assert target.removesuffix(".md") in KEYS


def test_every_kind_a_chart_draws_has_a_chapter_of_its_own():
    default = guide.chapter_at("record")
    for kind in (*SUBJECTS, Kind.REPORT):
        assert guide.chapter_at("record", kind.value) is not default, kind


def test_a_table_of_ocgs_is_told_of_with_ocgs_and_an_unknown_page_with_the_beginning():
    assert guide.chapter_at("register", "ocg").key == "ocgs"
    assert guide.chapter_at("register", "watch").key == "tables"
    assert guide.chapter_at("nowhere").key == "guide"


def test_a_chapter_is_found_by_key_or_by_the_beginning_of_its_title():
    assert guide.chapter("the lro").key == guide.chapter("lro").key == "lro"
    with pytest.raises(NotFound, match="no chapter 'weather'"):
        guide.chapter("weather")


def test_chapters_are_found_by_words():
    assert "exploited" in [one.key for one in guide.find("reasonable-grounds nrm")]
    assert guide.find("qxv") == ()
    assert guide.find("") == guide.chapters()


def test_bold_words_are_words_of_the_window():
    known = said_in_the_window()
    made_up = re.compile(
        "|".join(
            re.sub(r"\\{[^{}]*\\}", ".+", re.escape(text))
            for text in known
            if "{" in text and len(re.sub(r"\{[^{}]*\}|\W", "", text)) >= 3
        )
    )
    missing = [
        (one.key, word)
        for one in guide.chapters()
        for word in re.findall(r"\*\*(.+?)\*\*", " ".join(one.text.split()))
        if word not in known and not made_up.fullmatch(word)
    ]
    assert not missing


# ---- Markup -------------------------------------------------------------------------------------


def test_words_in_a_line_keep_their_styles():
    line = spans("Press `Ctrl+K`, then **Add**, *not* [this](chart.md).")
    assert line == (
        Span("Press "),
        Span("Ctrl+K", "code"),
        Span(", then "),
        Span("Add", "bold"),
        Span(", "),
        Span("not", "italic"),
        Span(" "),
        Span("this", "link", "chart.md"),
        Span("."),
    )


def test_every_block_of_the_markup_is_read():
    text = (
        "# Title\n\nOne\ntwo.\n\n- a\n  b\n- c\n\n1. x\n2. y\n\n| h | i |\n|---|---|\n| 1 | 2 |\n\n"
        "```text\nls\n\n# no heading\n```\n\n![What it shows](pictures/p.png)\n"
    )
    head, words, items, numbered, grid, typed, shown = parse(text)
    assert head == Head(1, (Span("Title"),))
    assert words == Words((Span("One two."),))
    assert items == Items(((Span("a b"),), (Span("c"),)))
    assert numbered == Items(((Span("x"),), (Span("y"),)), is_numbered=True)
    assert grid == Grid(((Span("h"),), (Span("i"),)), (((Span("1"),), (Span("2"),)),))
    assert typed == Typed("ls\n\n# no heading")
    assert shown == Shown("pictures/p.png", "What it shows")


@pytest.mark.parametrize("key", KEYS)
def test_no_mark_of_the_markup_is_left_in_what_is_read(key: str):
    html = guide_paper.to_html_fragment(guide.chapter(key).blocks, str)
    read = re.sub(r"<(code|pre)>.*?</\1>|<[^>]+>", "", html, flags=re.DOTALL)
    assert "**" not in read
    assert "](" not in read
    assert "`" not in read


def test_what_is_typed_is_never_taken_for_markup():
    blocks = plain_markup.parse("A `<b>` & more")
    assert guide_paper.to_html_fragment(blocks, str) == "<p>A <code>&lt;b&gt;</code> &amp; more</p>"


# ---- One document -------------------------------------------------------------------------------


def test_the_web_page_holds_its_pictures_and_fetches_nothing():
    page = guide_paper.to_bytes("html", DAY).decode()
    assert page.count('src="data:image/png;base64,') == sum(
        len(one.pictures) for one in guide.chapters()
    )
    assert "http:" not in page
    assert "https:" not in page
    for one in guide.chapters():
        assert f'<section id="{one.key}">' in page


def test_markdown_has_one_title_and_its_pictures_at_the_foot():
    text = guide_paper.to_bytes("md", DAY).decode()
    assert re.findall(r"^# .*", text, re.MULTILINE)[0] == "# OCG Desk: user guide"
    assert text.count("\n## ") >= len(KEYS)
    assert "[chart-ocg]: data:image/png;base64," in text
    assert "(pictures/" not in text


def test_word_has_every_chapter_and_every_picture():
    file = docx.Document(io.BytesIO(guide_paper.to_bytes("docx", DAY)))
    heads = [p.text for p in file.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert heads == [one.title for one in guide.chapters()]
    assert len(file.inline_shapes) == sum(len(one.pictures) for one in guide.chapters())
