"""Saved searches and the watch list: what somebody wants to hear of, why, and until when."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from ocgdesk.domain.fitting import Typed
from ocgdesk.domain.keeping import Watch
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import NotFound, Refused
from ocgdesk.i18n import _
from ocgdesk.store import watching
from ocgdesk.store.reader import Reader
from ocgdesk.store.watching import Heard
from ocgdesk.store.work import Work

LONGEST_DAYS = 366
"""A watch is looked at again after a year at the latest (local default)."""
USUAL_DAYS = 28
SHORTEST = 3
"""Letters and digits a watch must have: fewer fit half the register."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One saved search of a user: what it looks for, and whether it speaks up now."""

    watch: Watch
    kinds: tuple[Kind, ...]
    nearly: bool
    is_set: bool
    """Whether it speaks up today: not switched off, not expired."""
    times: int
    """How often it has spoken up about what the user may still see."""
    new: int
    """How many of these they have not looked at."""


def keep(
    work: Work,
    text: str,
    *,
    today: date,
    alerts: bool = False,
    reason: str = "",
    expires: date | None = None,
    kinds: Iterable[Kind] = (),
    nearly: bool = True,
) -> Watch:
    """Save a search of this user; with ``alerts`` it is a watch and speaks up when it is met.

    Only they can see it: what somebody watches may tell of records others may not know of.
    Raises Refused where a watch has no reason or no day within a year on which it ends.
    """
    words = " ".join(text.split())
    check(words, alerts=alerts, reason=reason, expires=expires, today=today)
    owner = work.user.id
    watch = Watch(
        text=words,
        user=owner,
        alerts=alerts,
        reason=reason.strip(),
        expires=expires if alerts else None,
        spec=watching.spec_text(kinds, nearly=nearly),
        restricted_to=frozenset({owner}),
    )
    return _put(work, watch)


def check(text: str, *, alerts: bool, reason: str, expires: date | None, today: date) -> None:
    """Raise Refused where a search cannot be kept so, saying what is needed."""
    if sum(c.isalnum() for c in Typed(text).packed) < SHORTEST:
        raise Refused(_("A saved search needs at least {n} letters or digits").format(n=SHORTEST))
    if alerts:
        _check_watch(reason, expires, today)


def set_until(work: Work, id_: UUID, *, reason: str, expires: date, today: date) -> Watch:
    """Let a saved search speak up from now on, or a watch go on until another day."""
    watch = _own(work, id_)
    check(watch.text, alerts=True, reason=reason, expires=expires, today=today)
    return _put(work, replace(watch, alerts=True, reason=reason.strip(), expires=expires))


def silence(work: Work, id_: UUID) -> Watch:
    """Let a watch be a saved search only."""
    return _put(work, replace(_own(work, id_), alerts=False, expires=None))


def drop(work: Work, id_: UUID) -> None:
    """Take a saved search out."""
    work.remove(_own(work, id_))


def mine(reader: Reader, *, today: date) -> list[Kept]:
    """Return the saved searches and watches of this user, the newest first."""
    times = watching.heard(reader)
    return [_kept(watch, times, today) for watch in watching.mine(reader)]


def of_user(reader: Reader) -> list[Watch]:
    """Return the saved searches and watches of this user, the newest first."""
    return watching.mine(reader)


def heard(
    reader: Reader, watches: Collection[UUID] = (), *, limit: int = 200, look: bool = False
) -> list[Heard]:
    """Return the times this user's watches spoke up, newest first; ``look`` notes it as seen."""
    found = watching.heard(reader, watches, limit=limit)
    if look and any(one.is_new for one in found):
        watching.looked(reader)
    return found


def unheard(reader: Reader) -> list[Heard]:
    """Return the times this user's watches spoke up that they have not looked at."""
    return [one for one in watching.heard(reader) if one.is_new]


def _kept(watch: Watch, times: Collection[Heard], today: date) -> Kept:
    kinds, nearly = watching.spec(watch.spec)
    own = [one for one in times if one.watch == watch.id]
    return Kept(
        watch=watch,
        kinds=kinds,
        nearly=nearly,
        is_set=watch.alerts and (watch.expires is None or watch.expires >= today),
        times=len(own),
        new=sum(one.is_new for one in own),
    )


def _own(work: Work, id_: UUID) -> Watch:
    watch = work.get(Watch, id_)
    if watch.user != work.user.id:
        raise NotFound(_("There is no such saved search"))
    return watch


def _put(work: Work, watch: Watch) -> Watch:
    saved = work.put(watch)[0]
    assert isinstance(saved, Watch)  # noqa: S101 - what is put comes back as its own kind
    return saved


def _check_watch(reason: str, expires: date | None, today: date) -> None:
    if not reason.strip():
        raise Refused(_("Say why you watch for this; the reason is kept"))
    if expires is None:
        raise Refused(_("A watch needs a day on which it ends, within a year"))
    if expires < today:
        raise Refused(_("The watch would have ended already; choose a day to come"))
    if (expires - today).days > LONGEST_DAYS:
        raise Refused(_("A watch ends within a year; it can be set again then"))
