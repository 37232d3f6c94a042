"""What a free text identifies, by form: numbers, plates, postcodes, handles, their sentences."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocgdesk.domain.text_marks import found, phrases, sentence_at

TODAY = date(2026, 11, 21)


def told(text: str) -> list[tuple[str, str]]:
    return [(one.type, one.normal) for one in found(text, TODAY)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Rang 07700 900123 twice", [("phone", "+447700900123")]),
        ("Rang +44 7700 900123.", [("phone", "+447700900123")]),
        ("office 0121 496 0123,", [("phone", "+441214960123")]),
        ("Drives BD51 SMR now", [("vrm", "BD51SMR")]),
        ("Drives BD51SMR.", [("vrm", "BD51SMR")]),
        ("Lives at 4 Quay St, B17 9AB.", [("postcode", "B17 9AB")]),
        ("PNC 2010/9000050Q is", []),
        ("PNC 2010/9000050P is", [("pnc", "2010/9000050P")]),
        ("EncroChat handle quiet-otter said", [("handle", "quiet-otter")]),
        ('known by the handle "otter"', [("handle", "otter")]),
        ("the handle was found", []),
        ("posts as @lowfox99", [("handle", "lowfox99")]),
        ("mail a.b@example.org", []),
        ("12/05/2026 at 10:30, ref 4929 1234", []),
        ("seven 7 of 9", []),
    ],
)
def test_what_fits_a_rule_is_found_and_what_only_looks_like_it_is_not(text, wanted):
    assert told(text) == wanted


def test_each_find_keeps_its_sentence_and_its_place():
    text = "He came at 10.30 a.m. alone. He drives BD51 SMR, Tom says.\nThen he left."
    (mark,) = found(text, TODAY)
    assert text[mark.start : mark.end] == "BD51 SMR"
    assert mark.sentence == "He drives BD51 SMR, Tom says."
    assert sentence_at("", 0) == ""


def test_the_longest_name_comes_first_at_each_place():
    words = [phrase for _start, _end, phrase in phrases("he met Harbour Row, in town")]
    assert words[0] == "Harbour Row, in town"
    assert words.index("Harbour Row") < words.index("Harbour")
    assert "he met" not in words


@given(st.text(max_size=300))
def test_any_text_is_looked_through_without_overlap(text):
    marks = found(text, TODAY)
    for one, other in pairwise(marks):
        assert one.end <= other.start
    assert all(text[one.start : one.end] == one.text for one in marks)
    assert all(text[start:end] == phrase for start, end, phrase in phrases(text))
