"""How records are marked, and the highest marking of what a user is shown."""

import pytest
from makers import a_link, a_nominal, an_ocg

from ocgdesk.casework import exports, marking
from ocgdesk.casework.exports import Printed
from ocgdesk.casework.lists import Question
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.marking import Marking
from ocgdesk.errors import Refused

LOW, HIGH = Marking.OFFICIAL, Marking.OFFICIAL_SENSITIVE


@pytest.fixture
def mark(workspace):
    def act(thing, wanted, reason=""):
        with workspace.work("Change marking") as done:
            marking.mark(done.work, [thing.id], wanted, reason)

    return act


def test_lower_than_before_needs_a_reason_and_can_be_undone(workspace, given, mark) -> None:
    one, two = given(an_ocg(), a_nominal())
    (link,) = given(a_link(one, two))
    for thing in (one, link):
        with pytest.raises(Refused, match="Say why"):
            mark(thing, LOW)
        mark(thing, LOW, "Open source")
        with workspace.reading() as reader:
            assert reader.find(thing.id, thing.base).marking is LOW
    workspace.undo()
    with workspace.reading() as reader:
        assert reader.find(link.id, Base.LINK).marking is HIGH


def test_secret_is_refused() -> None:
    for text in ("SECRET", "top secret", "official secret"):
        with pytest.raises(Refused, match="SECRET"):
            Marking.parse(text)


def test_the_high_water_mark_is_that_of_what_the_user_may_see(
    workspace, given, put, ann, another_user, opened_by
) -> None:
    (seen,) = given(a_nominal(marking=LOW))
    given(a_nominal(marking=HIGH, restricted_to=frozenset({ann.id})))
    with workspace.reading() as reader:
        assert marking.high_water(reader, LOW) is HIGH
    with opened_by(another_user).reading() as reader:
        assert marking.high_water(reader, LOW) is LOW
        assert marking.high_water(reader, HIGH) is HIGH
    put(seen, marking=HIGH)
    with opened_by(another_user).reading() as reader:
        assert marking.high_water(reader, LOW) is HIGH


def test_an_export_is_marked_as_high_as_the_records_its_rows_name(workspace, given) -> None:
    one, two = given(a_nominal(marking=LOW), a_nominal(marking=HIGH))
    given(a_link(one, two, marking=LOW))
    said = Printed(synthetic=False, made="", head="")
    with workspace.reading() as reader:
        assert exports.make(reader, Question(kind=Kind.LINK), "csv", said).marking is HIGH
