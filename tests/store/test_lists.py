"""Lists and the search box: order, filters, counts, short names, partial numbers."""

from datetime import date

import pytest
from makers import (
    a_chart,
    a_handle,
    a_line,
    a_link,
    a_membership,
    a_nominal,
    a_phone,
    a_plan,
    a_report,
    an_action,
    an_assignment,
    an_ocg,
)

from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Location, Ocg, Operation
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.subrecords import CourtStep
from ocgdesk.domain.values import Alias, External, Identifier
from ocgdesk.errors import NotFound, Refused
from ocgdesk.store import falling_due, finding, listing, planning, records
from ocgdesk.store.listing import Filter, ListQuery, Sort, Test


def cells(workspace, name, query):
    with workspace.reading() as reader:
        nos = listing.order(reader, query)
        return [row.cells[0] for row in listing.window(reader, query.kind, nos, [name])]


def nominals(*sorts, **more):
    return ListQuery(kind=Kind.NOMINAL, sorts=sorts, **more)


@pytest.fixture
def people(given):
    return given(
        a_nominal("Éowyn Hart", born=PartialDate(1990), gender="female"),
        a_nominal("alan Board", born=PartialDate(1985, 3), aliases=(Alias("Bud"),)),
        a_nominal("Zed Ng", identifiers=(Identifier("pnc", "99/1234X"),)),
        a_nominal("Bo Li", born=PartialDate(1985, 3, 9), warnings=("violent",)),
    )


@pytest.mark.usefixtures("people")
def test_names_sort_without_case_and_accents(workspace):
    assert cells(workspace, "name", nominals()) == ["alan Board", "Bo Li", "Éowyn Hart", "Zed Ng"]


@pytest.mark.usefixtures("people")
def test_empty_cells_come_last_either_way(workspace):
    up = cells(workspace, "born", nominals(Sort("born")))
    down = cells(workspace, "born", nominals(Sort("born", descending=True)))
    assert up == ["1985-03", "1985-03-09", "1990", None]
    assert down == ["1990", "1985-03-09", "1985-03", None]


@pytest.mark.parametrize(
    ("column", "test", "values", "names"),
    [
        ("gender", Test.IS, ("female",), ["Éowyn Hart"]),
        ("gender", Test.EMPTY, (), ["alan Board", "Bo Li", "Zed Ng"]),
        ("born", Test.NOT_EMPTY, (), ["alan Board", "Bo Li", "Éowyn Hart"]),
        ("born", Test.FROM, ("1986",), ["Éowyn Hart"]),
        ("born", Test.TO, ("1986",), ["alan Board", "Bo Li"]),
        ("name", Test.CONTAINS, ("BO",), ["alan Board", "Bo Li"]),
        ("name", Test.IS_NOT, ("Zed Ng", "Bo Li"), ["alan Board", "Éowyn Hart"]),
        ("warnings", Test.IS, ("violent",), ["Bo Li"]),
        ("warnings", Test.IS_NOT, ("violent",), ["alan Board", "Éowyn Hart", "Zed Ng"]),
        ("aliases", Test.CONTAINS, ("bu",), ["alan Board"]),
        ("identifiers", Test.NOT_EMPTY, (), ["Zed Ng"]),
        ("identifiers", Test.CONTAINS, ("1234",), ["Zed Ng"]),
        ("exploited", Test.IS, ("false",), ["alan Board", "Bo Li", "Éowyn Hart", "Zed Ng"]),
    ],
)
@pytest.mark.usefixtures("people")
def test_filters(workspace, column, test, values, names):
    query = nominals(filters=(Filter(column, test, values),))
    assert cells(workspace, "name", query) == names


@pytest.mark.usefixtures("people")
def test_the_text_of_a_list_takes_all_its_words(workspace):
    assert cells(workspace, "name", nominals(text="bo al")) == ["alan Board"]
    assert cells(workspace, "name", nominals(text="100%")) == []


@pytest.mark.parametrize(
    "query",
    [
        nominals(Sort("nothing")),
        nominals(filters=(Filter("id", Test.IS, ("x",)),)),
        nominals(filters=(Filter("born", Test.FROM, ()),)),
        ListQuery(kind=Kind.CHART, filters=(Filter("hops", Test.IS, ("many",)),)),
        ListQuery(kind=Kind.CHART, filters=(Filter("focus", Test.IS, ("x",)),)),
    ],
)
def test_what_makes_no_sense_is_refused(workspace, query):
    with workspace.reading() as reader, pytest.raises(Refused):
        listing.order(reader, query)


def test_counted_columns_count_and_can_be_sorted_and_filtered(workspace, given):
    big, small, none = given(an_ocg("Big"), an_ocg("Small"), an_ocg("None"))
    people = given(*(a_nominal(f"N{n}") for n in range(3)))
    line = given(a_line())[0]
    given(
        *(a_membership(person, big) for person in people),
        a_membership(people[0], small),
        a_link(big, line, type="controls"),
        an_assignment(big, "DI Ash"),
        an_assignment(big, "DS Gone", end=PartialDate(2024)),
    )
    by_members = ListQuery(kind=Kind.OCG, sorts=(Sort("members", descending=True),))
    with workspace.reading() as reader:
        nos = listing.order(reader, by_members)
        rows = listing.window(reader, Kind.OCG, nos, ["name", "members", "lines", "lro"])
        assert [row.cells for row in rows] == [
            ("Big", 3, 1, "DI Ash"),
            ("Small", 1, 0, ""),
            ("None", 0, 0, ""),
        ]
        assert sorted(listing.distinct(reader, Kind.OCG, "members")) == [(0, 1), (1, 1), (3, 1)]
        some = ListQuery(kind=Kind.OCG, filters=(Filter("members", Test.FROM, ("1",)),))
        assert len(listing.order(reader, some)) == 2
        nominal = ListQuery(kind=Kind.NOMINAL, sorts=(Sort("links", descending=True),))
        assert listing.order(reader, nominal)[0] == reader.number(people[0].id)
    assert none.ref


def test_every_column_of_every_kind_can_be_shown_sorted_and_counted(workspace, given):
    ocg, nominal = given(an_ocg(), a_nominal())
    plan = given(a_plan(ocg))[0]
    given(a_membership(nominal, ocg), an_action(plan), a_handle(), a_report(), a_chart())
    for kind in Kind:
        if kind in {Kind.ASSERTION, Kind.PLACEMENT}:
            continue
        names = [column.name for column in listing.columns(kind)]
        with workspace.reading() as reader:
            query = ListQuery(kind=kind, sorts=tuple(Sort(name) for name in names), text="a")
            listing.order(reader, query)
            nos = listing.order(reader, ListQuery(kind=kind))
            for row in listing.window(reader, kind, nos, names):
                assert len(row.cells) == len(names)
            for name in names:
                assert sum(n for _value, n in listing.distinct(reader, kind, name)) >= len(nos)


# ---- The search box ----------------------------------------------------------------------------


def found(workspace, text, **more):
    with workspace.reading() as reader:
        return [(hit.record.label, hit.reason) for hit in finding.search(reader, text, **more)]


@pytest.mark.usefixtures("people")
def test_names_of_two_letters_are_found(workspace):
    assert found(workspace, "Ng") == [("Zed Ng", "name")]
    assert ("Bo Li", "name") in found(workspace, "li")
    assert ("Zed Ng", "name") in found(workspace, "z")


@pytest.mark.usefixtures("people")
def test_accents_aliases_parts_and_numbers_are_found(workspace, given):
    given(a_phone("07700 900321", externals=(External("import", "row-77"),)))
    assert found(workspace, "eowyn")[0] == ("Éowyn Hart", "name")
    assert found(workspace, "bud") == [("alan Board", "alias")]
    assert found(workspace, "oar") == [("alan Board", "part-of-name")]
    assert found(workspace, "99/1234X") == [("Zed Ng", "identifier")]
    assert found(workspace, "0770*321") == [("07700 900321", "number-contains")]
    assert found(workspace, "077??9?0321") == [("07700 900321", "number-contains")]
    assert found(workspace, "077009003") == [("07700 900321", "identifier")]


def test_a_pattern_does_not_begin_in_one_number_and_end_in_another(workspace, given):
    given(a_phone("07700 111111", externals=(External("import", "222999"),)))
    assert found(workspace, "1111*999") == []


@pytest.mark.usefixtures("people")
def test_search_takes_whatever_is_typed(workspace):
    for text in (
        '"',
        "'",
        "a OR",
        "NEAR(",
        "*",
        "%",
        "_",
        "\\",
        "(",
        "-",
        "AND",
        "\x00",
        "é" * 500,
    ):
        found(workspace, text)


def test_a_kind_is_found_behind_many_of_another(workspace, given):
    given(*(a_nominal(f"Harrow {n}") for n in range(500)))
    given(a_report("Harrow Road"), Location(name="Old Harrow House"))
    assert found(workspace, "harrow", kinds=[Kind.REPORT]) == [("Harrow Road", "name")]
    labels = [label for label, _reason in found(workspace, "harrow", per_kind=3)]
    assert labels[-2:] == ["Old Harrow House", "Harrow Road"]
    assert len(labels) == 5


@pytest.mark.usefixtures("people")
def test_a_search_is_logged_with_its_words(workspace):
    found(workspace, "Hart")
    with workspace.engine.connect() as connection:
        row = connection.exec_driver_sql(
            "SELECT act, label, detail FROM journal ORDER BY seq DESC LIMIT 1"
        ).one()
    assert (row.act, row.label) == ("consultation", "Search")
    assert "Hart" in row.detail


# ---- Single records ----------------------------------------------------------------------------


def test_a_record_is_meant_by_reference_id_external_reference_or_a_label_of_its_own(
    workspace, given
):
    ocg, one, _two = given(
        an_ocg("Tarnbrook", externals=(External("import", "T-7"),)),
        a_nominal("Same Name"),
        a_nominal("Same Name"),
    )
    with workspace.reading() as reader:
        for text in (ocg.ref, ocg.ref.lower(), str(ocg.id), "T-7", "TARNBROOK", " tarnbrook "):
            assert records.resolve(reader, text).id == ocg.id
        with pytest.raises(Refused, match=one.ref):
            records.resolve(reader, "same name")
        with pytest.raises(NotFound):
            records.resolve(reader, "nobody")


def test_links_come_with_their_other_end_and_direction(workspace, given):
    ocg, nominal = given(an_ocg(), a_nominal())
    member = given(a_membership(nominal, ocg))[0]
    with workspace.reading() as reader:
        (linked,) = records.links_of(reader, ocg.id)
        assert (linked.link, linked.other.id, linked.outward) == (member, nominal.id, False)
        (linked,) = records.links_of(reader, nominal.id)
        assert (linked.other.id, linked.outward) == (ocg.id, True)
        assert records.link_count(reader, reader.number(ocg.id)) == 1


def test_what_rests_on_a_report_is_found_from_it(workspace, given):
    report, one, two = given(a_report(), a_nominal("A"), a_nominal("B"))
    given(a_link(one, two, reports=(report.id,)))
    with workspace.reading() as reader:
        assert {item.id for item in records.citing(reader, report.id)} == {one.id, two.id}


def test_what_is_due_and_which_p_is_empty(workspace, given):
    ocg = given(an_ocg(status="active", review_due=date(2026, 12, 1)))[0]
    plan = given(a_plan(ocg, review_due=date(2026, 11, 10)))[0]
    given(
        an_action(plan, "Late", strand="pursue", due=date(2026, 11, 1)),
        an_action(plan, "Soon", strand="protect", due=date(2026, 11, 25)),
        an_action(plan, "Done", strand="prevent", due=date(2026, 11, 1), status="complete"),
        an_assignment(ocg, user=workspace.user.id),
    )
    today = date(2026, 11, 21)
    with workspace.reading() as reader:
        mine = planning.ocgs_of(reader, workspace.user.id, today)
        (row,) = planning.glance(reader, planning.held(reader, mine, today))
        due = [item.title for item in falling_due.due(reader, date(2026, 11, 30))]
    assert isinstance(ocg, Ocg)
    assert (row.late, row.review_due) == (1, date(2026, 11, 10))
    assert [strand.value for strand in row.empty] == ["prevent", "prepare"]
    assert due == ["Late", "Disrupt", "Soon"]


def test_links_are_counted_alike_row_by_row_and_all_at_once_whatever_is_hidden(
    workspace, given, ann, opened_by, another_user
):
    only = {"restricted_to": frozenset({ann.id})}
    one, two, three = given(a_nominal("One"), a_nominal("Two"), a_nominal("Three", **only))
    (ocg,) = given(an_ocg("Firm"))
    given(
        *(a_link(one, two), a_link(one, three), a_link(three, two), a_membership(one, ocg)),
        *(a_link(two, one, type="met", **only), a_membership(three, ocg)),
    )
    for reading in (workspace, opened_by(another_user)):
        with reading.reading() as reader:
            query = ListQuery(kind=Kind.NOMINAL, sorts=(Sort("links"),))
            nos = listing.order(reader, query)
            counts = [row.cells[0] for row in listing.window(reader, Kind.NOMINAL, nos, ["links"])]
            each = [records.link_count(reader, no) for no in nos]
        assert counts == each == sorted(counts)
    assert counts == [1, 2]  # as the other user sees them


def test_values_are_counted_within_other_filters_and_found_by_what_they_hold(workspace, given):
    given(
        an_ocg("Alpha", status="active", tier="t1"),
        an_ocg("Beta", status="active", tier="t2"),
        an_ocg("Gamma", status="dormant", tier="t1"),
    )
    held = ListQuery(
        kind=Kind.OCG,
        filters=(Filter("status", Test.IS, ("active",)), Filter("tier", Test.IS, ("t1",))),
    )
    with workspace.reading() as reader:
        found = listing.distinct(reader, Kind.OCG, "tier", within=held)
        assert sorted(found) == [("t1", 1), ("t2", 1)]
        assert listing.distinct(reader, Kind.OCG, "name", holding="ET") == [("Beta", 1)]


def test_a_column_names_another_record_unless_it_is_hidden(
    workspace, given, ann, opened_by, another_user
):
    only = {"restricted_to": frozenset({ann.id})}
    (person,) = given(a_nominal("One"))
    seen, hidden = given(Operation(name="Harrow"), Operation(name="Larch", **only))
    given(
        CourtStep(owner=person.id, step="arrested", operation=seen.id),
        CourtStep(owner=person.id, step="charged", operation=hidden.id),
    )
    query = ListQuery(kind=Kind.COURT_STEP, sorts=(Sort("operation"),))
    assert cells(workspace, "operation", query) == ["Harrow", "Larch"]
    assert cells(opened_by(another_user), "operation", query) == ["Harrow", ""]


def test_a_row_carries_the_version_it_was_read_with(workspace, given, put):
    (ocg,) = given(an_ocg("Alpha"))
    put(ocg, tier="t1")
    with workspace.reading() as reader:
        nos = listing.order(reader, ListQuery(kind=Kind.OCG))
        assert listing.window(reader, Kind.OCG, nos, ["name"])[0].version == 2


def test_not_yet_categorised_is_a_filter_that_takes_there_being_none_for_it(workspace, given):
    given(
        a_nominal("Ann"),
        a_nominal("Bet", categories=("not-yet-categorised",)),
        a_nominal("Cai", categories=("suspect",)),
    )
    for column, value in (("categories", "not-yet-categorised"), ("uncategorised", "yes")):
        query = nominals(filters=(Filter(column, Test.IS, (value,)),))
        assert cells(workspace, "name", query) == ["Ann", "Bet"]
    with workspace.reading() as reader:
        counts = dict(listing.distinct(reader, Kind.NOMINAL, "uncategorised"))
    assert counts == {True: 2, False: 1}
