"""Options of ``import`` that say which rows are records of the register already."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ocgdesk.cli.session import FilePath
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.casework.import_proposal import Proposal
    from ocgdesk.casework.import_wishes import Wish
    from ocgdesk.store.reader import Reader

Command = Callable[..., Any]


def deciding_options(command: Command) -> Command:
    """Add the options that decide on rows which may be on the register."""
    options = (
        click.option(
            "--take-as",
            multiple=True,
            metavar="ROW=RECORD",
            help="The row is this record, or another row: 7=NOM-000012, 7=row 5.",
        ),
        click.option("--new", multiple=True, metavar="ROW", help="The row is new after all."),
        click.option(
            "--maybe", multiple=True, metavar="ROW=RECORD", help="New, linked as maybe the same."
        ),
        click.option(
            "--decisions",
            type=FilePath,
            help="Table with the columns Row, Decision (same, new, maybe) and Record.",
        ),
        click.option(
            "--to-decide", type=FilePath, help="Write the rows to decide on as such a table."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def wishes(
    take_as: Sequence[str], new: Sequence[str], maybe: Sequence[str], decisions: Path | None
) -> "list[Wish]":
    """Return what was decided, from the options and the table."""
    from ocgdesk.casework import import_wishes
    from ocgdesk.casework.import_decisions import Verdict
    from ocgdesk.casework.import_wishes import Wish
    from ocgdesk.exchange import intake

    found = [Wish(Verdict.SAME, *_pair(text, "--take-as")) for text in take_as]
    found += [Wish(Verdict.NEW, row) for row in new]
    found += [Wish(Verdict.MAYBE, *_pair(text, "--maybe")) for text in maybe]
    if decisions is not None:
        for table in intake.read_all([decisions]):
            found += import_wishes.read(table)
    return found


def _pair(text: str, option: str) -> tuple[str, str]:
    row, equals, record = text.partition("=")
    if not equals or not record.strip():
        raise click.UsageError(_("{option} takes ROW=RECORD").format(option=option))
    return row.strip(), record.strip()


def decided(reader: "Reader", proposal: "Proposal", made: "Sequence[Wish]") -> "Proposal":
    """Return a proposal with what was decided of its rows."""
    from ocgdesk.casework import import_deciding, import_wishes

    if not made:
        return proposal
    decisions = import_wishes.decisions(reader, proposal, made)
    return import_deciding.applied(reader, proposal, decisions)


def write(path: Path, proposal: "Proposal") -> None:
    """Write the rows that are left to decide on."""
    from ocgdesk.casework import files, import_wishes

    files.write(path, import_wishes.written(proposal))
