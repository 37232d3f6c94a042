"""The command line: every main job without a window, on the functions the desktop uses."""

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

from ocgdesk import __version__
from ocgdesk.cli import (
    analysing,
    assessing,
    briefing,
    changing,
    chart_keeping,
    charting,
    claiming,
    copies,
    demonstration,
    drawing,
    editing,
    entrance,
    events,
    exporting,
    extracting,
    grouping,
    guiding,
    handing_on,
    handles,
    importing,
    journal,
    ledger,
    lines,
    lists,
    mapping_lines,
    matrix,
    merging,
    ocgs,
    operations,
    paper_templates,
    pathing,
    people,
    plan_reviewing,
    planning,
    product_register,
    quality,
    reading,
    reminding,
    restricting,
    returning,
    searching,
    sharing,
    specs,
    subrecords,
    supposing,
    tasking,
    tasking_lists,
    threat_grid,
    timelining,
)
from ocgdesk.cli import bin as binned
from ocgdesk.cli.doors import Doors
from ocgdesk.errors import Cancelled, DeskError

DEBUG = "OCGDESK_DEBUG"
DONE, REFUSED, WRONG_USAGE = 0, 1, 2
_EXPECTED = (click.ClickException, click.Abort, DeskError, Cancelled, KeyboardInterrupt)

_COMMANDS = (
    *(entrance.new, entrance.open_, entrance.sample),
    *(reading.list_, reading.show, searching.search, searching.watch),
    *(editing.add, editing.edit, editing.link, editing.remove),
    *(subrecords.attach, subrecords.portrait, subrecords.save_copy),
    *(subrecords.end, subrecords.supersede),
    *(binned.bin_, binned.put_back),
    *(restricting.restrict, restricting.restricted, restricting.break_glass),
    *(restricting.mark, restricting.rules),
    *(
        importing.import_,
        extracting.extract,
        specs.specs,
        events.events,
        exporting.export,
        charting.chart,
        chart_keeping.versions,
        drawing.draw,
        matrix.matrix,
        timelining.timeline,
        mapping_lines.map_,
        mapping_lines.boundaries,
    ),
    *(analysing.analyse, grouping.groups),
    *(pathing.path, supposing.whatif, sharing.shared, changing.change),
    *(ocgs.ocg, threat_grid.threat_grid),
    *(handles.handles, handles.handle),
    *(operations.operation, lines.line, lines.dealings, lines.sanitise),
    *(planning.plan, planning.due),
    *(plan_reviewing.review, plan_reviewing.suggest, plan_reviewing.coverage),
    *(merging.duplicates, merging.merge, merging.unmerge, merging.pair),
    *(quality.quality, lists.lists),
    *(handing_on.template, handing_on.hand_over),
    *(tasking.tasking, tasking.meeting, tasking.request),
    *(tasking_lists.caseload, tasking_lists.lros, reminding.remind, reminding.lesson),
    *(briefing.brief, product_register.products_, paper_templates.paper_templates),
    *(claiming.disruption, returning.return_),
    *(journal.history, journal.audit, journal.undo, journal.redo),
    *(people.user, people.passphrase, people.recover),
    *(copies.backup, copies.restore, copies.verify, demonstration.demo),
    guiding.guide_,
)


class _Listed(click.Group):
    """A group whose help lists the commands in the order of the work, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        del ctx
        return list(self.commands)


@click.group(cls=_Listed, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="OCG Desk")
def _ocgdesk() -> None:
    """Map organised crime groups, draw link charts and write 4P plans, offline.

    FILE is a workspace. A REF is a reference such as WMPA1-OCG-2026-0042, an external
    reference, or a label that only one record has. Exit codes: 0 done, 1 refused, 2 wrong usage.
    """


for _command in _COMMANDS:
    _ocgdesk.add_command(_command)
ocgs.ocg.add_command(assessing.assess)
for _command in (ledger.ledger, ledger.attribute, ledger.ground, ledger.move, ledger.steps):
    handles.handle.add_command(_command)


def main(argv: Sequence[str] | None = None, *, doors: Doors | None = None) -> int:
    """Run one command; return 0 where it was done, 1 where refused, 2 for wrong usage.

    Never a traceback for a user's mistake: one line on standard error. ``doors`` lead to the
    window; without them the commands that need one say so.
    """
    _speak_any_language()
    arguments = list(sys.argv[1:] if argv is None else argv)
    return _told(lambda: _run(arguments, doors or Doors()))


def _run(arguments: list[str], doors: Doors) -> int:
    found = _ocgdesk.main(args=arguments, prog_name="ocgdesk", standalone_mode=False, obj=doors)
    return found if isinstance(found, int) else DONE


def _told(run: Callable[[], int]) -> int:
    try:
        return run()
    except click.exceptions.Exit as end:
        return end.exit_code
    except BrokenPipeError:
        return _let_go_of_the_pipe()
    except (Exception, KeyboardInterrupt) as error:
        if os.environ.get(DEBUG) and not isinstance(error, _EXPECTED):
            raise
        wrong_usage = isinstance(error, click.UsageError)
        return _complain(_sentence(error), WRONG_USAGE if wrong_usage else REFUSED)


def _sentence(error: BaseException) -> str:
    if isinstance(error, click.ClickException):
        return _usage(error)
    if isinstance(error, DeskError):
        return str(error)
    if isinstance(error, _EXPECTED):
        return "stopped; nothing was left half done"
    return f"{type(error).__name__}: this is a fault of OCG Desk"


def _complain(sentence: str, code: int) -> int:
    click.echo(f"ocgdesk: {' '.join(sentence.split())}", err=True)
    return code


def _usage(error: click.ClickException) -> str:
    said = error.format_message()
    context: Any = getattr(error, "ctx", None)
    return f"{said} (see {context.command_path} --help)" if context is not None else said


def _let_go_of_the_pipe() -> int:
    """Whoever read the output has seen enough, as ``head`` does; nothing more is written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def _speak_any_language() -> None:
    """Let a terminal that cannot show a letter show another instead of stopping the work."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
