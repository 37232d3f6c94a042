"""The attribution ledger: who may have used a handle, on what grounds, and who says so.

Proposed by one user, reviewed and confirmed or rejected by another (users are compared, never
roles); handsets change hands, so each attribution has its period. What a move needs is in the
list of moves; a review cannot be undone, only taken up again.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework import records
from ocgdesk.domain import moves
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Handle, Nominal, Report
from ocgdesk.domain.grading import Grading
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Attribution
from ocgdesk.domain.marking import highest
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.domain.values import Ground
from ocgdesk.errors import NotFound, Refused
from ocgdesk.i18n import _
from ocgdesk.store import handling
from ocgdesk.store import records as queries
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work

STATUSES: Final = "attribution-statuses"
SIGNS: Final = {"+": "for", "-": "against", "~": "neutral", "!": "contradiction"}
AGAINST: Final = frozenset({"-", "!"})
CLOSED: Final = frozenset({"rejected", "superseded"})
"""Statuses of a candidate who is out of the question, for now."""
OPEN: Final = frozenset({"unattributed", "in-development", "proposed"})
"""Statuses in which the grounds may change: afterwards they are what somebody reviewed."""
SETTLED: Final = frozenset({"confirmed", "refuted"})
"""Confidences that only a second person gives, by confirming or rejecting."""
_SHORT_GRADE: Final = re.compile(r"[123][A-E]")
_MADE_ATTRIBUTED: Final = frozenset({"in-development", "ip-only"})
"""Dispositions that a confirmed attribution turns into attributed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What is said of somebody who is put forward for a handle."""

    confidence: str = "possible"
    start: PartialDate | None = None
    end: PartialDate | None = None
    """The period in which they are thought to have used it."""
    grade: str = ""
    grounds: tuple[Ground, ...] = ()
    reports: tuple[UUID, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said with a move."""

    note: str = ""
    """The reason, or the reviewer's remark."""
    confidence: str = ""
    """How sure the reviewer is, where that differs from the proposal."""
    successor: UUID | None = None
    """The attribution of the same handle that takes its place."""


_NOTHING: Final = Said()


# ---- Candidates and their grounds ---------------------------------------------------------------


def put_forward(
    work: Work, handle: UUID, nominal: UUID, said: Candidate, *, today: date, propose: bool = False
) -> Attribution:
    """Put somebody forward for a handle; with ``propose`` at once for review.

    Raises Refused where they are a candidate for the same period already, the confidence is one
    that only a review gives, or a proposal has no ground.
    """
    source, target = work.get(Handle, handle), work.get(Nominal, nominal)
    _check_confidence(said.confidence)
    for before in of_handle(work.reader, source.id):
        if before.target == target.id and before.status not in CLOSED and _meet(before, said):
            told = _("{ref} is a candidate for this period already: add what is new there")
            raise Refused(told.format(ref=target.ref))
    made = Attribution(
        source=source.id,
        target=target.id,
        directed=True,
        status="in-development",
        confidence=said.confidence,
        strength=_strength(said.confidence),
        start=said.start or source.first_seen,
        end=said.end or source.last_seen,
        grade=said.grade,
        grounds=tuple(_checked(work, ground) for ground in said.grounds),
        reports=_with_cited(work, said.reports, said.grounds),
        note=said.note.strip(),
        analyst=work.user.id,
        marking=highest((source.marking, target.marking)),
    )
    saved = records.link(work, made)
    assert isinstance(saved, Attribution)  # noqa: S101 - it went in as one
    return move(work, saved.id, "proposed", today=today) if propose else saved


def _meet(one: Attribution | Candidate, other: Attribution | Candidate) -> bool:
    """Tell whether two periods may share a day; an open end runs on."""
    starts = [item.start.earliest() if item.start else date.min for item in (one, other)]
    ends = [item.end.latest() if item.end else date.max for item in (one, other)]
    return starts[0] <= ends[1] and starts[1] <= ends[0]


def _check_confidence(confidence: str) -> None:
    if confidence in SETTLED:
        told = _("{confidence} is said by whoever reviews it; propose it as possible or probable")
        raise Refused(told.format(confidence=label("confidences", confidence)))


def _strength(confidence: str) -> str:
    """Return how an attribution of this confidence is drawn."""
    return next(
        (str(c.get("strength")) for c in code_list("confidences") if c.code == confidence),
        "tentative",
    )


def edit(work: Work, id_: UUID, **values: Any) -> Attribution:
    """Change confidence, period, grade or note of an attribution that is not reviewed yet."""
    before = _still_open(work, id_)
    if "confidence" in values:
        _check_confidence(values["confidence"])
        values["strength"] = _strength(values["confidence"])
    return _save(work, replace(before, **values))


def add_ground(work: Work, id_: UUID, ground: Ground) -> Attribution:
    """Add a ground for or against; one that names a report makes the attribution rest on it.

    Raises Refused for a sign, code or grade there is none of, and once it was reviewed.
    """
    before = _still_open(work, id_)
    grounds = (*before.grounds, _checked(work, ground))
    return _save(
        work,
        replace(before, grounds=grounds, reports=_with_cited(work, before.reports, (ground,))),
    )


def drop_ground(work: Work, id_: UUID, place: int) -> Attribution:
    """Take a ground out, by its place from 0; undo brings it back."""
    before = _still_open(work, id_)
    if not 0 <= place < len(before.grounds):
        raise NotFound(_("There is no such ground"))
    kept = tuple(ground for at, ground in enumerate(before.grounds) if at != place)
    if before.status == "proposed" and not kept:
        raise Refused(_("A proposal needs at least one ground; send it back to development first"))
    return _save(work, replace(before, grounds=kept))


def _still_open(work: Work, id_: UUID) -> Attribution:
    found = work.get(Attribution, id_)
    if found.status not in OPEN:
        told = _(
            "This attribution is {status}: its grounds are what was reviewed. Send it back to"
            " development, or take it up again, to change them"
        )
        raise Refused(told.format(status=label(STATUSES, found.status).lower()))
    return found


def _checked(work: Work, ground: Ground) -> Ground:
    """Return a ground as it is kept: with the grading of the report it names."""
    known = code_list("attribution-grounds")
    if ground.code not in known:
        told = _("{code!r} is not in the list of {title}")
        raise Refused(told.format(code=ground.code[:40], title=known.title.lower()))
    if ground.sign not in SIGNS:
        raise Refused(_("A ground is + for, - against, ~ neutral or ! a contradiction"))
    grade = ground.grade.strip().upper()
    report = _report(work, ground.ref)
    if not grade and report is not None and report.grade:
        grade = report.grade
    if grade and not _SHORT_GRADE.fullmatch(grade):
        grade = str(Grading.parse(grade))
    ref = report.ref if report is not None else ground.ref.strip()
    return replace(ground, note=ground.note.strip(), grade=grade, ref=ref)


def _report(work: Work, ref: str) -> Report | None:
    """Return the report a ground names, if it is one on record here."""
    if not ref.strip():
        return None
    try:
        brief = queries.resolve(work.reader, ref)
    except (NotFound, Refused):
        return None  # an exhibit, or another force's report
    return work.get(Report, brief.id) if brief.kind is Kind.REPORT else None


def _with_cited(work: Work, reports: Iterable[UUID], grounds: Iterable[Ground]) -> tuple[UUID, ...]:
    cited = [found.id for ground in grounds if (found := _report(work, ground.ref))]
    return tuple(dict.fromkeys((*reports, *cited)))


# ---- Moves --------------------------------------------------------------------------------------


def move(work: Work, id_: UUID, status: str, said: Said = _NOTHING, *, today: date) -> Attribution:
    """Move an attribution to another status: propose, review, confirm, reject, take up again.

    A handle with a confirmed user becomes attributed in the same act, and no longer is when the
    last one falls. Raises Refused, saying what would be needed.
    """
    before = work.get(Attribution, id_)
    if refused := refusal(work.reader, before, status, said):
        raise Refused(refused)
    work.entry = {**work.entry, "reason": said.note.strip()}
    if needs_second(before.status, status):
        work.entry = {**work.entry, "undoable": False}
    if said.successor is not None:
        work.entry = {**work.entry, "detail": {"successor": str(said.successor)}}
    by = _By(work.user.id, today)
    saved = _save(work, _moved(before, status, said, by))
    _settle_handle(work, saved)
    return saved


def refusal(reader: Reader, item: Attribution, status: str, said: Said = _NOTHING) -> str | None:
    """Return why this reader's user cannot make this move now; None where they can."""
    if status == item.status:
        told = _("This attribution is {status} already")
        return told.format(status=label(STATUSES, status).lower())
    if refused := moves.refuse_move(STATUSES, item.status, status):
        return refused
    if refused := refuse_user(item, status, reader.user.id):
        return refused
    if refused := _refuse_said(reader, item, said):
        return refused
    given = _given(item, said)
    return moves.refuse_without(STATUSES, item.status, status, given) or (
        _refuse_unexplained(item, said) if status == "confirmed" else None
    )


def refuse_user(item: Attribution, status: str, user: UUID) -> str | None:
    """Return why this move is for somebody else; None where this user may make it."""
    if not needs_second(item.status, status):
        return None
    return moves.refuse_reviewer(item.analyst, user)


def _refuse_said(reader: Reader, item: Attribution, said: Said) -> str | None:
    if said.confidence in SETTLED:
        return _("Confirm or reject it instead: a review may find it possible or probable")
    if said.successor is None:
        return None
    others = {other.id: other for other in of_handle(reader, item.source)}
    other = others.get(said.successor)
    if other is None or other.id == item.id or other.status in CLOSED:
        return _("Supersede: name another attribution of the same handle that still stands")
    return None


def _given(item: Attribution, said: Said) -> frozenset[str]:
    met = {
        "grounds": bool(item.grounds),
        "reason": bool(said.note.strip()),
        "successor": said.successor is not None,
        "second-person": True,  # users were compared before
    }
    return frozenset(need for need, is_met in met.items() if is_met)


def _refuse_unexplained(item: Attribution, said: Said) -> str | None:
    if has_against(item) and not (said.note.strip() or item.outcome):
        return _("Confirm: there is a ground against it; say in a note how that is explained")
    return None


def needs_second(old: str, new: str) -> bool:
    """Tell whether a move is for somebody else than the analyst."""
    found = moves.move_between(STATUSES, old, new)
    return found is not None and "second-person" in found.needs


def has_against(item: Attribution) -> bool:
    """Tell whether anything speaks against it."""
    return any(ground.sign in AGAINST for ground in item.grounds)


@dataclass(frozen=True, slots=True)
class _By:
    """Who made a move, and when."""

    user: UUID
    day: date

    @property
    def review(self) -> dict[str, Any]:
        """The fields a second person leaves."""
        return {"reviewer": self.user, "reviewed_on": self.day}


_UNREVIEWED: Final = {"reviewer": None, "reviewed_on": None}


def _moved(item: Attribution, status: str, said: Said, by: _By) -> Attribution:
    note = said.note.strip()
    values: dict[str, Any] = {"status": status, "outcome": note}
    match status:
        case "proposed":
            values |= {"analyst": by.user, "proposed_on": by.day, **_UNREVIEWED}
        case "reviewed":
            values |= by.review | {"confidence": said.confidence or item.confidence}
        case "confirmed":
            values |= by.review | {"confidence": "confirmed", "outcome": note or item.outcome}
        case "rejected":
            values |= by.review | {"confidence": "refuted"}
        case "in-development":
            values |= _UNREVIEWED
            values |= {"confidence": "possible"} if item.confidence in SETTLED else {}
    values["strength"] = _strength(values.get("confidence", item.confidence))
    return replace(item, **values)


def _settle_handle(work: Work, item: Attribution) -> None:
    """Keep the handle attributed as long as, and only while, it has a confirmed user."""
    handle = work.get(Handle, item.source)
    confirmed = any(a.status == "confirmed" for a in of_handle(work.reader, handle.id))
    if confirmed and handle.disposition in _MADE_ATTRIBUTED:
        work.put(replace(handle, disposition="attributed"))
    elif not confirmed and handle.disposition == "attributed":
        work.put(replace(handle, disposition="in-development"))


def _save(work: Work, changed: Attribution) -> Attribution:
    records.check(changed)
    saved = work.put(changed)[0]
    assert isinstance(saved, Attribution)  # noqa: S101 - it went in as one
    return saved


# ---- Questions ----------------------------------------------------------------------------------


def of_handle(reader: Reader, handle: UUID) -> list[Attribution]:
    """Return the attributions of a handle, in the order they were made."""
    return handling.attributions_of(reader, handle)


def clashes(items: Sequence[Attribution]) -> list[tuple[Attribution, Attribution, date]]:
    """Return pairs of confirmed users of one handle whose periods overlap, and from which day.

    Two people may share a handset, so this warns and refuses nothing.
    """
    sure = [item for item in items if item.status == "confirmed"]
    found = []
    for at, one in enumerate(sure):
        for other in sure[at + 1 :]:
            if one.target != other.target and _meet(one, other):
                starts = [item.start.earliest() for item in (one, other) if item.start]
                found.append((one, other, max(starts, default=date.min)))
    return found
