"""Who is to be safeguarded: exploited, or maybe under 18, judged at the latest date of birth."""

from datetime import date

import pytest

from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.safeguarding import is_safeguarded, may_be_child

ON = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("born", "child"),
    [
        ("2008-11-21", False),
        ("2008-11-22", True),
        ("2008", True),
        ("2007", False),
        ("2008-10", False),
        ("2008~", True),
        ("1970>", True),
        ("2020<", True),
        ("2000<", False),
    ],
)
def test_a_date_known_in_part_counts_at_its_latest(born: str, child: bool):
    assert may_be_child(PartialDate.stored(born), ON) is child


def test_without_a_date_of_birth_nobody_is_told_to_be_a_child():
    assert not may_be_child(None, ON)
    assert is_safeguarded(exploited=True, born=None, on=ON)
    assert not is_safeguarded(exploited=False, born=None, on=ON)


def test_who_is_born_on_29_february_comes_of_age_the_day_after_the_28th():
    born = PartialDate(2008, 2, 29)
    assert may_be_child(born, date(2026, 2, 28))
    assert not may_be_child(born, date(2026, 3, 1))
    assert not may_be_child(PartialDate(2006, 2, 28), date(2024, 2, 29))


def test_every_type_of_link_has_its_words_for_a_statement():
    types = {item.code for item in code_list("link-types")}
    sentences = {item.code: item for item in code_list("link-sentences")}
    assert set(sentences) == types
    assert all(item.get("assessed") for item in sentences.values())
