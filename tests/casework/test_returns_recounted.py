"""Returns as at an instant against a plain recount of every record as it was then."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from makers import a_handle, a_line, a_link, a_nominal, an_action, an_ocg

from ocgdesk.casework import combining, restricting, returns
from ocgdesk.casework.return_wishes import Wish, shipped
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.entities import Operation
from ocgdesk.domain.kinds import LINKS, Kind
from ocgdesk.domain.return_definitions import OWNER, is_many
from ocgdesk.domain.returns import RECORDED, Condition, Count, Period
from ocgdesk.domain.subrecords import Assessment
from ocgdesk.errors import Conflict
from ocgdesk.store import history
from ocgdesk.store.tallies import RANKING, Asked, Tally
from ocgdesk.store.tallies_past import Past

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
YEAR = Period(date(2025, 11, 1), date(2026, 10, 31))
DAYS = [YEAR.start + timedelta(days=n) for n in (-200, -1, 0, 40, 200, 364, 365)]
CHANGES = {
    Kind.OCG: {
        "status": ("active", "archived", "dormant"), "tier": ("t1", "t2", ""),
        "agency": ("WMP", "KNT", ""), "primary_crime": ("drugs", "fraud"),
    },
    Kind.DISRUPTION: {
        "status": ("accepted", "returned"), "strand": ("pursue", "protect", ""), "on": DAYS,
        "level": ("major", "minor"), "powers": ((), ("scpo",), ("scpo", "poca-cash")),
        "threat": ("county-lines", ""), "agency": ("WMP", "KNT"), "apmis": ("", "A1"),
    },
    Kind.OUTCOME: {
        "measure": ("cash", "arrested", "firearms"), "value": (None, 1.0, 7.0),
        "unit": ("gbp", "people"), "on": DAYS,
    },
    Kind.HANDLE: {"disposition": ("to-develop", "attributed", "")},
    Kind.COUNTY_LINE: {"closed": (None, PartialDate(2026, 6)), "closure_type": ("type-1", "")},
    Kind.OPERATION: {
        "opened": (None, PartialDate(2026, 1)), "closed": (None, PartialDate(2026, 8)),
        "pre_charge": (None, PartialDate(2026, 3)), "operation_type": ("investigation", ""),
    },
    Kind.NOMINAL: {"exploited": (True, False)},
    Kind.ACTION: {"status": ("complete", "in-progress"), "done": (None, *DAYS)},
    Kind.ASSESSMENT: {
        "total": (None, 20.0, 40.0), "assessed": DAYS, "sheet_version": ("", "2"),
        "sheet": (RANKING, "other"),
    },
}  # fmt: skip


@pytest.fixture
def busy(workspace, given) -> list[datetime]:
    """A made-up history: the moments after each of its acts, all that returns count changed."""
    undone = 0
    chance, moments = random.Random(20), list[datetime]()  # noqa: S311 - the same each time
    ocgs = given(*(an_ocg(f"OCG {n}", status="active", agency="WMP") for n in range(4)))
    operations = given(*(Operation(name=f"Op {n}", opened=PartialDate(2026, 1)) for n in range(3)))
    handles = given(*(a_handle(f"handle{n}") for n in range(3)))
    person = given(a_nominal("Rook"))[0]
    claims = given(*(_claim(chance, ocgs, operations) for _n in range(8)))
    given(
        *(a_line(f"Line {n}") for n in range(2)),
        *(an_action(ocgs[n], title=f"Do {n}") for n in range(3)),
        *(
            Outcome(owner=one.id, measure="cash", value=5.0, unit="gbp", on=one.on)
            for one in claims
        ),
        *(Assessment(owner=one.id, sheet=RANKING, total=30.0, assessed=DAYS[0]) for one in ocgs),
        *(a_link(handle, op) for handle, op in zip(handles, operations, strict=True)),
        a_link(person, operations[0]),
    )
    for step in range(24):
        moments.append(datetime.now(UTC))
        with workspace.work("Act") as done:
            _act(done.work, chance, step)
        if step % 4 == 2:
            with suppress(Conflict):  # what came of an accepted claim is not undone
                workspace.undo()
                undone += 1
    assert undone >= 3
    return [*moments, datetime.now(UTC)]


def _claim(chance, ocgs, operations) -> Disruption:
    return Disruption(
        title="Claim", status="accepted", on=chance.choice(DAYS), agency="WMP", strand="pursue",
        level="major", subjects=(chance.choice(ocgs).id,), operation=chance.choice(operations).id,
    )  # fmt: skip


def _act(work, chance, step) -> None:
    """Merge, take out, move to another owner, link anew, or change a few records."""
    every = {kind: _all(work.reader, kind) for kind in (*CHANGES, Kind.LINK)}
    if step == 5:
        combining.merge(work, *(one.id for one in every[Kind.HANDLE][:2]), reason="Same")
    elif step == 9:
        work.remove(*every[Kind.LINK][:1], *every[Kind.OUTCOME][:2])
    elif step == 12:
        moved = every[Kind.OUTCOME][0]
        work.put(replace(moved, owner=every[Kind.DISRUPTION][-1].id))
    elif step == 15:
        work.put(a_link(every[Kind.HANDLE][0], every[Kind.OPERATION][-1]))
        work.put(_claim(chance, every[Kind.OCG], every[Kind.OPERATION]))
    else:
        things = [thing for kind in CHANGES for thing in every[kind]]
        work.put(*(_shaken(chance, one) for one in chance.sample(things, 4)))


def _all(reader, kind):
    return list(history.all_as_at(reader, kind, 10**9))


def _shaken(chance, thing):
    name, values = chance.choice(list(CHANGES[thing.kind].items()))
    return replace(thing, **{name: chance.choice(values)})


# ---- A plain recount ---------------------------------------------------------------------------


class Recount:
    """Everything as it was, one thing after another: slow, and nothing of it shared with Past."""

    def __init__(self, reader, seq) -> None:
        self.reader, self.seq = reader, seq

    def all(self, kind):
        return list(history.all_as_at(self.reader, kind, self.seq))

    def tally(self, asked: Asked, by=(), *, months=False) -> Counter[Tally]:
        counted: dict[tuple[str, str, str], list[float]] = {}
        for thing in self._counted(asked):
            for key in self._keys(asked, thing, by, months=months):
                value = getattr(thing, asked.count.sum) if asked.count.sum else 0.0
                counted.setdefault(key, []).append(value)
        return Counter(Tally(*key, len(some), sum(some)) for key, some in counted.items())

    def _counted(self, asked) -> Iterator:
        where = (*asked.count.where, *asked.where)
        for thing in self.all(asked.count.kind):
            if self._is_in(asked, thing) and all(self._holds(asked, thing, c) for c in where):
                yield thing

    def _is_in(self, asked, thing) -> bool:
        count, period = asked.count, asked.period
        if count.owner is not None and self._owner(count, thing) is None:
            return False
        if count.sum and getattr(thing, count.sum) is None:
            return False
        if not count.is_dated:
            return True
        if count.by:
            return str(period.start) <= _day(getattr(thing, count.by)) <= str(period.end)
        begun, ended = (_day(getattr(thing, name)) for name in count.open)
        return "" < begun <= str(period.end) and (not ended or ended > str(period.end))

    def _owner(self, count, thing):
        return next((one for one in self.all(count.owner) if one.id == thing.owner), None)

    def _value(self, asked, thing, name):
        if name.startswith(OWNER):
            return getattr(self._owner(asked.count, thing), name[len(OWNER) :])
        match name:
            case "movement":
                return self._movement(thing, asked.period)
            case "on_handles":
                return self._on_handles(thing)
            case "phase_then":
                return _phase(thing, str(asked.period.end))
            case "counted":
                return "yes" if thing.steps else "no"
        return getattr(thing, name)

    def _holds(self, asked, thing, one: Condition) -> bool:
        value = self._value(asked, thing, one.field)
        if RECORDED in one.values:
            return bool(value)
        if is_many(asked.count, one.field):
            return bool(set(value) & set(one.values))
        return word(value) in one.values

    def _keys(self, asked, thing, by, *, months) -> Iterator[tuple[str, str, str]]:
        groups = []
        for name in by:
            value = self._value(asked, thing, name)
            several = list(value) if is_many(asked.count, name) else [word(value)]
            groups.append(several or [""])
        if months:
            groups.append([_day(getattr(thing, asked.count.by))[:7]])
        rows, columns = [*groups, [""], [""]][:2]
        unit = getattr(thing, "unit", "") if asked.count.sum else ""
        yield from ((row, column, unit) for row in rows for column in columns)

    def _movement(self, ocg, period) -> str:
        now, then = (
            self._score(ocg, day) for day in (period.end, period.start - timedelta(days=1))
        )
        if now is None or then is None:
            return "unscored" if now is None else "new"
        if (now.score_source, now.sheet_version) != (then.score_source, then.sheet_version):
            return "not-compared"
        return ("falling", "level", "rising")[
            (now.total > then.total) - (now.total < then.total) + 1
        ]

    def _score(self, ocg, until):
        scores = [
            one
            for one in self.all(Kind.ASSESSMENT)
            if one.owner == ocg.id and one.sheet == RANKING and one.total is not None
            and one.assessed <= until
        ]  # fmt: skip
        return max(enumerate(scores), key=lambda one: (one[1].assessed, one[0]), default=(0, None))[
            1
        ]

    def _on_handles(self, thing) -> str:
        handles = {one.id for one in self.all(Kind.HANDLE)}
        links = [one for kind in LINKS for one in self.all(kind)]
        ends = [{one.source, one.target} for one in links]
        return "yes" if any(thing.id in two and two & handles for two in ends) else "no"


def word(value) -> str:
    return "yes" if value is True else str(value or "")


def _day(value) -> str:
    bare = str(value or "").rstrip("~<>")
    return bare + "0000-01-01"[len(bare) :] if bare else ""


def _phase(operation, end) -> str:
    for step, code in (
        (operation.post_charge, "post-charge"),
        (operation.pre_charge, "pre-charge"),
    ):
        if step is not None and str(step) <= end:
            return code
    return "proactive"


def asked_by_all_returns() -> Iterator[tuple[Asked, tuple[str, ...], bool]]:
    """Yield what each block of every definition that ships asks, in its columns."""
    seen = set()
    for definition in shipped():
        columns = (definition.columns.field,) if definition.columns else ()
        for block in definition.blocks:
            rows = ((block.each.field,),) if block.each else tuple(() for _row in block.rows)
            wheres = [row.where for row in block.rows] or [()]
            for by, where in zip(rows, wheres, strict=True):
                asked = Asked(count=block.count, period=YEAR, where=where)
                key = (asked, (*by, *columns), definition.layout == "months")
                if key not in seen:
                    seen.add(key)
                    yield key
    yield from ((asked, by, False) for asked, by in asked_by_own_returns())


def asked_by_own_returns() -> Iterator[tuple[Asked, tuple[str, ...]]]:
    """Yield what none that ships asks: several codes of an owner, flags, records."""
    owned = Count(kind=Kind.OUTCOME, sum="value", by="on", owner=Kind.DISRUPTION)
    for where in ((), (Condition("owner.powers", ("scpo",)),)):
        yield Asked(count=owned, period=YEAR, where=where), ("owner.powers", "measure")
    claims = Count(kind=Kind.DISRUPTION, by="on")
    yield Asked(count=claims, period=YEAR), ("operation", "powers")
    yield Asked(count=Count(kind=Kind.NOMINAL), period=YEAR), ("exploited",)
    yes = (Condition("exploited", ("yes",)),)
    yield Asked(count=Count(kind=Kind.NOMINAL), period=YEAR, where=yes), ()


def tallied(found: list[Tally]) -> Counter[Tally]:
    """Put together what was counted in SQL and what was looked at."""
    sums: dict[tuple[str, str, str], list[Tally]] = {}
    for one in found:
        sums.setdefault((one.row, one.column, one.unit), []).append(one)
    return Counter(
        Tally(*key, sum(one.lines for one in some), sum(one.value for one in some))
        for key, some in sums.items()
    )


def same_as_recounted(reader, moment) -> int:
    """Compare all that returns ask with the recount; return how much was counted."""
    seq = history.seq_at(reader, moment)
    past, plain = Past(reader, seq), Recount(reader, seq)
    plain.all = _kept(plain.all)
    lines = 0
    for asked, by, months in asked_by_all_returns():
        found = tallied(past.tally(asked, by, months=months))
        assert found == plain.tally(asked, by, months=months), (asked, by, moment)
        lines += sum(one.lines for one in found)
    return lines


def _kept(read):
    known: dict = {}
    return lambda kind: known[kind] if kind in known else known.setdefault(kind, read(kind))


def test_every_return_as_at_an_instant_is_a_recount_of_all_as_it_was(workspace, busy):
    with workspace.reading() as reader:
        lines = [same_as_recounted(reader, moment) for moment in busy[::6]]
    assert min(lines) > 50


def test_a_return_of_then_is_what_it_was_when_that_was_now(workspace, busy, given):
    every = [replace(one, requires=()) for one in shipped()]
    wishes = [Wish(definition=one, period=YEAR, before=YEAR.before()) for one in every]
    with workspace.reading() as reader:
        now = [returns.make(reader, wish, now=NOW).sections for wish in wishes]
    moment = datetime.now(UTC)
    with workspace.work("Act") as done:
        things = [one for kind in CHANGES for one in _all(done.work.reader, kind)]
        chance = random.Random(1)  # noqa: S311 - likewise
        done.work.put(*(_shaken(chance, one) for one in things))
    with workspace.reading() as reader:
        then = [
            returns.make(reader, replace(wish, as_at=moment), now=NOW).sections for wish in wishes
        ]
    assert then == now


def test_what_somebody_may_not_know_of_is_in_no_figure_of_then_either(
    workspace, busy, opened_by, another_user
):
    with workspace.work("Restrict") as done:
        for kind in (Kind.OCG, Kind.DISRUPTION, Kind.HANDLE, Kind.OPERATION):
            one = _all(done.work.reader, kind)[0]
            restricting.restrict(done.work, one.id, reason="Source", users=())
    with opened_by(another_user).reading() as reader:
        theirs = same_as_recounted(reader, busy[12])
    with workspace.reading() as reader:
        assert 0 < theirs < same_as_recounted(reader, busy[12])
