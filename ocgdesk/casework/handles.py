"""What becomes of a handle: disposition, SIO, hand-over, and material that may be privileged."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from ocgdesk.casework import attributions, records
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Handle
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.domain.subrecords import Decision
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import handling, history
from ocgdesk.store.handling import HandleRow
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work

DISPOSITIONS: Final = "dispositions"
IDENTIFIED: Final = "identified"
"""The first line of the count: every handle there is."""
ORDER: Final = ("attributed", "other-agency", "not-suitable", "ip-only", "in-development")
"""The dispositions as they are counted (paragraph 97 of the SPR report, January 2021)."""


# ---- Disposition --------------------------------------------------------------------------------


def dispose(work: Work, id_: UUID, disposition: str) -> Handle:
    """Say what becomes of a handle.

    Raises Refused for attributed without a confirmed user, and with one for anything else but
    suitable for another agency.
    """
    handle = work.get(Handle, id_)
    if disposition not in code_list(DISPOSITIONS):
        told = _("{code!r} is not in the list of {title}")
        title = code_list(DISPOSITIONS).title.lower()
        raise Refused(told.format(code=disposition[:40], title=title))
    _check_fits(work.reader, handle, disposition)
    return _save(work, replace(handle, disposition=disposition))


def _check_fits(reader: Reader, handle: Handle, disposition: str) -> None:
    """Keep disposition and ledger in step."""
    found = attributions.of_handle(reader, handle.id)
    confirmed = any(item.status == "confirmed" for item in found)
    if disposition == "attributed" and not confirmed:
        raise Refused(
            _(
                "Attributed: this needs a confirmed attribution; propose one and have somebody"
                " else review it"
            )
        )
    if confirmed and disposition not in {"attributed", "other-agency"}:
        told = _("{disposition}: this handle has a confirmed user; take that up again first")
        raise Refused(told.format(disposition=label(DISPOSITIONS, disposition)))


def assign(work: Work, id_: UUID, sio: str) -> Handle:
    """Give a handle to a Senior Investigating Officer."""
    if not sio.strip():
        raise Refused(_("Say which SIO it goes to"))
    return _save(work, replace(work.get(Handle, id_), sio=sio.strip()))


def hand_over(
    work: Work, id_: UUID, agency: str, note: str, *, on: PartialDate | None = None
) -> Handle:
    """Hand a handle over to another agency: to whom, when and with what. It becomes theirs.

    The record stays, its disposition is "suitable for another agency", and the hand-over stands
    in the decision log. Raises Refused without an agency or a record of what went with it.
    """
    handle = work.get(Handle, id_)
    if agency not in code_list("agencies"):
        raise Refused(_("Say which agency it is handed over to"))
    if not note.strip():
        raise Refused(_("Say what was handed over, to whom and under which conditions"))
    day = on or PartialDate.of(work.now.date())
    changed = replace(
        handle,
        disposition="other-agency",
        agency=agency,
        handed_to=agency,
        handed_over=day,
        handover_note=note.strip(),
    )
    _check_fits(work.reader, handle, "other-agency")
    saved = _save(work, changed)
    to = label("agencies", agency)
    _decide(work, saved, _("Handed over to {agency}").format(agency=to), note.strip())
    return saved


# ---- Material that may be privileged ------------------------------------------------------------


def flag_privileged(work: Work, id_: UUID, users: Collection[UUID], reason: str) -> Handle:
    """Flag a handle's material as possibly privileged or journalistic: restricted until reviewed.

    Only the user who flags it and those named know of it from now on; one of them has to review
    it. Raises Refused without a reason or without anybody else.
    """
    handle = work.get(Handle, id_)
    if handle.privileged:
        raise Refused(_("It is flagged already; somebody else who may see it has to review it"))
    if not reason.strip():
        raise Refused(_("Say what makes it possibly privileged; the reason is kept"))
    if not set(users) - {work.user.id}:
        raise Refused(_("Name at least one other user who may see it, to review it"))
    saved = _save(work, replace(handle, privileged=True))
    records.restrict(work, saved.id, users, reason)
    restricted = work.get(Handle, id_)
    _decide(work, restricted, _("Flagged as possibly privileged"), reason.strip())
    return restricted


def review_privileged(work: Work, id_: UUID, *, keep: bool, reason: str) -> Handle:
    """Say, as somebody else than who flagged it, whether a handle stays restricted.

    With ``keep`` flag and restriction stay; otherwise it is open to everybody again. Raises
    Refused for the user who flagged it and without a reason.
    """
    handle = work.get(Handle, id_)
    if not handle.privileged:
        raise Refused(_("Nobody has flagged this handle as possibly privileged"))
    if flagged_by(work.reader, handle) == work.user.id:
        raise Refused(_("You flagged this yourself: somebody else has to review it"))
    if not reason.strip():
        raise Refused(_("Say what the review found; the reason is kept"))
    title = _("Privilege review: stays restricted") if keep else _("Privilege review: opened")
    if not keep:
        _save(work, replace(handle, privileged=False))
        records.restrict(work, id_, None, reason)
    reviewed = work.get(Handle, id_)
    _decide(work, reviewed, title, reason.strip())
    return reviewed


def flagged_by(reader: Reader, handle: Handle) -> UUID | None:
    """Return who flagged a handle as possibly privileged, as the journal has it."""
    for event in reversed(history.of(reader, reader.number(handle.id))):
        after = event.change.after if event.change else None
        before = event.change.before if event.change else None
        is_flagged = isinstance(after, Handle) and after.privileged
        if is_flagged and not (isinstance(before, Handle) and before.privileged):
            return event.entry.user
    return None


def _decide(work: Work, handle: Handle, title: str, rationale: str) -> Decision:
    """Enter a decision in the handle's log; from here on the whole act cannot be undone."""
    work.entry = {**work.entry, "undoable": False, "reason": rationale}
    return records.create(
        work,
        Decision(
            owner=handle.id,
            title=title,
            decided=work.now.date(),
            decided_by=work.user.display,
            rationale=rationale,
            marking=handle.marking,
            restricted_to=handle.restricted_to,
        ),
    )


def _save(work: Work, changed: Handle) -> Handle:
    records.check(changed)
    saved = work.put(changed)[0]
    assert isinstance(saved, Handle)  # noqa: S101 - it went in as one
    return saved


# ---- Counts -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which handles are counted or listed; an empty field asks for all."""

    platform: str = ""
    agency: str = ""
    """The force or agency it is allocated to."""
    package: str = ""
    as_at: datetime | None = None
    """Recorded time; None is now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many handles have come to what: the table of paragraph 97."""

    identified: int = 0
    by: Mapping[str, int] = field(default_factory=dict)
    """By code of the list of dispositions."""

    @property
    def decided(self) -> int:
        """How many are not in development any more."""
        done = decided()
        return sum(count for code, count in self.by.items() if code in done)

    def of(self, disposition: str) -> int:
        """Return how many there are of a disposition, or all for ``identified``."""
        return self.identified if disposition == IDENTIFIED else self.by.get(disposition, 0)

    def lines(self) -> tuple[tuple[str, str, int], ...]:
        """Return code, words and count of each line, every handle first."""
        rest = [item.code for item in code_list(DISPOSITIONS) if item.code not in ORDER]
        shown = (*ORDER, *rest)
        first = (IDENTIFIED, _("Identified"), self.identified)
        return (first, *((code, label(DISPOSITIONS, code), self.of(code)) for code in shown))


def decided() -> frozenset[str]:
    """Return the dispositions of handles that are not in development any more."""
    return frozenset(item.code for item in code_list(DISPOSITIONS) if item.get("decided"))


def tally(dispositions: Iterable[str]) -> Tally:
    """Count handles by what has come of them."""
    found = Counter(dispositions)
    return Tally(identified=found.total(), by=dict(found))


def count(reader: Reader, asked: Asked) -> Tally:
    """Count the handles this reader may see, now or as recorded at an instant."""
    if asked.as_at is not None:
        seq = history.seq_at(reader, asked.as_at)
        then = (t for t in history.all_as_at(reader, Kind.HANDLE, seq) if isinstance(t, Handle))
        return tally(item.disposition for item in then if passes(item, asked))
    return tally(row.disposition for row in handling.queue(reader) if passes(row, asked))


def passes(row: HandleRow | Handle, asked: Asked) -> bool:
    """Tell whether a handle is one of those asked for."""
    return (
        asked.platform in {"", row.platform}
        and asked.agency in {"", row.agency}
        and asked.package in {"", row.package}
    )
