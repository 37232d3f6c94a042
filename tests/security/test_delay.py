"""The wait that grows with each failure."""

from hypothesis import given
from hypothesis import strategies as st

from ocgdesk.security.delay import Delay


def test_the_wait_doubles_up_to_a_minute() -> None:
    waits = []
    delay = Delay()
    for _ in range(11):
        waits.append(delay.wait)
        delay = delay.failed(0)
    assert waits == [0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_the_seconds_left_count_down_to_nothing() -> None:
    delay = Delay(failures=3, last=100.0).failed(200.0)
    assert [delay.seconds_left(now) for now in (200.0, 200.1, 203.9, 204.0, 999.0)] == [
        4, 4, 1, 0, 0,
    ]  # fmt: skip


def test_nothing_is_left_before_the_first_failure() -> None:
    assert Delay().seconds_left(12345.6) == 0


@given(st.integers(0, 10**9), st.floats(0, 1e9), st.floats(0, 1e9))
def test_the_wait_is_never_negative_nor_over_a_minute(
    failures: int, last: float, now: float
) -> None:
    assert 0 <= Delay(failures, last).seconds_left(now) <= 60
