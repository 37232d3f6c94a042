"""Key slots: the right passphrase opens, anything else gets one and the same sentence."""

from dataclasses import replace
from unicodedata import normalize
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocgdesk.errors import BadWorkspace, NotUnlocked
from ocgdesk.security.keys import DataKey
from ocgdesk.security.slots import Cost, Slot, make_slot, open_slot

CHEAP = Cost(memory_kib=1024, time=1)
WORKSPACE = UUID(int=1)
USER = UUID(int=2)
KEY = DataKey(bytes(range(32)))
PASSPHRASE = "four uncommon words here"
WRONG = r"^That did not unlock the workspace\.$"


def slot_for(passphrase: str, cost: Cost = CHEAP) -> Slot:
    return make_slot(
        KEY, USER, "Test Analyst", ("analyst",), passphrase, workspace_id=WORKSPACE, cost=cost
    )


SLOT = slot_for(PASSPHRASE)


@settings(deadline=None, max_examples=25)
@given(st.text(alphabet=st.characters(), max_size=200))
def test_whatever_was_typed_twice_opens(passphrase: str) -> None:
    assert open_slot(slot_for(passphrase), passphrase, workspace_id=WORKSPACE) == KEY


@pytest.mark.parametrize("wrong", ["", PASSPHRASE[:-1], PASSPHRASE + " ", PASSPHRASE.upper()])
def test_a_wrong_passphrase_gets_the_one_sentence(wrong: str) -> None:
    with pytest.raises(NotUnlocked, match=WRONG):
        open_slot(SLOT, wrong, workspace_id=WORKSPACE)


def test_bytes_that_are_no_text_are_a_wrong_passphrase() -> None:
    with pytest.raises(NotUnlocked, match=WRONG):
        open_slot(SLOT, "caf\udce9", workspace_id=WORKSPACE)


def test_composed_and_decomposed_letters_are_the_same_passphrase() -> None:
    composed, decomposed = (normalize(form, "Tŷ Gwyn, café, Ỳstrad") for form in ("NFC", "NFD"))
    assert composed != decomposed
    assert open_slot(slot_for(composed), decomposed, workspace_id=WORKSPACE) == KEY


def test_letters_that_only_look_related_stay_different() -> None:
    with pytest.raises(NotUnlocked, match=WRONG):
        open_slot(slot_for("area in m²"), "area in m2", workspace_id=WORKSPACE)


def _flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.mark.parametrize(
    "tampered",
    [
        replace(SLOT, user_id=UUID(int=3)),
        replace(SLOT, cost=replace(CHEAP, memory_kib=2048)),
        replace(SLOT, cost=replace(CHEAP, time=2)),
        replace(SLOT, cost=replace(CHEAP, parallelism=1)),
        replace(SLOT, salt=_flipped(SLOT.salt, 0)),
        replace(SLOT, nonce=_flipped(SLOT.nonce, 11)),
        *(replace(SLOT, wrapped=_flipped(SLOT.wrapped, at)) for at in range(48)),
    ],
)
def test_a_tampered_slot_does_not_open(tampered: Slot) -> None:
    with pytest.raises(NotUnlocked, match=WRONG):
        open_slot(tampered, PASSPHRASE, workspace_id=WORKSPACE)


def test_a_slot_carried_to_another_workspace_does_not_open() -> None:
    with pytest.raises(NotUnlocked, match=WRONG):
        open_slot(SLOT, PASSPHRASE, workspace_id=UUID(int=9))


def test_name_and_roles_are_labels_an_administrator_can_change_without_the_passphrase() -> None:
    renamed = replace(SLOT, name="Test Coordinator", roles=("coordinator", "reader"))
    assert open_slot(renamed, PASSPHRASE, workspace_id=WORKSPACE) == KEY


def test_the_default_cost_is_64_mib_three_passes_four_lanes() -> None:
    slot = make_slot(KEY, USER, "Test Analyst", (), PASSPHRASE, workspace_id=WORKSPACE)
    cost = slot.cost
    assert (cost.memory_kib, cost.time, cost.parallelism) == (64 * 1024, 3, 4)
    assert open_slot(slot, PASSPHRASE, workspace_id=WORKSPACE) == KEY


def test_two_slots_for_the_same_passphrase_share_nothing() -> None:
    other = slot_for(PASSPHRASE)
    assert other.salt != SLOT.salt
    assert other.nonce != SLOT.nonce
    assert other.wrapped != SLOT.wrapped


def test_a_slot_holds_neither_key_nor_passphrase() -> None:
    assert KEY.raw not in SLOT.wrapped
    assert PASSPHRASE not in repr(SLOT)


@pytest.mark.parametrize(
    "absurd",
    [
        {"memory_kib": 1024 * 1024 + 1},
        {"memory_kib": 31},
        {"memory_kib": -1},
        {"time": 21},
        {"time": 0},
        {"parallelism": 0},
        {"parallelism": 17},
        {"parallelism": 2**31},
    ],
)
def test_an_absurd_cost_is_refused_before_any_memory_is_taken(absurd: dict[str, int]) -> None:
    with pytest.raises(BadWorkspace, match="absurd"):
        Cost(**absurd)
