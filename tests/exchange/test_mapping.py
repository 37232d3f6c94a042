"""Headers usual in UK policing are understood; others are left out and said so."""

import pytest

from ocgdesk import resources
from ocgdesk.domain.fields import described_fields
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.registry import class_of
from ocgdesk.exchange.mapping import IMPORTABLE, Use, guess_columns, guess_kind, squashed


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (["PNC ID", "CRO", "SURNAME", "FORENAME", "D.O.B."], Kind.NOMINAL),
        (["NOMINAL", "DOB"], Kind.NOMINAL),
        (["MSISDN", "IMEI", "First seen"], Kind.PHONE),
        (["VRM", "Make", "Model"], Kind.VEHICLE),
        (["REG", "COLOUR"], Kind.VEHICLE),
        (["URN", "OCG", "Tier"], Kind.OCG),
        (["HANDLE", "PLATFORM", "SIO"], Kind.HANDLE),
        (["BRAND", "LINE", "HUB"], Kind.COUNTY_LINE),
        (["Line name", "Exporting force", "Importing forces"], Kind.COUNTY_LINE),
        (["Address", "Postcode", "Town"], Kind.LOCATION),
        (["Company name", "Company number"], Kind.ORGANISATION),
        (["Sort code", "Account number"], Kind.ACCOUNT),
        (["Operation", "SIO", "Phase"], Kind.OPERATION),
        (["Intel log", "Grading", "Text"], Kind.REPORT),
        (["Commodity", "Unit"], Kind.COMMODITY),
    ],
)
def test_headers_usual_in_policing_tell_the_kind(header, kind):
    assert guess_kind(header) is kind


@pytest.mark.parametrize("header", [["id"], ["foo", "bar"], ["Name", "Status"], []])
def test_headers_that_many_kinds_share_tell_nothing(header):
    assert guess_kind(header) is None


def test_the_name_of_the_file_helps_where_headers_do_not():
    assert guess_kind(["Name", "Status"], "Organised crime groups") is Kind.OCG


def test_each_header_finds_its_field_and_scheme():
    header = ["NOMINAL NO", "PNC_ID", "CRO No.", "Full name", "D.O.B.", "Sex", "Street name"]
    assert guess_columns(header, Kind.NOMINAL).by_header() == (
        ("NOMINAL NO", "identifiers:force-nominal"),
        ("PNC_ID", "identifiers:pnc"),
        ("CRO No.", "identifiers:cro"),
        ("Full name", "name"),
        ("D.O.B.", "born"),
        ("Sex", "gender"),
        ("Street name", "aliases:nickname"),
    )


def test_an_unknown_header_is_left_out_and_said_so():
    mapping = guess_columns(["Name", "Shoe size"], Kind.NOMINAL)
    assert mapping.by_header()[1] == ("Shoe size", None)
    assert mapping.problems == (("Shoe size", "The column Shoe size is not known."),)


def test_the_second_of_two_headers_for_one_field_is_left_out():
    mapping = guess_columns(["DOB", "Date of birth", "Name"], Kind.NOMINAL)
    assert [column.header for column in mapping.using(Use.LEFT_OUT)] == ["Date of birth"]


def test_several_columns_may_fill_a_list():
    mapping = guess_columns(["Name", "Alias", "AKA", "PNC", "CRO"], Kind.NOMINAL)
    assert not mapping.problems


def test_name_beside_surname_is_the_forename():
    assert [c.header for c in guess_columns(["Name", "Surname"], Kind.NOMINAL).using(Use.PART)] == [
        "Name",
        "Surname",
    ]


def test_ethnicity_is_no_field_of_any_kind():
    for kind in IMPORTABLE:
        assert guess_columns(["Ethnicity"], kind).by_header() == (("Ethnicity", None),)


def _sections() -> dict:
    return resources.toml("import", "headers.toml")


@pytest.mark.parametrize("kind", [*IMPORTABLE, Kind.LINK])
def test_every_listed_field_and_scheme_exists(kind):
    table = _sections()[kind.value]
    fields = {field.name for field in described_fields(class_of(kind))}
    assert set(table.get("fields", {})) <= fields
    lists = {
        "identifiers": "identifier-schemes",
        "externals": "external-schemes",
        "aliases": "alias-types",
    }
    for section, list_name in lists.items():
        assert all(scheme in code_list(list_name) for scheme in table.get(section, {}))
        assert section in fields or section not in table


def _words(table: object):
    if isinstance(table, dict):
        for value in table.values():
            yield from _words(value)
    elif isinstance(table, list):
        yield from table


@pytest.mark.parametrize("name", ["headers.toml", "words.toml"])
def test_every_listed_word_is_written_as_it_is_compared(name):
    assert [word for word in _words(resources.toml("import", name)) if word != squashed(word)] == []


def test_every_code_that_words_stand_for_exists():
    for list_name, words in resources.toml("import", "words.toml").items():
        if isinstance(words, dict):
            assert all(code in code_list(list_name) for code in words)


@pytest.mark.parametrize("kind", IMPORTABLE)
def test_our_own_labels_are_understood(kind):
    header = [
        field.label
        for field in described_fields(class_of(kind))
        if field.in_table and not field.label.startswith("Type")
    ]
    assert not guess_columns(header, kind).problems
