"""Returns: the tables of published reports, reproduced from records to the digit and the arrow.

The figures are those of the SPR report to the SPCB of January 2021 (paragraphs 86 to 88, 97, 98,
100 and 103) and of figure 2 of the ROCU report of January 2020; the records are made up.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from makers import a_handle, a_line, a_nominal, a_plan, an_action, an_ocg

from ocgdesk.casework import disruptions, return_shaping, returns
from ocgdesk.casework.return_wishes import Lacking, Wish, shipped
from ocgdesk.domain import return_definitions
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.entities import Operation
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.returns import (
    Block,
    Condition,
    Count,
    Definition,
    Period,
    Return,
    Row,
    change_words,
    number_words,
    share_words,
)
from ocgdesk.domain.subrecords import CourtStep
from ocgdesk.domain.things import Thing
from ocgdesk.errors import Refused
from ocgdesk.store import tallies
from ocgdesk.store.tallies import Asked

NOW = datetime(2020, 12, 1, 9, 0, tzinfo=UTC)
YEAR = Period(date(2019, 12, 1), date(2020, 11, 30))
BEFORE = Period(date(2018, 12, 1), date(2019, 11, 30))

STRANDS = {"prepare": (20, 12), "prevent": (261, 133), "protect": (180, 181), "pursue": (726, 815)}
LEAD, ALL = (483, 691), (1187, 1142)
IN_COURT = 470
"""One led disruption under Pursue of either year: that of all that went to court."""
JUSTICE = {
    "arrested": (765, 560),
    "charged": (336, 209),
    "convicted": (211, 174),
    "years-sentenced": (1504, 816),
}
OUTCOMES = {
    "firearms": (41, 44, "items"),
    "ammunition": (403, 1070, "rounds"),
    "cocaine": (101.76, 626.81, "kg"),
    "heroin": (10.68, 7.22, "kg"),
    "class-a-other": (13.31, 113.81, "kg"),
    "class-b-other": (10.72, 20.09, "kg"),
    "persons-safeguarded": (371, 137, "people"),
}
VENETIC_JUSTICE = {"arrested": (72, 9), "charged": (15, 3), "years-sentenced": (2, 16)}
VENETIC = {
    "adults-safeguarded": (0, 1, "people"),
    "cocaine": (418.5, 140, "kg"),
    "cannabis": (22, None, "kg"),
    "cannabis-plants": (184, None, "plants"),
    "firearms": (6, 1, "items"),
    "ammunition": (99, 5, "rounds"),
}


def definition(code: str):
    return next(one for one in shipped() if one.code == code)


@pytest.fixture
def asked(workspace) -> Callable[..., Return]:
    def ask(code: str, period: Period = YEAR, before: Period | None = None, **filters: str):
        wish = Wish(definition=definition(code), period=period, before=before, filters=filters)
        with workspace.reading() as reader:
            return returns.make(reader, wish, now=NOW)

    return ask


def of(made: Return, title: str) -> dict[str, tuple[str, ...]]:
    """Return the rows of a section as they are printed."""
    section = next(one for one in made.sections if one.title == title)
    return {one.label: tuple(number_words(f.value) for f in one.figures) for one in section.lines}


def line(made: Return, title: str, label: str):
    section = next(one for one in made.sections if one.title == title)
    return section, next(one for one in section.lines if one.label == label)


@pytest.fixture
def stepped(workspace, given, put) -> Callable[..., None]:
    """Claim arrests, charges and years as users do: by naming the criminal-justice steps."""
    person = given(a_nominal())[0]

    def claim(counts: dict[str, int], **fields) -> None:
        draft = given(Disruption(title="Claimed by steps", strand="pursue", **fields))[0]
        for measure, count in counts.items():
            steps = given(*steps_worth(measure, count, owner=person.id, on=draft.on))
            named = tuple(one.id for one in steps)
            with workspace.work("Record outcome") as done:
                line = Outcome(owner=draft.id, measure=measure, steps=named)
                made = disruptions.add_outcome(done.work, line)
            assert (made.value, made.part) == (count, draft.part)
        put(draft, status="accepted")

    return claim


def steps_worth(measure: str, count: int, **fields) -> Iterator[CourtStep]:
    """Yield so many steps, or sentences of so many years: of two years each, one in months."""
    if measure != "years-sentenced":
        yield from (CourtStep(step=measure, **fields) for _n in range(count))
        return
    yield CourtStep(step="sentenced", amount=24, unit="months", **fields)
    for _n in range(count // 2 - 1):
        yield CourtStep(step="sentenced", amount=2, unit="years", **fields)


def strands_of(year: int) -> Iterator[str]:
    for strand, counts in STRANDS.items():
        yield from [strand] * counts[year]
    yield from [""] * (ALL[year] - sum(counts[year] for counts in STRANDS.values()))


def a_year(year: int) -> list[Thing]:
    """Return the disruptions of one of the two years, each on a day of it, and their outcomes."""
    first = (BEFORE, YEAR)[year].start
    made = [
        Disruption(
            title=f"Disruption {n}",
            on=first.replace(day=1 + n % 28),
            strand=strand,
            part="lead" if n < LEAD[year] else "support",
            agency="RWM",
            status="accepted",
        )
        for n, strand in enumerate(strands_of(year))
    ]
    outcomes = [
        Outcome(owner=made[0].id, measure=measure, value=values[year], unit=unit, on=first)
        for measure, (*values, unit) in OUTCOMES.items()
    ]
    return [*made, *outcomes]


@pytest.fixture
def two_years(given) -> None:
    given(*a_year(0), *a_year(1))
    given(Disruption(title="Not moderated yet", on=date(2020, 5, 5), strand="pursue", agency="RWM"))


@pytest.fixture
def two_years_of_steps(given, stepped) -> None:
    """The same two years, with the arrests, charges and sentences as the steps they are."""
    for year, period in enumerate((BEFORE, YEAR)):
        every = a_year(year)
        given(*every[:IN_COURT], *every[IN_COURT + 1 :])
        counts = {measure: both[year] for measure, both in JUSTICE.items()}
        stepped(counts, on=period.start, part="lead", agency="RWM")


def test_activity_and_outcomes_are_those_of_paragraph_88(two_years_of_steps, asked):
    made = asked("activity", before=BEFORE)
    assert not [note for note in made.notes if "without criminal-justice steps" in note]
    assert made.columns == ("Dec 2018 to Nov 2019", "Dec 2019 to Nov 2020")
    strands = of(made, "Disruptions by strand")
    assert [strands[name] for name in ("Prepare", "Prevent", "Protect", "Pursue")] == [
        ("20", "12"),
        ("261", "133"),
        ("180", "181"),
        ("726", "815"),
    ]
    found = of(made, "Criminal justice") | of(made, "Weapons and commodities")
    assert found["Arrested"] == ("765", "560")
    assert found["Charged"] == ("336", "209")
    assert found["Convicted"] == ("211", "174")
    assert found["Years sentenced"] == ("1,504", "816")
    assert found["Firearms"] == ("41", "44")
    assert found["Ammunition"] == ("403", "1,070")
    assert found["Cocaine"] == ("101.76", "626.81")
    assert found["Heroin"] == ("10.68", "7.22")
    assert found["Other Class A"] == ("13.31", "113.81")
    assert found["Other Class B"] == ("10.72", "20.09")
    assert of(made, "Safeguarding")["Safeguarded persons"] == ("371", "137")


def test_lead_and_support_change_as_in_paragraphs_86_and_87(two_years, asked):
    made = asked("activity", before=BEFORE)
    parts = of(made, "Lead and support")
    assert parts == {"Lead": ("483", "691"), "Support": ("704", "451")}
    assert change_words(line(made, "Lead and support", "Lead")[1].change) == "▲ 43 %"
    assert change_words(line(made, "Lead and support", "Support")[1].change) == "▼ 36 %"


def test_the_disruption_without_a_strand_is_counted_and_told(two_years, asked):
    made = asked("activity", before=BEFORE)
    assert of(made, "Disruptions by strand")["All disruptions"] == ("1,187", "1,142")
    assert (
        "Disruptions by strand: 1 of 1,142 has no strand, so the rows add up to 1,141."
        in made.notes
    )


def test_every_figure_opens_the_records_it_counts(two_years, asked, workspace):
    made = asked("activity", before=BEFORE)
    wish = Wish(definition=made.definition, period=YEAR, before=BEFORE)
    section, prepare = line(made, "Disruptions by strand", "Prepare")
    with workspace.reading() as reader:
        found, total = returns.records(reader, wish, section.block, prepare, 1)
    assert total == len(found) == 12
    section, total_line = line(made, "Disruptions by strand", "All disruptions")
    with workspace.reading() as reader:
        _found, total = returns.records(reader, wish, section.block, total_line, 0)
    assert total == 1187


@pytest.fixture
def venetic(given, stepped) -> Operation:
    operation, owner = given(
        Operation(name="VENETIC", operation_type="investigation"),
        Disruption(title="Raid", on=date(2020, 6, 1), status="accepted", strand="pursue"),
    )
    assert isinstance(operation, Operation)
    given(
        *(
            Disruption(
                title=f"Event {n}",
                on=date(2020, 6, 2),
                status="accepted",
                part="lead" if n < 55 else "support",
                operation=operation.id,
            )
            for n in range(62)
        ),
        *(
            Outcome(
                owner=owner.id,
                measure=measure,
                value=value,
                unit=unit,
                part=part,
                on=date(2020, 6, 1),
                operation=operation.id,
            )
            for measure, (lead, support, unit) in VENETIC.items()
            for part, value in (("lead", lead), ("support", support))
            if value is not None
        ),
    )
    for at, part in enumerate(("lead", "support")):
        counts = {measure: both[at] for measure, both in VENETIC_JUSTICE.items()}
        stepped(counts, on=date(2020, 6, 2), part=part, operation=operation.id)
    return operation


def test_an_operations_return_is_that_of_paragraph_98_with_its_blanks(venetic, asked):
    made = asked("operation", operation=str(venetic.id))
    assert made.columns == ("Lead", "Support", "Total")
    rows = {k: v for section in made.sections for k, v in of(made, section.title).items()}
    assert rows["Disruption events"] == ("56", "8", "64")
    assert rows["Arrested"] == ("72", "9", "81")
    assert rows["Charged"] == ("15", "3", "18")
    assert rows["Years sentenced"] == ("2", "16", "18")
    assert rows["Adults safeguarded"] == ("0", "1", "1")
    assert rows["Cocaine"] == ("418.5", "140", "558.5")
    assert rows["Cannabis"] == ("22", "", "22")
    assert rows["Cannabis plants"] == ("184", "", "184")
    assert rows["Firearms"] == ("6", "1", "7")
    assert rows["Ammunition"] == ("99", "5", "104")


def test_handles_by_disposition_are_those_of_paragraph_97(given, asked):
    counts = {"other-agency": 13, "not-suitable": 41, "ip-only": 15, "in-development": 288}
    given(
        *(
            a_handle(f"h{code}{n}", disposition=code, region="RWM")
            for code, count in counts.items()
            for n in range(count)
        )
    )
    rows = of(asked("handles", region="RWM"), "Disposition")
    assert rows["Handles identified"] == ("357",)
    assert rows["Suitable for another agency"] == ("13",)
    assert rows["Not suitable"] == ("41",)
    assert rows["IP data only"] == ("15",)
    assert rows["Attributed"] == ("0",)


def an_investigation(n: int, phase: str, opened: PartialDate, closed: PartialDate | None = None):
    reached = PartialDate(2020, 9)
    return Operation(
        name=f"Case {phase} {n} {opened}",
        operation_type="investigation",
        agency="RWM",
        opened=opened,
        closed=closed,
        pre_charge=reached if phase in {"pre-charge", "post-charge"} else None,
        post_charge=PartialDate(2020, 10, 12) if phase == "post-charge" else None,
    )


def test_investigations_by_phase_are_those_of_paragraph_103(given, asked):
    phases = {"proactive": 15, "pre-charge": 22, "post-charge": 17}
    cases = given(
        *(
            an_investigation(n, phase, PartialDate(2020, 2))
            for phase, count in phases.items()
            for n in range(count)
        )
    )
    given(
        *(
            an_investigation(n, "proactive", PartialDate(2018), PartialDate(2020, 1))
            for n in range(31)
        )
    )
    handle = given(a_handle())[0]
    given(*(Link(source=case.id, target=handle.id, type="associate") for case in cases[20:37]))
    made = asked("investigations", before=BEFORE)
    rows = of(made, "Phase")
    assert rows["Proactive"][1] == "15"
    assert rows["Pre-charge or overt"] == ("0", "22")
    assert rows["Post-charge"] == ("0", "17")
    assert rows["Current caseload"] == ("31", "54")
    section, linked = line(made, "Of these", "Linked to handles of a package")
    assert number_words(linked.figures[1].value) == "17"
    assert linked.is_cross_cut
    assert [one.is_total for one in section.lines] == [False]


def test_primary_crime_types_are_those_of_figure_2_for_both_populations(given, asked):
    west_midlands = {
        "DRG": 52, "SAC": 9, "CL": 7, "OIC": 5, "SEX": 4, "VIO": 4, "ML": 3, "COM": 1, "FRD": 1,
    }  # fmt: skip
    others = {"DRG": 49, "SAC": 24}
    given(
        *(
            an_ocg(f"{agency} {code} {n}", primary_crime=code, agency=agency, status="active")
            for agency, counts in (("WMP", west_midlands), ("STP", others))
            for code, count in counts.items()
            for n in range(count)
        ),
        an_ocg("Gone", primary_crime="DRG", agency="WMP", status="archived"),
    )
    force = asked("crime-types", agency="WMP")
    shares = {one.label: share_words(one.shares[0]) for one in force.sections[0].lines}
    assert shares["Drug activity"] == "60.5 %"
    assert shares["Organised theft"] == "10.5 %"
    assert shares["County lines"] == "8.1 %"
    assert shares["Organised immigration crime"] == "5.8 %"
    assert shares["Sexual offences"] == shares["Violent criminal activity"] == "4.7 %"
    assert shares["Money laundering"] == "3.5 %"
    assert shares["Fraud and economic crime"] == "1.2 %"
    assert of(force, "Primary crime type")["Active OCGs"] == ("86",)
    region = asked("crime-types")
    _section, drugs = line(region, "Primary crime type", "Drug activity")
    assert (number_words(drugs.figures[0].value), share_words(drugs.shares[0])) == (
        "101",
        "63.5 %",
    )
    assert force.filters == (("Owning agency", "West Midlands Police"),)


def test_the_county_lines_task_force_has_the_figures_of_paragraph_100(given, asked, stepped):
    stepped({"arrested": 360}, on=date(2020, 3, 3), threat="county-lines")
    claim = given(
        Disruption(title="Line", on=date(2020, 3, 3), status="accepted", threat="county-lines")
    )[0]
    given(
        *(a_line(f"Line {n}", status="closed", closed=PartialDate(2020, 4), closure_type="type-1")
          for n in range(90)),
        Outcome(
            owner=claim.id, measure="children-safeguarded", value=59, unit="people",
            on=date(2020, 3, 3),
        ),
    )  # fmt: skip
    made = asked("county-lines", before=BEFORE)
    assert of(made, "Lines closed")["All lines closed"] == ("0", "90")
    came = of(made, "Arrests and safeguarding")
    assert came["Arrested"] == ("", "360")
    assert came["Children safeguarded"] == ("", "59")
    assert came["Charged"] == ("", "")


def test_what_is_in_another_unit_is_told_and_never_added(given, asked):
    claim = given(Disruption(title="Seizure", on=date(2020, 3, 3), status="accepted"))[0]
    given(
        *(Outcome(owner=claim.id, measure="cash", value=2, unit="gbp", on=date(2020, 3, 3))
          for _n in range(2)),
        Outcome(owner=claim.id, measure="cash", value=500, unit="eur", on=date(2020, 3, 3)),
    )  # fmt: skip
    made = asked("activity", before=BEFORE)
    assert of(made, "Finance")["Cash seized"] == ("", "4")
    assert "Cash seized: 1 line is in euros and is not added." in made.notes


def test_grams_are_added_to_kilograms_as_the_list_of_units_says_and_told(given, asked, workspace):
    claim = given(Disruption(title="Seizure", on=date(2020, 3, 3), status="accepted"))[0]
    given(
        Outcome(owner=claim.id, measure="cocaine", value=2, unit="kg", on=date(2020, 3, 3)),
        Outcome(owner=claim.id, measure="cocaine", value=500, unit="g", on=date(2020, 3, 3)),
    )
    made = asked("activity", before=BEFORE)
    assert of(made, "Weapons and commodities")["Cocaine"] == ("", "2.5")
    assert "Cocaine: 1 line in grams is added in kilograms." in made.notes
    section, cocaine = line(made, "Weapons and commodities", "Cocaine")
    wish = Wish(definition=made.definition, period=YEAR, before=BEFORE)
    with workspace.reading() as reader:
        assert returns.records(reader, wish, section.block, cocaine, 1)[1] == 2


def test_a_return_says_how_much_of_its_arrests_names_no_steps(given, asked):
    claim, person = given(
        Disruption(title="Raid", on=date(2020, 3, 3), status="accepted"), a_nominal()
    )
    step = given(CourtStep(owner=person.id, step="arrested", on=date(2020, 3, 3)))[0]
    backed = Outcome(owner=claim.id, measure="arrested", unit="people", on=date(2020, 3, 3))
    given(
        replace(backed, value=1, steps=(step.id,)),
        *(replace(backed, id=uuid4(), value=value) for value in (20, 25)),
    )
    told = "Arrested: 45, in 2 lines counted here, without criminal-justice steps."
    assert told in asked("activity", before=BEFORE).notes
    assert of(asked("activity", before=BEFORE), "Criminal justice")["Arrested"] == ("", "46")


def test_what_is_in_no_column_of_a_return_is_told(given, asked):
    one = Disruption(title="One", on=date(2020, 3, 3), level="minor", status="accepted")
    given(one, replace(one, id=uuid4(), strand="pursue"))
    made = asked("balance")
    assert of(made, "Disruptions in the period")["Minor"] == ("1", "0", "0", "0", "2")
    assert "Minor: 1 of 2 is in no column, and in the total alone." in made.notes


def test_a_movement_says_the_period_it_is_of(given, asked):
    given(an_ocg(status="active"))
    assert asked("threat-grid").period == YEAR
    assert asked("crime-types", agency="WMP").period is None


def test_periods_of_another_length_are_told(asked):
    told = "The periods are 30 and 366 days long: the change is not of like."
    month = Period(date(2019, 11, 1), date(2019, 11, 30))
    assert told in asked("activity", before=month).notes
    assert not [note for note in asked("activity", before=BEFORE).notes if "days long" in note]


def test_powers_are_counted_by_type_strand_agency_and_result(given, asked):
    for powers, agency, level in (
        (("scpo", "arrest"), "WMP", "major"),
        (("arrest",), "STP", "minor"),
        ((), "STP", "minor"),
    ):
        made = Disruption(title="One", on=date(2020, 3, 3), strand="pursue", agency=agency)
        given(replace(made, powers=powers, level=level, status="accepted"))
    plan = given(a_plan(given(an_ocg("Tarnbrook"))[0]))[0]
    done = {"status": "complete", "done": date(2020, 4, 4), "strand": "protect"}
    given(an_action(plan, power="closure-order", agency="STP", **done), an_action(plan, **done))
    made = asked("powers")
    totals = {
        section.title: {row: figures[-1] for row, figures in of(made, section.title).items()}
        for section in made.sections
    }
    assert totals == {
        "Power used in a disruption": {
            "Arrest (PACE 1984, s.24)": "2",
            "Serious crime prevention order": "1",
        },
        "Disruptions with a power, by agency": {
            "Staffordshire Police": "1",
            "West Midlands Police": "1",
            "Disruptions with a power": "2",
        },
        "Disruptions with a power, by result": {
            "Major": "1",
            "Moderate": "0",
            "Minor": "1",
            "None": "0",
            "Negative": "0",
        },
        "Power of a completed action": {
            "Closure order": "1",
            "Completed actions with a power": "1",
        },
        "Completed actions with a power, by agency": {"Staffordshire Police": "1"},
    }
    told = "Power used in a disruption: 1 of 3 has no powers used; what has several is in several"
    assert f"{told} rows." in made.notes


def test_what_has_no_power_is_asked_for_as_not_recorded(given, asked, workspace):
    with_one = Disruption(title="One", on=date(2020, 3, 3), status="accepted", powers=("scpo",))
    given(with_one, replace(with_one, id=uuid4(), powers=()))
    count = Count(kind=Kind.DISRUPTION, by="on", where=(Condition("powers", ("", "arrest")),))
    then = datetime.now(UTC)
    with workspace.reading() as reader:
        now = tallies.tally(reader, Asked(count=count, period=YEAR))
    assert [one.lines for one in now] == [1]
    with workspace.work("Remove") as done:
        done.work.remove(done.work.get(Disruption, with_one.id))
    wish = Wish(definition=one_block(count), period=YEAR, as_at=then)
    with workspace.reading() as reader:
        made = returns.make(reader, wish, now=NOW)
    assert made.sections[0].lines[0].figures[0].value == 1


def test_what_is_worked_out_is_asked_of_what_is_counted_and_of_no_owner():
    asked_of = Condition("owner.phase_then", ("proactive",))
    count = Count(kind=Kind.OUTCOME, by="on", owner=Kind.OPERATION, where=(asked_of,))
    with pytest.raises(Refused, match="no field 'phase_then'"):
        return_definitions.check(one_block(count))
    names = [one.name for one in return_shaping.fields(count)]
    assert "owner.phase" in names
    assert "owner.phase_then" not in names


def one_block(count: Count) -> Definition:
    block = Block(title="All", count=count, rows=(Row(label="All"),))
    return Definition(code="all", title="All", population="All", blocks=(block,), asks=())


def test_a_change_of_less_than_one_in_a_hundred_is_a_change():
    assert change_words(0.002) == "▲ under 1 %"
    assert change_words(-0.004) == "▼ under 1 %"
    assert change_words(0.0) == "no change"


def test_by_month_each_column_is_a_month_and_the_last_the_total(two_years, asked):
    made = asked("disruptions-monthly")
    assert made.columns[0] == "Dec 2019"
    assert len(made.columns) == 13
    assert of(made, "Strand")["Pursue"][0] == of(made, "Strand")["Pursue"][-1] == "815"


def test_a_filter_the_return_does_not_know_is_refused(asked):
    with pytest.raises(Refused, match="not narrowed by colour"):
        asked("activity", colour="red")


def test_a_break_in_the_series_is_printed_beneath(two_years, workspace):
    from dataclasses import replace

    from ocgdesk.domain.returns import Break

    reason = "support is recorded in another way"
    broken = replace(definition("activity"), breaks=(Break(on=date(2019, 12, 1), reason=reason),))
    with workspace.reading() as reader:
        made = returns.make(reader, Wish(definition=broken, period=YEAR, before=BEFORE), now=NOW)
    assert any("From 1 Dec 2019" in note and reason in note for note in made.notes)


def test_nothing_recorded_is_a_blank_and_nothing_counted_a_nought(asked):
    made = asked("activity", before=BEFORE)
    assert of(made, "Disruptions by strand")["Pursue"] == ("0", "0")
    assert of(made, "Criminal justice")["Arrested"] == ("", "")


@pytest.mark.parametrize("one", shipped(), ids=lambda one: one.code)
def test_every_shipped_return_can_be_drawn_up_on_an_empty_register(one, asked):
    made = asked(one.code, before=BEFORE, **{name: str(uuid4()) for name in one.requires})
    assert made.sections
    assert all(len(x.figures) == len(made.columns) for s in made.sections for x in s.lines)


def test_an_operations_return_is_not_drawn_up_of_none(asked):
    with pytest.raises(Lacking, match="drawn up of one operation: say which") as refusal:
        asked("operation")
    assert refusal.value.names == ("operation",)
    with pytest.raises(Refused, match="only what it may be narrowed by, not 'horoscope'"):
        return_definitions.check(replace(definition("operation"), requires=("horoscope",)))
    plain = return_definitions.plain(definition("operation"))
    assert return_definitions.read(plain).requires == ("operation",)
