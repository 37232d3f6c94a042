"""What the shell shows of the program, given by whoever puts it together."""

from dataclasses import dataclass

from ocgdesk.ui.widgets.values import Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class RailEntry:
    """A place to go. ``count`` only of what the user may see; ``hint`` is a key printed instead."""

    key: str
    title: str
    icon: str
    count: int | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class RailGroup:
    """Places under one caption; the first group may have none."""

    title: str
    entries: tuple[RailEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusPart:
    """One part of the status bar, a button; ``percent`` shows a bar, with a cross to cancel."""

    key: str
    words: str
    icon: str = ""
    tone: Tone = "neutral"
    hint: str = ""
    percent: int | None = None
    can_cancel: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownUser:
    """Somebody who has a key slot in a workspace."""

    name: str
    shown: str
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownWorkspace:
    """A workspace opened on this computer before; ``missing`` when it is not where it was."""

    path: str
    name: str
    marking: str = ""
    synthetic: bool = False
    opened: str = ""
    about: str = ""
    missing: bool = False
    users: tuple[KnownUser, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One result of a search: what it stands for, its words, why it matched.

    ``marks`` and ``second_marks`` are the (start, end) of what matched in the words. ``icon`` is
    a meaning such as ``entity.nominal`` or ``page.chart``.
    """

    value: object
    title: str
    second: str = ""
    icon: str = ""
    why: str = ""
    mono: bool = False
    restricted: bool = False
    marks: tuple[tuple[int, int], ...] = ()
    second_marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """Results of one kind, with how many of how many: ``FoundGroup("Nominals", "2 of 5", …)``."""

    title: str
    count: str
    results: tuple[Found, ...]
