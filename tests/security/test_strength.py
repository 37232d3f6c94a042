"""The hint beside a new passphrase."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocgdesk.security.strength import strength

STRONG = "velvet anchor tulip marsh"


def test_a_few_uncommon_words_are_strong() -> None:
    judged = strength(STRONG)
    assert (judged.score, judged.good_enough, judged.hint) == (4, True, "This is strong.")


@pytest.mark.parametrize(
    ("weak", "hint"),
    [
        ("", "at least 12"),
        ("Xk3;qz!9Pv", "at least 12"),
        ("password1234", "Common words"),
        ("aaaaaaaaaaaaaaaa", "Repeating"),
        ("abcdefghijklmnop", "Runs such as"),
        ("qwertyuiop[]", "easy to guess"),
    ],
)
def test_a_weak_one_is_told_why(weak: str, hint: str) -> None:
    judged = strength(weak)
    assert not judged.good_enough
    assert hint in judged.hint
    assert judged.hint.count(".") == 1


def test_eleven_characters_are_never_good_enough() -> None:
    judged = strength("Xk3;qz!9Pv&")
    assert judged.score >= 3
    assert not judged.good_enough


def test_the_users_own_name_and_workspace_count_for_little() -> None:
    passphrase = "prwfadwygwenhwyfar"
    plain = strength(passphrase)
    known = strength(passphrase, known_words=["Gwenhwyfar Prwfadwy", "North"])
    assert plain.good_enough
    assert known.score < plain.score
    assert not known.good_enough
    assert "Leave out names" in known.hint


@pytest.mark.parametrize(
    "unit", ["a", "aA4@", "l1!|7+", "({[<4@8c", "e3s$5t+7z2x%o0i1", "12/3/1999"]
)
def test_a_very_long_passphrase_is_judged_at_once(unit: str) -> None:
    start = time.monotonic()
    judged = strength(unit * 100_000, known_words=["long " * 10_000] * 100)
    assert time.monotonic() - start < 5
    assert 0 <= judged.score <= 4


@settings(deadline=None)
@given(st.text(alphabet=st.characters(), max_size=80), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_gets_a_score_and_a_sentence(passphrase: str, known_words: list[str]) -> None:
    judged = strength(passphrase, known_words=known_words)
    assert 0 <= judged.score <= 4
    assert judged.hint.endswith(".")
