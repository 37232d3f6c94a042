"""Any sequence of what users do: undone and redone exactly, found again as it was at each moment.

The acts are those of the window and the command line, on a real encrypted file. What a turn back
must give is worked out here from what the file held before and after each act, never from what
the program says of it.
"""

from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import given as for_all
from hypothesis import strategies as st
from makers import a_handle, a_line, a_link, a_membership, a_nominal, a_report, an_ocg

from ocgdesk.casework import assertions, ocgs, records, restricting, subrecords
from ocgdesk.casework.bin import put_back
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Nominal, Ocg
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.links import Assertion, Link
from ocgdesk.domain.registry import kinds_of
from ocgdesk.domain.subrecords import Custody, Involvement, Marker, Note, Order
from ocgdesk.domain.things import Entity
from ocgdesk.errors import DeskError, Refused
from ocgdesk.store import codec, history, removed, search, tables, verification
from ocgdesk.store.held import Held
from ocgdesk.store.removed import BinQuery

TODAY = date(2026, 11, 21)
VERBS = (
    *("create", "create", "edit", "link", "join", "hang", "hang", "end", "say", "choose"),
    *("remove", "put_back", "restrict", "open", "nominate", "undo", "undo", "undo", "redo", "redo"),
)
LASTING = {"restrict", "open", "nominate"}
ACTS = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 40)), min_size=4, max_size=22)


def everything(workspace):
    """Return all that is recorded, by id, without versions: a turn back brings contents back."""
    found = {}
    with workspace.reading() as reader:
        for base in Base:
            nos = list(reader.connection.execute(tables.BASES[base].select()).scalars())
            for kind in kinds_of(base):
                for thing in codec.load(reader.connection, kind, nos).values():
                    found[thing.id] = replace(thing, version=0)
    return found


def ends(thing):
    names = ("owner", "source", "target", "subject", "chart", "item")
    return {getattr(thing, name, None) for name in names if name in thing.__dataclass_fields__}


def differing(one, other):
    return {id_ for id_ in one.keys() | other.keys() if one.get(id_) != other.get(id_)}


def put_in(state, ids, source):
    """Return a state with these things as they are in another."""
    kept = {id_: thing for id_, thing in state.items() if id_ not in ids}
    return kept | {id_: source[id_] for id_ in ids if id_ in source}


@dataclass
class Player:
    """Plays acts on a workspace and remembers what it held before and after each."""

    workspace: object
    user: object
    acts: dict = field(default_factory=dict)
    """By the number of the journal's entry: what was held before and after."""
    states: dict = field(default_factory=dict)
    lasting: list = field(default_factory=list)
    """What acts that are never undone changed: the number of their entry, and the ids."""
    turns: int = 0

    def play(self, verb, n):
        before = everything(self.workspace)
        if verb in {"undo", "redo"}:
            self.turn(verb, before)
        else:
            self.do(verb, n, before)
        self.states[self.workspace.head()[0]] = everything(self.workspace)

    def do(self, verb, n, before):
        chosen = sorted(before.values(), key=lambda thing: thing.id.int)
        try:
            with self.workspace.work(verb) as done:
                getattr(self, verb)(done.work, n, chosen)
        except DeskError:
            assert everything(self.workspace) == before
            return
        if done.changes:
            seq, after = self.workspace.head()[0], everything(self.workspace)
            self.acts[seq] = before, after
            if verb in LASTING:
                self.lasting.append((seq, differing(before, after)))

    def turn(self, verb, now):
        """Undo or redo, and hold it against what the file held before and after that act."""
        step = getattr(self.workspace, f"{verb}_step")()
        if step is None:
            with pytest.raises(Refused):
                getattr(self.workspace, verb)()
            return
        before, after = self.acts[step.seq]
        touched = differing(before, after)
        try:
            getattr(self.workspace, verb)()
        except DeskError:
            assert everything(self.workspace) == now
            since = differing(now, after).union(
                *(ids for seq, ids in self.lasting if seq > step.seq)
            )
            assert since & touched or self.hangs(now, touched - before.keys())
            return
        self.turns += 1
        held = everything(self.workspace)
        assert held == put_in(now, touched, before)
        self.acts[self.workspace.head()[0]] = now, held

    @staticmethod
    def hangs(now, new):
        return any(ends(thing) & new and thing.id not in new for thing in now.values())

    # ---- What users do ---------------------------------------------------------------------

    def create(self, work, n, _there):
        made = (a_nominal(f"Name {n}"), an_ocg(f"Group {n}"), a_handle(), a_line(f"Line {n}"))
        records.create(work, (*made, a_report(grade="1AP"))[n % 5])

    def edit(self, work, n, there):
        thing = one(there, n, Entity)
        records.edit(work, thing.id, {"summary": f"Edited {n}"} | named(thing, n))

    def link(self, work, n, there):
        first, second = one(there, n, Nominal), one(there, n + 1, Nominal)
        report = next((t.id for t in there if t.kind is Kind.REPORT), None)
        records.link(work, a_link(first, second, reports=(report,) if report else ()))

    def join(self, work, n, there):
        records.link(work, a_membership(one(there, n, Nominal), one(there, n, Ocg)))

    def hang(self, work, n, there):
        person, day = one(there, n, Nominal), PartialDate.of(TODAY)
        new = (
            Marker(code="WE"),
            Custody(custody_type="remand", start=day),
            Involvement(category="suspected", start=day),
            Order(order_type="scpo", start=day),
            Note(text=f"Seen {n}"),
        )[n % 5]
        subrecords.add(work, replace(new, owner=person.id))

    def end(self, work, n, there):
        subrecords.end(work, one(there, n, Marker | Custody | Involvement | Order).id, TODAY)

    def say(self, work, n, there):
        assertions.add(work, one(there, n, Nominal).id, "gender", ("male", "female")[n % 2])

    def choose(self, work, n, there):
        assertions.choose(work, one(there, n, Assertion).id, reason="Better placed")

    def remove(self, work, n, there):
        thing = one(there, n, Entity | Link)
        if isinstance(thing, Link):
            records.unlink(work, [thing.id])
        else:
            records.remove(work, [thing.id], "A mistake")

    def put_back(self, work, n, _there):
        gone = removed.listed(work.reader, BinQuery())
        put_back(work, [one(gone, n, removed.Removal).id])

    def restrict(self, work, n, there):
        restricting.restrict(work, one(there, n, Entity).id, (), "Source at risk")

    def open(self, work, n, there):
        closed = [thing for thing in there if getattr(thing, "restricted_to", None) is not None]
        restricting.restrict(work, one(closed, n, Entity | Link).id, None, "No longer")

    def nominate(self, work, n, there):
        ocg = one(there, n, Ocg)
        given = ocgs.Given(reason="Met", decision_maker="TTCG", decided=TODAY)
        statuses = ("under-assessment", "active", "dormant", "rejected")
        ocgs.move(work, ocg.id, statuses[n % 4], given, today=TODAY)


def one(things, n, cls):
    """Return one of these things, Refused where there is none of the class."""
    some = [thing for thing in things if isinstance(thing, cls)]
    if not some:
        raise Refused("There is none")
    return some[n % len(some)]


def named(thing, n):
    return {"name": f"Renamed {n}"} if isinstance(thing, Nominal | Ocg) else {}


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # each example takes a second
)
@for_all(acts=ACTS)
def test_any_acts_are_undone_redone_indexed_verified_and_read_as_at_exactly(
    make_workspace, ann, acts
):
    make_workspace.counter = getattr(make_workspace, "counter", 0) + 1
    workspace = make_workspace(f"play{make_workspace.counter}")
    player = Player(workspace, ann)
    for verb, n in (("create", 0), ("create", 5), ("create", 1), *acts):
        player.play(verb, n)
    check_as_at(workspace, player.states)
    check_what_was_tied(workspace, player.states)
    check_index(workspace)
    assert verification.verify(workspace).is_whole
    workspace.close()


def test_the_acts_do_turn_back_and_forth(make_workspace, ann):
    """The property proves nothing unless acts are done, undone and redone."""
    player = Player(make_workspace(), ann)
    turned = [verb for verb in VERBS if verb not in {"undo", "redo"} | LASTING]
    acts = [(verb, n) for n in range(3) for verb in turned]
    for verb, n in (("create", 0), ("create", 5), ("create", 1), *acts):
        player.play(verb, n)
    done = len(player.acts)
    for verb in ("undo", "undo", "redo", "redo", "undo"):
        player.play(verb, 0)
    assert done >= 20
    assert player.turns >= 3


def check_as_at(workspace, states):
    with workspace.reading() as reader:
        for seq, wanted in states.items():
            then = {}
            for base in Base:
                for kind in kinds_of(base):
                    things = history.all_as_at(reader, kind, seq)
                    then |= {thing.id: replace(thing, version=0) for thing in things}
            assert then == wanted


def check_what_was_tied(workspace, states):
    """Whatever hung on a record or joined it at a moment is found from it."""
    with workspace.reading() as reader:
        for seq, wanted in list(states.items())[-6:]:
            held = Held(reader, seq)
            for id_, thing in wanted.items():
                if isinstance(thing, Entity):
                    check_one(held, id_, wanted)


def check_one(held, id_, wanted):
    tied = [thing for thing in wanted.values() if id_ in ends(thing)]
    links = {item.link.id for item in held.links_of(id_)}
    assert links == {thing.id for thing in tied if isinstance(thing, Link)}
    hanging = {thing.id for thing in held.hanging(id_, tuple(kinds_of(Base.ENTITY)))}
    assert hanging == {thing.id for thing in tied if isinstance(thing, Entity)}
    said = {thing.id for thing in held.assertions_of(id_)}
    assert said == {thing.id for thing in tied if isinstance(thing, Assertion)}
    citing = {item.id for item in held.citing(id_)}
    named = [t for t in wanted.values() if isinstance(t, Link) and id_ in t.reports]
    assert citing == {end for link in named for end in (link.source, link.target)}


def check_index(workspace):
    with workspace.engine.connect() as connection, connection.begin() as going:
        assert search.check(connection) == ""
        kept = index(connection)
        search.rebuild(connection)
        assert index(connection) == kept
        rows = {row[0]: row for row in connection.execute(tables.search_text.select())}
        for kind in kinds_of(Base.ENTITY):
            for no, thing in codec.load(connection, kind, list(rows)).items():
                text = search.text_of(thing, no)
                assert tuple(rows[no]) == (no, kind.value, text.names, text.identifiers, text.body)
        assert set(rows) == set(connection.execute(tables.entity.select()).scalars())
        going.rollback()


def index(connection):
    """Return what the tables of the index hold; a word may stand under another number."""
    said = (
        "SELECT * FROM search_text",
        "SELECT word, uses FROM search_name",
    )
    return [sorted(map(tuple, connection.exec_driver_sql(one))) for one in said]
