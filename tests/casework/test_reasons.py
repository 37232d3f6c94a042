"""Reasons for access: asked for as the workspace's policy has it, kept with what was seen."""

import pytest
from makers import a_nominal

from ocgdesk.casework import lookups, reasons, searching
from ocgdesk.casework.reasons import Asking, ReasonWanted, Use
from ocgdesk.domain.people import Role
from ocgdesk.errors import Refused
from ocgdesk.store import auditing
from ocgdesk.store.auditing import AuditQuery


@pytest.fixture
def records_(given, ann):
    return given(a_nominal("Open"), a_nominal("Secret", restricted_to=frozenset({ann.id})))


def test_by_default_only_restricted_records_need_a_reason(workspace, records_) -> None:
    seen, secret = records_
    with workspace.reading() as reader:
        assert lookups.look(reader, seen.ref).entity.label == "Open"
        with pytest.raises(ReasonWanted, match="restricted") as wanted:
            lookups.look(reader, secret.ref)
    assert (wanted.value.use, wanted.value.mandatory) == (Use.RESTRICTED, True)
    with workspace.reading("Op Lantern") as reader:
        assert lookups.look(reader, secret.ref).entity.label == "Secret"


def test_the_reason_is_kept_with_the_consultation(workspace, records_, add_user, opened_by) -> None:
    with workspace.reading("Op Lantern") as reader:
        lookups.look(reader, records_[1].ref)
    with opened_by(add_user("olu", Role.AUDITOR)).reading() as reader:
        entries = auditing.entries(reader, AuditQuery())
    assert [e.reason for e in entries if e.label == "View record"] == ["Op Lantern"]


def test_a_prompt_may_be_left_empty_once_it_was_asked(workspace, records_) -> None:
    reasons.set_policy(workspace, {Use.RESTRICTED: Asking.PROMPT})
    with workspace.reading() as reader:
        with pytest.raises(ReasonWanted) as wanted:
            lookups.look(reader, records_[1].ref, asked=False)
        assert not wanted.value.mandatory
        lookups.look(reader, records_[1].ref, asked=True)


def test_it_can_be_wanted_for_every_record_and_search_or_for_none(workspace, records_) -> None:
    reasons.set_policy(
        workspace,
        {
            Use.RESTRICTED: Asking.OFF,
            Use.RECORD: Asking.MANDATORY,
            Use.SEARCH: Asking.MANDATORY,
        },
    )
    with workspace.reading() as reader:
        lookups.look(reader, records_[1].ref)
        with pytest.raises(ReasonWanted):
            lookups.look(reader, records_[0].ref)
        with pytest.raises(ReasonWanted, match="search"):
            searching.search(reader, "Open")
    with workspace.reading("Need") as reader:
        assert searching.search(reader, "Open").groups


def test_only_an_administrator_sets_the_policy_and_that_is_logged(
    workspace, another_user, opened_by, add_user
) -> None:
    with pytest.raises(Refused):
        reasons.set_policy(opened_by(another_user), {Use.SEARCH: Asking.PROMPT})
    reasons.set_policy(workspace, {Use.SEARCH: Asking.PROMPT})
    assert reasons.of(workspace) == {**reasons.DEFAULT, Use.SEARCH: Asking.PROMPT}
    with opened_by(add_user("olu", Role.AUDITOR)).reading() as reader:
        labels = [entry.label for entry in auditing.entries(reader, AuditQuery())]
    assert "Set reasons for access" in labels


def test_no_word_of_it_claims_to_be_law() -> None:
    said = " ".join([*reasons.USES.values(), *reasons.WORDS.values()]).lower()
    assert not any(word in said for word in ("act", "statut", "law", "s.62"))
