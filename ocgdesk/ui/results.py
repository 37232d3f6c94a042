"""What a search found, as the rows that the palette and the search page show."""

from collections.abc import Iterator, Sequence

from ocgdesk.casework.searching import Answer, Group, Result
from ocgdesk.casework.watches import Kept
from ocgdesk.domain import dates
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.records import Brief
from ocgdesk.store.watching import Heard
from ocgdesk.ui import words
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.shell.values import Found, FoundGroup

_MONO = frozenset({Kind.HANDLE, Kind.PHONE, Kind.VEHICLE, Kind.ACCOUNT})


def target_of(record: Brief) -> Target:
    """Return where a record is opened."""
    page = PageKind.CHART if record.kind is Kind.CHART else PageKind.RECORD
    return Target(page=page, kind=record.kind, id=record.id)


def groups(answer: Answer) -> Iterator[FoundGroup]:
    """Yield the groups of an answer, each with how many of how many are shown."""
    for group in answer.groups:
        rows = tuple(found(result) for result in group.results)
        yield FoundGroup(words.many(group.kind), count(group, is_all=answer.is_all), rows)


def count(group: Group, *, is_all: bool) -> str:
    """Return ``2 of 5``, or ``6 of at least 400`` where not everything was looked at."""
    shown = len(group.results)
    if group.total <= shown:
        return f"{shown:,}"
    told = _("{n} of {total}") if is_all else _("{n} of at least {total}")
    return told.format(n=f"{shown:,}", total=f"{group.total:,}")


def found(result: Result) -> Found:
    """Return the row of one result."""
    record = result.hit.record
    return Found(
        value=target_of(result.hit.owner or record),
        title=" ".join(record.label.split()) or record.ref,
        second=result.second,
        icon=words.icon_of(record.kind, exploited=record.exploited),
        why=result.why,
        mono=record.kind in _MONO,
        restricted=record.restricted,
        marks=result.hit.why.label_marks,
        second_marks=result.second_marks,
    )


def chart_round(answer: Answer) -> Found | None:
    """Return the command that draws a chart round the first result that can stand on one."""
    for group in answer.groups:
        record = group.results[0].hit.record
        if group.kind in SUBJECTS:
            return Found(
                value=Target(page=PageKind.CHART, focus=(record.id,)),
                title=_("New chart round {name}").format(name=record.label),
                second=_("one hop out"),
                icon="page.chart",
            )
    return None


def kept(one: Kept) -> Found:
    """Return the row of one saved search."""
    told = [_state(one), one.watch.reason, *(words.many(kind) for kind in one.kinds)]
    new = ngettext("{n} new", "{n} new", one.new).format(n=one.new) if one.new else ""
    heard = ngettext("heard once", "heard {n} times", one.times).format(n=one.times)
    return Found(
        value=one,
        title=one.watch.text,
        second=" · ".join(part for part in told if part),
        icon="entity.watch" if one.is_set else "action.view",
        why=new or (heard if one.times else ""),
    )


def _state(one: Kept) -> str:
    if not one.watch.alerts:
        return _("saved search")
    day = dates.shown(one.watch.expires) if one.watch.expires else ""
    return _("until {day}").format(day=day) if one.is_set else _("ended {day}").format(day=day)


def heard(times: Sequence[Heard], texts: dict[object, str]) -> Iterator[Found]:
    """Yield a row for each record that watches heard of, the newest first."""
    for one in times:
        at = one.at.astimezone(LONDON)
        for record in one.records:
            told = (texts.get(one.watch, ""), one.label, f"{dates.shown(at.date())} {at:%H:%M}")
            yield Found(
                value=target_of(record),
                title=" ".join(record.label.split()) or record.ref,
                second=" · ".join(part for part in told if part),
                icon=words.icon_of(record.kind, exploited=record.exploited),
                why=_("new") if one.is_new else "",
                mono=record.kind in _MONO,
                restricted=record.restricted,
            )
