"""Changing records without a window: ``add``, ``edit``, ``link``, ``remove``."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.session import Way
from ocgdesk.domain.kinds import MARKS, Kind
from ocgdesk.errors import Refused
from ocgdesk.i18n import _, ngettext

if TYPE_CHECKING:
    from ocgdesk.domain.changes import ChangeSet
    from ocgdesk.domain.people import Right
    from ocgdesk.domain.things import Entity, Thing
    from ocgdesk.store.work import Work
    from ocgdesk.store.workspace import Workspace

_MADE_ELSEWHERE = {
    *(Kind.LINK, Kind.MEMBERSHIP, Kind.ATTRIBUTION, Kind.ASSERTION, Kind.PLACEMENT),
    *(Kind.CHART, Kind.CHART_VERSION, Kind.PLAN, Kind.OBJECTIVE, Kind.ACTION, *MARKS),
}
KINDS = tuple(kind.value for kind in Kind if kind not in _MADE_ELSEWHERE)
_PLANS = frozenset({Kind.PLAN, Kind.OBJECTIVE, Kind.ACTION})


@click.command()
@session.edits
@click.argument("kind", metavar="KIND", type=click.Choice(KINDS))
@click.argument("fields", metavar="FIELD=VALUE...", nargs=-1, required=True)
@click.option("--owner", default="", metavar="REF", help="The record that it hangs on.")
@click.option("--restricted", is_flag=True, help="Closed from the start to all but you and --to.")
@click.option("--to", "names", multiple=True, help="With --restricted: who may know of it too.")
def add(
    way: Way, kind: str, fields: Sequence[str], owner: str, *, json_: bool, **more: Any
) -> None:
    """Add a record of one KIND. Fields are named as --json names them, lists have commas.

    Codes are as in --json too; identifiers are SCHEME:VALUE, --owner says what it hangs on.
    """
    from ocgdesk.casework import filing, records, typed
    from ocgdesk.domain.kinds import SUBRECORDS
    from ocgdesk.domain.registry import class_of

    if more["names"] and not more["restricted"]:
        raise click.UsageError(_("--to goes with --restricted"))
    wanted, reason = Kind(kind), more["reason"]
    with way.opened() as workspace:
        with workspace.reading() as reader:
            said = [*fields, *([f"owner={owner}"] if owner else [])]
            values = typed.values(reader, wanted, said, today=session.today())
        new = _made(wanted, class_of(wanted), values)
        with workspace.work(_act(_("Add {kind}"), wanted), reason=reason) as done:
            if more["restricted"]:
                new = _closed(workspace, done.work, new, more["names"], reason)
            if wanted in SUBRECORDS:
                saved = filing.file(done.work, new, today=session.today())
            else:
                saved = records.create(done.work, new)
    _tell(_("Added {ref}"), saved, done.changes, json_=json_)


def _closed(
    workspace: "Workspace", work: "Work", new: "Entity", names: Sequence[str], reason: str
) -> "Entity":
    from ocgdesk.casework import access, restricting

    users = [access.find_user(workspace, name).id for name in names]
    return restricting.closed_from_the_start(work, new, users, reason)


def _made(kind: Kind, cls: type[Any], values: dict[str, Any]) -> "Entity":
    from ocgdesk.domain.reference_data import label

    try:
        made: Entity = cls(**values)
    except TypeError:
        told = _("{kind} needs more fields than these")
        raise Refused(told.format(kind=label("kinds", kind.value))) from None
    return made


@click.command()
@session.edits
@click.argument("ref")
@click.argument("fields", metavar="FIELD=VALUE...", nargs=-1, required=True)
def edit(way: Way, ref: str, fields: Sequence[str], reason: str, *, json_: bool) -> None:
    """Change fields of the record REF, or of the link with this id; FIELD= empties one."""
    from ocgdesk.casework import records, typed
    from ocgdesk.domain.kinds import Base

    with way.opened() as workspace:
        with workspace.reading() as reader:
            before = typed.thing(reader, ref)
            values = typed.values(reader, before.kind, fields, today=session.today())
        change = records.edit_link if before.base is Base.LINK else records.edit
        label, right = _act(_("Edit {kind}"), before.kind), _right(before.kind)
        with workspace.work(label, right=right, reason=reason) as done:
            saved = change(done.work, before.id, values, version=before.version)
    _tell(_("Changed {ref}"), saved, done.changes, json_=json_)


@click.command()
@session.edits
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.argument("fields", metavar="[FIELD=VALUE]...", nargs=-1)
@click.option("--type", "type_", default="", help="A code of the list of link types.")
@click.option("--strength", default="", help="confirmed, unconfirmed or tentative.")
def link(way: Way, a: str, b: str, fields: Sequence[str], reason: str, **more: Any) -> None:
    """Link the records A and B; the type decides whether it is a membership or an attribution."""
    from ocgdesk.casework import records, typed

    json_, today = more["json_"], session.today()
    short = {"type": more["type_"], "strength": more["strength"]}
    said = [*fields, *(f"{name}={value}" for name, value in short.items() if value)]
    with way.opened() as workspace:
        with workspace.reading() as reader:
            new = typed.new_link(reader, a, b, said, today=today)
        with workspace.work(_act(_("Add {kind}"), new.kind), reason=reason) as done:
            saved = records.link(done.work, new)
    _tell(_("Linked: {ref}"), saved, done.changes, json_=json_)


@click.command()
@session.edits
@click.argument("refs", metavar="REF...", nargs=-1, required=True)
def remove(way: Way, refs: Sequence[str], reason: str, *, json_: bool) -> None:
    """Take records out with all that hangs on them, or links by their ids; undo brings all back."""
    from ocgdesk.casework import records, typed
    from ocgdesk.domain.kinds import Base

    with way.opened() as workspace:
        with workspace.reading() as reader:
            things = [typed.thing(reader, ref) for ref in refs]
        label = _act(_("Remove {kind}"), things[0].kind)
        with workspace.work(label, right=_right(things[0].kind), reason=reason) as done:
            for thing in things:
                records.may_edit(done.work, thing.kind)
            records.unlink(done.work, [t.id for t in things if t.base is Base.LINK])
            entities = [t.id for t in things if t.base is not Base.LINK]
            if entities:
                records.remove(done.work, entities, reason)
    if json_:
        output.as_json({"removed": [_ref(t) for t in things], **_numbers(done.changes)})
        return
    told = ngettext(
        "Removed {n:,} record or link", "Removed {n:,} records and links", n := len(done.changes)
    )
    output.say(told.format(n=n))


def _tell(told: str, saved: "Thing", changes: "ChangeSet", *, json_: bool) -> None:
    from ocgdesk.casework import present

    if json_:
        output.as_json(present.plain(saved) | _numbers(changes))
    elif not changes:
        output.say(_("Nothing changed: {ref} is so already").format(ref=_ref(saved)))
    else:
        output.say(told.format(ref=_ref(saved)))


def _numbers(changes: "ChangeSet") -> dict[str, int | None]:
    return {"seq": changes.seq or None, "changed": len(changes)}


def _ref(thing: "Thing") -> str:
    return str(getattr(thing, "ref", "") or thing.id)


def _act(words: str, kind: Kind) -> str:
    from ocgdesk.domain.reference_data import label

    word = label("kinds", kind.value)
    return words.format(kind=word if word[1:2].isupper() else word.lower())


def _right(kind: Kind) -> "Right":
    from ocgdesk.domain.people import Right

    return Right.PLAN if kind in _PLANS else Right.EDIT
