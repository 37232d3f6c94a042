"""Notes sealed with the data key."""

import pytest

from ocgdesk.errors import BadWorkspace
from ocgdesk.security.keys import DataKey
from ocgdesk.security.sealing import seal, unseal


def test_a_note_comes_back_and_shows_nothing_of_itself():
    key = DataKey.new()
    sealed = seal(key, "holder", b"DI Penrose, desk 4")
    assert unseal(key, "holder", sealed) == b"DI Penrose, desk 4"
    assert b"Penrose" not in sealed
    assert seal(key, "holder", b"x") != seal(key, "holder", b"x")


def test_another_key_or_purpose_does_not_open_it():
    key = DataKey.new()
    sealed = seal(key, "holder", b"x")
    with pytest.raises(BadWorkspace):
        unseal(DataKey.new(), "holder", sealed)
    with pytest.raises(BadWorkspace):
        unseal(key, "other", sealed)


def test_any_changed_or_missing_byte_is_noticed():
    key = DataKey.new()
    sealed = seal(key, "holder", b"DI Penrose")
    for at in range(len(sealed)):
        changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        for spoilt in (changed, sealed[:at]):
            with pytest.raises(BadWorkspace):
                unseal(key, "holder", spoilt)
