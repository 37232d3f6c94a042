"""Getting in: the first user, weak passphrases, one sentence for whatever was wrong, recovery."""

from pathlib import Path

import pytest
from makers import CHEAP

from ocgdesk.casework import access, checking
from ocgdesk.casework.access import NewWorkspace
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.people import Role
from ocgdesk.errors import BadWorkspace, NotUnlocked, Refused
from ocgdesk.security import keyfile as keyfiles
from ocgdesk.store.workspace import Workspace

PHRASE, OTHER = "four quiet lanterns drift", "nine purple anchors hum"


def made(path: Path, **more: object) -> tuple[Workspace, tuple[str, ...]]:
    facts = {"name": "Own", "agency": "WMP", "user": "ann", "recovery": False} | more
    return access.create(path, NewWorkspace(**facts), PHRASE, cost=CHEAP)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "own.ocgdesk"


def test_the_first_user_administers_and_unlocks_without_regard_to_case(path: Path):
    made(path)[0].close()
    workspace = access.unlock(path, "ANN", PHRASE)
    assert workspace.user.roles == {Role.ADMINISTRATOR, Role.ANALYST}
    workspace.close()
    assert access.user_names(path) == (("ann", ("administrator", "analyst")),)


def test_a_wrong_user_and_a_wrong_passphrase_sound_alike(path: Path):
    made(path)[0].close()
    said = set()
    for name, phrase in (("ann", OTHER), ("bea", PHRASE)):
        with pytest.raises(NotUnlocked) as caught:
            access.unlock(path, name, phrase)
        said.add(str(caught.value))
    assert len(said) == 1


@pytest.mark.parametrize(
    "facts", [{"agency": "W1"}, {"code": "toolong"}, {"name": " "}, {"user": ""}]
)
def test_names_that_cannot_be_leave_no_file(path: Path, facts: dict[str, str]):
    with pytest.raises(Refused):
        made(path, **facts)
    assert list(path.parent.iterdir()) == []


def test_a_passphrase_that_is_guessed_first_is_refused(path: Path):
    new = NewWorkspace(name="Own", agency="WMP", user="ann", recovery=False)
    with pytest.raises(Refused):
        access.create(path, new, "password1234", cost=CHEAP)
    assert not path.exists()


def test_recovery_words_let_a_user_in_again_and_no_others_do(path: Path, tmp_path: Path):
    workspace, words = made(path, recovery=True)
    workspace.close()
    keyfiles.path_for(path).unlink()  # lost as well
    back = access.recover(path, words, "ann", OTHER, cost=CHEAP)
    back.close()
    access.unlock(path, "ann", OTHER).close()
    stranger, others = made(tmp_path / "other.ocgdesk", recovery=True)
    stranger.close()
    with pytest.raises(NotUnlocked):
        access.recover(path, others, "ann", PHRASE, cost=CHEAP)


def test_users_are_added_and_shut_out_and_somebody_stays_administrator(path: Path):
    workspace, _words = made(path)
    bea = access.add_user(workspace, "bea", "", [Role.READER], OTHER, cost=CHEAP)
    with pytest.raises(Refused):
        access.add_user(workspace, "Bea", "", [Role.READER], OTHER, cost=CHEAP)
    with pytest.raises(Refused):
        access.set_roles(workspace, workspace.user.id, [Role.READER])
    with pytest.raises(Refused):
        access.set_disabled(workspace, workspace.user.id, disabled=True)
    access.set_disabled(workspace, bea.id, disabled=True)
    with pytest.raises(Refused, match="disabled"):
        access.unlock(path, "bea", OTHER)
    access.set_disabled(workspace, bea.id, disabled=False)
    access.reset_passphrase(workspace, bea.id, PHRASE, cost=CHEAP)
    other = access.unlock(path, "bea", PHRASE)
    with pytest.raises(Refused):
        access.add_user(other, "cai", "", [Role.READER], OTHER, cost=CHEAP)
    other.close()
    workspace.close()


def test_the_old_passphrase_is_asked_for_before_a_new_one_counts(path: Path):
    workspace, _words = made(path)
    with pytest.raises(NotUnlocked):
        access.change_passphrase(workspace, OTHER, OTHER, cost=CHEAP)
    access.change_passphrase(workspace, PHRASE, OTHER, cost=CHEAP)
    workspace.close()
    with pytest.raises(NotUnlocked):
        access.unlock(path, "ann", PHRASE)
    access.unlock(path, "ann", OTHER).close()


def test_a_workspace_is_renamed_inside_and_beside(path: Path):
    workspace, _words = made(path)
    access.describe(workspace, "Renamed", Marking.OFFICIAL)
    assert keyfiles.read(keyfiles.path_for(path)).workspace_name == "Renamed"
    workspace.close()
    again = access.unlock(path, "ann", PHRASE)
    assert (again.about.name, again.about.marking) == ("Renamed", Marking.OFFICIAL)
    again.close()
    assert checking.check(path, "ann", PHRASE).is_whole


def test_a_file_that_does_not_open_is_examined_instead(path: Path):
    made(path)[0].close()
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)
    verdict = checking.check(path, "ann", PHRASE)
    assert not verdict.is_whole
    assert verdict.findings[0].where == "page 1"
    with pytest.raises(NotUnlocked):
        checking.check(path, "ann", OTHER)


def test_encrypting_anew_shuts_out_the_old_key_and_everybody_to_be_reset(tmp_path: Path):
    path = tmp_path / "w.ocgdesk"
    new = NewWorkspace(name="W", agency="WMP", user="ann", recovery=False)
    workspace, _words = access.create(path, new, PHRASE, cost=CHEAP)
    access.add_user(workspace, "bob", "Bob", [Role.READER], PHRASE, cost=CHEAP)
    old_key, shown = workspace.key, []
    done = access.encrypt_anew(
        workspace, PHRASE, lambda words: bool(shown.append(words)) or True, cost=CHEAP
    )
    done.workspace.close()
    assert done.locked_out == ("bob",)
    assert len(shown[0]) == 24
    with pytest.raises(BadWorkspace):
        Workspace.open(path, old_key, workspace.user.id)
    access.unlock(path, "ann", PHRASE).close()
    with pytest.raises(NotUnlocked):
        access.unlock(path, "bob", PHRASE)


def test_recovery_words_that_nobody_noted_change_nothing(tmp_path: Path):
    path = tmp_path / "w.ocgdesk"
    new = NewWorkspace(name="W", agency="WMP", user="ann", recovery=False)
    workspace, _words = access.create(path, new, PHRASE, cost=CHEAP)
    with pytest.raises(Refused, match="not repeated"):
        access.encrypt_anew(workspace, PHRASE, lambda _words: False, cost=CHEAP)
    workspace.close()
    access.unlock(path, "ann", PHRASE).close()


def test_a_key_taken_away_opens_nothing_until_it_is_given_again(path: Path):
    workspace, _words = made(path)
    bea = access.add_user(workspace, "bea", "", [Role.READER], OTHER, cost=CHEAP)
    access.remove_key(workspace, bea.id)
    assert access.has_key(workspace) == {workspace.user.id}
    with pytest.raises(NotUnlocked):
        access.unlock(path, "bea", OTHER)
    assert bea.id in [user.id for user in workspace.users()]
    with pytest.raises(Refused, match="no key"):
        access.remove_key(workspace, bea.id)
    with pytest.raises(Refused, match="your own"):
        access.remove_key(workspace, workspace.user.id)
    access.reset_passphrase(workspace, bea.id, PHRASE, cost=CHEAP)
    access.unlock(path, "bea", PHRASE).close()
    workspace.close()
