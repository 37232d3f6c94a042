"""Units beside figures."""

import pytest

from ocgdesk.domain.units import amount, symbol


@pytest.mark.parametrize(
    ("label", "value", "unit", "words"),
    [
        ("Heroin", 1.45, "kg", "Heroin 1.45 kg"),
        ("Cash seized", 7277, "gbp", "Cash seized £7,277"),
        ("Arrested", 3, "people", "Arrested 3"),
        ("Cannabis plants", 1026, "plants", "Cannabis plants 1,026"),
        ("Years sentenced", 12.5, "years", "Years sentenced 12.5"),
        ("Something", 2, "no-such-unit", "Something 2"),
    ],
)
def test_a_figure_is_said_with_its_unit_once(label: str, value: float, unit: str, words: str):
    assert amount(label, value, unit) == words


def test_a_unit_that_says_itself_has_no_symbol():
    assert symbol("people") == symbol("items") == ""
    assert symbol("kg", "Cocaine") == "kg"


def test_one_of_a_thing_is_told_in_the_singular():
    assert amount("Ammunition", 1, "rounds") == "Ammunition 1 round"
    assert amount("Years sentenced", 1, "years") == "Years sentenced 1"
    assert amount("SCPOs", 1, "orders") == "SCPOs 1"
    assert amount("Cocaine", 1, "kg") == "Cocaine 1 kg"
