"""Figures of returns: what they find, drawn readably without colour, said in words."""

from datetime import UTC, date, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from makers import an_ocg
from PIL import Image

from ocgdesk.casework import return_books, return_figures, returns
from ocgdesk.casework.return_wishes import Wish
from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.returns import Period
from ocgdesk.errors import Refused
from ocgdesk.reports import figure_painter
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

    def draw(code: str, *, before: bool = True) -> FigureOut:
        with workspace.reading() as reader:
            definition = return_books.find(reader, code)
            wish = Wish(
                definition=definition, period=YEAR, before=YEAR.before() if before else None
            )
            return return_figures.figure(returns.make(reader, wish, now=NOW))

    return draw


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


@pytest.mark.parametrize("code", ["activity", "disruptions-monthly", "balance", "disruptions"])
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
    made = return_figures.marked(drawn("activity"), Marking.OFFICIAL_SENSITIVE, synthetic=True)
    assert made.marking == "OFFICIAL-SENSITIVE · SYNTHETIC DATA"
    out = tmp_path / "activity.svg"
    with workspace.reading() as reader:
        wish = Wish(definition=return_books.find(reader, "activity"), period=YEAR)
    return_figures.to_file(workspace, wish, out, now=NOW, recipient="Board", reason="SPCB")
    assert out.read_bytes().startswith(b"<?xml")
    with pytest.raises(Refused, match="png, svg, pdf"):
        return_figures.to_file(workspace, wish, tmp_path / "activity.docx", now=NOW)
