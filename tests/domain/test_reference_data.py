"""The shipped lists: every code a field may hold has one, and they say where they come from."""

import re

import pytest

from ocgdesk import resources
from ocgdesk.domain.charts import Importance
from ocgdesk.domain.fields import Field, described_fields
from ocgdesk.domain.kinds import LINKS, Kind
from ocgdesk.domain.links import Basis, Strength
from ocgdesk.domain.people import Role
from ocgdesk.domain.plans import ActionStatus, Strand
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.domain.registry import CLASSES
from ocgdesk.errors import Refused

CODED = [
    pytest.param(cls, field, id=f"{kind}.{field.name}")
    for kind, cls in CLASSES.items()
    for field in described_fields(cls)
    if field.codes
]
NAMES = sorted(path.stem for path in resources.path("reference").glob("*.toml"))
CAPITALS = {"agencies", "crime-types", "warning-markers"}
ENUMS = {
    "kinds": Kind,
    "strengths": Strength,
    "bases": Basis,
    "importances": Importance,
    "strands": Strand,
    "action-statuses": ActionStatus,
    "user-roles": Role,
}


@pytest.mark.parametrize(("cls", "field"), CODED)
def test_every_coded_field_has_its_list_and_a_default_from_it(cls: type, field: Field):
    codes = code_list(field.codes)
    assert len(codes.items) > 1
    default = cls.__dataclass_fields__[field.name].default
    assert default in {"", ()} or default in codes


@pytest.mark.parametrize("name", NAMES)
def test_codes_are_unique_and_labels_say_something(name: str):
    codes = [item.code for item in code_list(name)]
    assert len(codes) == len(set(codes))
    labels = [item.label for item in code_list(name)]
    assert all(text.strip() == text and text for text in labels)
    assert len({text.casefold() for text in labels}) == len(labels)


@pytest.mark.parametrize("name", NAMES)
def test_codes_are_lower_case_words_but_for_the_trades_own_capitals(name: str):
    form = r"[A-Z]{2,5}" if name in CAPITALS else r"[a-z0-9]+(-[a-z0-9]+)*"
    assert [item.code for item in code_list(name) if not re.fullmatch(form, item.code)] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_list_says_where_it_comes_from_and_whether_it_is_a_local_default(name: str):
    data = resources.toml("reference", f"{name}.toml")
    assert data["status"] in {"national", "local default"}
    assert data["version"] >= 1
    assert data["source"].endswith(".")


@pytest.mark.parametrize("name", sorted(ENUMS))
def test_lists_and_the_programs_own_words_agree(name: str):
    assert [item.code for item in code_list(name)] == [member.value for member in ENUMS[name]]


def test_the_forces_are_the_forty_three_and_name_units_that_exist():
    agencies = code_list("agencies")
    forces = [item for item in agencies if item.get("kind") == "force"]
    units = {item.code for item in agencies if item.get("kind") == "rocu"}
    assert len(forces) == 43
    assert len(units) == 9
    assert {item.get("rocu") for item in forces} - {None} == units
    assert {item.code for item in forces if item.get("rocu") is None} == {"MPS", "COL"}
    west = {item.code: item.get("pnc") for item in forces if item.get("rocu") == "RWM"}
    assert west == {"WMP": 20, "STP": 21, "WMC": 22, "WKP": 23}


def test_crime_types_map_to_the_types_of_2019_and_the_home_office():
    types = {item.code: item for item in code_list("crime-types")}
    assert types["SAC"].get("oct_2019") == "Organised Theft"
    assert types["OIC"].get("oct_2019") == types["MSHT"].get("oct_2019") == "OIC & HT"
    assert types["CL"].get("home_office") == "Illegal drugs"
    assert all(item.get("oct_2019") and item.get("home_office") for item in types.values())


def test_link_types_say_their_direction_and_name_kinds_that_exist():
    kinds = {kind.value for kind in Kind if kind not in LINKS}
    for item in code_list("link-types"):
        assert isinstance(item.get("directed"), bool)
        assert item.get("reverse")
        assert {*item.get("from", []), *item.get("to", [])} <= kinds


def test_links_without_direction_read_alike_from_both_ends():
    both_ways = [item for item in code_list("link-types") if not item.get("directed")]
    assert [item.code for item in both_ways if item.get("reverse") != item.label] == []


def test_only_the_exploited_person_is_a_victim_among_the_roles():
    victims = [item.code for item in code_list("roles") if item.get("victim")]
    assert victims == ["exploited-person"]


def test_nobody_is_called_a_runner_or_a_mule():
    words = " ".join(item.label for item in code_list("roles")).lower()
    assert "runner" not in words
    assert "mule" not in words


def test_commodities_are_counted_in_units_of_the_list():
    units = code_list("units")
    assert all(item.get("unit") in units for item in code_list("commodity-types"))


def test_the_probability_yardstick_has_seven_terms_in_order():
    yardstick = [item.get("from_percent") for item in code_list("phia")]
    assert len(yardstick) == 7
    assert yardstick == sorted(yardstick)


def test_what_is_not_national_is_called_a_local_default():
    assert code_list("tiers").local_default
    assert not code_list("strands").local_default


def test_a_list_reads_codes_and_labels_without_regard_to_case():
    statuses = code_list("ocg-statuses")
    assert statuses.parse("Under Assessment") == statuses.parse(" under-assessment ")
    with pytest.raises(Refused, match="ocg statuses"):
        statuses.parse("asleep")


def test_a_code_that_is_not_listed_stands_for_itself():
    assert label("agencies", "WMC") == "West Mercia Police"
    assert label("agencies", "XX") == "XX"
    assert label("agencies", "") == ""
