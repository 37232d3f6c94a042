"""Events beneath a link: calls, messages, sightings. Many of them, so they are kept in columns."""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Self

from ocgdesk.domain.dates import LONDON

DAY_ONLY: Final = 1
"""Of ``Events.flags``: the file gives the day and no time."""
BACKWARDS: Final = 2
"""Of ``Events.flags``: it went from the target of the link to its source."""
UNKNOWN: Final = -1
"""Of ``Events.seconds``: how long it took is not said."""
Key = tuple[int, int, int, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One call, message or sighting."""

    at: datetime
    """In the time zone of the work."""
    day_only: bool = False
    backwards: bool = False
    seconds: int | None = None
    """How long it took."""
    what: str = ""
    """What sort of event, in the words of the file: ``Voice``, ``SMS``."""
    text: str = ""
    """What else the file says of it: a cell site, the words of a message."""
    other: str = ""
    """What the file gives for the other end where that is no number: ``WITHHELD``, ``121``."""
    row: int = 0
    """Of its file, as a spreadsheet counts."""
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """Events of one link, all columns of one length; in order of time once ``in_order``."""

    times: Sequence[int]
    """Seconds since 1970."""
    flags: Sequence[int]
    seconds: Sequence[int]
    whats: Sequence[str]
    texts: Sequence[str]
    rows: Sequence[int]
    others: Sequence[str] = ()
    """Of events whose other end has no number what the file gives for it; empty for the rest."""

    def __len__(self) -> int:
        """How many there are."""
        return len(self.times)

    @property
    def first(self) -> int:
        """The earliest, in seconds since 1970; there must be one."""
        return min(self.times)

    @property
    def last(self) -> int:
        """The latest, in seconds since 1970; there must be one."""
        return max(self.times)

    def keys(self) -> Iterable[Key]:
        """Yield of each what tells it from others; the same event in another file has the same."""
        texts = self.texts
        if self.others:
            texts = [f"{t}\x1f{o}" for t, o in zip(texts, self.others, strict=True)]
        return zip(self.times, self.flags, self.seconds, self.whats, texts, strict=True)

    def event(self, place: int, file: str = "") -> Event:
        """Return one of them in full."""
        flags, seconds = self.flags[place], self.seconds[place]
        return Event(
            at=datetime.fromtimestamp(self.times[place], LONDON),
            day_only=bool(flags & DAY_ONLY),
            backwards=bool(flags & BACKWARDS),
            seconds=None if seconds == UNKNOWN else seconds,
            what=self.whats[place],
            text=self.texts[place],
            other=self.others[place] if self.others else "",
            row=self.rows[place],
            file=file,
        )

    def only(self, places: Sequence[int]) -> Self:
        """Return those at these places, in that order."""
        return type(self)(
            times=array("q", (self.times[n] for n in places)),
            flags=bytes(self.flags[n] for n in places),
            seconds=array("i", (self.seconds[n] for n in places)),
            whats=tuple(self.whats[n] for n in places),
            texts=tuple(self.texts[n] for n in places),
            rows=array("i", (self.rows[n] for n in places)),
            others=tuple(self.others[n] for n in places) if self.others else (),
        )

    def with_more(self, more: Self) -> Self:
        """Return these and others of the same end."""
        return type(self)(
            times=array("q", (*self.times, *more.times)),
            flags=bytes((*self.flags, *more.flags)),
            seconds=array("i", (*self.seconds, *more.seconds)),
            whats=(*self.whats, *more.whats),
            texts=(*self.texts, *more.texts),
            rows=array("i", (*self.rows, *more.rows)),
            others=(*self.others, *more.others),
        )

    def new_beside(self, there: Iterable[Key]) -> Self:
        """Return those that are not there yet; two alike in a file are two where one is there."""
        left = Counter(there)
        if not left:
            return self
        fresh = []
        for place, key in enumerate(self.keys()):
            if left[key] > 0:
                left[key] -= 1
            else:
                fresh.append(place)
        return self if len(fresh) == len(self) else self.only(fresh)


def day_of(seconds: int) -> date:
    """Return the day of an instant in the time zone of the work."""
    return datetime.fromtimestamp(seconds, LONDON).date()
