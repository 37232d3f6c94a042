"""In whose papers and figures a record stands, and which figures are others now."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from makers import a_handle, a_nominal, an_ocg

from ocgdesk.casework import (
    delta_papers,
    products,
    recalls,
    restricting,
    return_books,
    return_papers,
    returns,
)
from ocgdesk.casework.briefs import Wish as BriefWish
from ocgdesk.casework.products import Issue
from ocgdesk.casework.return_wishes import Wish, shipped
from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.returns import Period, Row
from ocgdesk.store import history, records

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
YEAR = Period(date(2025, 11, 1), date(2026, 10, 31))
SECTIONS = ("return:disruptions", "return:activity")
COLUMN = "Nov 2025 to Oct 2026"


def claim(title, on=date(2026, 5, 5), **more):
    plain = {"strand": "pursue", "level": "minor", "agency": "WMP", "status": "accepted"}
    return Disruption(title=title, on=on, **plain | more)


@pytest.fixture
def world(given):
    ocg = given(an_ocg("Tarnbrook", status="active", primary_crime="drugs", tier="t1"))[0]
    claims = given(
        claim("One", subjects=(ocg.id,)),
        claim("Two", strand="protect", powers=("scpo", "poca-cash")),
        claim("Old", on=date(2025, 3, 3)),
        claim("Draft", status="draft"),
    )
    outcome = given(
        Outcome(owner=claims[0].id, measure="cash", value=900, unit="gbp", on=claims[0].on),
        Outcome(owner=claims[1].id, measure="arrested", value=2, unit="people", on=claims[1].on),
    )[0]
    return {"ocg": ocg, "claims": claims, "outcome": outcome, "handle": given(a_handle())[0]}


@pytest.fixture
def issued(workspace, world, tmp_path):
    wish = BriefWish(product="performance", sections=SECTIONS, period=YEAR)
    return products.issue(workspace, wish, Issue(path=tmp_path / "p.html"), now=NOW)


def definition(code):
    return next(one for one in shipped() if one.code == code)


def export(workspace, tmp_path, code="disruptions", **more):
    with workspace.reading() as reader:
        shape = return_books.find(reader, code)
    wish = Wish(definition=shape, period=YEAR, before=YEAR.before(), **more)
    return_papers.to_file(
        workspace, wish, tmp_path / "r.csv", now=NOW, recipient="Board", reason="Monthly"
    )


def resting(workspace, thing):
    with workspace.reading() as reader:
        return recalls.resting_on(reader, thing.id)


def rows(stands):
    return [(one.section, one.row, one.columns) for one in stands]


def test_a_record_that_was_counted_is_found_with_the_rows_it_stands_in(workspace, world, issued):
    one, _two, old, draft = world["claims"]
    found = resting(workspace, one).papers
    assert [(paper.product.id, paper.named) for paper in found] == [(issued.id, False)]
    told = rows(found[0].stands)
    assert ("Strand", "Pursue", (COLUMN,)) in told
    assert ("Level", "Minor", (COLUMN,)) in told
    assert ("Finance", "Cash seized or forfeited", (COLUMN,)) in told or ("Finance",) in {
        row[:1] for row in told
    }
    assert all(row[2] == ("Nov 2024 to Oct 2025",) for row in rows(stands_of(workspace, old)))
    assert resting(workspace, draft).papers == ()
    assert resting(workspace, world["handle"]).papers == ()


def stands_of(workspace, thing):
    return resting(workspace, thing).papers[0].stands


def test_it_stands_where_it_stood_then_whatever_it_is_now(workspace, world, issued, put):
    one, two = world["claims"][:2]
    before = rows(stands_of(workspace, one))
    put(one, status="returned", strand="prepare")
    put(two, status="returned")
    assert rows(stands_of(workspace, one)) == before
    assert ("Strand", "Protect", (COLUMN,)) in rows(stands_of(workspace, two))
    moved = world["outcome"]
    put(moved, owner=two.id)
    assert {row[0] for row in rows(stands_of(workspace, moved))} == {"Finance"}
    assert rows(stands_of(workspace, one)) == before


def test_what_records_stand_in_adds_up_to_the_figures_of_the_return(workspace, world, put):
    put(world["claims"][1], level="major")
    with workspace.reading() as reader:
        entry = reader.newest_entry()
    put(world["claims"][0], level="major", powers=("scpo",))
    for shape in shipped():
        shape = replace(shape, requires=())  # noqa: PLW2901 - counted of all operations here
        wish = Wish(definition=shape, period=YEAR, before=YEAR.before())
        with workspace.reading() as reader:
            made = returns.make(reader, replace(wish, as_at=moment_of(reader, entry)), now=NOW)
            assert counted(reader, wish, entry) == figures(made), shape.code


def moment_of(reader, entry):
    return next(one.at for one in entries(reader) if one.seq == entry)


def entries(reader):
    from ocgdesk.store import journal

    return [journal.entry(reader.connection, n) for n in range(1, reader.newest_entry() + 1)]


def counted(reader, wish, entry):
    """Count in which cells each record stands by itself."""
    found = Counter()
    things = [thing for kind in Kind if kind in COUNTED for thing in all_of(reader, kind)]
    for thing in things:
        brief = records.brief(reader, thing.id)
        for one in recalls.stands_in(reader, wish, entry, brief):
            if thing.kind is kind_of(wish, one.section):
                found.update((one.section, one.row, column) for column in one.columns)
    return found


COUNTED = {block.count.kind for one in shipped() for block in one.blocks}


def all_of(reader, kind):
    return list(history.all_as_at(reader, kind, reader.newest_entry()))


def kind_of(wish, title):
    return next(b.count.kind for b in wish.definition.blocks if b.title == title)


def figures(made):
    total = made.definition.column_total
    return Counter(
        {
            (section.title, line.label, heading): figure.lines
            for section in made.sections
            for line in section.lines
            for heading, figure in zip(made.columns, line.figures, strict=True)
            if figure.lines and not line.is_total and heading != (total or None)
        }
    )


def test_a_return_that_left_on_its_own_is_found_by_its_entry_in_the_journal(
    workspace, world, tmp_path, put
):
    export(workspace, tmp_path)
    export(workspace, tmp_path, filters={"agency": "KNT"})
    one = world["claims"][0]
    put(one, status="returned")
    export(workspace, tmp_path)
    found = resting(workspace, one)
    assert [(left.recipient, left.reason, left.period) for left in found.exports] == [
        ("Board", "Monthly", COLUMN)
    ]
    assert ("Strand", "Pursue", (COLUMN,)) in rows(found.exports[0].stands)
    assert found.untold == 0


def test_what_was_exported_is_told_by_the_definition_then_in_force(workspace, world, tmp_path):
    export(workspace, tmp_path)
    shape = definition("disruptions")
    block = replace(shape.blocks[0], title="By hand", each=None, rows=(Row(label="All"),), total="")
    with workspace.work("Define") as done:
        return_books.save(done.work, replace(shape, blocks=(block,)))
    stands = resting(workspace, world["claims"][0]).exports[0].stands
    assert "By hand" not in {one.section for one in stands}
    export(workspace, tmp_path)
    newest = resting(workspace, world["claims"][0]).exports[0].stands
    assert rows(newest) == [("By hand", "All", (COLUMN,))]


def test_a_return_as_at_an_instant_is_told_as_it_was_counted(workspace, world, tmp_path, put):
    moment = datetime.now(UTC)
    put(world["claims"][0], strand="prevent")
    export(workspace, tmp_path, as_at=moment)
    stands = resting(workspace, world["claims"][0]).exports[0].stands
    assert ("Strand", "Pursue", (COLUMN,)) in rows(stands)


def test_the_figures_that_are_others_now_are_told_cell_by_cell(workspace, world, issued, put):
    with workspace.reading() as reader:
        assert recalls.moved(reader, issued) == ()
    put(world["claims"][0], strand="protect")
    put(world["outcome"], value=1_000.0)
    with workspace.reading() as reader:
        found = recalls.moved(reader, issued)
    cells = {(one.section, one.row, one.column): (one.then, one.now) for one in found}
    assert cells["Strand", "Pursue", COLUMN] == (1.0, 0.0)
    assert cells["Strand", "Protect", COLUMN] == (1.0, 2.0)
    cash = next(one for one in found if one.section == "Finance")
    assert (cash.unit, cash.then, cash.now) == ("gbp", 900.0, 1000.0)
    assert (cash.figure(cash.then), cash.figure(cash.now)) == ("900", "1,000")
    assert {column for _block, _row, column in cells} == {COLUMN}


def test_nobody_is_told_of_the_figures_of_what_they_may_not_know_of(
    workspace, world, issued, tmp_path, opened_by, another_user
):
    export(workspace, tmp_path)
    one = world["claims"][0]
    with workspace.work("Restrict") as done:
        restricting.restrict(done.work, one.id, reason="Source", users=())
    found = resting(opened_by(another_user), one)
    assert (found.papers, found.exports) == ((), ())
    assert resting(workspace, one).papers


def test_a_record_that_is_named_and_not_counted_is_told_so(workspace, world, given, tmp_path):
    wish = BriefWish(product="ocg-profile", subject=world["ocg"].id, sections=("identity",))
    products.issue(workspace, wish, Issue(path=tmp_path / "o.html"), now=NOW)
    found = resting(workspace, world["ocg"]).papers
    assert [(paper.named, paper.stands) for paper in found] == [(True, ())]
    assert resting(workspace, given(a_nominal())[0]).papers == ()


def test_what_is_counted_about_an_area_rests_on_it_too(workspace, world, put, tmp_path):
    put(world["ocg"], agency="WMP")
    sections = ("area-threats", "area-disruptions")
    wish = BriefWish(product="local-profile", area="WMP", sections=sections, period=YEAR)
    products.issue(workspace, wish, Issue(path=tmp_path / "a.html"), now=NOW)
    one, two = world["claims"][:2]
    assert [paper.named for paper in resting(workspace, world["ocg"]).papers] == [True]
    assert [paper.named for paper in resting(workspace, one).papers] == [True]
    assert [paper.named for paper in resting(workspace, world["outcome"]).papers] == [True]
    assert resting(workspace, two).papers == ()


def test_what_a_delta_pack_tells_of_an_ocg_rests_on_the_records_that_changed(
    workspace, world, tmp_path
):
    wish = BriefWish(product="tasking-delta", period=YEAR)
    products.issue(workspace, wish, Issue(path=tmp_path / "d.html"), now=NOW)
    one, two = world["claims"][:2]
    assert [paper.named for paper in resting(workspace, world["ocg"]).papers] == [True]
    assert [paper.named for paper in resting(workspace, one).papers] == [True]
    assert resting(workspace, two).papers == ()


def test_a_delta_pack_that_left_on_its_own_is_found_by_its_entry_too(workspace, world, tmp_path):
    since = datetime(2020, 1, 1, tzinfo=UTC)
    delta_papers.to_file(workspace, since, (), tmp_path / "d.json", now=NOW, recipient="TTCG")
    one, two = world["claims"][:2]
    left = resting(workspace, one).exports
    assert [(pack.recipient, pack.name) for pack in left] == [("TTCG", "Tasking delta pack")]
    assert rows(left[0].stands) == [("What changed", "Told of", ())]
    assert resting(workspace, two).exports == ()
