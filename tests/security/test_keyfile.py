"""The key file: written whole or not at all, and never trusted when read."""

import json
import os
import stat
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocgdesk.errors import BadWorkspace, CannotWrite, NotUnlocked, Refused
from ocgdesk.security import keyfile as keyfiles
from ocgdesk.security.keyfile import KeyFile, from_bytes, path_for, to_bytes, unlock
from ocgdesk.security.keys import DataKey
from ocgdesk.security.slots import Cost, Slot, make_slot

CHEAP = Cost(memory_kib=1024, time=1)
WORKSPACE = UUID(int=1)
KEY = DataKey(bytes(range(32)))
WRONG = r"^That did not unlock the workspace\.$"
GOLDEN = Path(__file__).parent / "keyfiles" / "version-1.json"


def slot_for(number: int, name: str, cost: Cost = CHEAP) -> Slot:
    return make_slot(
        KEY, UUID(int=number), name, ("analyst",), f"pass {number}", workspace_id=WORKSPACE,
        cost=cost,
    )  # fmt: skip


KEYFILE = KeyFile(
    workspace_id=WORKSPACE,
    workspace_name="Test workspace",
    marking="OFFICIAL-SENSITIVE",
    synthetic=True,
    created=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    recovery=True,
    slots=(slot_for(2, "Test Analyst"), slot_for(3, "Siân Prŵf")),
)
DATA = to_bytes(KEYFILE)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = path_for(tmp_path / "north.ocgdesk")
    keyfiles.write(path, KEYFILE)
    assert path.name == "north.ocgdesk.keys"
    assert keyfiles.read(path) == KEYFILE
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


key_files = st.builds(
    KeyFile,
    workspace_id=st.uuids(),
    workspace_name=texts,
    marking=texts,
    synthetic=st.booleans(),
    created=st.datetimes(timezones=st.just(UTC)),
    recovery=st.booleans(),
    slots=st.builds(
        lambda name, roles: (replace(KEYFILE.slots[0], name=name, roles=tuple(roles)),),
        texts,
        st.lists(texts, max_size=4),
    ),
)


@given(key_files)
def test_any_key_file_survives_the_round_trip(keyfile: KeyFile) -> None:
    assert from_bytes(to_bytes(keyfile)) == keyfile


def test_a_key_file_of_version_1_still_opens() -> None:
    user_id, key = unlock(keyfiles.read(GOLDEN), "test analyst", "golden passphrase")
    assert user_id == UUID(int=2)
    assert key == DataKey(bytes(range(32)))


def test_the_file_holds_neither_the_key_nor_a_passphrase() -> None:
    for secret in (KEY.raw, KEY.hex().encode(), b"pass 2"):
        assert secret not in DATA


@pytest.mark.skipif(os.name != "posix", reason="rights of this kind are POSIX")
def test_only_the_owner_may_read_it_even_over_an_open_one(tmp_path: Path) -> None:
    path = tmp_path / "w.ocgdesk.keys"
    path.write_bytes(b"old")
    path.chmod(0o666)
    keyfiles.write(path, KEYFILE)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_left_by_a_power_cut_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "w.ocgdesk.keys"
    keyfiles.write(path, KEYFILE)
    new = tmp_path / "w.ocgdesk.keys.new"
    new.write_bytes(DATA[:50])
    assert keyfiles.read(path) == KEYFILE
    keyfiles.write(path, replace(KEYFILE, recovery=False))
    assert keyfiles.read(path).recovery is False
    assert not new.exists()


@pytest.mark.skipif(os.name != "posix", reason="symbolic links need rights on Windows")
def test_a_link_in_the_way_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"untouched")
    (tmp_path / "w.ocgdesk.keys.new").symlink_to(victim)
    keyfiles.write(tmp_path / "w.ocgdesk.keys", KEYFILE)
    assert victim.read_bytes() == b"untouched"
    assert keyfiles.read(tmp_path / "w.ocgdesk.keys") == KEYFILE


def test_a_folder_that_is_not_there_cannot_be_written_to(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match=r"^The key file w\.ocgdesk\.keys cannot be written: "):
        keyfiles.write(tmp_path / "nowhere" / "w.ocgdesk.keys", KEYFILE)


def test_when_the_new_file_cannot_be_made_the_old_one_stands(tmp_path: Path) -> None:
    path = tmp_path / "w.ocgdesk.keys"
    keyfiles.write(path, KEYFILE)
    (tmp_path / "w.ocgdesk.keys.new").mkdir()
    with pytest.raises(CannotWrite):
        keyfiles.write(path, replace(KEYFILE, recovery=False))
    assert keyfiles.read(path) == KEYFILE


@pytest.fixture
def no_room() -> Iterator[None]:
    resource = pytest.importorskip("resource", reason="file size limits are POSIX")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_when_the_disk_is_full_the_old_one_stands(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = tmp_path / "w.ocgdesk.keys"
    keyfiles.write(path, KEYFILE)
    request.getfixturevalue("no_room")
    with pytest.raises(CannotWrite):
        keyfiles.write(path, replace(KEYFILE, recovery=False))
    assert keyfiles.read(path) == KEYFILE
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_a_key_file_that_could_not_be_read_back_is_never_written(tmp_path: Path) -> None:
    path = tmp_path / "w.ocgdesk.keys"
    keyfiles.write(path, KEYFILE)
    with pytest.raises(BadWorkspace):
        keyfiles.write(path, replace(KEYFILE, workspace_name="x" * 2_000_000))
    with pytest.raises(Refused, match="characters that cannot be written"):
        keyfiles.write(path, replace(KEYFILE, workspace_name="\udce9"))
    assert keyfiles.read(path) == KEYFILE


def test_a_missing_file_names_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(
        BadWorkspace,
        match=r"^The key file w\.ocgdesk\.keys is missing; restore it from a backup, "
        r"or use the recovery words\.$",
    ):
        keyfiles.read(tmp_path / "w.ocgdesk.keys")


def test_a_folder_in_its_place_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(BadWorkspace, match="cannot be read"):
        keyfiles.read(tmp_path)


def test_a_newer_version_says_so_whatever_else_it_holds() -> None:
    with pytest.raises(BadWorkspace, match=r"^The key file was made by a newer version"):
        from_bytes(b'{"version": 2, "slots": "of another shape"}')


def test_a_file_cut_short_anywhere_is_damaged() -> None:
    for length in range(len(DATA.rstrip())):
        with pytest.raises(BadWorkspace, match="damaged"):
            from_bytes(DATA[:length])


@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_damaged(data: bytes) -> None:
    with pytest.raises(BadWorkspace):
        from_bytes(data)


@given(st.integers(0, len(DATA) - 1), st.binary(max_size=3))
def test_bytes_changed_anywhere_give_a_key_file_or_one_clear_error(at: int, new: bytes) -> None:
    try:
        keyfile = from_bytes(DATA[:at] + new + DATA[at + 1 :])
    except BadWorkspace:
        return
    assert isinstance(keyfile, KeyFile)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
PLACES = [
    (place,) for place in ("version", "workspace_id", "created", "synthetic", "recovery", "slots")
] + [
    ("slots", 0, name)
    for name in ("user_id", "roles", "cost", "salt", "nonce", "wrapped", "name")
] + [("slots", 0, "cost", name) for name in ("memory_kib", "time", "parallelism")]  # fmt: skip


def _with(place: tuple[Any, ...], value: object) -> bytes:
    document = json.loads(DATA)
    inner = document
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    return json.dumps(document).encode()


@given(st.sampled_from(PLACES), json_values)
def test_any_json_in_any_place_gives_a_key_file_or_one_clear_error(
    place: tuple[Any, ...], value: object
) -> None:
    try:
        keyfile = from_bytes(_with(place, value))
    except BadWorkspace:
        return
    with pytest.raises((NotUnlocked, BadWorkspace), match=WRONG):
        unlock(keyfile, "nobody", "nothing")


@pytest.mark.parametrize("place", PLACES)
def test_a_value_of_the_wrong_type_is_damaged(place: tuple[Any, ...]) -> None:
    with pytest.raises(BadWorkspace):
        from_bytes(_with(place, {"deep": [None]}))


@pytest.mark.parametrize("place", PLACES)
def test_a_value_that_was_taken_out_is_damaged_and_never_a_default(place: tuple[Any, ...]) -> None:
    document = json.loads(DATA)
    inner = document
    for step in place[:-1]:
        inner = inner[step]
    del inner[place[-1]]
    with pytest.raises(BadWorkspace, match="damaged"):
        from_bytes(json.dumps(document).encode())


def test_a_value_nobody_wrote_is_damaged() -> None:
    with pytest.raises(BadWorkspace, match="damaged"):
        from_bytes(_with(("note",), "hello"))


def test_another_layout_of_the_same_values_is_the_same_key_file() -> None:
    assert from_bytes(json.dumps(json.loads(DATA), sort_keys=True).encode()) == KEYFILE


@pytest.mark.parametrize(
    "hostile",
    [
        b"[" * 100_000,
        b'{"version":' + b"[" * 100_000,
        b'{"other":' + b'{"a":' * 100_000,
        b'{"version":' + b"9" * 100_000 + b"}",
        b'{"version":1e999}',
        b'{"version":-1}',
        b'{"version":true}',
        b"\xff\xfe\x00",
        b"SQLite format 3\x00",
        b" " * 2_000_000,
        b"null",
        b"",
    ],
)
def test_hostile_json_is_damaged_and_nothing_worse(hostile: bytes, tmp_path: Path) -> None:
    path = tmp_path / "w.ocgdesk.keys"
    path.write_bytes(hostile)
    with pytest.raises(BadWorkspace):
        keyfiles.read(path)


@pytest.mark.parametrize(
    ("name", "value"), [("memory_kib", 2**21), ("time", 21), ("time", 10**30), ("parallelism", 0)]
)
def test_a_key_file_cannot_ask_for_absurd_work(name: str, value: int) -> None:
    with pytest.raises(BadWorkspace):
        from_bytes(_with(("slots", 0, "cost", name), value))


def test_two_slots_of_one_user_or_one_name_are_damaged() -> None:
    first, second = KEYFILE.slots
    for twin in (replace(second, user_id=first.user_id), replace(second, name="TEST ANALYST")):
        with pytest.raises(BadWorkspace, match="damaged"):
            from_bytes(to_bytes(replace(KEYFILE, slots=(first, twin))))


def test_each_user_gets_the_key_with_their_own_passphrase_only() -> None:
    assert unlock(KEYFILE, "Test Analyst", "pass 2") == (UUID(int=2), KEY)
    assert unlock(KEYFILE, " siân PRŴF ", "pass 3") == (UUID(int=3), KEY)
    with pytest.raises(NotUnlocked, match=WRONG):
        unlock(KEYFILE, "Test Analyst", "pass 3")


def test_an_unknown_user_gets_the_sentence_of_a_wrong_passphrase() -> None:
    for keyfile in (KEYFILE, replace(KEYFILE, slots=())):
        with pytest.raises(NotUnlocked, match=WRONG):
            unlock(keyfile, "Nobody", "pass 2")


def test_an_unknown_user_costs_as_much_time_as_a_wrong_passphrase() -> None:
    dear = slot_for(4, "Test Dear", Cost(memory_kib=32 * 1024, time=3, parallelism=1))
    keyfile = KEYFILE.without_user(UUID(int=2)).with_slot(dear)
    known, unknown = (_least_seconds(keyfile, name) for name in ("Test Dear", "Nobody"))
    assert 0.5 < unknown / known < 2


def _least_seconds(keyfile: KeyFile, name: str) -> float:
    taken = []
    for _ in range(3):
        start = time.process_time()
        with pytest.raises(NotUnlocked):
            unlock(keyfile, name, "wrong")
        taken.append(time.process_time() - start)
    return min(taken)


def test_a_new_passphrase_takes_the_place_of_the_old() -> None:
    changed = make_slot(
        KEY, UUID(int=2), "Test Analyst", (), "another", workspace_id=WORKSPACE, cost=CHEAP
    )
    keyfile = KEYFILE.with_slot(changed)
    assert unlock(keyfile, "Test Analyst", "another") == (UUID(int=2), KEY)
    with pytest.raises(NotUnlocked):
        unlock(keyfile, "Test Analyst", "pass 2")
    assert len(keyfile.slots) == 2


def test_two_users_cannot_go_by_one_name() -> None:
    with pytest.raises(Refused, match="already a user of that name"):
        KEYFILE.with_slot(slot_for(5, " test ANALYST"))


def test_a_removed_user_has_no_way_in_and_the_others_keep_theirs() -> None:
    keyfile = KEYFILE.without_user(UUID(int=2))
    assert keyfile.slot_of("Test Analyst") is None
    with pytest.raises(NotUnlocked, match=WRONG):
        unlock(keyfile, "Test Analyst", "pass 2")
    assert unlock(keyfile, "Siân Prŵf", "pass 3") == (UUID(int=3), KEY)
