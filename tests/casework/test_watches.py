"""Watches speak up about what their owner may see, and fall silent when they end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from makers import a_handle, a_membership, a_nominal, a_phone, a_report, an_ocg
from sqlalchemy import Connection

from ocgdesk.casework import imports, watches
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right, Role
from ocgdesk.errors import NotFound, Refused
from ocgdesk.exchange import intake
from ocgdesk.security.keyfile import KeyFile
from ocgdesk.store import journal, tables, users
from ocgdesk.store.journal import Act
from ocgdesk.store.workspace import Workspace

TODAY = date.today()  # noqa: DTZ011 - watches end by the calendar on the wall
SOON = TODAY + timedelta(days=28)


def watch(workspace: Workspace, text: str, **more: object):
    given = {"alerts": True, "reason": "Op Kestrel", "expires": SOON, "today": TODAY} | more
    with workspace.work("Save search", right=Right.READ, undoable=False) as done:
        return watches.keep(done.work, text, **given)


def heard(workspace: Workspace, *ids):
    with workspace.reading() as reader:
        found = watches.heard(reader, ids)
    return [[record.label for record in one.records] for one in found]


def test_a_watch_speaks_up_when_a_record_that_fits_is_added_or_changed(workspace, given, put):
    kept = watch(workspace, "Penhallow")
    kyle, *_rest = given(a_nominal("Kyle Penhallow"), a_nominal("Aled Cors"))
    assert heard(workspace) == [["Kyle Penhallow"]]
    put(kyle, gender="male")
    assert heard(workspace, kept.id) == [["Kyle Penhallow"], ["Kyle Penhallow"]]


@pytest.mark.parametrize(
    ("text", "thing", "fits"),
    [
        ("Penhallow", a_nominal("Kyle Penhalow"), True),
        ("Mohammed Khan", a_nominal("Muhamad Kahn"), True),
        ("Kyle Penhallow", a_nominal("Aled Cors"), False),
        ("07*321", a_phone("07700 900321"), True),
        ("07*321", a_phone("07700 900322"), False),
        ("quietfox", a_handle("quietfx"), True),
        ("marlow", a_report("INT 5", text="Kyle has the Marlow phone now"), True),
    ],
)
def test_a_watch_hears_what_the_search_box_would_find(workspace, given, text, thing, fits):
    watch(workspace, text)
    given(thing)
    assert heard(workspace) == ([[thing.label]] if fits else [])


def test_a_watch_may_ask_for_the_exact_spelling_and_for_one_kind(workspace, given):
    exact = watch(workspace, "Penhallow", nearly=False)
    groups = watch(workspace, "Penhallow", kinds=[Kind.OCG])
    given(a_nominal("Kyle Penhalow"))
    assert heard(workspace, exact.id) == []
    given(a_nominal("Kyle Penhallow"), an_ocg("Penhallow firm"))
    assert [sorted(labels) for labels in heard(workspace, exact.id)] == [
        ["Kyle Penhallow", "Penhallow firm"]
    ]
    assert heard(workspace, groups.id) == [["Penhallow firm"]]


def test_a_new_link_of_somebody_watched_is_heard(workspace, given):
    nominal, ocg = given(a_nominal("Kyle Penhallow"), an_ocg())
    watch(workspace, "Penhallow")
    given(a_membership(nominal, ocg))
    assert heard(workspace) == [["Kyle Penhallow"]]


def test_an_import_is_heard_however_large_it_is(workspace, tmp_path):
    watch(workspace, "Penhallow")
    watch(workspace, "Quince", nearly=False)
    source = tmp_path / "people.csv"
    rows = [f"R{n},Given Family" for n in range(700)] + ["R700,Kyle Penhalow", "R701,Ann Quince"]
    source.write_text("\n".join(["ID,Name", *rows]), encoding="utf-8")
    draft = intake.draft_of([source], kind=Kind.NOMINAL)
    with workspace.reading() as reader:
        proposal = imports.propose(reader, draft)
    imports.take_in(workspace, proposal)
    assert sorted(heard(workspace)) == [["Ann Quince"], ["Kyle Penhalow"]]


def test_what_was_heard_stands_in_the_journal_as_a_combination(workspace, given):
    kept = watch(workspace, "Penhallow")
    kyle = given(a_nominal("Kyle Penhallow"))[0]
    with workspace.connection() as connection:
        entry = journal.entry(connection, journal.head(connection)[0])
        subjects = connection.execute(
            tables.journal_subject.select().where(tables.journal_subject.c.seq == entry.seq)
        ).all()
    with workspace.reading() as reader:
        number = reader.number(kyle.id)
    assert (entry.act, entry.label, entry.undoable) == (Act.COMBINATION, "Watch hit", False)
    assert entry.detail == {"watch": str(kept.id), "entry": entry.seq - 1, "label": "Given"}
    assert number in {row.no for row in subjects}


def test_an_expired_watch_and_a_saved_search_say_nothing(workspace, given):
    watch(workspace, "Penhallow", expires=TODAY, today=TODAY)
    watch(workspace, "Cors", alerts=False)
    ended = {"expires": TODAY - timedelta(days=1), "today": TODAY - timedelta(days=5)}
    old = watch(workspace, "Kyle", **ended)
    given(a_nominal("Kyle Cors"))
    assert heard(workspace) == []
    with workspace.reading() as reader:
        states = {one.watch.id: one.is_set for one in watches.mine(reader, today=TODAY)}
    assert states[old.id] is False
    assert sorted(states.values()) == [False, False, True]


def test_undo_tells_nothing_again_and_the_edit_can_still_be_undone(workspace, given):
    watch(workspace, "Penhallow")
    given(a_nominal("Kyle Penhallow"))
    workspace.undo()
    workspace.redo()
    assert len(heard(workspace)) == 1
    assert workspace.undo_step().label == "Given"


def test_a_watch_never_tells_of_what_its_owner_may_not_see(
    workspace, ann, given, put, another_user, opened_by
):
    bea = opened_by(another_user)
    watch(bea, "Penhallow")
    hidden = given(a_nominal("Kyle Penhallow", restricted_to=frozenset({ann.id})))[0]
    assert heard(bea) == []
    seen = given(a_nominal("Ann Penhallow"))[0]
    assert heard(bea) == [["Ann Penhallow"]]
    put(seen, restricted_to=frozenset({ann.id}))
    assert heard(bea) == []
    put(hidden, restricted_to=frozenset({ann.id, another_user.id}))
    assert heard(bea) == [["Kyle Penhallow"]]


def test_what_somebody_watches_is_theirs_alone(workspace, given, another_user, opened_by):
    kept = watch(workspace, "Penhallow")
    given(a_nominal("Kyle Penhallow"))
    bea = opened_by(another_user)
    with bea.reading() as reader:
        assert watches.mine(reader, today=TODAY) == []
        assert watches.heard(reader) == []
        with pytest.raises(NotFound):
            reader.find(kept.id)
    with pytest.raises(NotFound), bea.work("Drop", right=Right.READ) as done:
        watches.drop(done.work, kept.id)


def test_somebody_who_may_only_read_can_watch_and_hears_nothing_once_disabled(
    workspace, given, add_user, opened_by
):
    rae = add_user("rae", Role.READER)
    watch(opened_by(rae), "Penhallow")
    given(a_nominal("Kyle Penhallow"))

    def disable(connection: Connection, keys: KeyFile) -> KeyFile:
        users.save(connection, replace(rae, disabled=True))
        return keys

    workspace.change_keys("Disable user", disable)
    before = workspace.head()[0]
    given(a_nominal("Ann Penhallow"))
    assert workspace.head()[0] == before + 1
    with workspace.connection() as connection:
        labels = [journal.entry(connection, seq).label for seq in range(1, before + 2)]
    assert labels.count("Watch hit") == 1


def test_looking_at_what_was_heard_makes_it_old(workspace, given):
    watch(workspace, "Penhallow")
    given(a_nominal("Kyle Penhallow"))

    def unheard() -> int:
        with workspace.reading() as reader:
            return len(watches.unheard(reader))

    assert unheard() == 1
    with workspace.reading() as reader:
        watches.heard(reader, look=True)
    assert unheard() == 0
    given(a_nominal("Ann Penhallow"))
    assert unheard() == 1


@pytest.mark.parametrize(
    ("text", "more", "said"),
    [
        ("ab", {}, "at least 3 letters"),
        ("***", {}, "at least 3 letters"),
        ("Penhallow", {"reason": " "}, "Say why"),
        ("Penhallow", {"expires": None}, "needs a day"),
        ("Penhallow", {"expires": TODAY - timedelta(days=1)}, "ended already"),
        ("Penhallow", {"expires": TODAY + timedelta(days=400)}, "within a year"),
    ],
)
def test_a_watch_that_cannot_be_is_refused_in_words(workspace, text, more, said):
    with pytest.raises(Refused, match=said):
        watch(workspace, text, **more)


def test_a_watch_can_be_silenced_set_again_and_dropped(
    workspace, given: Callable[..., list[object]]
):
    kept = watch(workspace, "Penhallow")
    with workspace.work("Silence") as done:
        watches.silence(done.work, kept.id)
    given(a_nominal("Kyle Penhallow"))
    assert heard(workspace) == []
    with workspace.work("Watch again") as done:
        watches.set_until(done.work, kept.id, reason="Op Kestrel", expires=SOON, today=TODAY)
    given(a_nominal("Ann Penhallow"))
    assert heard(workspace) == [["Ann Penhallow"]]
    with workspace.work("Drop") as done:
        watches.drop(done.work, kept.id)
    assert heard(workspace) == []
