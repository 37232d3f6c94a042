"""Self and colleague look-ups: who looked at a record that goes by a user's name."""

from dataclasses import replace

import pytest
from makers import a_nominal

from ocgdesk.casework import auditing
from ocgdesk.domain.people import Role
from ocgdesk.domain.values import Alias
from ocgdesk.errors import Refused
from ocgdesk.store import finding, namesakes, users
from ocgdesk.store.auditing import AuditQuery


@pytest.fixture
def mistry(workspace, add_user):
    """An analyst who is shown by initial and surname."""
    user = replace(add_user("mistry", Role.ANALYST), display="J. Mistry")

    def rename(connection, keys):
        users.save(connection, user)
        return keys

    workspace.change_keys("Rename user", rename)
    return user


@pytest.fixture
def audrey(add_user, opened_by):
    return opened_by(add_user("audrey", Role.AUDITOR))


def look(workspace, thing):
    with workspace.reading("Curiosity") as reader:
        reader.saw("Open record", [reader.number(thing.id)])


def report(workspace, **how):
    of = how.pop("of", None)
    with workspace.reading() as reader:
        return auditing.read_lookups(workspace, reader, AuditQuery(**how), of=of)


def told(seen):
    return [(seen.user_words(e), e.label, seen.lookup_words(e)) for e in seen.entries]


def test_looking_at_ones_own_and_at_a_colleagues_record_is_told_apart(
    workspace, given, mistry, opened_by, audrey
):
    own, other = given(a_nominal("Jaya Mistry"), a_nominal("Aled Cors"))
    mine = opened_by(mistry)
    look(mine, own)
    look(mine, other)
    look(workspace, own)
    seen = report(audrey)
    assert told(seen) == [
        ("Ann", "Open record", "colleague: J. Mistry"),
        ("J. Mistry", "Open record", "own name"),
    ]
    assert [list(refs) for refs in (seen.refs[e.seq] for e in seen.entries)] == [[own.ref]] * 2


def test_aliases_and_searches_count_and_names_that_only_look_alike_do_not(
    workspace, given, mistry, opened_by, audrey
):
    alias, stranger = given(
        a_nominal("Nobody", aliases=(Alias("MISTRY, J"),)), a_nominal("Kiran Mistry")
    )
    mine = opened_by(mistry)
    look(mine, alias)
    look(mine, stranger)
    for text in ("mistry", "jo mist", "Jaya Mistry", "nobody"):
        with mine.reading() as reader:
            finding.search(reader, text)
    labels = [entry.label for entry in report(audrey).entries]
    assert labels == ["Search", "Search", "Open record"]
    details = [entry.detail.get("detail_text") for entry in report(audrey).entries]
    assert details == ["Jaya Mistry", "mistry", None]


def test_the_report_is_narrowed_to_whose_acts_and_to_whose_name(
    workspace, given, mistry, opened_by, audrey
):
    first, second = given(a_nominal("J Mistry"), a_nominal("Ann"))
    mine = opened_by(mistry)
    look(mine, first)
    look(mine, second)
    look(workspace, second)
    assert told(report(audrey, of=workspace.user.id)) == [
        ("Ann", "Open record", "own name"),
        ("J. Mistry", "Open record", "colleague: Ann"),
    ]
    assert told(report(audrey, user=mistry.id, of=mistry.id)) == [
        ("J. Mistry", "Open record", "own name")
    ]


def test_the_report_is_for_auditors_and_its_use_is_logged(workspace, given, mistry, audrey):
    given(a_nominal("J Mistry"))
    with pytest.raises(Refused):
        report(workspace)
    report(audrey)
    with audrey.reading() as reader:
        newest = auditing.read(audrey, reader, AuditQuery(limit=1)).entries[0]
    assert (newest.label, newest.detail["lookups"]) == ("Read the journal", True)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Jaya Mistry", "J. Mistry", True),
        ("MISTRY, Jaya", "Jaya Mistry", True),
        ("Siân ferch Huw", "Sian Ferch HUW", True),
        ("Kiran Mistry", "J. Mistry", False),
        ("Mistry", "J. Mistry", False),
        ("", "J. Mistry", False),
        ("Ng", "Ng", True),
    ],
)
def test_names_are_the_same_without_regard_to_order_case_and_accents(one, other, same):
    assert namesakes.is_same_name(one, other) is same
