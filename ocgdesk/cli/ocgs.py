"""An OCG's life without a window: nominate, check, move, tier, assign."""

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.session import Way, on_workspace
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from datetime import date

    from ocgdesk.casework.ocgs import Given
    from ocgdesk.domain.changes import ChangeSet
    from ocgdesk.domain.entities import Ocg
    from ocgdesk.store.reader import Reader


@click.group()
def ocg() -> None:
    """Nominate, check, move, tier, assign or assess an OCG; REF says which."""


def _given(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command what is said with a decision, as one dictionary."""

    @click.option("--reason", default="", help="Why; kept on the record and in the journal.")
    @click.option("--decision-maker", default="", help="Who decided it.")
    @click.option("--meeting", default="", help="Where it was decided.")
    @click.option("--decided", default="", help="The day; today if left out.")
    @wraps(command)
    def run(**rest: Any) -> Any:
        names = ("reason", "decision_maker", "meeting", "decided")
        return command(given={name: rest.pop(name) for name in names}, **rest)

    return run


@ocg.command()
@on_workspace
@click.argument("name")
@click.argument("fields", metavar="[FIELD=VALUE]...", nargs=-1)
@click.option("--member", "members", multiple=True, metavar="REF", help="A nominal in it.")
@session.as_json_option
def nominate(
    way: Way, name: str, *, fields: tuple[str, ...], members: tuple[str, ...], json_: bool
) -> None:
    """Nominate a group called NAME; say what of the statutory definition it does not show.

    Fields are named as --json names them: primary_crime=DRG offences=… benefit=…
    """
    from ocgdesk.casework import ocgs, present, typed
    from ocgdesk.domain.entities import Ocg
    from ocgdesk.domain.kinds import Kind

    today = session.today()
    with way.opened() as workspace:
        with workspace.reading() as reader:
            values = typed.values(reader, Kind.OCG, fields, today=today)
            people = [one(reader, ref, Kind.NOMINAL) for ref in members]
        with workspace.work("Nominate OCG") as done:
            made = ocgs.nominate(done.work, Ocg(**(values | {"name": name})), people)
        with workspace.reading() as reader:
            lacking = ocgs.check(reader, made, today)
    if json_:
        output.as_json(present.plain(made) | numbers(done.changes) | {"lacking": _lacking(lacking)})
        return
    output.say(_("Nominated {ref}").format(ref=made.ref))
    _say_check(lacking)


@ocg.command()
@on_workspace
@click.argument("ref")
@session.as_json_option
def check(way: Way, ref: str, *, json_: bool) -> None:
    """Say what of the statutory definition the OCG REF does not show; it only warns."""
    from ocgdesk.casework import ocgs, present
    from ocgdesk.domain.entities import Ocg
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.store import records

    with way.opened() as workspace, workspace.reading() as reader:
        id_ = one(reader, ref, Kind.OCG)
        lacking = ocgs.check(reader, reader.get(Ocg, id_), session.today())
        brief = records.brief(reader, id_)
        reader.saw("Check definition", [brief.no])
    if json_:
        output.as_json(present.brief(brief) | {"lacking": _lacking(lacking)})
        return
    _say_check(lacking)


@ocg.command()
@on_workspace
@click.argument("ref")
@click.argument("status", metavar="[STATUS]", required=False)
@_given
@click.option("--archive-reason", default="", help="A code of the list of archive reasons.")
@click.option("--trigger", default="", help="What would re-activate it.")
@click.option("--into", default="", metavar="REF", help="The OCG it goes on as.")
@click.option("--take-back", is_flag=True, help="Take the merge into another back.")
@session.as_json_option
def move(
    way: Way,
    ref: str,
    status: str | None,
    *,
    given: dict[str, str],
    archive_reason: str,
    trigger: str,
    into: str,
    take_back: bool,
    json_: bool,
) -> None:
    """Move the OCG REF to another STATUS; without one, say what it can become and what it needs."""
    from functools import partial

    from ocgdesk.casework import archiving, ocgs
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.domain.reference_data import code_list

    today = session.today()
    if not status and not take_back:
        _say_moves(way, ref, json_=json_)
        return
    with way.opened() as workspace:
        with workspace.reading() as reader:
            id_ = one(reader, ref, Kind.OCG)
            successor = one(reader, into, Kind.OCG) if into else None
        said = _said(
            given,
            today,
            archive_reason=code_list("archive-reasons").parse(archive_reason)
            if archive_reason
            else "",
            trigger=trigger,
            successor=successor,
        )
        if take_back:
            act = partial(ocgs.take_back_merge, id_=id_, given=said, today=today)
        else:
            code = code_list(ocgs.STATUSES).parse(str(status))
            act = partial(ocgs.move, id_=id_, status=code, given=said, today=today)
        with workspace.work("Move OCG") as done:
            saved = act(done.work)
        with workspace.reading() as reader:
            missing = archiving.doubts(reader, id_) if saved.status == "archived" else ()
    _tell_status(saved, done.changes, missing, json_=json_)


@ocg.command()
@on_workspace
@click.argument("ref")
@click.argument("tier")
@_given
@click.option("--review", default="", help="The next review; by tier if left out.")
@session.as_json_option
def tier(way: Way, ref: str, *, tier: str, given: dict[str, str], review: str, json_: bool) -> None:
    """Set the TIER of the OCG REF, with its reason, and when it is reviewed next."""
    from ocgdesk.casework import ocgs, present
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.domain.reference_data import code_list

    today = session.today()
    with way.opened() as workspace:
        with workspace.reading() as reader:
            id_ = one(reader, ref, Kind.OCG)
        code, said = code_list("tiers").parse(tier), _said(given, today)
        with workspace.work("Set tier") as done:
            saved = ocgs.set_tier(
                done.work, id_, code, said, today=today, review_due=session.day_of(review)
            )
    if json_:
        output.as_json(present.plain(saved) | numbers(done.changes))
        return
    told = _("{ref}: tier {tier}, next review {day}")
    output.say(told.format(ref=saved.ref, tier=tier.upper(), day=saved.review_due or "–"))


@ocg.command()
@on_workspace
@click.argument("ref")
@click.argument("role", type=click.Choice(("lro", "sio", "sro")))
@click.argument("officer")
@click.option("--from", "start", default="", help="From this day; today if left out.")
@click.option("--agency", default="")
@click.option("--handover", default="", help="With what the one before hands over.")
@click.option("--beside", is_flag=True, help="Keep the SIO there is.")
@session.as_json_option
def assign(
    way: Way,
    ref: str,
    role: str,
    officer: str,
    *,
    start: str,
    agency: str,
    handover: str,
    beside: bool,
    json_: bool,
) -> None:
    """Give the OCG REF an LRO, SIO or SRO from a day on; the one before hands over.

    OFFICER is the name of a user of this workspace, or of anybody else.
    """
    from ocgdesk.casework import ocgs, present
    from ocgdesk.domain.dates import PartialDate
    from ocgdesk.domain.entities import Assignment
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.domain.reference_data import code_list

    day = session.day_of(start) or session.today()
    with way.opened() as workspace:
        user = next((u for u in workspace.users() if officer in {u.name, u.display}), None)
        new = Assignment(
            role=role,
            officer=user.display if user else officer,
            user=user.id if user else None,
            agency=code_list("agencies").parse(agency) if agency else "",
            start=PartialDate.of(day),
        )
        with workspace.reading() as reader:
            id_ = one(reader, ref, Kind.OCG)
        with workspace.work("Assign") as done:
            saved = ocgs.assign(done.work, id_, new, handover=handover, beside=beside)
    if json_:
        output.as_json(present.plain(saved) | numbers(done.changes))
        return
    output.say(_("{role}: {officer} from {day}").format(
        role=role.upper(), officer=saved.officer, day=day
    ))  # fmt: skip


# ---- Told ---------------------------------------------------------------------------------------


def _say_moves(way: Way, ref: str, *, json_: bool) -> None:
    from ocgdesk.casework import ocgs, present
    from ocgdesk.domain import moves
    from ocgdesk.domain.entities import Ocg
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.domain.reference_data import label

    with way.opened() as workspace, workspace.reading() as reader:
        ocg_ = reader.get(Ocg, one(reader, ref, Kind.OCG))
    found = moves.allowed(ocgs.STATUSES, ocg_.status)
    if json_:
        said = [{"move": m.code, "to": m.to, "needs": list(m.needs)} for m in found]
        output.as_json(present.plain(ocg_) | {"moves": said})
        return
    output.say(f"{ocg_.ref}  {label(ocgs.STATUSES, ocg_.status)}")
    rows = [
        (m.label, m.to, ", ".join(label("move-needs", need) for need in m.needs)) for m in found
    ]
    output.table((_("Move"), _("To"), _("Needs")), rows)


def _tell_status(
    saved: "Ocg", changes: "ChangeSet", missing: Sequence[str] = (), *, json_: bool
) -> None:
    from ocgdesk.casework import ocgs, present
    from ocgdesk.domain.reference_data import label

    if json_:
        output.as_json(present.plain(saved) | numbers(changes) | {"warnings": list(missing)})
        return
    output.say(f"{saved.ref}: {label(ocgs.STATUSES, saved.status)}")
    for words in missing:
        output.say(_("Warning: {words}").format(words=words))


def _say_check(lacking: Iterable[Any]) -> None:
    found = list(lacking)
    if not found:
        output.say(_("The record shows the statutory definition (Serious Crime Act 2015, s.45)"))
    for one in found:
        output.say(_("Warning: {words}").format(words=one.words))


def _lacking(found: Iterable[Any]) -> list[dict[str, str]]:
    return [{"part": one.part, "words": one.words} for one in found]


def numbers(changes: "ChangeSet") -> dict[str, int | None]:
    """Return what --json says of an act: its entry in the journal, and how many things changed."""
    return {"seq": changes.seq or None, "changed": len(changes)}


def _said(given: dict[str, str], today: "date", **more: Any) -> "Given":
    from ocgdesk.casework.ocgs import Given

    return Given(
        reason=given["reason"],
        decision_maker=given["decision_maker"],
        meeting=given["meeting"],
        decided=session.day_of(given["decided"]) or today,
        **more,
    )


def one(reader: "Reader", ref: str, kind: Any = None) -> UUID:
    """Return the record that is meant; Refused where it is of another kind than is asked for."""
    from ocgdesk.domain.reference_data import label
    from ocgdesk.store import records

    found = records.resolve(reader, ref)
    if kind is not None and found.kind is not kind:
        told = _("{ref} is no {kind}")
        raise Refused(told.format(ref=ref[:60], kind=label("kinds", kind.value)))
    return found.id
