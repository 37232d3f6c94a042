"""The matrix of OCGs on its way out: as a table, marked, journalled, written whole."""

from datetime import datetime
from pathlib import Path
from typing import Final

from ocgdesk.casework import exports, matrix
from ocgdesk.casework.exports import Export, Printed
from ocgdesk.casework.files import ending_of
from ocgdesk.casework.matrix import Matrix, Query
from ocgdesk.domain.charts import FIXED_LINE
from ocgdesk.domain.marking import highest
from ocgdesk.domain.people import Right
from ocgdesk.exchange.writers import SheetOut, write_csv, write_json, write_xlsx
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, silent
from ocgdesk.store.workspace import Workspace

FORMATS: Final = ("xlsx", "csv", "json")


def format_of(path: Path) -> str:
    """Return the format a file's ending names; Refused for any other."""
    return ending_of(path, FORMATS, _("A matrix is written as {known}"))


def rows(found: Matrix) -> list[list[object]]:
    """Return the matrix as rows of counts, each after the OCG's name; empty where nothing is."""
    return [
        [ocg.label, *(_count(found, row, column) for column in range(len(found.ocgs)))]
        for row, ocg in enumerate(found.ocgs)
    ]


def _count(found: Matrix, row: int, column: int) -> object:
    cell = found.cell(row, column) if row != column else None
    if cell is None:
        return ""
    return cell.total or cell.words


def pairs(found: Matrix) -> list[list[object]]:
    """Return one row a pair of OCGs, in words."""
    return [
        [found.ocgs[one].label, found.ocgs[two].label, cell.total, cell.words]
        for (one, two), cell in sorted(found.cells.items())
    ]


def make(found: Matrix, kind: str, said: Printed, progress: Progress = silent) -> Export:
    """Return the matrix as bytes of a format; nothing is written and nothing logged yet."""
    marking = highest(ocg.marking for ocg in found.ocgs)
    above = exports.banner(marking, synthetic=said.synthetic)
    notes = (*found.left_out, _(FIXED_LINE), said.made)
    headings = [_("OCG"), *(ocg.label for ocg in found.ocgs)]
    named = [_("OCG"), _("OCG"), _("Shared"), _("What")]
    match kind:
        case "csv":
            data = write_csv([headings, *rows(found)], (" · ".join((above, *notes)),))
        case "xlsx":
            sheets = [
                SheetOut(title=_("Matrix"), headings=headings, rows=rows(found), turned=True),
                SheetOut(title=_("Pairs"), headings=named, rows=pairs(found)),
            ]
            data = write_xlsx(sheets, marking=above, notes=notes, progress=progress)
        case _:
            data = write_json(plain(found) | {"marking": marking.value, "note": _(FIXED_LINE)})
    return Export(
        data=data,
        marking=marking,
        rows=len(found.cells),
        subjects=tuple(ocg.no for ocg in found.ocgs),
    )


def plain(found: Matrix) -> dict[str, object]:
    """Return the matrix as plain values: OCGs in order, and what each two have in common."""
    return {
        "items": [
            {"id": ocg.id, "ref": ocg.ref, "label": ocg.label, "marking": ocg.marking.value}
            for ocg in found.ocgs
        ],
        "cells": [
            {
                "one": found.ocgs[one].id,
                "two": found.ocgs[two].id,
                "shared": {kind.value: n for kind, n in cell.counts},
                "links": list(cell.links),
                "beneath": list(cell.beneath),
            }
            for (one, two), cell in sorted(found.cells.items())
        ],
        "left_out": list(found.left_out),
    }


def to_file(
    workspace: Workspace,
    query: Query,
    path: Path,
    *,
    now: datetime,
    author: str = "",
    recipient: str = "",
    reason: str = "",
    progress: Progress = silent,
) -> Export:
    """Write the matrix, its ending saying the format; what left is journalled first.

    Raises Refused to those who may not export, CannotWrite where the file cannot be written.
    """
    workspace.user.need(Right.EXPORT)
    kind = format_of(path)
    said = exports.printed(workspace, now, author=author)
    with workspace.reading(reason) as reader:
        found = matrix.read(reader, query, progress)
    made = make(found, kind, said, progress)
    exports.leave(
        workspace, "Export matrix", made.data, path, made.subjects,
        recipient=recipient, reason=reason, rows=made.rows,
    )  # fmt: skip
    return made
