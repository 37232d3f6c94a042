"""Figures of returns: what they find, drawn readably without colour, said in words."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from makers import an_ocg
from overlaps import faults
from PIL import Image

from ocgdesk.casework import (
    return_books,
    return_figure_files,
    return_figures,
    return_wishes,
    returns,
)
from ocgdesk.casework.return_wishes import Wish
from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.returns import Figure, Layout, Line, Period, Return, Section
from ocgdesk.errors import Refused
from ocgdesk.reports import figure_painter, figure_room
from ocgdesk.reports.figures import FigureOut, Form, Panel, Series

YEAR = Period(date(2025, 11, 1), date(2026, 10, 31))
NOW = datetime(2026, 11, 18, 9, 14, tzinfo=UTC)


def a_claim(on: date, **more) -> Disruption:
    said = {"title": "Flat closed", "on": on, "status": "accepted", "strand": "protect"}
    return Disruption(**said | more)


@pytest.fixture
def drawn(workspace, given):
    given(an_ocg("Tarnbrook"))
    now = [a_claim(date(2026, n, 2), level="minor") for n in range(1, 4)]
    given(a_claim(date(2025, 3, 1)), *now, a_claim(date(2026, 5, 1), strand="pursue"))
    given(
        Outcome(owner=now[0].id, measure="cocaine", value=2.5, unit="kg", on=date(2026, 1, 2)),
        Outcome(owner=now[0].id, measure="firearms", value=3, unit="items", on=date(2026, 1, 2)),
    )

    return lambda code, **more: return_figures.figure(counted(workspace, code, **more))


def counted(workspace, code: str, *, before: bool = True, **filters: str) -> Return:
    with workspace.reading() as reader:
        definition = return_books.find(reader, code)
        period = YEAR.before() if before and definition.layout is Layout.PERIODS else None
        wish = Wish(definition=definition, period=YEAR, before=period, filters=filters)
        return returns.make(reader, wish, now=NOW)


def lengthened(made: Return, many: int = 1) -> Return:
    """Return a return whose rows and columns are called at length, each so many times."""
    sections = tuple(
        replace(
            section,
            lines=tuple(
                replace(line, label=f"{line.label} and what was written of row {n} at length")
                for n in range(many)
                for line in section.lines
            ),
        )
        for section in made.sections
    )
    columns = tuple(f"{one}, as the list has it" for one in made.columns)
    return replace(made, sections=sections, columns=columns)


def test_the_title_says_what_the_figure_finds_and_does_not_judge_it(drawn):
    assert drawn("activity").title == "All disruptions: 4, 1 in the period before (▲ 300 %)"


def test_what_is_nought_in_the_first_block_is_not_said_of_all(drawn, given):
    given(
        a_claim(date(2026, 2, 2), threat="county-lines"),
    )
    with_arrests = given(a_claim(date(2026, 2, 3), threat="county-lines"))[0]
    given(
        Outcome(
            owner=with_arrests.id, measure="arrested", value=4, unit="people", on=date(2026, 2, 3)
        )
    )
    assert drawn("county-lines").title.startswith("Arrested: 4")


def test_bars_of_unlike_units_are_each_to_their_own_scale_and_say_so(drawn):
    panels = {one.title: one for one in drawn("activity").panels}
    title = "Weapons and commodities, each row to its own scale"
    assert set(panels[title].labels) == {"Firearms", "Cocaine, kg"}
    assert panels[title].own_scale
    assert not panels["Disruptions by strand"].own_scale


def test_a_blank_is_not_drawn_and_is_not_a_nought(drawn):
    panels = {one.title: one for one in drawn("activity").panels}
    before = panels["Weapons and commodities, each row to its own scale"].series[0]
    assert before.earlier
    assert before.values == (None, None)


def test_months_are_lines_and_the_four_ps_are_shares(drawn):
    assert {one.form for one in drawn("disruptions-monthly").panels} == {Form.TREND}
    balance = drawn("balance").panels[-1]
    assert balance.form is Form.BALANCE
    assert [one.strand for one in balance.series] == ["pursue", "prevent", "protect", "prepare"]
    assert balance.series[2].values[balance.labels.index("Minor")] == 3


def test_the_words_say_every_number_and_the_table_goes_with_it(drawn):
    made = drawn("activity")
    assert "Protect: Nov 2024 to Oct 2025 1, Nov 2025 to Oct 2026 3." in made.alt
    assert made.table[0][0] == "Activity or outcome"
    assert ("Protect", "1", "3", "▲ 200 %") in made.table


def test_totals_are_not_drawn_beside_their_parts(drawn):
    labels = {label for panel in drawn("activity").panels for label in panel.labels}
    assert "All disruptions" not in labels


def test_nothing_recorded_is_said_and_cannot_be_drawn(drawn):
    made = drawn("requests")
    assert made.title == "Requests to the gateway: nothing was recorded"
    empty = FigureOut(title="", subtitle="", source="", panels=())
    with pytest.raises(Refused, match="nothing to draw"):
        figure_painter.paint(empty)


@pytest.mark.parametrize("code", ["activity", "disruptions-monthly", "balance"])
def test_the_same_figure_gives_the_same_bytes(drawn, code):
    made = drawn(code)
    for kind in ("png", "svg", "pdf"):
        assert figure_painter.paint(made, kind, dpi=80) == figure_painter.paint(made, kind, dpi=80)


def test_the_four_ps_can_be_told_apart_in_a_grey_copy():
    labels, codes = ("A",), ("pursue", "prevent", "protect", "prepare")
    series = tuple(Series(code.title(), (1.0,), strand=code) for code in codes)
    panel = Panel(title="Balance", form=Form.BALANCE, labels=labels, series=series)
    made = FigureOut(title="T", subtitle="S", source="R", panels=(panel,))
    grey = Image.open(BytesIO(figure_painter.paint(made, dpi=200))).convert("L")
    wide, high = grey.size
    greys = [
        sum(pixels) / len(pixels)
        for n in range(4)
        for pixels in [_around(grey, wide * (0.09 + 0.88 * (n + 0.25) / 4), high)]
    ]
    assert all(later - earlier > 8 for earlier, later in pairwise(greys)), greys


def _around(grey: Image.Image, x: float, high: int) -> list[int]:
    """Return the greys of the bar about a place: its row is where the darkest line begins."""
    row = next(
        y for y in range(high // 3, high) if sum(grey.getpixel((grey.width // 8, y + n)) < 90
                                                  for n in range(12)) > 10
    )  # fmt: skip
    span = [
        grey.getpixel((round(x) + dx, row + dy)) for dx in range(-20, 20) for dy in range(2, 30)
    ]
    return [int(value) for value in span]


def test_more_than_six_series_are_refused_in_one_panel():
    many = tuple(Series(str(n), (1.0,)) for n in range(7))
    with pytest.raises(Refused, match="six series"):
        Panel(title="T", form=Form.TREND, labels=("A",), series=many)


def test_a_figure_carries_the_marking_and_is_written_whole(workspace, drawn, tmp_path: Path):
    made = return_figure_files.marked(drawn("activity"), Marking.OFFICIAL_SENSITIVE, synthetic=True)
    assert made.marking == "OFFICIAL-SENSITIVE · SYNTHETIC DATA"
    out = tmp_path / "activity.svg"
    with workspace.reading() as reader:
        wish = Wish(definition=return_books.find(reader, "activity"), period=YEAR)
    return_figure_files.to_file(workspace, wish, out, now=NOW, recipient="Board", reason="SPCB")
    assert out.read_bytes().startswith(b"<?xml")
    with pytest.raises(Refused, match="png, svg, pdf"):
        return_figure_files.to_file(workspace, wish, tmp_path / "activity.docx", now=NOW)


def test_no_figure_of_any_return_has_words_over_others_or_cut_off(workspace, drawn):
    made = 0
    for one in return_wishes.shipped():
        if one.code == "operation":  # it is asked of one operation
            continue
        found = return_figures.figure(lengthened(counted(workspace, one.code)))
        if found.panels:
            made += 1
            assert faults(figure_painter.drawn(found)) == [], one.code
    assert made >= 4


def test_what_a_figure_is_narrowed_by_and_beside_which_period_stands_on_it(workspace, drawn):
    made = return_figures.figure(counted(workspace, "activity", agency="WMP", strand="protect"))
    assert "Nov 2025 to Oct 2026, beside Nov 2024 to Oct 2025" in made.subtitle
    assert "West Midlands Police" in made.subtitle
    assert "Protect" in made.subtitle


def test_what_has_no_strand_is_a_part_of_the_bar_and_the_parts_add_up_to_the_table(
    workspace, drawn, given
):
    given(*(a_claim(date(2026, 4, n), level="minor", strand="") for n in range(1, 4)))
    made = counted(workspace, "balance")
    panel = return_figures.figure(made).panels[-1]
    at = panel.labels.index("Minor")
    known = sum(one.values[at] or 0 for one in panel.series)
    assert (known, panel.wholes[at]) == (3, 6)
    assert figure_room.of_whole(panel, at) == "3 of 6"


def test_rows_that_are_not_drawn_are_counted_in_the_title(workspace, drawn):
    made = lengthened(counted(workspace, "balance"), many=9)
    panel = return_figures.figure(made).panels[-1]
    assert len(panel.labels) == 14
    assert "the first 14 of" in panel.title


def test_columns_that_fit_no_page_are_parted_and_none_is_lost(workspace, drawn, given):
    given(an_ocg("Kestrel"))
    made = counted(workspace, "threat-grid")
    line = replace(made.sections[0].lines[0], figures=(Figure(1.0),) * 15)
    wide = replace(
        made,
        columns=tuple(f"Column {n}" for n in range(15)),
        sections=(replace(made.sections[0], lines=(line,)),),
        definition=replace(made.definition, column_total=""),
    )
    panels = return_figures.figure(wide).panels
    assert [one.title.rpartition(" (")[2] for one in panels] == ["1 of 3)", "2 of 3)", "3 of 3)"]
    assert sum((one.labels for one in panels), ()) == wide.columns
    assert len({one.top for one in panels}) == 1


def test_a_paper_takes_a_figure_in_parts_that_each_fit_a_page(workspace, drawn):
    made = counted(workspace, "activity")
    many = tuple(replace(one, title=f"{one.title} {n}") for n in range(4) for one in made.sections)
    parts = return_figures.pictures(replace(made, sections=many))
    assert len(parts) > 1
    assert [one.size for one in parts if one.size[1] > 215 / 160 * one.size[0]] == []
    assert all(one.alt for one in parts)


def test_slides_take_the_whole_figure_whatever_parts_pages_take(workspace, drawn):
    made = counted(workspace, "activity")
    many = tuple(replace(one, title=f"{one.title} {n}") for n in range(4) for one in made.sections)
    first, *rest = return_figures.pictures(replace(made, sections=many))
    assert rest
    assert len(first.figure.panels) == len(return_figures.figure(made).panels) * 4
    assert [one.figure.panels for one in rest] == [()] * len(rest)


def test_noughts_are_left_to_the_table_and_leave_no_empty_chart(workspace, drawn, given):
    with_arrests = given(a_claim(date(2026, 2, 3), threat="county-lines"))[0]
    given(
        Outcome(
            owner=with_arrests.id, measure="arrested", value=4, unit="people", on=date(2026, 2, 3)
        )
    )
    made = drawn("county-lines")
    found = {one.title: one.finding for one in made.panels}
    assert "Lines closed" not in found
    assert "line holder charged: Nov 2024 to Oct 2025 0, Nov 2025 to Oct 2026 0" in made.alt
    assert any(said.startswith("Arrested: 4") for said in found.values())


def test_lead_and_support_stand_side_by_side_and_are_told_apart(workspace, drawn):
    made = counted(workspace, "requests")
    pair = replace(made, definition=replace(made.definition, column_total=""))
    figures = tuple(Figure(value) for value in (5.0, 2.0))
    line = Line(label="Disruption events", figures=figures)
    pair = replace(
        pair, columns=("Lead", "Support"), sections=(Section(title="Activity", lines=(line,)),)
    )
    (panel,) = return_figures.figure(pair).panels
    assert panel.form is Form.BARS
    assert [(one.name, one.values, one.tone) for one in panel.series] == [
        ("Lead", (5.0,), 0),
        ("Support", (2.0,), 1),
    ]
    assert return_figures.finding(pair) == "Disruption events: Lead 5, Support 2"
