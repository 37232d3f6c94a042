"""Nothing in a sample can be taken for somebody's own: names, numbers, plates, postcodes."""

import re
from datetime import date
from itertools import islice

import pytest

from ocgdesk.casework.sample import build, words
from ocgdesk.casework.sample.holdings import imei, phone_number, registration
from ocgdesk.casework.sample.names import Name
from ocgdesk.casework.sample.nominals import cro_number, pnc_id
from ocgdesk.casework.sample.streams import Streams, shares
from ocgdesk.casework.sample.traditions import TRADITIONS
from ocgdesk.domain.kinds import Kind

SAMPLE = build("region", as_of=date(2025, 11, 21))


def of(kind: Kind) -> list:
    return [thing for thing in SAMPLE if thing.kind is kind]


def test_telephone_numbers_are_unique_and_of_ofcoms_range_for_drama():
    numbers = [phone.number for phone in of(Kind.PHONE)]
    assert len(numbers) == len(set(numbers))
    assert all(re.fullmatch(r"07700 900\d{3}( \d{3})?", number) for number in numbers)


def test_numbers_beyond_the_range_are_too_long_to_dial():
    digits = [len(phone_number(n, first=0, count=700).replace(" ", "")) for n in range(2000)]
    assert digits[:700] == [11] * 700
    assert set(digits[700:]) == {14}


def test_registration_marks_are_unique_and_of_a_form_never_issued():
    marks = [registration(number) for number in range(20_000)]
    assert len(set(marks)) == len(marks)
    assert all(re.fullmatch(r"Q[A-Y]00 [A-Y]{3}", mark) for mark in marks)


def test_postcodes_are_of_areas_that_do_not_exist():
    areas = {re.match(r"[A-Z]+", loc.postcode)[0] for loc in of(Kind.LOCATION) if loc.postcode}
    assert areas == {"ZZ", "QX", "XQ", "JZ", "VX", "QZ"}


def test_device_numbers_are_of_test_ranges_and_pass_their_check():
    assert imei(7).startswith("00100100")
    for number in range(50):
        digits = [int(d) for d in imei(number)]
        doubled = [d * 2 - 9 * (d > 4) if i % 2 else d for i, d in enumerate(digits)]
        assert len(digits) == 15
        assert sum(doubled) % 10 == 0


@pytest.mark.parametrize(
    ("year", "serial", "text"), [(1999, 1234567, "1999/1234567B"), (2021, 9999, "2021/0009999M")]
)
def test_check_letters_of_pnc_ids_are_those_of_the_published_vectors(year, serial, text):
    assert pnc_id(year, serial) == text


def test_check_letters_of_cro_numbers_are_those_of_the_published_vectors():
    assert cro_number(1999, 123456) == "123456/99L"
    assert cro_number(1988, 1234) == "001234/88P"


def test_pnc_ids_carry_serials_that_are_never_reached():
    ids = [i.value for n in of(Kind.NOMINAL) for i in n.identifiers if i.scheme == "pnc"]
    assert len(ids) > 500
    assert all(value[5] == "9" for value in ids)
    assert len(set(ids)) == len(ids)


def test_names_come_from_several_traditions_welsh_among_them():
    names = [nominal.name for nominal in of(Kind.NOMINAL)]
    for part in (" ap ", " ferch ", "-", " Singh ", "Văn", "ó"):
        assert any(part in name for name in names), part
    aliases = [a.text for n in of(Kind.NOMINAL) for a in n.aliases if a.type == "script"]
    for letters in (r"[\u0600-\u06ff]", r"[\u4e00-\u9fff]", r"[\u0a00-\u0a7f]"):
        assert any(re.search(letters, alias) for alias in aliases), letters


@pytest.mark.parametrize("name", sorted(TRADITIONS))
def test_every_tradition_makes_whole_names_for_men_and_women(name: str):
    parts = TRADITIONS[name]
    man = Name(name, parts.male[0], parts.families[0], is_male=True)
    woman = Name(name, parts.female[0], parts.families[0], is_male=False)
    assert "{" not in man.full + woman.full
    assert parts.families[0] in man.full
    assert not parts.script or set(parts.script) >= {*parts.male, *parts.female, *parts.families}


def test_there_are_names_enough_for_the_whole_country():
    chance = Streams(1, "national").numbers("test")
    assert len(set(words.groups(chance, 4600))) == 4600
    assert len({name.casefold() for name in words.handles(chance, 20_000)}) == 20_000
    assert len(set(words.lines(chance, 1500))) == 1500


def test_topics_have_their_own_numbers_and_ids_whoever_draws_more():
    streams = Streams(1, "force")
    first = streams.numbers("a")
    [first.random() for _ in range(100)]
    assert streams.numbers("b").random() == Streams(1, "force").numbers("b").random()
    ids = list(islice(streams.ids("a"), 5000))
    assert len(set(ids)) == 5000
    assert ids[:10] == list(islice(Streams(1, "force").ids("a"), 10))
    assert not set(ids) & set(islice(streams.ids("b"), 5000))
    assert {(i.version, i.variant) for i in ids} == {(8, "specified in RFC 4122")}


def test_shares_are_whole_and_add_up():
    assert shares(10, (1, 1, 1)) == [4, 3, 3]
    assert shares(100, (0.9, 0.05, 0.05), least=10) == [73, 14, 13]
    assert sum(shares(703, [0.3, 1.7, 2.2, 9.1], least=3)) == 703
