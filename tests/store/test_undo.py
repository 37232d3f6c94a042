"""Undo and redo: by name, in order, across openings, and never over another's change."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as for_all
from hypothesis import strategies as st
from makers import a_link, a_nominal, a_plan, an_assertion, an_ocg

from ocgdesk.domain.entities import Nominal
from ocgdesk.domain.kinds import Base
from ocgdesk.domain.registry import kinds_of
from ocgdesk.errors import Conflict, NotFound, Refused
from ocgdesk.store import codec, history, search, tables, verification
from ocgdesk.store.workspace import Workspace


def name_of(workspace, nominal):
    with workspace.reading() as reader:
        return reader.get(Nominal, nominal.id).name


def test_undo_shows_the_old_name_again_and_redo_the_new_one(workspace, put, given):
    nominal = given(a_nominal("Old"))[0]
    put(nominal, name="New")
    assert workspace.undo_step().label == "Edit"
    workspace.undo()
    assert name_of(workspace, nominal) == "Old"
    assert workspace.redo_step().label == "Edit"
    workspace.redo()
    assert name_of(workspace, nominal) == "New"
    assert workspace.redo_step() is None


def test_undo_goes_all_the_way_back_and_redo_all_the_way_forth(workspace, put, given):
    nominal = given(a_nominal("A"))[0]
    for name in "BCD":
        put(nominal, name=name)
    for name in "CBA":
        workspace.undo()
        assert name_of(workspace, nominal) == name
    workspace.undo()
    with pytest.raises(NotFound):
        name_of(workspace, nominal)
    with pytest.raises(Refused, match="nothing to undo"):
        workspace.undo()
    for name in "ABCD":
        workspace.redo()
        assert name_of(workspace, nominal) == name
    with pytest.raises(Refused, match="nothing to redo"):
        workspace.redo()


def test_a_new_edit_overtakes_what_could_be_redone(workspace, put, given):
    nominal = given(a_nominal("A"))[0]
    put(nominal, name="B")
    workspace.undo()
    put(nominal, name="C")
    assert workspace.redo_step() is None
    workspace.undo()
    assert name_of(workspace, nominal) == "A"


def test_undo_survives_closing_and_opening(workspace, put, given):
    nominal = given(a_nominal("Old"))[0]
    put(nominal, name="New")
    path, key, user = workspace.path, workspace.key, workspace.user.id
    workspace.close()
    again = Workspace.open(path, key, user)
    assert again.undo_step().label == "Edit"
    again.undo()
    assert name_of(again, nominal) == "Old"
    again.close()


def test_undo_is_refused_where_somebody_changed_the_record_since(
    workspace, put, another_user, opened_by, given
):
    nominal = given(a_nominal("Old"))[0]
    put(nominal, name="Mine")
    with opened_by(another_user).work("Edit") as done:
        done.work.put(replace(done.work.get(Nominal, nominal.id), name="Theirs"))
    with pytest.raises(Conflict, match=r"Bea changed the same record.*; undo that first"):
        workspace.undo()
    assert name_of(workspace, nominal) == "Theirs"


def test_nobody_undoes_what_another_did(another_user, opened_by, given):
    given(a_nominal())
    other = opened_by(another_user)
    assert other.undo_step() is None
    with pytest.raises(Refused):
        other.undo()


def test_undo_of_a_new_record_is_refused_once_others_depend_on_it(
    workspace, another_user, opened_by, given
):
    nominal = given(a_nominal())[0]
    with opened_by(another_user).work("Add") as done:
        other = done.work.put(a_nominal("Other"))[0]
        done.work.put(a_link(nominal, other))
    with pytest.raises(Refused, match="depend"):
        workspace.undo()
    assert name_of(workspace, nominal) == nominal.name


def test_undo_does_not_reach_what_was_closed_to_the_user(
    workspace, put, another_user, opened_by, given
):
    ocg = given(an_ocg())[0]
    plan = given(a_plan(ocg))[0]
    put(plan, title="Mine")
    with opened_by(another_user).work("Restrict") as done:
        owner = done.work.get(type(ocg), ocg.id)
        done.work.put(replace(owner, restricted_to=frozenset({another_user.id})))
    with pytest.raises(Refused) as refusal:
        workspace.undo()
    assert "Tarnbrook" not in str(refusal.value)


def test_acts_that_cannot_be_undone_are_passed_over(workspace, given):
    nominal = given(a_nominal("Old"))[0]
    with workspace.work("Sign off", undoable=False) as done:
        done.work.put(replace(done.work.get(Nominal, nominal.id), name="Signed"))
    assert workspace.undo_step().label == "Given"
    with pytest.raises(Conflict, match=r"You changed the same record.*; that is not undone"):
        workspace.undo()


# ---- Any sequence at all -----------------------------------------------------------------------

ACTS = st.lists(
    st.tuples(
        st.sampled_from(["add", "edit", "remove", "link", "assert", "undo", "redo"]),
        st.integers(0, 6),
    ),
    min_size=1,
    max_size=25,
)


def everything(workspace):
    """Return all that is recorded, without versions: undo brings contents back, not numbers."""
    found = {}
    with workspace.reading() as reader:
        for base in Base:
            nos = list(reader.connection.execute(tables.BASES[base].select()).scalars())
            for kind in kinds_of(base):
                for thing in codec.load(reader.connection, kind, nos).values():
                    found[thing.id] = replace(thing, version=0)
    return found


class Player:
    """Plays acts on a workspace and on a plain model of what it should then hold."""

    def __init__(self, workspace):
        self.workspace = workspace
        self.done, self.undone = [{}], []
        self.seqs = {}

    def play(self, act, n):
        before = everything(self.workspace)
        if act in {"undo", "redo"}:
            return self.turn(act)
        if getattr(self, act)(n, list(before.values())):
            self.done.append(everything(self.workspace))
            self.undone.clear()
        return None

    def turn(self, act):
        source, target = (self.done, self.undone) if act == "undo" else (self.undone, self.done)
        if len(source) <= (act == "undo"):
            with pytest.raises(Refused):
                getattr(self.workspace, act)()
            return
        getattr(self.workspace, act)()
        target.append(source.pop())

    def write(self, make):
        with self.workspace.work("Act") as done:
            make(done.work)
        return bool(done.changes)

    def add(self, n, _things):
        return self.write(lambda work: work.put(a_nominal(f"Name {n}"), an_ocg(f"Group {n}")))

    def edit(self, n, things):
        entities = [t for t in things if isinstance(t, Nominal)]
        if not entities:
            return False
        chosen = entities[n % len(entities)]

        def make(work):
            work.put(replace(work.get(Nominal, chosen.id), name=f"Edited {n}"))

        return self.write(make)

    def link(self, n, things):
        entities = [t for t in things if t.base is Base.ENTITY]
        if len(entities) < 2:
            return False
        ends = entities[n % len(entities)], entities[(n + 1) % len(entities)]
        return self.write(lambda work: work.put(a_link(*ends, note=str(n))))

    def __getattr__(self, name):
        if name == "assert":
            return self.say
        raise AttributeError(name)

    def say(self, n, things):
        subjects = [t for t in things if t.base in {Base.ENTITY, Base.LINK}]
        if not subjects:
            return False
        subject = subjects[n % len(subjects)]
        return self.write(lambda work: work.put(an_assertion(subject, "name", str(n))))

    def remove(self, n, things):
        if not things:
            return False
        gone = {things[n % len(things)].id}
        while more := {t.id for t in things if t.id not in gone and ends(t) & gone}:
            gone |= more
        chosen = [t for t in things if t.id in gone]
        return self.write(
            lambda work: work.remove(*(work.reader.find(t.id, t.base) for t in chosen))
        )


def ends(thing):
    names = ("owner", "source", "target", "subject", "chart", "item")
    return {getattr(thing, name, None) for name in names} - {None}


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@for_all(acts=ACTS)
def test_any_sequence_of_acts_can_be_undone_redone_searched_verified_and_read_as_at(
    make_workspace, acts
):
    make_workspace.counter = getattr(make_workspace, "counter", 0) + 1
    workspace = make_workspace(f"play{make_workspace.counter}")
    player = Player(workspace)
    recorded = {}
    for act, n in acts:
        player.play(act, n)
        assert everything(workspace) == player.done[-1]
        recorded[workspace.head()[0]] = everything(workspace)
    check_as_at(workspace, recorded)
    check_index(workspace)
    assert verification.verify(workspace).is_whole
    workspace.close()


def check_as_at(workspace, recorded):
    with workspace.reading() as reader:
        for seq, wanted in recorded.items():
            then = {}
            for base in Base:
                for kind in kinds_of(base):
                    things = list(history.all_as_at(reader, kind, seq))
                    then |= {thing.id: replace(thing, version=0) for thing in things}
            assert then == wanted


def check_index(workspace):
    with workspace.engine.connect() as connection:
        rows = {row[0]: row for row in connection.execute(tables.search_text.select())}
        entities = list(connection.execute(tables.entity.select()))
        assert set(rows) == {row.no for row in entities}
        for kind in kinds_of(Base.ENTITY):
            for no, thing in codec.load(connection, kind, list(rows)).items():
                text = search.text_of(thing, no)
                assert tuple(rows[no]) == (no, kind.value, text.names, text.identifiers, text.body)
