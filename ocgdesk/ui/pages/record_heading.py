"""What the header of a record says: chips, the line of references, the facts of an OCG."""

from datetime import date
from typing import Final

from ocgdesk.casework import assessments, in_step
from ocgdesk.casework.assessments import Side
from ocgdesk.domain import clocks, dates
from ocgdesk.domain.clocks import Urgency
from ocgdesk.domain.entities import CountyLine, Handle, Nominal, Ocg, Operation, Report
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.scoring import Source
from ocgdesk.domain.subrecords import Safeguarding
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui import words
from ocgdesk.ui.models import looks, score_looks
from ocgdesk.ui.pages.record_parts import Fact
from ocgdesk.ui.pages.record_reading import Dossier
from ocgdesk.ui.widgets.values import Chip, Tone

_MARKERS: Final = 2
"""So many warning markers are named beside a name; more are counted."""
_TONES: Final[dict[Urgency, Tone]] = {Urgency.OVERDUE: "overdue", Urgency.DUE: "due"}


def chips(found: Dossier) -> tuple[Chip, ...]:
    """Return the states of a record, beside its name."""
    said = _chips_of(found.thing)
    if found.is_exploited:
        said = (said[0], _care(found), *said[1:])
    if found.brief.restricted:
        said = (*said, Chip(_("Restricted"), "restricted", "status.restricted"))
    return said


def _chips_of(thing: Entity) -> tuple[Chip, ...]:
    match thing:
        case Ocg():
            tier = label("tiers", thing.tier)
            state = looks.status_chip("ocg-statuses", thing.status)
            return (state, Chip(tier, "outline")) if tier else (state,)
        case Nominal():
            return _person(thing)
        case Handle():
            state = looks.status_chip("dispositions", thing.disposition)
            threat = Chip(_("Threat to life"), "overdue", "status.warning")
            return (state, threat) if thing.threat_to_life else (state,)
        case CountyLine() | Operation():
            return _running(thing)
        case Report() if thing.grade:
            return (Chip(looks.grade(thing.grade).text, "outline"),)
    return ()


def _running(thing: CountyLine | Operation) -> tuple[Chip, ...]:
    """Return how a line stands, or in which phase an operation is."""
    if isinstance(thing, CountyLine):
        return (looks.status_chip("line-statuses", thing.status),)
    words = label("operation-phases", thing.phase)
    tone: Tone = "neutral" if thing.phase == "closed" else "info"
    return (Chip(words, tone, "entity.operation"),) if words else ()


def _person(thing: Nominal) -> tuple[Chip, ...]:
    """Return the chips of a person; the exploited first, before anything else is said."""
    said = []
    if thing.exploited:
        said.append(Chip(_("Exploited person"), "victim", "status.victim"))
    if thing.deceased:
        said.append(Chip(_("Deceased"), "neutral"))
    if thing.in_custody:
        said.append(Chip(_("In custody"), "neutral"))
    if not in_step.is_categorised(thing):
        hint = _("As what this person is on record has not been said: suspect, victim, witness …")
        said.append(Chip(_("Not yet categorised"), "due", "status.unknown", hint))
    return (*said, *_markers(thing))


def _care(found: Dossier) -> Chip:
    """Return how far somebody recorded as exploited is looked after; a gap stands out."""
    records = [t for t in found.hanging.of(Kind.SAFEGUARDING) if isinstance(t, Safeguarding)]
    if not records:
        hint = _("Nobody has begun a safeguarding record: it is kept under On file")
        return Chip(_("No safeguarding record"), "overdue", "status.warning", hint)
    newest = records[-1]
    asked = ((newest.conclusive, _("Conclusive grounds")), (newest.reasonable, _("NRM")))
    for decision, words_ in asked:
        if decision:
            told = label("nrm-decisions", decision).lower()
            tone: Tone = "due" if decision == "pending" else "victim"
            return Chip(f"{words_}: {told}", tone, "entity.safeguarding")
    if not newest.lead:
        return Chip(_("No safeguarding lead"), "due", "entity.safeguarding")
    return Chip(label("safeguarding-stages", newest.stage), "victim", "entity.safeguarding")


def _markers(thing: Nominal) -> tuple[Chip, ...]:
    """Return the warning markers in force: the first few by name, the rest counted."""
    words_ = [label("warning-markers", code) for code in thing.warnings]
    first = [Chip(word, "overdue", "status.warning") for word in words_[:_MARKERS]]
    rest = words_[_MARKERS:]
    if rest:
        first.append(Chip(f"+{len(rest)}", "overdue", "", ", ".join(rest)))
    return tuple(first)


def subtitle(found: Dossier) -> str:
    """Return the reference, and what kind of thing it is."""
    thing = found.thing
    parts = [thing.ref, words.one(thing.kind)]
    match thing:
        case Ocg():
            parts = [thing.ref, label("crime-types", thing.primary_crime)]
            parts.append(label("agencies", thing.agency))
        case Nominal() if thing.born is not None:
            parts.append(_("born {date}").format(date=thing.born.worded()))
        case Handle():
            parts.append(label("platforms", thing.platform))
        case CountyLine():
            parts.append(label("line-types", thing.line_type))
        case Operation():
            parts.append(label("operation-types", thing.operation_type))
        case Report() if thing.reported is not None:
            parts.append(thing.reported.worded())
    for external in getattr(thing, "externals", ())[:1]:
        parts.append(f"{label('external-schemes', external.scheme)} {external.value}")
    return " · ".join(part for part in parts if part)


def facts(found: Dossier, today: date) -> tuple[Fact, ...]:
    """Return the facts of an OCG: both scores, who answers for it, when its plan is reviewed."""
    if found.thing.kind is not Kind.OCG or not isinstance(found.thing, Ocg):
        return ()
    return (
        *(_score(side) for side in assessments.sides(found.assessments)),
        _post(found, "lro", _("LRO"), needed=True),
        _post(found, "sio", _("SIO"), needed=False),
        _review(found, today),
        _disrupted(found, today),
    )


def _score(side: Side) -> Fact:
    """Return one sheet's score: side by side with the other, never derived from it."""
    caption = _("{sheet}, local default").format(sheet=_(side.sheet.title))
    if side.newest is None:
        return Fact(caption=caption, value=_("Not assessed"), note=" ")
    kept, score = side.newest.assessment, side.newest.score
    day = dates.shown(kept.assessed) if kept.assessed else ""
    note = ", ".join(text for text in (kept.scorer, day) if text)
    if score.source is Source.OFFICIAL:
        caption = _("{sheet}, official").format(sheet=_(side.sheet.title))
        return Fact(caption=caption, value=assessments.headline(side.newest), note=note)
    if score.result is not None and score.parts:
        trend = score_looks.trend_of(side)
        points = tuple(float(value) for _on, value in trend.points) if trend else ()
        return Fact(
            caption=caption,
            value=f"{score.result:,}",
            note=note,
            score=score_looks.mark(side.sheet, side.newest),
            spark=score_looks.spark(points, trend.direction, trend.words) if trend else None,
        )
    unknown = sum(part.open for part in score.parts)
    open_words = _("{n} open").format(n=unknown) if unknown and score.cell else ""
    return Fact(
        caption=caption,
        value=assessments.headline(side.newest),
        note=", ".join(text for text in (note, open_words) if text),
        matrix=score_looks.matrix(side.sheet, side.newest),
    )


def _post(found: Dossier, role: str, caption: str, *, needed: bool) -> Fact:
    post = found.post(role)
    if post is None:
        tone: Tone = "overdue" if needed else "neutral"
        icon = "status.warning" if needed else ""
        return Fact(caption=caption, value=_("None"), note=" ", tone=tone, icon=icon)
    since = _("since {date}").format(date=post.start.worded()) if post.start else ""
    return Fact(caption=caption, value=post.officer, note=since)


def _review(found: Dossier, today: date) -> Fact:
    clock = clocks.review_clock(found.review_due, today)
    if clock.due is None:
        return Fact(caption=_("Plan review"), value=_("No date"), note=" ")
    icon = "status.overdue" if clock.days < 0 else "status.due"
    return Fact(
        caption=_("Plan review"),
        value=clock.words,
        note=_("due {date}").format(date=clock.date_words),
        tone=_TONES.get(clock.urgency, "neutral"),
        icon=icon,
    )


def _disrupted(found: Dossier, today: date) -> Fact:
    """Return when the OCG was last disrupted, as far as claims are accepted."""
    last = found.last_disruption
    if last is None:
        return Fact(caption=_("Last disruption"), value=_("None accepted"), note=" ")
    days = (today - last).days
    ago = ngettext("{n} day ago", "{n} days ago", days).format(n=days) if days >= 0 else " "
    return Fact(caption=_("Last disruption"), value=dates.shown(last), note=ago)
