"""Widths and line breaks from the faces we ship."""

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocgdesk.reports import fonts


def test_a_semibold_line_is_wider_than_a_regular_one() -> None:
    regular = fonts.width("Kyle Penhallow", "regular", 12)
    assert 70 < regular < fonts.width("Kyle Penhallow", "semibold", 12) < 95


def test_width_grows_with_the_size() -> None:
    assert fonts.width("Marlow", "regular", 24) == pytest.approx(
        2 * fonts.width("Marlow", "regular", 12)
    )


def test_every_letter_of_the_mono_face_is_as_wide_as_another() -> None:
    assert fonts.width("iiii", "mono", 10) == fonts.width("WWWW", "mono", 10)


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Иван Петров", "IBM Plex Sans"),
        ("محمد الأمين", "IBM Plex Sans Arabic"),
        ("ਗੁਰਪ੍ਰੀਤ", "Noto Sans Gurmukhi"),
        ("মোহাম্মদ", "Noto Sans Bengali"),
        ("王小明", "Droid Sans Fallback"),
    ],
)
def test_names_of_other_scripts_have_a_face_and_a_width(name: str, family: str) -> None:
    assert family in {file.family for file in fonts.needed(name, "semibold")}
    assert fonts.is_complete(name, "semibold")
    assert fonts.width(name, "semibold", 12) > 12


def test_a_letter_no_face_has_is_measured_all_the_same() -> None:
    assert fonts.width("\U0001f600", "regular", 10) == pytest.approx(6.0)
    assert not fonts.is_complete("\U0001f600", "regular")


def test_text_is_broken_between_words() -> None:
    lines = fonts.broken("Gateway to the north of the county", "regular", 12, 100, 3)
    assert len(lines) == 3
    assert " ".join(lines) == "Gateway to the north of the county"


def test_a_cut_in_the_middle_keeps_both_ends() -> None:
    (line,) = fonts.broken("WMPA1-OCG-2025-0042-and-more", "mono", 12, 120, 1, ellipsis="middle")
    assert line.startswith("WMPA1")
    assert line.endswith("more")
    assert "…" in line


def test_direction_marks_and_controls_do_not_reach_the_page() -> None:
    assert fonts.clean("Kyle\u202e\x07\n  Pen\u200bhallow\ud800") == "Kyle Penhallow"


@settings(database=None)
@given(st.text(max_size=300), st.integers(20, 300), st.integers(1, 3))
def test_no_line_is_wider_than_it_may_be(text: str, room: int, lines: int) -> None:
    made = fonts.broken(text, "regular", 12, room, lines)
    assert len(made) <= lines
    assert all(fonts.width(line, "regular", 12) <= room + 0.01 for line in made)


def test_ten_thousand_letters_cost_no_more_than_a_line() -> None:
    text = "Penhallow " * 1000
    began = perf_counter()
    for n in range(200):
        fonts.broken(f"{n} {text}", "semibold", 12, 150, 2)
    assert perf_counter() - began < 2.0
