"""Returns on their way out: a table or a paper, marked, journalled, written whole."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from ocgdesk.casework import exports, returns
from ocgdesk.casework.exports import Printed
from ocgdesk.casework.files import ending_of
from ocgdesk.casework.return_wishes import Wish
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.people import Right
from ocgdesk.domain.returns import (
    Layout,
    Line,
    Return,
    change_words,
    number_words,
    share_words,
)
from ocgdesk.domain.units import symbol
from ocgdesk.exchange.writers import (
    PageOut,
    RowOut,
    WordsOut,
    write_csv,
    write_json,
    write_xlsx,
)
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, silent
from ocgdesk.reports.document import (
    Block,
    Document,
    Facts,
    Heading,
    Paragraph,
    Picture,
    Table,
    Tone,
)
from ocgdesk.reports.paper_writers import WRITERS
from ocgdesk.store.workspace import Workspace

_MOST_UPRIGHT: Final = 7
"""Columns of figures on a page that stands."""
_MANY: Final = 7
FORMATS: Final = ("csv", "xlsx", *WRITERS, "json")


def format_of(path: Path) -> str:
    """Return the format a file's ending names; Refused for any other."""
    return ending_of(path, FORMATS, _("A return is written as {known}"))


def headings(made: Return) -> tuple[str, ...]:
    """Return the titles of the columns as they are printed, the change or the share last."""
    match made.definition.layout:
        case Layout.PERIODS if made.before is not None:
            last: tuple[str, ...] = (_("Change"),)
        case Layout.ONE:
            last = (_("Share"),)
        case _:
            last = ()
    counted = {block.count.kind for block in made.definition.blocks}
    of_activity = counted & {Kind.DISRUPTION, Kind.OUTCOME}
    first = _("Activity or outcome") if of_activity else _("What is counted")
    return (first, *made.columns, *last)


def words_of(line: Line) -> str:
    """Return the label of a row with its unit, where it is not a plain count."""
    sign = symbol(line.unit, line.label)
    return f"{line.label}, {sign}" if sign else line.label


def printed_cells(made: Return, line: Line) -> tuple[str, ...]:
    """Return a row as it is printed; blanks stay blank."""
    cells = tuple(number_words(one.value) for one in line.figures)
    return (words_of(line), *cells, *_last(made, line))


def _last(made: Return, line: Line) -> tuple[str, ...]:
    if made.definition.layout is Layout.ONE:
        return (share_words(line.shares[0]) if line.shares else "",)
    if made.definition.layout is Layout.PERIODS and made.before is not None:
        return (change_words(line.change),)
    return ()


def _typed_cells(made: Return, line: Line) -> list[object]:
    """Return a row with its numbers as numbers, so that a sheet can add them up."""
    values = [None if one.value is None else round(one.value, 4) for one in line.figures]
    return [words_of(line), *(_whole(value) for value in values), *_last(made, line)]


def _whole(value: float | None) -> object:
    return int(value) if value is not None and value == int(value) else value


def basis(made: Return) -> tuple[str, ...]:
    """Return what stands beneath the figures: population, filters, as at, notes, fixed line."""
    filters = [f"{name}: {value}" for name, value in made.filters]
    as_at = _("As at {moment}").format(moment=made.as_at)
    source = (made.definition.source,) if made.definition.source else ()
    return (*made.basis, *filters, as_at, *made.notes, *source)


def basis_words(made: Return) -> str:
    """Return what stands beneath the figures as one paragraph, a sentence each."""
    return " ".join(one if one.endswith(".") else f"{one}." for one in basis(made))


def document(
    made: Return,
    said: Printed,
    marking: Marking,
    day: datetime,
    figures: Sequence[Picture] = (),
) -> Document:
    """Set a return out as a paper, its figure above its tables where there is one."""
    period = made.period.words if made.period else ""
    number = _("Definition {n}").format(n=made.definition.number)
    return Document(
        title=_(made.definition.title),
        subtitle=" · ".join(part for part in (period, number) if part),
        marking=marking.banner,
        synthetic=said.synthetic,
        author=said.author,
        day=day.date(),
        foot=f"{_(made.definition.title)} · {said.made}",
        facts=exports.facts(said, exports.banner(marking, synthetic=said.synthetic), made.as_at),
        is_wide=lies(made),
        blocks=tuple(_blocks(made, figures)),
    )


def lies(made: Return) -> bool:
    """Tell whether the paper of a return lies: for more columns than stand side by side upright."""
    return len(made.columns) > _MOST_UPRIGHT


def tables(made: Return) -> Iterator[Block]:
    """Yield each block of a return as a heading with its table."""
    titles = headings(made)
    first = 0.4 if len(titles) < _MANY else 0.3
    widths = (first, *([(1 - first) / (len(titles) - 1)] * (len(titles) - 1)))
    for section in made.sections:
        yield Heading(section.title, 2, _sources(made, section.title))
        rows = tuple(printed_cells(made, line) for line in section.lines)
        values = tuple(tuple(_typed_cells(made, line)) for line in section.lines)
        yield Table(titles, rows, widths, values)


def _sources(made: Return, title: str) -> str:
    """Return what the rows under a heading are, for whoever shows them on a slide."""
    period = made.period.words if made.period and made.definition.dated else ""
    head = " · ".join(filter(None, (_(made.definition.title), title, period)))
    return f"{head}. {basis_words(made)}"


def _blocks(made: Return, figures: Sequence[Picture]) -> Iterator[Block]:
    yield from figures
    yield from tables(made)
    yield Heading(_("What is counted"), 2)
    if made.filters:
        yield Facts(made.filters)
    yield Paragraph(basis_words(made), Tone.QUIET)


def plain(made: Return) -> dict[str, Any]:
    """Return a return as JSON holds it: codes, numbers, None for a blank."""
    period, before = made.period, made.before
    return {
        "return": made.definition.code,
        "title": made.definition.title,
        "definition": made.definition.number,
        "from": period.start if period else None,
        "to": period.end if period else None,
        "before": {"from": before.start, "to": before.end} if before else None,
        "columns": list(made.columns),
        "items": [
            _plain_line(section.title, line) for section in made.sections for line in section.lines
        ],
        "as_at": made.as_at,
        "filters": dict(made.filters),
        "basis": list(made.basis),
        "notes": list(made.notes),
        "withheld": None,
    }


def _plain_line(section: str, line: Line) -> dict[str, Any]:
    return {
        "section": section,
        "label": line.label,
        "code": line.code or None,
        "unit": line.unit or None,
        "values": [None if f.value is None else round(f.value, 4) for f in line.figures],
        "records": [f.lines for f in line.figures],
        "change": line.change,
        "shares": list(line.shares),
        "is_total": line.is_total,
        "is_cross_cut": line.is_cross_cut,
    }


def make(
    made: Return,
    kind: str,
    said: Printed,
    *,
    marking: Marking,
    now: datetime,
    figures: Sequence[Picture] = (),
    progress: Progress = silent,
) -> bytes:
    """Return a return as bytes of a format; nothing is written and nothing logged yet.

    ``figures`` stand above its tables where the format is a paper's.
    """
    above = exports.banner(marking, synthetic=said.synthetic)
    head = _("Head of the journal: {head}").format(head=said.head)
    notes = (*basis(made), said.made, head)
    match kind:
        case "csv":
            return write_csv([headings(made), *_rows(made)], (" · ".join((above, *notes)),))
        case "xlsx":
            sheet = PageOut(
                title=_(made.definition.title), headings=headings(made), rows=list(_sheet(made))
            )
            return write_xlsx([sheet], marking=above, notes=notes, progress=progress)
        case "json":
            return write_json(plain(made) | _printed(said, marking))
        case _:
            return WRITERS[kind](document(made, said, marking, now, figures))


def _printed(said: Printed, marking: Marking) -> dict[str, Any]:
    return {"marking": marking.value, "synthetic": said.synthetic, "head": said.head}


def _rows(made: Return) -> Iterator[list[object]]:
    for section in made.sections:
        yield [section.title, *([None] * (len(headings(made)) - 1))]
        for line in section.lines:
            yield _typed_cells(made, line)


def _sheet(made: Return) -> Iterator[RowOut]:
    for section in made.sections:
        yield WordsOut(section.title, is_heading=True)
        yield from (_typed_cells(made, line) for line in section.lines)


def to_file(
    workspace: Workspace,
    wish: Wish,
    path: Path,
    *,
    now: datetime,
    author: str = "",
    recipient: str = "",
    reason: str = "",
    draw: Callable[[Return], Sequence[Picture]] | None = None,
    progress: Progress = silent,
) -> Return:
    """Write a return, its ending saying the format; what left is journalled first.

    ``draw`` makes the figure that a paper of it holds, where one is wanted. It is marked as high
    as the workspace: figures are made of all that is in it. Raises Refused to those who may not
    export, CannotWrite where the file cannot be written.
    """
    workspace.user.need(Right.EXPORT)
    kind = format_of(path)
    said = exports.printed(workspace, now, author=author, filters=wish.filters)
    with workspace.reading(reason) as reader:
        made = returns.make(reader, wish, now=now, progress=progress)
    marking = workspace.about.marking
    figures = draw(made) if draw is not None and kind in WRITERS else ()
    data = make(made, kind, said, marking=marking, now=now, figures=figures, progress=progress)
    leave(workspace, made, path, data, label="Export return", recipient=recipient, reason=reason)
    return made


def leave(
    workspace: Workspace,
    made: Return,
    path: Path,
    data: bytes,
    *,
    label: str,
    recipient: str = "",
    reason: str = "",
) -> None:
    """Enter in the journal that a return leaves, then write it; CannotWrite where it cannot be."""
    exports.leave(
        workspace, label, data, path, recipient=recipient, reason=reason, **counted(made)
    )  # fmt: skip


def counted(made: Return) -> dict[str, Any]:
    """Return what the journal says of a return that leaves: enough to count it again."""
    period, before = made.period, made.before
    told = {
        "name": made.definition.code,
        "definition": made.definition.number,
        "period": period.words if period else "",
        "days": [period.start.isoformat(), period.end.isoformat()] if period else [],
        "before": [before.start.isoformat(), before.end.isoformat()] if before else [],
        "narrowed": dict(made.narrowed),
        "entry": made.entry,
    }
    return {name: value for name, value in told.items() if value}
