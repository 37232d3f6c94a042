"""The data key and the recovery words that hold it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocgdesk.errors import NotUnlocked
from ocgdesk.security.keys import DataKey, from_words, words

# From the test vectors of BIP-39 for 256 bits.
GOLDEN = {
    "00" * 32: "abandon " * 23 + "art",
    "ff" * 32: "zoo " * 23 + "vote",
    "68a79eaca2324873eacc50cb9c6eca8cc68ea5d936f98787c60c7ebc74e6ce7c": (
        "hamster diagram private dutch cause delay private meat slide toddler razor book "
        "happy fancy gospel tennis maple dilemma loan word shrug inflict delay length"
    ),
}
KEY = DataKey(bytes(range(32)))


@pytest.mark.parametrize("digits", GOLDEN)
def test_the_words_are_those_of_the_standard(digits: str) -> None:
    assert words(DataKey(bytes.fromhex(digits))) == tuple(GOLDEN[digits].split())


@given(st.binary(min_size=32, max_size=32))
def test_the_words_give_the_key_back(raw: bytes) -> None:
    assert from_words(words(DataKey(raw))) == DataKey(raw)


def test_capitals_spaces_and_the_first_four_letters_are_enough() -> None:
    shouted = "  \n" + " \t ".join(word[:4].upper() for word in words(KEY)) + " "
    assert from_words(shouted) == KEY


def test_a_wrong_word_is_named_by_its_place_and_never_repeated() -> None:
    typed = list(words(KEY))
    typed[6] = "abandom"
    with pytest.raises(NotUnlocked, match=r"^Word 7 is not a recovery word; check its spelling\.$"):
        from_words(typed)


def test_three_letters_of_a_longer_word_are_not_enough() -> None:
    with pytest.raises(NotUnlocked, match="Word 1 "):
        from_words(["zeb", *words(KEY)[1:]])


def test_words_in_the_wrong_order_do_not_pass_the_checksum() -> None:
    first, second, *rest = words(KEY)
    with pytest.raises(NotUnlocked, match="do not belong together"):
        from_words([second, first, *rest])


@pytest.mark.parametrize("count", [0, 12, 23, 25])
def test_the_number_of_words_must_be_24(count: int) -> None:
    with pytest.raises(NotUnlocked, match=rf"24 recovery words; {count} were given"):
        from_words(["zoo"] * count)


@given(st.text(max_size=300))
def test_no_text_is_more_than_a_wrong_set_of_words(text: str) -> None:
    with pytest.raises(NotUnlocked):
        from_words(text)


def test_a_key_never_shows_itself() -> None:
    key = DataKey.new()
    for shown in (repr(key), str(key), f"{key}", repr([key])):
        assert key.hex() not in shown
        assert repr(key.raw) not in shown


def test_new_keys_are_random_and_have_256_bits() -> None:
    assert len({DataKey.new() for _ in range(100)}) == 100
    assert len(DataKey.new().hex()) == 64


def test_a_short_key_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        DataKey(b"short")
