"""Records closed to all but some users, and opened for a while to who must see them.

The rest find no trace: ``store.reader.Reader.may_see`` leaves a restricted record out of every
list, count, search, duplicate check, match of an import, history and export, with all it owns.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar
from uuid import UUID

from ocgdesk.casework import results
from ocgdesk.domain.kinds import Base
from ocgdesk.domain.people import Right, User
from ocgdesk.domain.things import Entity, Marked, Thing
from ocgdesk.errors import NotFound, Refused
from ocgdesk.i18n import _
from ocgdesk.store import glass, history, lending, records, rules
from ocgdesk.store.glass import Alert
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.store.work import Work
from ocgdesk.store.workspace import Workspace

E = TypeVar("E", bound=Entity)
HOURS: Final = 8
"""How long break-glass lends access unless an administrator says otherwise. Local default."""
_HOURS_RULE: Final = "break-glass-hours"
MOST_HOURS: Final = round(lending.LONGEST / timedelta(hours=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Who may know of a restricted record, and how that came about; for those inside."""

    users: tuple[User, ...]
    reason: str
    since: datetime | None
    by: str
    """Who closed it, or changed the list, last."""
    until: datetime | None = None
    """Up to when it is lent to the reader, if it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glass:
    """Whether break-glass is allowed here, and for how long it lends access."""

    allowed: bool = True
    hours: int = HOURS


@dataclass(frozen=True, slots=True, kw_only=True)
class Lent:
    """What break-glass opened: the record to go to, and up to when."""

    record: Brief
    until: datetime


# ---- Closing and opening ------------------------------------------------------------------------


def restrict(work: Work, id_: UUID, users: Iterable[UUID] | None, reason: str) -> Thing:
    """Close a record or link to all but these users, or open it to everybody with None.

    Whoever does it keeps access. What hangs on the record under the same list follows it; what
    is closed further stays so. This is not undone, only done anew. Raises Refused without a
    reason, and for users who may not read records.
    """
    if not reason.strip():
        raise Refused(_("Say why the record is to be restricted; the reason is kept"))
    thing = _find(work.reader, id_)
    allowed = None if users is None else frozenset(users) | {work.user.id}
    _check_users(work.reader, (allowed or frozenset()) - (thing.restricted_to or frozenset()))
    work.entry = {**work.entry, "reason": reason.strip(), "undoable": False}
    following = _following(work.reader, thing) if isinstance(thing, Entity) else []
    saved = work.put(*(replace(one, restricted_to=allowed) for one in (thing, *following)))
    results.follow_restriction(work, thing, allowed)
    return next(one for one in saved if one.id == id_)


def closed_from_the_start(work: Work, new: E, users: Iterable[UUID], reason: str) -> E:
    """Return a new record closed to all but its maker and these users, to be created so.

    Its reference is out of the sequence, so that no gap tells of it. Raises Refused without a
    reason, and for users who may not read records.
    """
    if not reason.strip():
        raise Refused(_("Say why the record is to be restricted; the reason is kept"))
    allowed = frozenset(users) | {work.user.id}
    _check_users(work.reader, allowed)
    work.entry = {**work.entry, "reason": reason.strip()}
    return replace(new, restricted_to=allowed)


def _find(reader: Reader, id_: UUID) -> Marked:
    try:
        found = reader.find(id_)
    except NotFound:
        found = reader.find(id_, Base.LINK)
    assert isinstance(found, Marked)  # noqa: S101 - records and links are marked
    return found


def _check_users(reader: Reader, new: Collection[UUID]) -> None:
    known = {user.id for user in glass.people(reader)}
    if not set(new) <= known | {reader.user.id}:
        raise Refused(_("Access is given to users of this workspace who may read records"))


def _following(reader: Reader, owner: Entity) -> list[Marked]:
    """Return what hangs on a record and names the same users as it does."""
    if owner.restricted_to is None:
        return []
    found: list[Marked] = []
    for child in records.owned(reader, owner.id):
        if isinstance(child, Entity):
            found += [child] if child.restricted_to == owner.restricted_to else []
            found += [
                one for one in _following(reader, child) if one.restricted_to == owner.restricted_to
            ]
    return found


def access(reader: Reader, id_: UUID) -> Access | None:
    """Return who may know of a record; None of one that everybody may know of."""
    thing = _find(reader, id_)
    if thing.restricted_to is None:
        return None
    number = reader.number(id_, thing.base)
    names = {user.id: user.display for user in glass.everybody(reader)}
    users = [user for user in glass.everybody(reader) if user.id in thing.restricted_to]
    entry = next(
        (
            event.entry
            for event in reversed(history.of(reader, number))
            if event.change and _list(event.change.before) != _list(event.change.after)
        ),
        None,
    )
    return Access(
        users=tuple(users),
        reason=entry.reason if entry else "",
        since=entry.at if entry else None,
        by=names.get(entry.user, "") if entry else "",
        until=reader.lent.get(number),
    )


def _list(thing: Thing | None) -> frozenset[UUID] | None:
    return thing.restricted_to if isinstance(thing, Marked) else None


def mine(reader: Reader) -> list[tuple[Brief, Access]]:
    """Return the restricted records this user is inside of, with who else is, newest first."""
    pairs = ((brief, access(reader, brief.id)) for brief in glass.closed(reader))
    found = [(brief, known) for brief, known in pairs if known is not None]
    reader.saw("List restricted records", [brief.no for brief, _access in found])
    return found


# ---- Break-glass --------------------------------------------------------------------------------


def terms(reader: Reader) -> Glass:
    """Return whether break-glass is allowed in this workspace, and for how long it lends."""
    return _terms(rules.read(reader))


def terms_of(workspace: Workspace) -> Glass:
    """Return the same of an open workspace."""
    with workspace.connection() as connection:
        return _terms(rules.of(connection))


def _terms(known: dict[str, str]) -> Glass:
    allowed = known.get(lending.RULE.removeprefix(rules.PREFIX)) != lending.OFF
    hours = known.get(_HOURS_RULE, "")
    return Glass(allowed=allowed, hours=int(hours) if hours.isdecimal() else HOURS)


def set_terms(workspace: Workspace, wanted: Glass) -> None:
    """Allow break-glass or switch it off, which ends what is lent; for administrators."""
    workspace.user.need(Right.ADMINISTER)
    if not 1 <= wanted.hours <= MOST_HOURS:
        told = _("Access is lent for at least one hour and at most {most}")
        raise Refused(told.format(most=MOST_HOURS))
    values = {
        lending.RULE: "on" if wanted.allowed else lending.OFF,
        f"{rules.PREFIX}{_HOURS_RULE}": str(wanted.hours),
    }
    workspace.set_values("Set break-glass", values)


def break_glass(workspace: Workspace, ref: str, reason: str) -> Lent:
    """Lend the user read access to the restricted record behind a reference, for a while.

    Those inside and the auditor are alerted, with the reason. A reference that nothing
    restricted stands behind is answered as everywhere, and the auditor sees that it was tried.
    Raises Refused without a reason, without the role, and where break-glass is switched off.
    """
    ref = ref.strip().upper()
    _check_terms(workspace, ref, reason)
    with workspace.reading() as reader:
        if records_seen := _seen(reader, ref):
            told = _("{ref} is open to you already")
            raise Refused(told.format(ref=records_seen))
    with workspace.connection() as connection:
        nos = glass.behind(connection, ref)
    if not nos:
        workspace.log(glass.refusal_entry(workspace.user.id, ref, reason.strip()))
        raise NotFound(_("There is no record {ref}").format(ref=repr(ref[:60])))
    until = datetime.now(UTC) + timedelta(hours=terms_of(workspace).hours)
    workspace.log(glass.lending_entry(workspace.user.id, nos, ref, reason.strip(), until))
    with workspace.reading(reason.strip()) as reader:
        return Lent(record=records.resolve(reader, ref), until=until)


def _check_terms(workspace: Workspace, ref: str, reason: str) -> None:
    workspace.user.need(Right.BREAK_GLASS)
    if not terms_of(workspace).allowed:
        raise Refused(_("Break-glass is switched off in this workspace; ask an administrator"))
    if not ref:
        raise Refused(_("Say which reference: nothing is found by a name here"))
    if not reason.strip():
        raise Refused(_("Say why you must see it; those inside and the auditor are told"))


def _seen(reader: Reader, ref: str) -> str:
    try:
        return records.resolve(reader, ref).ref
    except (NotFound, Refused):
        return ""


def alerts(reader: Reader) -> list[Alert]:
    """Return what this user is told of restricted records, newest first."""
    return glass.alerts(reader)


def saw_alerts(reader: Reader) -> None:
    """Note that the user has seen their alerts."""
    reader.saw(glass.LOOKED)


def alert_words(alert: Alert) -> str:
    """Return an alert in a sentence: to those inside with the reference, never with a name."""
    refs = ", ".join(alert.refs[:3]) or _("a restricted record")
    match alert.label:
        case lending.LABEL:
            told = _("{who} opened {refs} by break-glass: {reason}")
        case glass.REFUSED:
            told = _("{who} tried break-glass and nothing was found: {reason}")
        case _:
            told = _("{who} brought in a record under a key of a restricted one: {refs}")
    return told.format(who=alert.who or _("A former user"), refs=refs, reason=alert.reason)
