"""Others find no trace of a restricted record in anything that is made of the register.

The store's own walk looks at every query; here it is what users get: lists, counts, searches, the
check for duplicates, the match of an import, the name of what can be undone, references, files.
"""

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from makers import a_link, a_membership, a_nominal, a_plan, an_ocg

from ocgdesk.casework import (
    exports,
    imports,
    lists,
    overview,
    quality,
    records,
    restricting,
    searching,
    threat_grid,
)
from ocgdesk.casework.exports import Printed
from ocgdesk.casework.lists import LISTED, Question
from ocgdesk.domain.entities import Nominal
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.subrecords import Marker
from ocgdesk.domain.values import Alias, External, Identifier
from ocgdesk.errors import DeskError, Refused
from ocgdesk.exchange import intake
from ocgdesk.store import records as queries

SECRET, NUMBER = "Zyxwell", "99/123456X"
TODAY = date(2026, 11, 21)
TEXTS = (SECRET, SECRET.lower()[:4], "Zixwel", NUMBER, "99*456X", f"{SECRET}-7", "Tarnbrook")
FILE = f"ID,Name,Alias,PNC ID\n{SECRET}-7,{SECRET} Nominal,,{NUMBER}\n8,Aled Cors,{SECRET},\n"


@pytest.fixture
def world(workspace, given):
    """Open records; and what closes others in: a person with links, markers and a plan."""
    tarn, fell, aled = given(an_ocg("Tarnbrook"), an_ocg("Fellgate"), a_nominal("Aled Cors"))
    given(a_membership(aled, tarn))

    def close():
        person = a_nominal(
            f"{SECRET} Nominal",
            aliases=(Alias(f"{SECRET}alias"),),
            identifiers=(Identifier("pnc", NUMBER),),
            externals=(External("people", f"{SECRET}-7"),),
        )
        group = an_ocg(f"{SECRET} Firm", status="active")
        with workspace.work("Add") as done:
            for one in (person, group):
                closed = restricting.closed_from_the_start(done.work, one, (), "Source at risk")
                records.create(done.work, closed)
            done.work.put(
                Marker(owner=person.id, code="WE", source=SECRET),
                a_plan(group, f"{SECRET} plan", review_due=TODAY),
                a_membership(person, tarn),
                a_membership(aled, group),
                a_link(person, fell, note=SECRET),
            )
        return person

    return close


def answers(opened, folder: Path):
    """Return what a user gets, by the word for it."""
    return {name: said(opened, folder) for name, said in _ASKED.items()}


def _lists(opened, _folder):
    found = []
    for kind in LISTED:
        with opened.reading() as reader:
            try:
                pairs = lists.find(reader, Question(kind=kind))
            except Refused as refusal:
                found.append(str(refusal))
                continue
            found.append(lists.rows(reader, pairs, lists.columns(kind, brief=True)))
    return repr(found)


def _lists_then(opened, _folder):
    found = []
    now = datetime.now(UTC)
    for kind in (Kind.NOMINAL, Kind.OCG, Kind.MEMBERSHIP, Kind.MARKER, Kind.PLAN, Kind.LINK):
        with opened.reading() as reader:
            pairs = lists.find(reader, Question(kind=kind, as_at=now))
            found.append(lists.rows(reader, pairs, lists.columns(kind, brief=False), as_at=now))
    return repr(found)


def _counts(opened, _folder):
    with opened.reading() as reader:
        counted = queries.counts(reader, tuple(Kind))
        home = overview.home(reader, None, agency="WMP", today=TODAY)
        rules = [(one.rule.code, one.broken, one.of) for one in quality.look(reader, TODAY)]
        grid = threat_grid.read(reader, threat_grid.Wish(), today=TODAY)
        return repr((sorted(counted.items()), told(home), rules, told(grid)))


def _search(opened, _folder):
    found = []
    for text in TEXTS:
        with opened.reading() as reader:
            answer = searching.search(reader, text)
            found.append([searching.plain(r) for group in answer.groups for r in group.results])
    return repr(found)


def _import(opened, folder):
    path = folder / "people.csv"
    path.write_text(FILE, encoding="utf-8")
    with opened.reading() as reader:
        proposal = imports.propose(reader, intake.draft_of([path], kind=Kind.NOMINAL))
    rows = [(row.standing, row.how, row.alike, row.before) for row in proposal.rows]
    return repr((rows, proposal.counts(), proposal.draft.problems))


def _undo(opened, _folder):
    return repr((opened.undo_step(), opened.redo_step()))


def _export(opened, _folder):
    found = []
    said = Printed(synthetic=True, made="Now", head="none")
    for kind in (Kind.NOMINAL, Kind.OCG, Kind.MEMBERSHIP, Kind.LINK, Kind.MARKER, Kind.PLAN):
        with opened.reading() as reader:
            asked = Question(kind=kind)
            found += [exports.make(reader, asked, form, said).data for form in ("csv", "json")]
            book = exports.make(reader, Question(kind=kind), "xlsx", said).data
        sheet = openpyxl.load_workbook(BytesIO(book)).active
        found.append(list(sheet.iter_rows(values_only=True)))
    return repr(found)


_ASKED = {
    "list": _lists,
    "list as at": _lists_then,
    "count": _counts,
    "search": _search,
    "duplicate check and import match": _import,
    "undo label": _undo,
    "export": _export,
}


def told(value):
    """Return a value with all it holds, which things do not show of themselves."""
    names = getattr(value, "__dataclass_fields__", None)
    if names:
        return {name: told(getattr(value, name)) for name in names}
    return [told(item) for item in value] if isinstance(value, list | tuple) else value


def test_nothing_others_get_changes_by_a_restricted_record(
    world, another_user, opened_by, tmp_path
):
    bea = opened_by(another_user)
    before = answers(bea, tmp_path)
    world()
    after = answers(bea, tmp_path)
    for word, said in after.items():
        assert SECRET not in said.replace(FILE, ""), word
        assert NUMBER not in said, word
        assert said == before[word], word


def test_whoever_closed_it_finds_it_in_all_of_them(workspace, world, tmp_path):
    """Otherwise that others find nothing proves nothing."""
    before = answers(workspace, tmp_path)
    world()
    after = answers(workspace, tmp_path)
    assert [word for word, said in after.items() if said == before[word]] == []
    for word in ("list", "list as at", "search", "export"):
        assert SECRET in after[word], word


def test_references_show_no_gap_where_a_restricted_record_was_made(world, another_user, opened_by):
    bea, numbers = opened_by(another_user), []
    for name in ("Before", "After"):
        with bea.work("Add") as done:
            numbers.append(int(records.create(done.work, a_nominal(name)).ref[-4:]))
        if name == "Before":
            world()
    assert numbers[1] == numbers[0] + 1


def test_what_is_refused_for_a_restricted_record_is_refused_as_for_none(
    world, another_user, opened_by
):
    hidden, bea, said = world(), opened_by(another_user), []
    for id_ in (hidden.id, a_nominal().id):
        words = []
        for act in (
            lambda work, id_=id_: records.edit(work, id_, {"summary": "x"}),
            lambda work, id_=id_: records.remove(work, [id_], "A mistake"),
            lambda work, id_=id_: restricting.restrict(work, id_, None, "Over"),
            lambda work, id_=id_: work.put(Marker(owner=id_, code="WE")),
        ):
            with pytest.raises(DeskError) as refusal, bea.work("Try") as done:
                act(done.work)
            words.append((type(refusal.value), str(refusal.value)))
        said.append(words)
    assert said[0] == said[1]


def test_an_act_on_what_is_closed_since_is_not_undone_nor_named(
    workspace, given, another_user, opened_by
):
    person = given(a_nominal(f"{SECRET} Nominal"))[0]
    bea = opened_by(another_user)
    with bea.work("Edit nominal") as done:
        records.edit(done.work, person.id, {"summary": SECRET})
    with workspace.work("Restrict") as done:
        restricting.restrict(done.work, person.id, (), "Source at risk")
    assert SECRET not in repr(bea.undo_step())
    with pytest.raises(DeskError) as refusal:
        bea.undo()
    assert SECRET not in str(refusal.value)
    with workspace.reading() as reader:
        assert reader.get(Nominal, person.id).summary == SECRET
