"""Keeping a workspace safe: ``backup``, ``restore``, ``verify``."""

from pathlib import Path

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.session import FilePath, Way, on_workspace
from ocgdesk.errors import Refused
from ocgdesk.i18n import _, ngettext


@click.command()
@on_workspace
@click.argument("dest", type=FilePath)
def backup(way: Way, dest: Path) -> None:
    """Write workspace and keys as one encrypted file; print the head of the journal."""
    from ocgdesk.casework import backups

    if dest.is_dir():
        dest = dest / f"{way.path.stem}{backups.SUFFIX}"
    with way.opened() as workspace:
        head = backups.back_up(workspace, dest, session.progress())
    output.say(_("Backed up to {name}").format(name=dest.name))
    output.say(_("Head of the journal: {head}").format(head=head))


@click.command()
@click.argument("src", type=FilePath)
@click.argument("file", type=FilePath)
def restore(src: Path, file: Path) -> None:
    """Write the backup SRC out as a new workspace FILE with its keys."""
    from ocgdesk.casework import access, backups

    if not src.exists():
        raise Refused(_("There is no file {name}").format(name=src.name))
    path = access.path_of(file)
    backups.restore(src, path)
    output.say(_("Restored as {name}").format(name=path.name))


@click.command()
@on_workspace
@click.option("--head", default="", help="A printed head that must be part of this journal.")
@session.as_json_option
def verify(way: Way, head: str, *, json_: bool) -> int:
    """Check pages, tables, journal, index and keys; exit 1 where anything is wrong."""
    from ocgdesk.casework import checking

    way = way.named()
    told = session.progress()
    verdict = checking.check(way.path, way.user, way.passphrase(), head=head, progress=told)
    if json_:
        items = [{"where": f.where, "what": f.what, "grave": f.grave} for f in verdict.findings]
        output.as_json(
            {"items": items, "whole": verdict.is_whole} | {"entries": verdict.entries}
            | {"head": verdict.head}
        )  # fmt: skip
    else:
        for finding in verdict.findings:
            output.say(f"{finding.where}: {finding.what}")
        if verdict.is_whole:
            told_ = _("Whole: {entries:,} journal entries, head {head}")
            output.say(told_.format(entries=verdict.entries, head=verdict.head))
    if verdict.is_whole:
        return 0
    count = sum(finding.grave for finding in verdict.findings)
    told_ = ngettext("{n} fault in {name}", "{n} faults in {name}", count)
    raise Refused(told_.format(n=count, name=way.path.name))
