"""The journal's hash chain: what it finds, and what it cannot."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ocgdesk.errors import Refused
from ocgdesk.security.chain import (
    GENESIS,
    Field,
    Linked,
    check,
    entry_hash,
    item_hash,
    payload_hash,
    same_head,
    short,
)

values = (
    st.none()
    | st.integers(-(2**63), 2**63 - 1)
    | st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
    | st.binary(max_size=12)
)
field_sets = st.dictionaries(st.sampled_from(["label", "user", "at", "payload"]), values)


def chained(field_sets: list[dict[str, Field]]) -> list[Linked]:
    entries, previous = [], GENESIS
    for seq, fields in enumerate(field_sets, start=1):
        digest = entry_hash(previous, fields)
        entries.append(Linked(seq=seq, fields=fields, previous=previous, hash=digest))
        previous = digest
    return entries


journals = st.lists(field_sets, min_size=1, max_size=8).map(chained)


THREE = chained([{"label": "one"}, {"label": "two"}, {"label": "three"}])


@given(journals)
def test_an_honest_journal_verifies(entries: list[Linked]) -> None:
    assert check(entries) is None


def test_an_empty_journal_verifies() -> None:
    assert check([]) is None


@given(journals, st.data())
def test_a_changed_field_is_found_where_it_is(entries: list[Linked], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(entries) - 1))
    fields = data.draw(field_sets)
    assume(fields != entries[at].fields)
    entries[at] = replace(entries[at], fields=fields)
    broken = check(entries)
    assert broken is not None
    assert broken.seq == at + 1
    assert broken.what == f"Journal entry {at + 1} was changed after it was written."


@given(journals, st.data())
def test_one_changed_bit_of_a_hash_is_found(entries: list[Linked], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(entries) - 1))
    name = data.draw(st.sampled_from(["previous", "hash"]))
    bit = data.draw(st.integers(0, 255))
    number = int.from_bytes(getattr(entries[at], name)) ^ (1 << bit)
    entries[at] = replace(entries[at], **{name: number.to_bytes(32)})
    broken = check(entries)
    assert broken is not None
    assert broken.seq == at + 1


@given(journals, st.integers(-1, 20), st.data())
def test_a_changed_number_is_found(entries: list[Linked], seq: int, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(entries) - 1))
    assume(seq != entries[at].seq)
    entries[at] = replace(entries[at], seq=seq)
    broken = check(entries)
    assert broken is not None
    assert broken.seq == at + 1


@given(journals, st.data())
def test_a_removed_entry_is_found_even_if_the_rest_is_numbered_anew(
    entries: list[Linked], data: st.DataObject
) -> None:
    assume(len(entries) > 1)
    at = data.draw(st.integers(0, len(entries) - 2))
    del entries[at]
    assert check(entries) is not None
    renumbered = [replace(entry, seq=seq) for seq, entry in enumerate(entries, start=1)]
    broken = check(renumbered)
    assert broken is not None
    assert broken.seq == at + 1


@given(journals, st.data())
def test_entries_that_changed_places_are_found(entries: list[Linked], data: st.DataObject) -> None:
    order = data.draw(st.permutations(entries))
    assume(order != entries)
    assert check(order) is not None
    renumbered = [replace(entry, seq=seq) for seq, entry in enumerate(order, start=1)]
    assert check(renumbered) is not None


@given(journals, field_sets, st.data())
def test_an_entry_slipped_in_is_found(
    entries: list[Linked], fields: dict[str, Field], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(entries) - 1))
    previous = entries[at].previous
    digest = entry_hash(previous, fields)
    assume(digest != entries[at].hash)
    entries.insert(at, Linked(seq=at + 1, fields=fields, previous=previous, hash=digest))
    renumbered = [replace(entry, seq=seq) for seq, entry in enumerate(entries, start=1)]
    assert check(renumbered) is not None


@given(journals, st.integers(0, 8))
def test_what_is_cut_off_the_end_is_not_found_by_the_chain_alone(
    entries: list[Linked], kept: int
) -> None:
    assert check(entries[:kept]) is None


def test_what_is_cut_off_the_end_is_missed_by_its_printed_head() -> None:
    printed = short(THREE[-1].hash)
    assert any(same_head(entry.hash, printed) for entry in THREE)
    assert not any(same_head(entry.hash, printed) for entry in THREE[:2])


def test_a_part_can_be_checked_from_a_known_entry_on() -> None:
    assert check(THREE[2:], seq=2, previous=THREE[1].hash) is None
    broken = check(THREE[2:], seq=2, previous=THREE[0].hash)
    assert broken is not None
    assert broken.what == "Journal entry 3 does not follow from the entry before it."


def test_a_gap_says_which_number_is_missing() -> None:
    broken = check([THREE[0], THREE[2]])
    assert broken is not None
    assert broken.seq == 2
    assert broken.what.startswith("Journal entry 3 stands where 2 should")


def test_an_erased_payload_leaves_the_chain_whole() -> None:
    payloads = [[b"salt + first version"], [b"salt + second version", b"salt + link"]]
    entries = chained(
        [{"label": "edit", "payload": payload_hash(map(item_hash, items))} for items in payloads]
    )
    payloads[0].clear()
    assert check(entries) is None
    assert payload_hash(map(item_hash, payloads[1])) == entries[1].fields["payload"]


@given(st.lists(st.binary(max_size=8), max_size=5), st.lists(st.binary(max_size=8), max_size=5))
def test_different_payloads_have_different_hashes(one: list[bytes], other: list[bytes]) -> None:
    same = payload_hash(map(item_hash, one)) == payload_hash(map(item_hash, other))
    assert same == (one == other)


@given(field_sets, field_sets)
def test_different_fields_have_different_hashes(
    one: dict[str, Field], other: dict[str, Field]
) -> None:
    assert (entry_hash(GENESIS, one) == entry_hash(GENESIS, other)) == (one == other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": "1"}, {"a": 1}),
        ({"a": "1"}, {"a": b"1"}),
        ({"a": None}, {"a": ""}),
        ({"a": None}, {}),
        ({"a": "bc"}, {"ab": "c"}),
        ({"a": "x", "b": "y"}, {"a": "y", "b": "x"}),
        ({"a": "s\0\0"}, {"a": "s"}),
    ],
)
def test_values_that_look_alike_do_not_share_a_hash(
    one: dict[str, Field], other: dict[str, Field]
) -> None:
    assert entry_hash(GENESIS, one) != entry_hash(GENESIS, other)


def test_the_order_in_which_fields_are_given_does_not_matter() -> None:
    assert entry_hash(GENESIS, {"a": 1, "b": 2}) == entry_hash(GENESIS, {"b": 2, "a": 1})


def test_true_is_one_as_the_database_gives_it_back() -> None:
    assert entry_hash(GENESIS, {"a": True}) == entry_hash(GENESIS, {"a": 1})


def test_the_encoding_never_changes_between_versions() -> None:
    written = (
        b"ocgdesk entry 1\0" + bytes(32)
        + b"s\0\0\0\0\0\0\0\x01a" + b"i\0\0\0\0\0\0\0\x02-7"
        + b"s\0\0\0\0\0\0\0\x01b" + b"s\0\0\0\0\0\0\0\x02\xc3\xa9"
        + b"s\0\0\0\0\0\0\0\x01c" + b"b\0\0\0\0\0\0\0\x01\xff"
        + b"s\0\0\0\0\0\0\0\x01d" + b"n\0\0\0\0\0\0\0\0"
    )  # fmt: skip
    fields: dict[str, Field] = {"d": None, "c": b"\xff", "b": "é", "a": -7}
    assert entry_hash(GENESIS, fields) == hashlib.sha256(written).digest()
    item = hashlib.sha256(b"ocgdesk item 1\0x").digest()
    assert item_hash(b"x") == item
    assert payload_hash([item]) == hashlib.sha256(b"ocgdesk payload 1\0" + item).digest()


def test_a_hash_of_the_wrong_length_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        entry_hash(b"short", {})
    with pytest.raises(ValueError, match="32 bytes"):
        payload_hash([b"short"])


def test_the_short_form_is_eight_groups_of_four() -> None:
    assert short(bytes(range(32))) == "0001-0203-0405-0607-0809-0a0b-0c0d-0e0f"


@given(st.binary(min_size=32, max_size=32))
def test_every_form_of_a_head_is_the_same_head(head: bytes) -> None:
    forms = [head, head.hex(), short(head), short(head).upper().replace("-", " ")]
    assert all(same_head(one, other) for one in forms for other in forms)


def test_heads_that_differ_are_told_apart_as_far_as_they_are_known() -> None:
    head, sibling = bytes(32), bytes(31) + b"\1"
    assert not same_head(head, sibling)
    assert same_head(short(head), sibling)
    assert not same_head(short(head), b"\1" + bytes(31))


@pytest.mark.parametrize("nonsense", ["", "0001-0203", "g" * 32, "é" * 64, "0" * 33])
def test_a_text_that_is_no_head_is_refused(nonsense: str) -> None:
    with pytest.raises(Refused, match="That is no journal head"):
        same_head(nonsense, bytes(32))
