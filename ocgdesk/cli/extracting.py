"""Free text on the command line: ``extract``."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.session import FilePath, Way, on_workspace
from ocgdesk.errors import Refused
from ocgdesk.i18n import _, ngettext

if TYPE_CHECKING:
    from ocgdesk.casework.extracting import Offer
    from ocgdesk.exchange.running_text import Told
    from ocgdesk.store.workspace import Workspace

_STDIN = "-"


@click.command()
@on_workspace
@click.argument("text", metavar="TEXT|-", type=FilePath, required=False)
@click.option("--report", default="", metavar="REF", help="The report it is, or is read from.")
@click.option(
    "--new-report",
    "title",
    default="",
    metavar="TITLE",
    help="Make a report of the file with what is taken.",
)
@click.option("--grade", default="", help="Of the new report, such as B2P.")
@click.option("--take", "taken", type=int, multiple=True, metavar="N", help="Take this find.")
@click.option(
    "--all", "every", is_flag=True, help="Take every find but names: they may be of others."
)
@session.as_json_option
def extract(
    way: Way,
    *,
    text: Path | None,
    report: str,
    title: str,
    grade: str,
    taken: tuple[int, ...],
    every: bool,
    json_: bool,
) -> None:
    """Find what a text identifies: numbers, plates, postcodes, handles, names on the register.

    TEXT is a plain or Word file or - for standard input; without it, the text of --report. Finds
    are numbered; --take joins them to the report, each with its sentence. A report that is made
    keeps the name and the hash of the file; the same file is not made into two.
    """
    if text is None and not report:
        raise click.UsageError(_("say what to read: a file, - or --report REF"))
    if title and (report or text is None):
        raise click.UsageError(_("--new-report takes a text, and no --report"))
    if (taken or every) and not (report or title):
        raise click.UsageError(_("--take joins finds to a report: name it with --report"))
    said = None if text is None else _read(text)
    with way.opened() as workspace:
        known = _known(workspace, said)
        offers = _offers(workspace, said, report)
        done = 0
        if taken or every or title:
            wanted = _wanted(offers, taken, every=every)
            onto = _Onto(report or known, title, grade, said)
            done = _take(workspace, wanted, onto)
    _tell(offers, done, known, json_=json_)


@dataclass(frozen=True, slots=True)
class _Onto:
    """The report that finds are joined to: one on the register, else one to be made."""

    report: str
    title: str
    grade: str
    said: "Told | None"


def _read(path: Path) -> "Told":
    from ocgdesk.exchange import running_text
    from ocgdesk.exchange.raw import SourceFile

    if str(path) == _STDIN:
        return running_text.Told(SourceFile("", "", 0), sys.stdin.read())
    return running_text.read_text(path)


def _known(workspace: "Workspace", said: "Told | None") -> str:
    """Return the reference of the report that was made of this file before; empty for none."""
    from ocgdesk.casework import extracting

    if said is None or not said.source.sha256:
        return ""
    with workspace.reading("Extract") as reader:
        found = extracting.report_of(reader, said.source)
    return "" if found is None else found.ref or str(found.id)


def _offers(workspace: "Workspace", said: "Told | None", report: str) -> "tuple[Offer, ...]":
    from ocgdesk.casework import extracting
    from ocgdesk.domain.entities import Report
    from ocgdesk.store import records

    with workspace.reading("Extract") as reader:
        text = said.text if said is not None else ""
        if report:
            brief = records.resolve(reader, report)
            text = text or reader.get(Report, brief.id).text
        return extracting.look(reader, text, session.today())


def _wanted(offers: "tuple[Offer, ...]", taken: tuple[int, ...], *, every: bool) -> "list[Offer]":
    """Return the finds to be taken, each once however often a text says it."""
    if any(not 1 <= n <= len(offers) for n in taken):
        raise Refused(_("There are {n} finds").format(n=len(offers)))
    sure = [one for one in offers if one.is_sure] if every else []
    found: dict[str, Offer] = {}
    for one in (*sure, *(offers[n - 1] for n in taken)):
        found.setdefault(f"{one.mark.type}:{one.mark.normal.casefold()}", one)
    return list(found.values())


def _take(workspace: "Workspace", wanted: "list[Offer]", onto: _Onto) -> int:
    from ocgdesk.casework import extracting
    from ocgdesk.domain.entities import Report
    from ocgdesk.domain.people import Right
    from ocgdesk.store import records

    source = onto.said.source if onto.said is not None and onto.said.source.sha256 else None
    with workspace.work("Take finds from text", right=Right.EDIT) as work:
        if onto.report:
            id_ = records.resolve(work.work.reader, onto.report).id
        else:
            text = onto.said.text if onto.said is not None else ""
            new = Report(title=onto.title, grade=onto.grade, text=text)
            id_ = extracting.report(work.work, new, source).id
        for one in wanted:
            extracting.take(work.work, one, id_, source=source)
    return len(wanted)


def _tell(offers: "tuple[Offer, ...]", done: int, known: str, *, json_: bool) -> None:
    from ocgdesk.casework import extracting

    if json_:
        items = [extracting.plain(one) for one in offers]
        output.as_json({"items": items, "taken": done, "report": known or None})
        return
    rows = [
        (str(n), one.mark.text, one.words, one.mark.sentence[:70])
        for n, one in enumerate(offers, start=1)
    ]
    output.table(["", _("Found"), _("Register"), _("Sentence")], rows)
    if known:
        output.say(_("This file is the report {ref} already").format(ref=known))
    if done:
        told = ngettext("{n} find joined to the report", "{n} finds joined to the report", done)
        output.say(told.format(n=done))
