"""Lists that leave the workspace: marked, journalled as disclosed, written whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from ocgdesk.casework import lists, present, reasons, withholding
from ocgdesk.casework.files import ending, ending_of
from ocgdesk.casework.files import write as write_whole
from ocgdesk.casework.lists import Question
from ocgdesk.casework.reasons import Use
from ocgdesk.casework.withholding import Withheld
from ocgdesk.domain.charts import FIXED_LINE
from ocgdesk.domain.dates import shown
from ocgdesk.domain.fields import described_fields
from ocgdesk.domain.marking import Marking, highest
from ocgdesk.domain.people import Right
from ocgdesk.domain.things import Entity, Marked, Thing
from ocgdesk.domain.wire import ENDS
from ocgdesk.exchange.writers import SheetOut, write_csv, write_json, write_xlsx
from ocgdesk.i18n import _, ngettext
from ocgdesk.progress import Progress, silent
from ocgdesk.security import chain
from ocgdesk.store import networks
from ocgdesk.store.journal import Act, Entry
from ocgdesk.store.reader import Reader
from ocgdesk.store.workspace import Workspace

FORMATS = ("csv", "xlsx", "json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What is said on an export besides its rows."""

    synthetic: bool
    made: str
    """By whom and when, in words."""
    head: str
    """The head of the journal it was made at, as printed."""
    author: str = ""
    filters: Mapping[str, Any] = field(default_factory=dict)
    as_at: str | None = None
    named: str = ""
    """Why people recorded as exploited are named; without a reason they are not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A list on its way out: its bytes, its marking, and whose records it holds."""

    data: bytes
    marking: Marking
    rows: int
    subjects: tuple[int, ...]
    """Numbers of the records, for the entry in the journal."""
    restricted: bool = False
    """Whether a restricted record is among them."""


def format_of(path: Path) -> str:
    """Return the format a file's ending names; Refused for any other."""
    return ending_of(path, FORMATS, _("A list is written as {known}"))


def banner(marking: Marking, *, synthetic: bool) -> str:
    """Return the words above and below what leaves."""
    return f"{marking.banner} · {_('SYNTHETIC DATA')}" if synthetic else marking.banner


def printed(
    workspace: Workspace,
    now: datetime,
    *,
    author: str = "",
    filters: Mapping[str, Any] | None = None,
    as_at: str | None = None,
    named: str = "",
) -> Printed:
    """Return what is said on an export of this workspace at this moment."""
    who = author or workspace.user.display
    made = _("Exported by {who}, {day}, {time}")
    return Printed(
        synthetic=workspace.about.synthetic,
        made=made.format(who=who, day=shown(now.date()), time=f"{now:%H:%M}"),
        head=chain.short(workspace.head()[1]),
        author=who,
        filters=filters or {},
        as_at=as_at,
        named=named.strip(),
    )


def facts(said: Printed, above: str, as_at: str = "") -> tuple[tuple[str, str], ...]:
    """Return what a paper that is exported says of itself beneath its title.

    :param above: The marking as it stands on each page.
    :param as_at: The instant it tells of, in words; empty where that is when it was made.
    """
    pairs = (
        (_("As at"), as_at),
        (_("Made"), said.made),
        (_("Marking"), above),
        (_("Journal head"), said.head),
    )
    return tuple(pair for pair in pairs if pair[1])


def make(
    reader: Reader, question: Question, kind: str, said: Printed, progress: Progress = silent
) -> Export:
    """Return a list as bytes of a format; nothing is written and nothing logged yet.

    People recorded as exploited are not named unless a reason was given. Raises Refused for a
    format there is none of, or more rows than a sheet holds.
    """
    hidden = withholding.of(reader, named=bool(said.named), reason=said.named)
    pairs = [(no, hidden.thing(thing)) for no, thing in lists.find(reader, question)]
    things = [thing for _no, thing in pairs]
    marking = highest(lists.markings(reader, things))
    if kind == "json":
        data = write_json(_payload(things, marking, said))
    else:
        wanted = lists.columns(question.kind, brief=False)
        columns = [column for column in wanted if not withholding.stays(column.field)]
        rows = lists.rows(reader, pairs, columns, as_at=question.as_at)
        masks = [_mask(thing, hidden) for thing in things]
        sheet = SheetOut(
            title=_title(question),
            headings=[_(column.heading) for column in columns],
            rows=withholding.cells([column.name for column in columns], rows, masks),
        )
        data = written(sheet, kind, marking, said, progress)
    return Export(
        data=data,
        marking=marking,
        rows=len(pairs),
        subjects=_subjects(reader, pairs),
        restricted=any(isinstance(t, Marked) and t.restricted_to is not None for t in things),
    )


def _mask(thing: Thing, hidden: Withheld) -> frozenset[str]:
    """Return which columns of a row name somebody by an end or an owner."""
    return frozenset(end for end in ENDS[thing.base] if getattr(thing, end) in hidden.names)


def _payload(things: Sequence[Thing], marking: Marking, said: Printed) -> dict[str, Any]:
    return {
        "items": [_plain(thing) for thing in things],
        "as_at": said.as_at,
        "filters": dict(said.filters),
        "withheld": None,
        "exploited_named": bool(said.named),
        "marking": marking.value,
        "synthetic": said.synthetic,
        "note": _(FIXED_LINE),
        "head": said.head,
    }


def _plain(thing: Thing) -> dict[str, Any]:
    stays = {f.name for f in described_fields(type(thing)) if withholding.stays(f)}
    return {name: value for name, value in present.plain(thing).items() if name not in stays}


def written(
    sheet: SheetOut, kind: str, marking: Marking, said: Printed, progress: Progress
) -> bytes:
    """Return a sheet as bytes of a format, with marking and what is said beside its rows."""
    above, notes = banner(marking, synthetic=said.synthetic), _notes(said)
    if kind == "csv":
        # One cell above the header: readers of other people's files take it for a title.
        return write_csv([sheet.headings, *sheet.rows], (" · ".join((above, *notes)),))
    return write_xlsx([sheet], marking=above, notes=notes, progress=progress)


def _title(question: Question) -> str:
    return question.kind.value.replace("-", " ").title()


def _notes(said: Printed) -> tuple[str, ...]:
    asked = [f"{name}: {value}" for name, value in said.filters.items()]
    asked += [_("As at {moment}").format(moment=said.as_at)] if said.as_at else []
    head = _("Head of the journal: {head}").format(head=said.head)
    unnamed = () if said.named else (_(withholding.NOTE),)
    return (_(FIXED_LINE), *unnamed, said.made, *asked, head)


def _subjects(reader: Reader, pairs: lists.Pairs) -> tuple[int, ...]:
    """Return the numbers of the records on a list; of a link those at its ends, and owners."""
    ids = set()
    for _no, thing in pairs:
        ids |= {end for name in ENDS[thing.base] if (end := getattr(thing, name)) is not None}
        ids |= {thing.id} if isinstance(thing, Entity) else set()
    return tuple(networks.numbers(reader, ids).values())


def disclose(
    workspace: Workspace,
    label: str,
    subjects: Sequence[int],
    *,
    recipient: str = "",
    reason: str = "",
    **detail: Any,
) -> None:
    """Enter a disclosure before anything leaves; Refused where the user may not export."""
    workspace.user.need(Right.EXPORT)
    told = {name: value for name, value in (("recipient", recipient),) if value}
    entry = Entry(
        act=Act.DISCLOSURE,
        label=label,
        user=workspace.user.id,
        reason=reason,
        detail=detail | told,
        subjects=tuple(subjects),
    )
    workspace.log(entry)


def to_file(
    workspace: Workspace,
    question: Question,
    path: Path,
    said: Printed,
    *,
    recipient: str = "",
    reason: str = "",
    progress: Progress = silent,
) -> Export:
    """Write a list to a file, its ending saying the format; what left is journalled first.

    Raises Refused to those who may not export and without a reason where one is mandatory,
    CannotWrite where the file cannot be written; no half-written file is left.
    """
    workspace.user.need(Right.EXPORT)
    kind, policy = format_of(path), reasons.of(workspace)
    reasons.check(policy, Use.EXPORT, reason)
    with workspace.reading(reason) as reader:
        made = make(reader, question, kind, said, progress)
    if made.restricted:
        reasons.check(policy, Use.RESTRICTED, reason)
    leave(
        workspace, "Export list", made.data, path, made.subjects,
        recipient=recipient, reason=reason, kind=question.kind.value, rows=made.rows,
        **({"exploited_named": said.named} if said.named else {}),
    )  # fmt: skip
    return made


def leave(
    workspace: Workspace,
    label: str,
    data: bytes,
    path: Path,
    subjects: Sequence[int] = (),
    *,
    recipient: str = "",
    reason: str = "",
    **detail: Any,
) -> Path:
    """Enter in the journal that a file leaves, and in which format; then write it.

    Raises Refused to those who may not export, CannotWrite where it cannot be written.
    """
    told = {"format": ending(path), **detail}
    disclose(workspace, label, subjects, recipient=recipient, reason=reason, **told)
    return write_whole(path, data)


def rows_in_words(count: int) -> str:
    """Return how many rows were written, in words."""
    return ngettext("{n:,} row", "{n:,} rows", count).format(n=count)
