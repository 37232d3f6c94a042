"""Suggestions for a plan, from the OCG's own records: each is accepted or dismissed by a person.

They are rules over what is recorded, not predictions. The rules are a list (``plan-suggestions``):
one that is retired suggests nothing. What was answered is not suggested again.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from ocgdesk.casework import analysis, plan_board, plans, records
from ocgdesk.casework.analysis import Question
from ocgdesk.casework.network_scope import Part, Scope
from ocgdesk.domain.dates import PartialDate, shown
from ocgdesk.domain.entities import CountyLine, Nominal
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Membership
from ocgdesk.domain.planning import Advice
from ocgdesk.domain.plans import Action, Plan
from ocgdesk.domain.reference_data import Code, code_list, label
from ocgdesk.domain.safeguarding import may_be_child
from ocgdesk.domain.subrecords import CheckBack, Custody, Order, Safeguarding, ThreatWarning
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import planning
from ocgdesk.store import records as queries
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, Linked
from ocgdesk.store.work import Work

RULES: Final = "plan-suggestions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Something the records suggest an action for."""

    rule: str
    about: Brief
    words: str
    """What the records say."""
    title: str
    """The action it would become."""
    strand: str
    tactic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What the rules look at: the plan's live actions and what is linked to its OCG."""

    reader: Reader
    ocg: UUID
    actions: tuple[Action, ...]
    near: tuple[Linked, ...]
    today: date

    def reaches(self, id_: UUID, strand: str = "") -> bool:
        """Tell whether a live action, of that strand where one is named, touches a record."""
        return any(
            id_ in one.touches
            for one in self.actions
            if one.is_live and (not strand or one.strand == strand)
        )

    def principals(self) -> Iterator[Brief]:
        """Yield the principals who are to be looked at as such: nobody recorded as exploited."""
        for item in self.near:
            link = item.link
            is_principal = isinstance(link, Membership) and link.importance == "principal"
            if is_principal and not item.other.exploited:
                yield item.other

    def held(self, kind: type[Custody] | type[Order], id_: UUID) -> list[Custody | Order]:
        """Return what of one kind hangs on a person."""
        found = queries.owned(self.reader, id_, kind.kind)
        return [thing for thing in found if isinstance(thing, Custody | Order)]


def of_plan(reader: Reader, plan: Plan, *, today: date) -> tuple[Suggestion, ...]:
    """Return what the records of a plan's OCG suggest and nobody has answered yet."""
    assert plan.owner is not None  # noqa: S101 - a plan belongs to an OCG
    near = tuple(
        item for item in plan_board.around(reader, plan.owner, today) if item.link.holds_on(today)
    )
    actions = tuple(planning.actions_of(reader, plan.id))
    seen = _Seen(reader=reader, ocg=plan.owner, actions=actions, near=near, today=today)
    answered = {(one.rule, one.about) for one in answers(reader, plan.id)}
    found: dict[tuple[str, UUID], Suggestion] = {}
    for rule in code_list(RULES):
        if rule.retired or rule.code not in _RULES:
            continue
        for one in _RULES[rule.code](seen, rule):
            if (one.rule, one.about.id) not in answered:
                found.setdefault((one.rule, one.about.id), one)
    return tuple(found.values())


def answers(reader: Reader, plan_id: UUID) -> list[Advice]:
    """Return the suggestions of a plan that were accepted or dismissed."""
    found = queries.owned(reader, plan_id, Kind.ADVICE)
    return [thing for thing in found if isinstance(thing, Advice)]


# ---- The rules ----------------------------------------------------------------------------------


def _cuckooed(seen: _Seen, rule: Code) -> Iterator[Suggestion]:
    for item in seen.near:
        is_home = item.link.type == "cuckooed-at" and item.other.kind is Kind.LOCATION
        if is_home and not seen.reaches(item.other.id, "protect"):
            yield _made(
                rule,
                item.other,
                words=_("{what} is recorded as cuckooed; no Protect action touches it"),
                title=_("Visit the tenant of {what} with housing"),
                tactic="cuckooing-visits",
            )


def _release(seen: _Seen, rule: Code) -> Iterator[Suggestion]:
    until = seen.today + timedelta(days=int(rule.get("days", 90)))
    for person in seen.principals():
        if seen.reaches(person.id, "prevent"):
            continue
        for time in seen.held(Custody, person.id):
            due = time.release_due if isinstance(time, Custody) and not time.released else None
            if due is not None and seen.today <= due.earliest() <= until:
                yield _made(
                    rule,
                    person,
                    words=_("{what} is due for release in {day}; no Prevent action touches them"),
                    title=_("Offender management for {what} before release"),
                    tactic="offender-management",
                    day=due.worded(),
                )


def _child(seen: _Seen, rule: Code) -> Iterator[Suggestion]:
    for item in seen.near:
        if item.other.exploited and _is_unreferred_child(seen, item.other.id):
            yield _made(
                rule,
                item.other,
                words=_("{what} may be a child recorded as exploited, without a referral"),
                title=_("Safeguard and refer {what}"),
                tactic="safeguard-referral",
            )


def _is_unreferred_child(seen: _Seen, id_: UUID) -> bool:
    found = [
        one
        for one in queries.owned(seen.reader, id_, Kind.SAFEGUARDING)
        if isinstance(one, Safeguarding)
    ]
    if any(one.referred or one.referral for one in found):
        return False
    person = seen.reader.find(id_)
    born = person.born if isinstance(person, Nominal) else None
    return any(one.age_group == "child" for one in found) or (
        born is not None and may_be_child(born, seen.today)
    )


def _line(seen: _Seen, rule: Code) -> Iterator[Suggestion]:
    for item in seen.near:
        if item.other.kind is not Kind.COUNTY_LINE or seen.reaches(item.other.id):
            continue
        line = seen.reader.find(item.other.id)
        if isinstance(line, CountyLine) and line.closed and not _is_checked(seen, line):
            yield _made(
                rule,
                item.other,
                words=_("{what} was closed in {day}; no check-back is planned or done"),
                title=_("Plan a check-back of {what}"),
                day=line.closed.worded(),
            )


def _is_checked(seen: _Seen, line: CountyLine) -> bool:
    found = queries.owned(seen.reader, line.id, Kind.CHECK_BACK)
    backs = [one for one in found if isinstance(one, CheckBack)]
    return any(one.done or (one.due and one.due >= seen.today) for one in backs)


def _threat(seen: _Seen, rule: Code) -> Iterator[Suggestion]:
    week = seen.today + timedelta(days=7)
    for item in seen.near:
        if item.other.kind is not Kind.NOMINAL:
            continue
        for one in queries.owned(seen.reader, item.other.id, Kind.THREAT_WARNING):
            if isinstance(one, ThreatWarning) and _is_due(one.review_due, one.closed, week):
                yield _made(
                    rule,
                    item.other,
                    words=_("A threat-to-life warning to {what} is due for review by {day}"),
                    title=_("Review the threat to {what}"),
                    tactic="victim-support",
                    day=shown(one.review_due) if one.review_due else "",
                )


def _is_due(due: date | None, closed: date | None, until: date) -> bool:
    return closed is None and due is not None and due <= until


def _expiring(seen: _Seen, rule: Code) -> Iterator[Suggestion]:
    until = seen.today + timedelta(days=int(rule.get("days", 60)))
    for person in seen.principals():
        if seen.reaches(person.id, "prevent"):
            continue
        for one in seen.held(Order, person.id):
            end: PartialDate | None = one.end if isinstance(one, Order) else None
            if end is not None and seen.today <= end.latest() <= until:
                yield _made(
                    rule,
                    person,
                    words=_("An order on {what} runs out in {day}; no Prevent action touches them"),
                    title=_("Decide what follows the order on {what}"),
                    day=end.worded(),
                )


def _broker(seen: _Seen, rule: Code) -> Iterator[Suggestion]:
    """Yield who stands between most others: of those who may be ranked at all."""
    question = Question(
        scope=Scope(part=Part.OCG, ids=(seen.ocg,)),
        measures=("betweenness",),
        ranked=(Kind.NOMINAL,),
        sure=False,
    )
    try:
        found = analysis.compute(analysis.gather(seen.reader, question, seen.today, noted=False))
    except Refused:
        return  # too few records to stand between, or none at all
    top = analysis.standing(found, int(rule.get("top", 1)))
    brokers = {row.no for row in top if (row.values["betweenness"] or 0) > 0}
    for person in queries.briefs(seen.reader, sorted(brokers)):
        if not seen.reaches(person.id):
            yield _made(
                rule,
                person,
                words=_(
                    "{what} stands between most others in the records of this OCG; no live action"
                    " touches them. It follows what was collected."
                ),
                title=_("Decide how to interrupt the contacts that run through {what}"),
            )


_RULES: Final[dict[str, Callable[[_Seen, Code], Iterable[Suggestion]]]] = {
    "cuckooed-address": _cuckooed,
    "release-due": _release,
    "child-without-referral": _child,
    "line-without-check-back": _line,
    "threat-review": _threat,
    "order-expiring": _expiring,
    "broker": _broker,
}


def _made(
    rule: Code, about: Brief, *, words: str, title: str, tactic: str = "", day: str = ""
) -> Suggestion:
    name = about.ref if about.exploited else about.label
    return Suggestion(
        rule=rule.code,
        about=about,
        words=words.format(what=name, day=day),
        title=title.format(what=name),
        strand=str(rule.get("strand", "pursue")),
        tactic=tactic,
    )


# ---- Answers ------------------------------------------------------------------------------------


def accept(work: Work, plan_id: UUID, one: Suggestion, *, today: date) -> Action:
    """Make a suggestion an action of the plan, and note that it was accepted."""
    tactic = code_list("tactics").find(one.tactic)
    action = plans.add_action(
        work,
        plan_id,
        {
            "title": one.title,
            "strand": one.strand,
            "tactic": one.tactic,
            "area": str(tactic.get("area", "")) if tactic else "",
            "touches": (one.about.id,),
        },
        today=today,
    )
    _answer(work, plan_id, one, today, answer="accepted", action=action.id)
    return action


def dismiss(work: Work, plan_id: UUID, one: Suggestion, *, reason: str, today: date) -> Advice:
    """Set a suggestion aside for good; Refused without a reason."""
    if not reason.strip():
        raise Refused(_("Say why “{rule}” is set aside").format(rule=label(RULES, one.rule)))
    return _answer(work, plan_id, one, today, answer="dismissed", reason=reason.strip())


def _answer(
    work: Work,
    plan_id: UUID,
    one: Suggestion,
    today: date,
    *,
    answer: str,
    reason: str = "",
    action: UUID | None = None,
) -> Advice:
    plan = work.get(Plan, plan_id)
    return records.made(
        work,
        Advice(
            owner=plan_id,
            rule=one.rule,
            about=one.about.id,
            answer=answer,
            reason=reason,
            answered=today,
            answered_by=work.user.display,
            action=action,
            marking=plan.marking,
            restricted_to=plan.restricted_to,
        ),
    )
