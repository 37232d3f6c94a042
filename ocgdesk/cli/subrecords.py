"""What hangs on records, without a window: files attached and saved, things ended, decisions."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.session import Way, on_workspace
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.domain.changes import ChangeSet
    from ocgdesk.domain.things import Thing


@click.command()
@session.edits
@click.argument("ref")
@click.argument("path", metavar="INPUT", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--purpose", default="document", show_default=True, help="A code: photograph, …")
@click.option("--source", default="", help="Where the file comes from.")
@click.option("--taken", default="", help="When a picture was taken, as far as it is known.")
def attach(way: Way, ref: str, path: Path, reason: str, *, json_: bool, **said: str) -> None:
    """Keep the file INPUT (up to 50 MB) with the record REF, inside the encrypted workspace.

    Pictures lose their metadata; an exhibit is kept byte for byte.
    """
    from ocgdesk.casework import attachments, typed
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.domain.subrecords import Attachment

    texts = [f"{name}={value}" for name, value in said.items() if value]
    with way.opened() as workspace:
        with workspace.reading() as reader:
            owner = typed.thing(reader, ref)
            values = typed.values(reader, Kind.ATTACHMENT, texts, today=session.today())
        made = attachments.prepare(path, str(values["purpose"]))
        new = Attachment(owner=owner.id, name="", **values)
        with workspace.work("Attach file", reason=reason) as done:
            saved = attachments.attach(done.work, new, made)
    _tell(_("Attached {ref}"), saved, done.changes, json_=json_)


@click.command()
@session.edits
@click.argument("ref", metavar="ID")
def portrait(way: Way, ref: str, reason: str, *, json_: bool) -> None:
    """Let the photograph with this ID stand for its record, on pages and on charts."""
    from ocgdesk.casework import attachments, typed

    with way.opened() as workspace:
        with workspace.reading() as reader:
            found = typed.thing(reader, ref)
        with workspace.work("Choose portrait", reason=reason) as done:
            saved = attachments.choose_portrait(done.work, found.id, version=found.version)
    _tell(_("Portrait: {ref}"), saved, done.changes, json_=json_)


@click.command("save-copy")
@on_workspace
@click.argument("ref", metavar="ID")
@click.option(
    "-o", "--out", "path", type=click.Path(path_type=Path), required=True, help="Where to."
)
@click.option("--recipient", default="", help="Who it is for.")
@click.option("--reason", required=True, help="Why it leaves; kept in the journal.")
def save_copy(way: Way, ref: str, path: Path, recipient: str, reason: str) -> None:
    """Save a copy of the attachment with this ID; that it leaves is logged."""
    from ocgdesk.casework import attachments, typed

    with way.opened() as workspace:
        with workspace.reading() as reader:
            found = typed.thing(reader, ref)
        written = attachments.save_copy(
            workspace, found.id, path, recipient=recipient, reason=reason
        )
    output.say(_("Written: {path}").format(path=written))


@click.command()
@session.edits
@click.argument("ref", metavar="ID")
@click.option("--on", "day", default="today", show_default=True, help="Since when it is over.")
def end(way: Way, ref: str, day: str, reason: str, *, json_: bool) -> None:
    """Say since when a marker, order, custody, involvement or warning is over; it stays on file."""
    from ocgdesk.casework import subrecords, typed
    from ocgdesk.domain import dates

    over = dates.day(day, today=session.today())
    with way.opened() as workspace:
        with workspace.reading() as reader:
            found = typed.thing(reader, ref)
        with workspace.work("End sub-record", reason=reason) as done:
            saved = subrecords.end(done.work, found.id, over, version=found.version)
    _tell(_("Ended {ref}"), saved, done.changes, json_=json_)


@click.command()
@session.edits
@click.argument("ref", metavar="ID")
@click.argument("fields", metavar="FIELD=VALUE...", nargs=-1, required=True)
def supersede(way: Way, ref: str, fields: tuple[str, ...], reason: str, *, json_: bool) -> None:
    """Enter a decision in place of the one with this ID, which stays as it was entered."""
    from ocgdesk.casework import notes, typed
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.domain.subrecords import Decision

    today = session.today()
    with way.opened() as workspace:
        with workspace.reading() as reader:
            found = typed.thing(reader, ref)
            values = typed.values(reader, Kind.DECISION, fields, today=today)
        first: dict[str, Any] = {"title": getattr(found, "title", "")}
        with workspace.work("Supersede decision", reason=reason, undoable=False) as done:
            new = Decision(**(first | values))
            saved = notes.supersede(done.work, found.id, new, today=today)
    _tell(_("Entered {ref}"), saved, done.changes, json_=json_)


def _tell(told: str, saved: "Thing", changes: "ChangeSet", *, json_: bool) -> None:
    from ocgdesk.casework import present

    if json_:
        output.as_json(present.plain(saved) | {"seq": changes.seq, "changed": len(changes)})
    else:
        output.say(told.format(ref=getattr(saved, "ref", "") or saved.id))
