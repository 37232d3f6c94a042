"""People compared: against data with known links, by naming tradition, and piece by piece."""

import csv
from collections.abc import Iterable
from pathlib import Path

import pytest
from british import TRADITIONS, register

from ocgdesk.errors import Cancelled
from ocgdesk.matching import blocking, model, names, people
from ocgdesk.matching.values import Person, Sign
from ocgdesk.matching.words import CODES, worded

Pairs = set[tuple[int, int]]


def febrl(folder: Path, name: str, *, numbers: bool) -> tuple[list[Person], Pairs]:
    """Return the records and true pairs of a Febrl set, with or without the national number."""
    with (folder / f"{name}.csv").open(encoding="utf-8") as file:
        rows = [{k.strip(): v.strip() for k, v in row.items()} for row in csv.DictReader(file)]
    keys = {row["rec_id"]: key for key, row in enumerate(rows)}
    with (folder / f"{name}_true_links.csv").open(encoding="utf-8") as file:
        linked = [[keys[row["rec_id_1"]], keys[row["rec_id_2"]]] for row in csv.DictReader(file)]
    found = [_person(key, row, numbers=numbers) for key, row in enumerate(rows)]
    return found, {(min(pair), max(pair)) for pair in linked}


def _person(key: int, row: dict[str, str], *, numbers: bool) -> Person:
    lines = [line for line in (row["address_1"], row["address_2"]) if line]
    number = row["soc_sec_id"] if numbers else ""
    return Person(
        key=key,
        name=f"{row['given_name']} {row['surname']}",
        born=row["date_of_birth"],
        numbers=(f"other:{number}",) if number else (),
        streets=tuple(f"{row['street_number']} {line}".strip() for line in lines),
        areas=tuple(filter(None, (row["suburb"],))),
        postcodes=tuple(filter(None, (row["postcode"],))),
    )


def pairs(found: Iterable[object]) -> Pairs:
    return {(one.one, one.other) for one in found}  # type: ignore[attr-defined]


def f1(found: Pairs, truth: Pairs) -> float:
    return 2 * len(found & truth) / (len(found) + len(truth))


@pytest.mark.parametrize(("numbers", "least"), [(True, 0.995), (False, 0.98)])
@pytest.mark.parametrize("name", ["febrl1", "febrl3"])
def test_pairs_of_the_febrl_sets_are_found(shared_data: Path, name, numbers, least):
    records, truth = febrl(shared_data / "entity_resolution", name, numbers=numbers)
    assert len(people.blocked(records) & truth) >= 0.995 * len(truth)
    assert f1(pairs(people.candidates(records)), truth) >= least


@pytest.fixture(scope="module")
def british():
    made = register()
    return made, pairs(people.candidates(made.people))


def test_the_made_up_register_has_enough_records_of_every_tradition(british):
    made, _found = british
    assert len(made.people) >= 5_000
    counts = {name: list(made.tradition.values()).count(name) for name in TRADITIONS}
    assert min(counts.values()) > 1_000
    assert len(people.blocked(made.people) & made.truth) >= 0.995 * len(made.truth)


@pytest.mark.parametrize("tradition", TRADITIONS)
def test_precision_and_recall_hold_in_every_naming_tradition(british, tradition):
    made, found = british
    mine = {pair for pair in found if tradition in {made.tradition[key] for key in pair}}
    truth = {pair for pair in made.truth if made.tradition[pair[0]] == tradition}
    assert len(mine & truth) / len(mine) >= 0.9
    assert len(mine & truth) / len(truth) >= 0.9


def one_pair(one: Person, other: Person):
    found = people.candidates([one, other], threshold=0.0)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rhys ap Gruffydd", "Gruffydd Rees"),
        ("Angharad ferch Hywel", "Howell, Angharad"),
        ("Gwilym Dafydd", "Wilym Ddafydd"),
        ("Mohammed Yusuf Khan", "Khan Muhammad Yousef"),
        ("Harpreet Singh Gill", "Gill Harpreet"),
        ("Oleksandr Shevchenko", "Shevchenko Aleksander"),
        ("Ivanova Yekaterina", "Ekaterina Ivanov"),
        ("Adebayo Oluwaseun", "Seun Adebayo"),
        ("Kwabena Mensah", "Mensa Kobina"),
        ("Bill O'Brien", "William OBrien"),
        ("Ann Lochhead-Ure", "Ann Lochhead Ure"),
    ],
)
def test_names_in_another_order_or_spelling_are_alike(one, other):
    pair = one_pair(
        Person(key=1, name=one, born="19910214"), Person(key=2, name=other, born="19911402")
    )
    assert pair.probability > people.THRESHOLD
    codes = {item.code for item in pair.evidence}
    assert codes & {"name-same", "name-alike", "name-two"}
    assert "born-turned" in codes


def test_people_of_one_household_are_not_taken_for_one():
    home = {"streets": ("12 alma street",), "postcodes": ("ZZ11AA",), "phones": ("0770",)}
    pair = one_pair(
        Person(key=1, name="Fraser Garsgarth", born="19850101", gender="male", **home),
        Person(key=2, name="Moira Garsgarth", born="19870612", gender="female", **home),
    )
    assert pair.probability < people.THRESHOLD
    assert {item.code for item in pair.evidence} >= {"street-kin", "postcode-kin", "born-other"}


def test_evidence_points_both_ways_and_every_level_has_its_words():
    pair = one_pair(
        Person(key=7, name="Yaw Mensah", born="19910214", numbers=("pnc:1",)),
        Person(key=3, name="Yaw Mensah", born="19910214", numbers=("pnc:9999",)),
    )
    assert (pair.one, pair.other) == (3, 7)
    signs = {item.code: item.sign for item in pair.evidence}
    assert signs["born-same"] is Sign.FOR
    assert signs["number-other"] is Sign.AGAINST
    assert all(worded(item) for item in pair.evidence)
    assert {level.code for one in model.PEOPLE for level in one.levels} <= CODES


def test_a_common_name_alone_tells_less_than_a_rare_one():
    crowd = [Person(key=n, name="Yaw Mensah") for n in range(2, 40)]
    rare = [Person(key=n, name="Bronwen Ollerenshaw") for n in (40, 41)]
    found = people.candidates([*crowd, *rare], threshold=0.0)
    known = {(one.one, one.other): one.probability for one in found}
    assert known[40, 41] > 10 * known[2, 3]


def test_only_pairs_with_the_draft_are_looked_at_where_there_is_one():
    same = [Person(key=n, name="Yaw Mensah", born="19910214") for n in (1, 2, 3)]
    assert pairs(people.candidates(same, among=[3])) == {(1, 3), (2, 3)}
    assert people.candidates(same[:1]) == []


def test_nothing_is_written_outside_and_nothing_is_fetched():
    with people._connection() as duck:
        told = dict(duck.sql("SELECT name, value FROM duckdb_settings()").fetchall())
    assert told["temp_directory"] == ""
    assert told["autoinstall_known_extensions"] == "false"
    assert told["autoload_known_extensions"] == "false"
    assert told["allow_community_extensions"] == "false"


def test_the_search_can_be_stopped():
    def stop(done: int, total: int, what: str, /) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        people.candidates(register(50, 10).people, progress=stop)


def test_a_key_that_too_many_share_is_left_out(monkeypatch):
    monkeypatch.setattr(blocking, "MOST_SHARING", 3)
    crowd = [Person(key=n, name="Yaw Mensah") for n in range(5)]
    assert people.blocked(crowd) == set()


def test_titles_and_particles_are_no_words_of_a_name():
    assert names.words("Mr Rhys ap Gruffydd") == ("rhys", "gruffydd")
    assert names.words("Van Le") == ("van", "le")
    assert names.words("Harpreet Singh") == ("harpreet", "singh")
