"""Figures as painted: no words over others, none cut off, whatever is to be drawn."""

from itertools import pairwise

import pytest
from overlaps import faults

from ocgdesk.reports import figure_painter, figure_room, flow_ends
from ocgdesk.reports.figures import MOST_PANELS, FigureOut, Form, Panel, Series

STRANDS = ("pursue", "prevent", "protect", "prepare")
LABELS = {
    "short": "Row {n}",
    "forty": "Organised acquisitive crime of sort {n:05}",
    "endless": "What an administrator wrote without an end {n} " * 4,
    "unbroken": "Donaudampfschifffahrtsgesellschaftskapitaensmuetze{n}" * 4,
    "from right to left": "تعطيل المجموعة المنظمة {n}",
}


def panel(form: Form, rows: int, label: str, *, columns: int = 6, value: float = 12_345.0) -> Panel:
    labels = tuple(label.format(n=n) for n in range(rows))
    across = tuple(label.format(n=n) for n in range(columns))
    numbers = [value, 0.0, None, 1.0, 17.0]
    if form is Form.BARS:
        series = tuple(
            Series(name, tuple(numbers[(n + at) % 5] for n in range(rows)), earlier=not at)
            for at, name in enumerate(("Nov 2024 to Oct 2025", "Nov 2025 to Oct 2026"))
        )
        notes = ("▲ 1,234 %",) * rows
        return Panel(title=label, form=form, labels=labels, series=series, notes=notes)
    if form is Form.BALANCE:
        series = tuple(
            Series(code.title(), tuple(numbers[(n + at) % 5] for n in range(rows)), strand=code)
            for at, code in enumerate(STRANDS)
        )
        return Panel(
            title=label, form=form, labels=labels, series=series, wholes=(20_000.0,) * rows
        )
    if form is Form.TREND:
        labels, rows = tuple(f"Sep {2000 + n}" for n in range(columns)), min(rows, 6)
    else:
        labels = across
    series = tuple(
        Series(label.format(n=n), tuple(numbers[(n + at) % 5] for at in range(len(labels))))
        for n in range(rows)
    )
    return Panel(title=label, form=form, labels=labels, series=series)


def figure(*panels: Panel, words: str = "Accepted") -> FigureOut:
    return FigureOut(
        title=f"Most: {words}",
        subtitle=f"{words} · Nov 2025 to Oct 2026 · Agency: West Midlands Police",
        source=f"As at 18 Nov 2026, 09:14. {words}.",
        panels=panels,
        marking="OFFICIAL-SENSITIVE · SYNTHETIC DATA",
    )


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("label", LABELS.values(), ids=LABELS)
def test_no_words_lie_over_others_and_none_leave_the_picture(form, label):
    made = figure_painter.drawn(figure(panel(form, 14, label), words=label))
    assert faults(made) == []


@pytest.mark.parametrize("form", Form)
def test_one_row_is_drawn_as_many_are(form):
    made = figure_painter.drawn(figure(panel(form, 1, LABELS["endless"])))
    assert faults(made) == []


def test_sixty_rows_are_not_pressed_together():
    made = figure_painter.drawn(figure(panel(Form.BARS, 60, LABELS["forty"])))
    assert faults(made) == []
    assert made.get_figheight() > 15


def test_panels_side_by_side_keep_to_their_own_half():
    many = [panel(Form.BARS, n, LABELS["forty"]) for n in (3, 9, 2, 5, 1)]
    assert faults(figure_painter.drawn(figure(*many))) == []


def test_the_subtitle_and_the_foot_are_broken_into_lines_and_not_cut():
    words = " ".join(f"word{n}" for n in range(90))
    made = figure_painter.drawn(figure(panel(Form.BARS, 2, "Row {n}"), words=words))
    said = " ".join(one.get_text() for one in made.texts)
    assert said.count("word89") >= 2
    assert "Agency: West Midlands Police" in said


def test_a_label_that_is_too_long_for_two_lines_ends_with_an_ellipsis():
    made = figure_room.room(panel(Form.BARS, 1, LABELS["endless"]), 6.0)
    (lines,) = made.labels
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert figure_room.room(panel(Form.BARS, 1, LABELS["forty"]), 6.0).labels[0][0][-1] != "…"


def test_what_falls_short_of_the_whole_says_so_and_ends_short():
    series = (Series("Pursue", (129.0,), strand="pursue"),)
    short = Panel(title="T", form=Form.BALANCE, labels=("Cash",), series=series, wholes=(130.0,))
    assert figure_room.of_whole(short, 0) == "129 of 130"
    made = figure_painter.drawn(figure(short))
    bars = [one for one in made.axes[0].patches if one.get_hatch() != "zz"]
    assert max(bar.get_width() for bar in bars) == pytest.approx(129 / 130)


def test_a_blank_has_a_dash_and_a_nought_says_nought():
    one = Series("Now", (0.0, None, 1.0))
    bars = Panel(title="T", form=Form.BARS, labels=("A", "B", "C"), series=(one,))
    assert [figure_room.value_words(bars, v, None) for v in one.values] == ["0", "–", "1"]


def test_a_line_stops_where_nothing_was_recorded():
    one = Series("Pursue", (1.0, None, 3.0))
    trend = Panel(title="T", form=Form.TREND, labels=("Jan", "Feb", "Mar"), series=(one,))
    (line,) = figure_painter.drawn(figure(trend)).axes[0].lines
    assert [str(value) for value in line.get_ydata()] == ["1.0", "nan", "3.0"]


def test_small_multiples_are_to_one_scale():
    trends = [
        Panel(title=str(n), form=Form.TREND, labels=("Jan",), series=(Series("S", (n,)),), top=50.0)
        for n in (2.0, 50.0, 7.0)
    ]
    limits = {axes.get_ylim() for axes in figure_painter.drawn(figure(*trends)).axes}
    assert len(limits) == 1


def test_a_figure_is_parted_so_that_each_part_fits_a_page_and_nothing_is_lost():
    many = tuple(panel(Form.BARS, 10, f"{n}: {{n}}") for n in range(MOST_PANELS + 2))
    parts = figure_painter.parts(figure(*many))
    assert len(parts) > 3
    assert sum((one.panels for one in parts), ()) == many[:MOST_PANELS]
    assert all(figure_painter.drawn(one).get_figheight() <= 215 / 25.4 for one in parts)
    assert parts[1].title.endswith(f"(2 of {len(parts)})")
    assert all(one.left_out == 2 for one in parts)


def test_the_words_of_thin_ends_of_a_flow_are_moved_apart():
    places = flow_ends.spread([0.1, 0.12, 0.13, 0.99], [0.2] * 4, 1.0)
    assert all(other - one >= 0.2 - 1e-9 for one, other in pairwise(places))
    assert places[0] >= 0.1 - 1e-9
    assert places[-1] <= 0.9 + 1e-9


def test_the_bands_of_a_flow_are_as_broad_as_their_values():
    found = {(one.row, one.column): one.broad for one in flow_ends.bands([[3.0, 1.0], [0.0, 4.0]])}
    assert set(found) == {(0, 0), (0, 1), (1, 1)}
    assert found[0, 0] == pytest.approx(3 * found[0, 1])


def test_words_over_others_are_found():
    made = figure_painter.drawn(figure(panel(Form.BARS, 1, "Row {n}")))
    made.text(0.5, 0.5, "One")
    made.text(0.5, 0.5, "Other")
    made.text(0.99, 0.5, "Cut off here")
    assert [one.split(":")[0] for one in faults(made)] == ["outside", "over one another"]
