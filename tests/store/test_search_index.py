"""The search index is what it would be if made anew, whatever was done, undone and done again."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from makers import a_handle, a_nominal, a_phone, an_ocg

from ocgdesk.domain.people import Right
from ocgdesk.domain.values import Alias, Identifier
from ocgdesk.errors import DeskError
from ocgdesk.store import finding, search, verification, vocabulary
from ocgdesk.store.journal import Act
from ocgdesk.store.preparing import prepare

NAMES = st.sampled_from(
    ["Kyle Penhallow", "Kile Penhalow", "Seán O'Brien", "Mohammed al-Hassan", "محمد خان", "Ng", "X"]
)
_INDEXES = ("search_word", "search_gram")


def index(connection):
    """Return all the index says: texts, words, sounds, and each full-text index's own rows."""
    rows = {}
    for table in ("search_text", "search_sound"):
        rows[table] = sorted(map(tuple, connection.exec_driver_sql(f"SELECT * FROM {table}")))  # noqa: S608
    words = connection.exec_driver_sql("SELECT word, uses FROM search_name ORDER BY word")
    rows["words"] = list(map(tuple, words))
    for table in _INDEXES:
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{table}_terms "
            f"USING fts5vocab(main, {table}, instance)"
        )
        terms = connection.exec_driver_sql(f"SELECT term, doc, col, offset FROM {table}_terms")  # noqa: S608
        rows[table] = sorted(map(tuple, terms))
    return rows


def put_and_fail(work, thing, text=""):
    """Put something, find it within the same act, and let the act come to nothing."""
    work.put(thing)
    assert not text or finding.search(work.reader, text, log=False)
    raise ZeroDivisionError


def assert_as_made_anew(workspace):
    with workspace.engine.connect() as connection, connection.begin() as going:
        assert search.check(connection) == ""
        kept = index(connection)
        search.rebuild(connection)
        anew = index(connection)
        going.rollback()
    assert kept == anew


class Register(RuleBasedStateMachine):
    """Anything users do, in any order, on one real workspace."""

    workspace = None

    def __init__(self):
        super().__init__()
        self.things = []

    def _work(self):
        return self.workspace.work("Edit")

    @rule(name=NAMES, alias=NAMES)
    def add(self, name, alias):
        with self._work() as done:
            nominal = a_nominal(name, aliases=(Alias(alias),))
            self.things += done.work.put(nominal, an_ocg(alias), a_phone("07700 900321"))

    @rule(names=st.lists(NAMES, max_size=4))
    def take_in(self, names):
        people = [a_nominal(name, identifiers=(Identifier("pnc", "99/1234X"),)) for name in names]
        ready = prepare(self.workspace, people)
        with self.workspace.work("Import", right=Right.IMPORT, act=Act.COLLECTION) as done:
            done.work.put_prepared(ready)
        self.things += people

    @rule(data=st.data(), name=NAMES)
    def rename(self, data, name):
        if (thing := self._one(data)) is not None and hasattr(thing, "name"):
            with self._work() as done:
                done.work.put(replace(thing, name=name))

    @rule(data=st.data())
    def remove(self, data):
        if (thing := self._one(data)) is not None:
            with self._work() as done:
                done.work.remove(thing)

    @rule()
    def undo(self):
        self._try(self.workspace.undo)

    @rule()
    def redo(self):
        self._try(self.workspace.redo)

    @rule(name=NAMES)
    def fail(self, name):
        with pytest.raises(ZeroDivisionError), self._work() as done:
            put_and_fail(done.work, a_nominal(name))

    @invariant()
    def index_is_as_made_anew(self):
        assert_as_made_anew(self.workspace)

    def teardown(self):
        with self._work() as done:
            left = [thing for thing in map(self._now, self.things) if thing is not None]
            done.work.remove(*{thing.id: thing for thing in left}.values())

    def _one(self, data):
        there = [thing for thing in map(self._now, self.things) if thing is not None]
        return data.draw(st.sampled_from(there)) if there else None

    def _now(self, thing):
        with self.workspace.reading() as reader:
            try:
                return reader.find(thing.id)
            except DeskError:
                return None

    @staticmethod
    def _try(turn):
        try:
            turn()
        except DeskError:
            return


def test_any_sequence_of_edits_imports_undo_and_redo_leaves_the_index_as_made_anew(workspace):
    made = type("Made", (Register,), {"workspace": workspace})
    run_state_machine_as_test(
        made,
        settings=settings(
            max_examples=15,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE search_name SET uses = uses + 1 WHERE word = 'penhallow'",
        "DELETE FROM search_name WHERE word = 'penhallow'",
        "DELETE FROM search_sound WHERE word = 'penhallow'",
        "INSERT INTO search_sound VALUES ('PNL', 'kyle')",
    ],
)
def test_verify_finds_words_that_do_not_match_the_names(workspace, given, harm):
    given(a_nominal("Kyle Penhallow"))
    assert verification.verify(workspace).is_whole
    with workspace.engine.connect() as connection, connection.begin():
        connection.exec_driver_sql(harm)
    found = verification.verify(workspace).findings
    assert any("words of the search index" in finding.what for finding in found)


def test_verify_finds_a_search_text_that_is_not_what_the_record_says(workspace, given):
    given(a_handle("quietfox"))
    with workspace.engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE search_text SET identifiers = 'loudfox'")
        search.rebuild(connection)
    found = verification.verify(workspace).findings
    assert [one.what for one in found if one.grave] == [
        "the search index does not hold what it says"
    ]


def test_a_word_nobody_has_any_more_is_forgotten(workspace, given, put):
    first, second = given(a_nominal("Kyle Penhallow"), a_nominal("Ann Penhallow"))

    def words():
        with workspace.connection() as connection:
            return set(connection.exec_driver_sql("SELECT word FROM search_name").scalars())

    put(first, name="Kyle Cors")
    assert "penhallow" in words()
    with workspace.work("Remove") as done:
        done.work.remove(second)
    assert words() == {"kyle", "cors"}


def test_a_word_of_an_act_that_was_rolled_back_leads_nobody_astray(workspace):
    with pytest.raises(ZeroDivisionError), workspace.work("Add") as done:
        put_and_fail(done.work, a_nominal("Zebedee Quince"), "Quinse")
    with workspace.work("Add") as done:
        done.work.put(a_nominal("Kyle Penhallow"))
    with workspace.reading() as reader:
        assert finding.search(reader, "Quinse", log=False) == []
        assert [hit.record.label for hit in finding.search(reader, "Penhalow", log=False)] == [
            "Kyle Penhallow"
        ]


def test_words_go_with_the_particles_before_them():
    assert vocabulary.count(["Seán O'Brien", "Seán O'Brien"]) == {
        "seán": 2,
        "o brien": 2,
        "brien": 2,
    }
