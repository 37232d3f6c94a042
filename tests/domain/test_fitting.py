"""What was typed and what is on record: what fits, why, and where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocgdesk.domain.fitting import Texts, Typed
from ocgdesk.domain.likeness import spoken


def named(label, *aliases, **more):
    return Texts(label=label, names=(label, *aliases), **more)


def numbered(label):
    return Texts(label=label, codes=(label, label.replace(" ", "")))


def why(text, texts, **more):
    found = Typed(text).why(texts, **more)
    return None if found is None else (found.reason.value, found.line)


@pytest.mark.parametrize(
    ("text", "texts", "expected"),
    [
        ("penhallow kyle", named("Kyle Penhallow"), ("name", "")),
        ("zoe", named("Zoë Bär"), ("name", "")),
        ("Lukasz", named("Łukasz Nowak"), ("name", "")),
        ("pen kyle", named("Kyle Penhallow", "Pen"), ("alias", "Pen")),
        ("hallow", named("Kyle Penhallow"), ("part-of-name", "")),
        ("Penhalow", named("Kyle Penhallow"), ("one-letter-differs", "")),
        ("Pehnallow", named("Kyle Penhallow"), ("one-letter-differs", "")),
        ("penahll", named("Kyle Penhallow"), ("one-letter-differs", "")),
        ("Wolverhamton", named("Wolverhampton"), ("one-letter-differs", "")),
        ("Wolvxrhamxton", named("Wolverhampton"), ("two-letters-differ", "")),
        ("Mohammed Khan", named("محمد خان"), ("sounds-like", "")),
        ("Gruffydd", named("Aled Griffith"), ("sounds-like", "")),
        ("obrien", named("Seán O'Brien"), ("name", "")),
        ("O'Brien", named("Sean OBrien"), ("name", "")),
        ("Rhys ap Owen", named("Owen Rhys"), ("name", "")),
        ("van der berg", named("Piet Vanderberg"), ("name", "")),
        ("07*321", numbered("07700 900321"), ("number-contains", "")),
        ("AB?2 CDE", numbered("AB12 CDE"), ("number-contains", "")),
        ("077009003", numbered("07700 900321"), ("identifier", "")),
        ("90032", numbered("07700 900321"), ("identifier", "")),
        ("00900", numbered("07700 900321"), ("number-contains", "")),
        ("AB13CDE", numbered("AB12 CDE"), ("one-letter-differs", "")),
        ("quietfx", numbered("quietfox"), ("one-letter-differs", "")),
        ("northern", Texts(label="Northern line", body="Northern line"), ("name", "")),
        ("marlow", Texts(label="INT 5", body="he has\nthe Marlow phone"),
         ("in-the-text", "the Marlow phone")),
        ("kyle bristol", named("Kyle Cors", body="seen in Bristol"),
         ("in-the-text", "seen in Bristol")),
        ("WMPA1-NOM-2026-0003", named("Kyle", ref="WMPA1-NOM-2026-0003"), ("reference", "")),
    ],
)  # fmt: skip
def test_a_record_fits_for_a_reason(text, texts, expected):
    assert why(text, texts) == expected


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("Smith", named("Jo Black")),
        ("Kyle Cors", named("Kyle Penhallow")),
        ("tan", named("Ban Road")),
        ("07*322", numbered("07700 900321")),
        ("1111*999", Texts(label="07700 111111", codes=("07700 111111", "222999"))),
        ("07700 900322", numbered("07700 901321")),
        ("joseph", named("Abena Owusuwaa")),
        ("***", named("Kyle")),
        ("", named("Kyle")),
    ],
)
def test_another_record_does_not_fit(text, texts):
    assert why(text, texts) is None


def test_only_the_exact_spelling_fits_where_that_is_asked_for():
    assert why("Penhalow", named("Kyle Penhallow"), nearly=False) is None
    assert why("penhal", named("Kyle Penhallow"), nearly=False) == ("name", "")


def test_what_matched_is_marked_in_the_label_and_in_the_line():
    found = Typed("pen kyle").why(named("Kyle Penhallow", "The Pen"))
    assert found.label_marks == ((0, 4),)
    assert (found.line, found.line_marks) == ("The Pen", ((4, 7),))
    found = Typed("07*321").why(numbered("07700 900321"))
    assert found.label_marks == ((0, 12),)
    found = Typed("AB1").why(named("A car", codes=("AB12 CDE", "AB12CDE")))
    assert found.line_marks == ((0, 3),)


def test_a_long_text_is_cut_round_what_matched():
    body = "one two three " * 20 + "Kyle has the Marlow phone now " + "four five " * 40
    found = Typed("marlow kyle").why(Texts(label="INT 5", body=body))
    assert found.line.startswith("…")
    assert found.line.endswith("…")
    assert len(found.line) < 130
    assert [found.line[start:end] for start, end in found.line_marks] == ["Kyle", "Marlow"]


def test_the_nearer_of_two_ranks_first():
    near, far = (Typed("Penhallow").why(named(name)) for name in ("Penhalow", "Penhalo"))
    assert near.rank < far.rank


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=200))
def test_anything_may_be_typed_and_marks_stand_within_the_words(text, label, body):
    texts = Texts(label=label, names=tuple(label.splitlines()), codes=(body[:20],), body=body)
    found = Typed(text).why(texts)
    if found is not None:
        assert all(0 <= start <= end <= len(label) for start, end in found.label_marks)
        assert all(0 <= start <= end <= len(found.line) for start, end in found.line_marks)


@given(st.text(max_size=40))
def test_a_name_fits_itself_where_it_has_a_letter_or_digit(name):
    label = " ".join(name.split())
    if any(c.isalnum() for c in label) and not set("*?") & set(label) and spoken(label):
        assert Typed(label).why(named(label)) is not None
