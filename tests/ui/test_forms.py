"""Fields as text and back, and filters as ticks and back."""

from datetime import date

import pytest

from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Nominal, Ocg, Report
from ocgdesk.domain.fields import Field, described_fields
from ocgdesk.domain.registry import CLASSES
from ocgdesk.domain.values import Alias, External, Identifier
from ocgdesk.errors import Refused
from ocgdesk.store.listing import Filter, Test
from ocgdesk.ui.forms import editors
from ocgdesk.ui.pages.register_filters import from_ticks, to_ticks

TODAY = date(2026, 11, 21)


def field(cls: type, name: str) -> Field:
    return next(found for found in described_fields(cls) if found.name == name)


@pytest.mark.parametrize(
    ("cls", "name", "value"),
    [
        (Nominal, "aliases", (Alias("Ghost", "nickname"), Alias("Bobby (the elder)"))),
        (Nominal, "identifiers", (Identifier("pnc", "00/123456A"), Identifier("cro", "1:2"))),
        (Nominal, "externals", (External("other", "77"), External("own-system", "A 1"))),
        (Nominal, "born", PartialDate.parse("about May 1998")),
        (Nominal, "exploited", True),
        (Ocg, "further_crimes", ("firearms",)),
        (Ocg, "review_due", date(2026, 12, 5)),
        (Ocg, "status", "active"),
        (Report, "grade", "2CP"),
        (Report, "text", "Two lines\nof text"),
    ],
)
def test_what_an_editor_starts_from_reads_back_as_it_was(cls, name, value) -> None:
    described = field(cls, name)
    if name == "aliases":  # brackets that are no type stay part of the name
        value = value[:1]
    if name == "further_crimes":
        value = (next(iter(editors.code_list(described.codes))).code,)
    assert editors.parse(described, editors.raw(described, value), TODAY) == value


@pytest.mark.parametrize(
    ("cls", "name", "typed"),
    [
        (Nominal, "name", "  "),
        (Nominal, "born", "someday"),
        (Nominal, "identifiers", "12345"),
        (Nominal, "aliases", "Ghost (no such type)"),
        (Ocg, "further_crimes", "no such crime"),
        (Ocg, "review_due", "Feb 2026"),
        (Report, "grade", "9ZZ"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(cls, name, typed) -> None:
    with pytest.raises(Refused):
        editors.parse(field(cls, name), typed, TODAY)


def test_nothing_typed_is_the_empty_value_of_every_field() -> None:
    for cls in CLASSES.values():
        for described in described_fields(cls):
            if editors.can_edit(described) and not described.required:
                assert not editors.parse(described, "", TODAY)
                assert editors.shown(described, editors.parse(described, "", TODAY)) in {"", "No"}


def test_dates_are_echoed_as_they_were_read() -> None:
    assert editors.echo(field(Ocg, "review_due"), "+14", TODAY) == "Read as 5 Dec 2026"
    assert editors.echo(field(Nominal, "name"), "+14", TODAY) == ""


VALUES = (("active", 4), ("dormant", 2), (None, 1))


@pytest.mark.parametrize(
    ("on", "filters"),
    [
        ((True, True, True), ()),
        ((True, False, False), (Filter("status", Test.IS, ("active",)),)),
        ((False, False, True), (Filter("status", Test.EMPTY),)),
        ((True, True, False), (Filter("status", Test.NOT_EMPTY),)),
        ((True, False, True), (Filter("status", Test.IS_NOT, ("dormant",)),)),
    ],
)
def test_ticks_become_filters_and_filters_the_same_ticks(on, filters) -> None:
    assert from_ticks("status", VALUES, on) == filters
    assert tuple(to_ticks(VALUES, filters)) == on
