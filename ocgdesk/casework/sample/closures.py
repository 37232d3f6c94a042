"""How lines ended and came back: closures, check-backs, holders charged, names that follow names.

Every draw is from streams of its own: nothing else in a sample depends on it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from ocgdesk.casework.sample.county_lines import Line
from ocgdesk.casework.sample.officers import officers
from ocgdesk.casework.sample.setting import Setting
from ocgdesk.casework.sample.streams import picks
from ocgdesk.casework.sample.ties import Society
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import CountyLine
from ocgdesk.domain.links import Link
from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.subrecords import CheckBack, CourtStep
from ocgdesk.domain.things import Thing

_CLOSURES: Final = {
    "closed-type-1": "type-1",
    "closed-type-2": "type-2",
    "rebranded": "type-2",
    "re-activated": "type-2",
}
_EVIDENCE: Final = {
    "type-1": "Holder charged; handset and SIM seized, and the number has been silent since.",
    "type-2": "The network confirms that the number is out of use; two test calls went unanswered.",
}
_HOW: Final = ("Test call, no answer", "Network confirms", "Customer says it is dead")


def ended(setting: Setting, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines with how they were closed, what each came back from, and how they travel."""
    chance = setting.numbers("line closures")
    travel = [item.code for item in code_list("travel-modes")]
    before = _before(lines)
    made = []
    for number, item in enumerate(lines):
        line = replace(
            item.line,
            follows=before.get(number),
            travel=picks(chance, travel, chance.randint(1, 2)),
            agency=item.line.importers[0] if item.line.importers else "",
        )
        if (closure := _CLOSURES.get(line.status)) is not None:
            on = _closing_day(setting, line, number, chance.randint(0, 6))
            line = replace(
                line,
                closed=PartialDate.of(on),
                closure_type=closure,
                closure_evidence=_EVIDENCE[closure],
            )
        made.append(replace(item, line=line))
    return _in_order(setting, made)


def _in_order(setting: Setting, lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines so that what came back began after what it came back from was closed."""
    chance = setting.numbers("lines that came back")
    closed = {item.line.id: item.line.closed for item in lines}
    return tuple(_begun(setting, item, closed, chance.randint(2, 20)) for item in lines)


def _begun(
    setting: Setting, item: Line, closed: Mapping[UUID, PartialDate | None], days: int
) -> Line:
    ended = closed.get(item.line.follows) if item.line.follows else None
    if ended is None or item.line.closed is not None:
        return item
    latest = setting.as_of - timedelta(days=3)
    start = min(ended.earliest() + timedelta(days=days), latest)
    step = (setting.as_of - start) / max(1, len(item.phones))
    phones = [
        replace(
            phone,
            first_seen=PartialDate.of(start + step * place),
            last_seen=PartialDate.of(min(start + step * (place + 1), latest)),
        )
        for place, phone in enumerate(item.phones)
    ]
    return replace(
        item,
        line=replace(item.line, opened=PartialDate.of(start), last_active=PartialDate.of(latest)),
        phones=tuple(phones),
    )


def _before(lines: Sequence[Line]) -> dict[int, UUID]:
    """Return, by the place of a line, the id of the one it came back from (see the links)."""
    found: dict[int, UUID] = {0: lines[1].line.id}
    for number, item in enumerate(lines):
        after = (number + 1) % len(lines)
        if item.line.status == "rebranded" and after not in found:
            found[after] = item.line.id
    return found


def _closing_day(setting: Setting, line: CountyLine, number: int, days: int) -> date:
    """Return the day a line was closed: that of the second is the one a demonstration knows."""
    if number == 1 and line.closed is not None:
        return line.closed.earliest()
    latest = setting.as_of - timedelta(days=5)
    last = line.last_active.earliest() if line.last_active else latest
    if line.status == "re-activated":
        last = setting.as_of - timedelta(days=60)
    return min(last + timedelta(days=days), latest)


def closing_records(
    society: Society, lines: Sequence[Line], links: Sequence[Link]
) -> Iterator[Thing]:
    """Yield the check-backs of closed lines, and the steps of the holders who were charged.

    ``links`` are those of the lines: who holds which.
    """
    yield from _check_backs(society.setting, lines)
    yield from _charges(society.setting, lines, links)


def _check_backs(setting: Setting, lines: Sequence[Line]) -> Iterator[CheckBack]:
    chance, ids = setting.numbers("check-backs"), setting.ids("check-backs")
    by = officers(setting.numbers("check-back officers"), "sio", 5)
    planned = {item.code: item.get("check_backs") for item in code_list("closure-types")}
    for number, item in enumerate(line.line for line in lines):
        if not item.closure_type or item.closed is None:
            continue
        for place, days in enumerate(planned[item.closure_type]):
            due = item.closed.earliest() + timedelta(days=days)
            again = item.status == "re-activated"
            late = due < setting.as_of and chance.random() < 0.85 and number != 1
            result = "not-needed" if again and place else "in-use" if again else "due"
            if result == "due" and late:
                result = "out-of-use" if chance.random() < 0.9 else "not-known"
            done = min(due + timedelta(days=chance.randint(0, 6)), setting.as_of)
            is_open = result == "due"
            yield CheckBack(
                id=next(ids),
                owner=item.id,
                due=due,
                done=None if is_open else done,
                result=result,
                officer="" if is_open else chance.choice(by),
                note="" if is_open or again else chance.choice(_HOW),
            )


def _charges(setting: Setting, lines: Sequence[Line], links: Sequence[Link]) -> Iterator[CourtStep]:
    """Yield the arrest and the charge of one holder of each line closed as Type 1."""
    chance, ids = setting.numbers("holder charges"), setting.ids("holder charges")
    holders = {link.target: link.source for link in links if link.type == "holds-line"}
    seen = set()
    for item in lines:
        line, holder = item.line, holders.get(item.line.id)
        if line.closure_type != "type-1" or holder is None or line.closed is None:
            continue
        charged = line.closed.earliest() - timedelta(days=chance.randint(0, 4))
        if (holder, charged) in seen:
            charged -= timedelta(days=7)
        seen.add((holder, charged))
        for step, on in (("arrested", charged - timedelta(days=1)), ("charged", charged)):
            yield CourtStep(
                id=next(ids),
                owner=holder,
                step=step,
                on=on,
                offences=("Being concerned in the supply of Class A drugs",),
            )
