"""Icons read into outlines that every painter can show."""

import pytest

from ocgdesk.domain import icons
from ocgdesk.errors import NotFound
from ocgdesk.reports import drawing_icons, drawing_paths


@pytest.mark.parametrize("meaning", icons.names())
def test_every_icon_is_read_and_lies_in_its_box(meaning: str) -> None:
    path, _filled = drawing_icons.icon(meaning)
    left, top, right, bottom = drawing_paths.bounds([path])
    assert -0.5 <= left < right <= 24.5
    assert -0.5 <= top <= bottom <= 24.5
    assert path[0][0] == "M"


def test_an_unknown_meaning_is_not_found() -> None:
    with pytest.raises(NotFound):
        drawing_icons.icon("entity.unicorn")


def test_relative_and_absolute_commands_say_the_same() -> None:
    relative = drawing_icons.parsed("m2 3h4v5l-1 1q1 1 2 0t2 0c1 0 1 1 2 1s1 1 2 1z")
    absolute = drawing_icons.parsed("M2 3H6V8L5 9Q6 10 7 9T9 9C10 9 10 10 11 10S12 11 13 11Z")
    for one, two in zip(relative, absolute, strict=True):
        assert one[0] == two[0]
        assert one[1] == pytest.approx(two[1])


def test_a_half_turn_reaches_the_far_side_of_its_circle() -> None:
    path = drawing_icons.parsed("M0 0a5 5 0 0 1 10 0")
    left, top, right, bottom = drawing_paths.bounds([path])
    assert (left, right) == pytest.approx((0, 10), abs=0.01)
    assert (top, bottom) == pytest.approx((-5, 0), abs=0.01)


def test_the_large_flag_takes_the_long_way_round() -> None:
    short = drawing_paths.bounds([drawing_icons.parsed("M0 0A5 5 0 0 0 5 5")])
    long = drawing_paths.bounds([drawing_icons.parsed("M0 0A5 5 0 1 0 5 5")])
    assert short[3] - short[1] < 6
    assert long[3] - long[1] > 8


def test_flags_may_be_written_without_blanks() -> None:
    assert drawing_icons.parsed("M0 0a5 5 0 0110 0") == drawing_icons.parsed("M0 0a5 5 0 0 1 10 0")


def test_a_radius_too_small_is_enlarged_until_it_reaches() -> None:
    path = drawing_icons.parsed("M0 0a1 1 0 0 1 10 0")
    assert path[-1][1][-2:] == pytest.approx((10, 0))


def test_numbers_before_a_command_are_refused() -> None:
    with pytest.raises(ValueError, match="begins with a command"):
        drawing_icons.parsed("1 2 3")


def test_a_silhouette_reaches_as_far_as_it_is_wide() -> None:
    table = drawing_paths.reaches(drawing_paths.circle(10))
    assert all(reach == pytest.approx(10, abs=0.1) for reach in table)
    square = drawing_paths.reaches(drawing_paths.box(20, 20))
    assert drawing_paths.reach(square, 1, 0) == pytest.approx(10)
    assert drawing_paths.reach(square, 1, 1) == pytest.approx(14.14, abs=0.05)
