"""Free text on the command line: ``extract``."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.session import FilePath, Way, on_workspace
from ocgdesk.errors import Refused
from ocgdesk.i18n import _, ngettext

if TYPE_CHECKING:
    from ocgdesk.casework.extracting import Offer
    from ocgdesk.store.workspace import Workspace

_STDIN = "-"


@click.command()
@on_workspace
@click.argument("text", metavar="TEXT|-", type=FilePath, required=False)
@click.option("--report", default="", metavar="REF", help="The report it is, or is read from.")
@click.option("--take", "taken", type=int, multiple=True, metavar="N", help="Take this find.")
@click.option(
    "--all", "every", is_flag=True, help="Take every find but names: they may be of others."
)
@session.as_json_option
def extract(
    way: Way,
    text: Path | None,
    report: str,
    taken: tuple[int, ...],
    *,
    every: bool,
    json_: bool,
) -> None:
    """Find what a text identifies: numbers, plates, postcodes, handles, names on the register.

    TEXT is a file or - for standard input; without it, the text of --report. Finds are numbered;
    --take joins them to the report, each with its sentence.
    """
    if text is None and not report:
        raise click.UsageError(_("say what to read: a file, - or --report REF"))
    if (taken or every) and not report:
        raise click.UsageError(_("--take joins finds to a report: name it with --report"))
    said = "" if text is None else _read(text)
    with way.opened() as workspace:
        offers = _offers(workspace, said, report)
        done = _take(workspace, offers, report, taken, every=every) if taken or every else 0
    _tell(offers, done, json_=json_)


def _read(path: Path) -> str:
    from ocgdesk.exchange.loading import load

    if str(path) == _STDIN:
        return sys.stdin.read()
    data, _name = load(path)
    if b"\x00" in data[:1000]:
        raise Refused(_("{name} is no plain text").format(name=path.name))
    return data.decode("utf-8-sig", errors="replace")


def _offers(workspace: "Workspace", said: str, report: str) -> "tuple[Offer, ...]":
    from ocgdesk.casework import extracting
    from ocgdesk.domain.entities import Report
    from ocgdesk.store import records

    with workspace.reading("Extract") as reader:
        if report:
            brief = records.resolve(reader, report)
            said = said or reader.get(Report, brief.id).text
        return extracting.look(reader, said, session.today())


def _take(
    workspace: "Workspace",
    offers: "tuple[Offer, ...]",
    report: str,
    taken: tuple[int, ...],
    *,
    every: bool,
) -> int:
    from ocgdesk.casework import extracting
    from ocgdesk.domain.people import Right
    from ocgdesk.store import records

    if any(not 1 <= n <= len(offers) for n in taken):
        raise Refused(_("There are {n} finds").format(n=len(offers)))
    sure = [one for one in offers if one.is_sure] if every else []
    wanted = [*sure, *(offers[n - 1] for n in taken if offers[n - 1] not in sure)]
    with workspace.work("Take finds from text", right=Right.EDIT) as work:
        brief = records.resolve(work.work.reader, report)
        made: dict[str, extracting.Offer] = {}
        for one in wanted:  # said twice in a text, it is one record
            made.setdefault(f"{one.mark.type}:{one.mark.normal.casefold()}", one)
        for one in made.values():
            extracting.take(work.work, one, brief.id)
    return len(made)


def _tell(offers: "tuple[Offer, ...]", done: int, *, json_: bool) -> None:
    from ocgdesk.casework import extracting

    if json_:
        output.as_json({"items": [extracting.plain(one) for one in offers], "taken": done})
        return
    rows = [
        (str(n), one.mark.text, one.words, one.mark.sentence[:70])
        for n, one in enumerate(offers, start=1)
    ]
    output.table(["", _("Found"), _("Register"), _("Sentence")], rows)
    if done:
        told = ngettext("{n} find joined to the report", "{n} finds joined to the report", done)
        output.say(told.format(n=done))
