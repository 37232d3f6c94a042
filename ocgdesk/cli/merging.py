"""Duplicates: found, decided on, merged, and taken apart again."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.session import Way, on_workspace
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.pairings import COMPARED
from ocgdesk.i18n import _, ngettext

if TYPE_CHECKING:
    from ocgdesk.casework.duplicates import Pair
    from ocgdesk.store.merges import Merge
    from ocgdesk.store.workspace import Workspace

_KINDS = click.Choice([kind.value for kind in COMPARED])


@click.command()
@on_workspace
@click.option("--kind", type=_KINDS, default=Kind.NOMINAL.value, show_default=True)
@click.option("--limit", type=click.IntRange(min=1), help="So many of the surest.")
@session.as_json_option
def duplicates(way: Way, kind: str, limit: int | None, *, json_: bool) -> None:
    """List pairs of records that may be one, the surest first, with what speaks for and against."""
    from ocgdesk.casework import duplicates as looking

    with way.opened() as workspace, workspace.reading() as reader:
        material = looking.gather(reader, Kind(kind))
        found = looking.compare(material, session.progress())
        pairs = looking.queue(reader, Kind(kind), found, most=limit)
    if json_:
        output.items_as_json([looking.plain(pair) for pair in pairs], filters={"kind": kind})
        return
    headings = (_("Record"), "", _("May be"), "", _("How sure"), _("For"), _("Against"), "")
    output.table(headings, [_row(pair) for pair in pairs])
    told = ngettext("{n:,} pair", "{n:,} pairs", len(pairs)).format(n=len(pairs))
    output.say(told if pairs else _("No pair above the threshold."))


def _row(pair: "Pair") -> tuple[object, ...]:
    from ocgdesk.domain.reference_data import label

    verdict = {"maybe": _("maybe the same")}.get(pair.verdict) or (
        label("pair-verdicts", pair.verdict) if pair.verdict else ""
    )
    return (
        *(pair.one.label, pair.one.ref, pair.other.label, pair.other.ref),
        f"{pair.probability:.0%}",
        "; ".join(pair.reasons_for),
        "; ".join(pair.reasons_against),
        verdict,
    )


@click.command()
@session.edits
@click.argument("kept")
@click.argument("absorbed")
@click.option(
    "--choose",
    multiple=True,
    metavar="FIELD=WHICH",
    help="kept, absorbed or, of several values, both. Repeat for each field.",
)
def merge(
    way: Way, kept: str, absorbed: str, choose: Sequence[str], reason: str, *, json_: bool
) -> None:
    """Make the record ABSORBED part of KEPT, with all that hangs on it.

    Where the two differ in safeguarding or marking this proposes the merge; the same command by
    somebody else agrees to it.
    """
    from ocgdesk.casework import combining, present
    from ocgdesk.domain.pairings import Pairing

    choices = dict(_choice(text) for text in choose) or None
    with way.opened() as workspace:
        one, other = _refs(workspace, kept, absorbed)
        with workspace.work(_("Merge records"), reason=reason) as done:
            made = combining.merge(done.work, one, other, choices, reason)
        seq = done.changes.seq
    if json_:
        output.as_json(present.plain(made) | {"seq": seq})
        return
    proposed = _("Proposed; somebody else has to agree to this merge")
    output.say(
        proposed if isinstance(made, Pairing) else _("Merged into {ref}").format(ref=made.ref)
    )


def _choice(text: str) -> tuple[str, str]:
    name, equals, which = text.partition("=")
    if not equals:
        raise click.UsageError(_("--choose takes FIELD=kept, absorbed or both"))
    return name.strip().replace("-", "_"), which.strip()


def _refs(workspace: "Workspace", *texts: str) -> list[Any]:
    from ocgdesk.store import records

    with workspace.reading() as reader:
        return [records.resolve(reader, text).id for text in texts]


@click.command()
@session.edits
@click.argument("kept")
@click.option("--from", "absorbed", default="", help="Which of several: its old reference.")
@click.option("--list", "listed", is_flag=True, help="Only list the merges, and what came since.")
@click.option(
    "--also", multiple=True, metavar="ID", help="A link or sub-record added since that is its own."
)
def unmerge(
    way: Way,
    kept: str,
    absorbed: str,
    also: Sequence[str],
    reason: str,
    *,
    listed: bool,
    json_: bool,
) -> None:
    """Take the record that was merged into KEPT out again; its links go back to it."""
    from ocgdesk.casework import parting, present

    its_own = [_id(text) for text in also]
    with way.opened() as workspace:
        (one,) = _refs(workspace, kept)
        if listed:
            _list(workspace, one, json_=json_)
            return
        with workspace.work(_("Unmerge records"), reason=reason) as done:
            merge_ = parting.found(done.work.reader, one, absorbed)
            back = parting.unmerge(done.work, merge_, its_own)
        seq = done.changes.seq
    if json_:
        output.as_json(present.plain(back) | {"seq": seq})
        return
    output.say(_("{ref} is a record of its own again").format(ref=back.ref))


def _id(text: str) -> Any:
    from uuid import UUID

    try:
        return UUID(text)
    except ValueError:
        raise click.UsageError(_("--also takes the id of a link or sub-record")) from None


def _list(workspace: "Workspace", kept: Any, *, json_: bool) -> None:
    from ocgdesk.casework import parting, present

    with workspace.reading() as reader:
        held = [(one, parting.added_since(reader, one)) for one in parting.merges_of(reader, kept)]
    if json_:
        items = [
            present.plain(one.absorbed)
            | {"merged": one.at, "seq": one.seq, "since": [present.plain(t) for t in since]}
            for one, since in held
        ]
        output.items_as_json(items)
        return
    rows = [_merge_row(one, len(since)) for one, since in held]
    headings = (_("Reference"), _("What"), _("Merged"), _("Why"), _("Added since"))
    output.table(headings, rows)


def _merge_row(one: "Merge", since: int) -> tuple[object, ...]:
    return (one.absorbed.ref, one.absorbed.label, f"{one.at:%d %b %Y}", one.reason, since)


@click.command()
@session.edits
@click.argument("record")
@click.argument("other", default="")
@click.option("--maybe", "verdict", flag_value="maybe", help="Link them as maybe the same.")
@click.option("--never", "verdict", flag_value="never", help="They are never the same.")
@click.option("--withdraw", "verdict", flag_value="withdraw", help="Take the verdict back.")
@click.option("--shared", "verdict", flag_value="shared", help="RECORD is shared by many.")
def pair(
    way: Way, record: str, other: str, verdict: str | None, reason: str, *, json_: bool
) -> None:
    """Decide on RECORD and OTHER short of merging them, or that many share RECORD."""
    from ocgdesk.casework import verdicts

    if verdict is None:
        raise click.UsageError(_("Say --maybe, --never, --withdraw or --shared"))
    if bool(other) is (verdict == "shared"):
        raise click.UsageError(_("--shared takes one record, the others take two"))
    with way.opened() as workspace:
        ids = _refs(workspace, record, *([other] if other else []))
        with workspace.work(_("Verdict on a pair"), reason=reason) as done:
            if verdict == "withdraw":
                verdicts.withdraw(done.work, *ids)
            else:
                getattr(verdicts, verdict)(done.work, *ids, reason)
    if json_:
        output.as_json({"verdict": verdict, "seq": done.changes.seq})
        return
    output.say(_("Done"))
