"""Flows of a crowded map are thin and let others through; zoomed in they are wide again."""

from ocgdesk.domain.line_map import Flow, Spot
from ocgdesk.reports import map_room
from ocgdesk.reports.drawing_parts import Area

WIDE = Area(0.0, 0.0, 1_100.0, 1_100.0)


def flows(n):
    hub = Spot("Hub", "WMP", 53.0, -2.0)
    return [Flow(hub=hub, town=Spot(f"T{k}", "WMC", 52.0, -2.5)) for k in range(n)]


def test_few_flows_have_their_full_size_and_heads() -> None:
    room = map_room.of(flows(20), WIDE, 1.0)
    assert (room.flow, room.place, room.has_arrows) == (1.0, 1.0, True)


def test_many_at_once_are_thinner_and_never_too_thin() -> None:
    some, more, most = (map_room.of(flows(n), WIDE, 1.0) for n in (50, 120, 5_000))
    assert 1.0 > some.flow > more.flow > most.flow == map_room.THINNEST
    assert most.place == map_room.LEAST
    assert not most.has_arrows


def test_what_is_out_of_sight_takes_no_room_and_a_small_map_has_less() -> None:
    away = Area(5_000.0, 5_000.0, 1_100.0, 1_100.0)
    assert map_room.of(flows(500), away, 1.0).flow == 1.0
    small = map_room.of(flows(60), Area(0.0, 0.0, 1_100.0, 1_100.0), 0.2)
    assert small.flow < 1.0
    assert small.place < map_room.LEAST
