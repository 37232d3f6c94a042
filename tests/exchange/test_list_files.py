"""A list written as a file reads back as it was; what is no list is refused in a sentence."""

import tomllib
from pathlib import Path

import pytest

from ocgdesk.domain.reference_data import names, shipped
from ocgdesk.errors import CannotWrite, Refused
from ocgdesk.exchange import list_files


@pytest.mark.parametrize("name", names())
def test_every_list_reads_back_as_it_was_written(name: str, tmp_path: Path):
    path = tmp_path / f"{name}.toml"
    list_files.write(path, shipped(name).data)
    assert list_files.read(path) == shipped(name).data


def test_words_with_quotes_and_control_characters_come_back():
    data = {"version": 1, "title": 'A "b" \\ \n \x7f é', "odd key": 1}
    assert tomllib.loads(list_files.written(data)) == data


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (b"no toml", "no TOML"),
        (b"\xff\xfe", "no TOML"),
        (b"title = 'x'", "which version"),
        (b"#" * (list_files.MOST_BYTES + 1), "larger"),
    ],
)
def test_what_is_no_list_is_refused(held: bytes, said: str, tmp_path: Path):
    path = tmp_path / "list.toml"
    path.write_bytes(held)
    with pytest.raises(Refused, match=said):
        list_files.read(path)


def test_a_file_that_is_not_there_and_a_place_that_is_none(tmp_path: Path):
    with pytest.raises(Refused, match="cannot be read"):
        list_files.read(tmp_path / "absent.toml")
    with pytest.raises(CannotWrite, match="cannot be written"):
        list_files.write(tmp_path / "absent" / "x.toml", {})
