"""Handles without a window: their count, what becomes of them, material that may be privileged."""

from typing import TYPE_CHECKING, Any

import click

from ocgdesk.cli import asking, output, session
from ocgdesk.cli.ocgs import numbers, one
from ocgdesk.cli.session import Way, on_workspace
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from ocgdesk.domain.entities import Handle

_reason = click.option("--reason", default="", help="Why; kept with the decision.")


@click.command("handles")
@on_workspace
@click.option("--platform", default="", help="Only of this platform.")
@click.option("--force", default="", help="Only those allocated to this force or agency.")
@click.option("--package", default="", help="Only of this package.")
@session.as_at_option
@session.as_json_option
def handles(way: Way, *, platform: str, force: str, package: str, as_at: str, json_: bool) -> None:
    """Count the handles by what came of them: identified, attributed, not suitable and so on."""
    from ocgdesk.casework import handles as cases
    from ocgdesk.domain.reference_data import code_list

    asked = cases.Asked(
        platform=code_list("platforms").parse(platform) if platform else "",
        agency=code_list("agencies").parse(force) if force else "",
        package=package,
        as_at=asking.moment(as_at),
    )
    with way.opened() as workspace, workspace.reading() as reader:
        found = cases.count(reader, asked)
        reader.saw("Count handles", rows=found.identified)
    if json_:
        items = [{"disposition": c, "label": w, "count": n} for c, w, n in found.lines()]
        said = {"platform": asked.platform, "force": asked.agency, "package": package}
        counts = {code.replace("-", "_"): count for code, _words, count in found.lines()}
        output.as_json(
            {
                "items": items,
                "counts": counts | {"decided": found.decided},
                "as_at": asking.as_at_words(as_at),
                "filters": {name: value for name, value in said.items() if value},
                "withheld": None,
            }
        )
        return
    output.table((_("Handles"), _("Count")), [(words, n) for _c, words, n in found.lines()])
    told = _("{n:,} of {all:,} decided")
    output.say(told.format(n=found.decided, all=found.identified))


@click.group()
def handle() -> None:
    """Work on the handle REF: its ledger, disposition, hand-over, privileged material."""


@handle.command()
@on_workspace
@click.argument("ref")
@click.argument("disposition")
@session.as_json_option
def dispose(way: Way, ref: str, *, disposition: str, json_: bool) -> None:
    """Say what becomes of the handle REF: in-development, attributed, not-suitable or ip-only."""
    from functools import partial

    from ocgdesk.casework import handles as cases
    from ocgdesk.domain.reference_data import code_list

    code = code_list(cases.DISPOSITIONS).parse(disposition)
    act = partial(cases.dispose, disposition=code)
    _do(way, ref, act, label="Set disposition", json_=json_)


@handle.command()
@on_workspace
@click.argument("ref")
@click.argument("sio")
@session.as_json_option
def assign(way: Way, ref: str, *, sio: str, json_: bool) -> None:
    """Give the handle REF to an SIO, by name."""
    from functools import partial

    from ocgdesk.casework import handles as cases

    _do(way, ref, partial(cases.assign, sio=sio), label="Assign handle", json_=json_)


@handle.command("hand-over")
@on_workspace
@click.argument("ref")
@click.argument("agency")
@click.option("--note", default="", help="What went with it, to whom, under which conditions.")
@click.option("--on", "day", default="", help="The day; today if left out.")
@session.as_json_option
def hand_over(way: Way, ref: str, *, agency: str, note: str, day: str, json_: bool) -> None:
    """Hand the handle REF over to another AGENCY, and keep a record of it."""
    from functools import partial

    from ocgdesk.casework import handles as cases
    from ocgdesk.domain.dates import PartialDate
    from ocgdesk.domain.reference_data import code_list

    on = PartialDate.of(session.day_of(day) or session.today())
    to = code_list("agencies").parse(agency)
    act = partial(cases.hand_over, agency=to, note=note, on=on)
    _do(way, ref, act, label="Hand over handle", json_=json_)


@handle.command()
@on_workspace
@click.argument("ref")
@click.option("--with", "names", multiple=True, metavar="USER", help="Who else may see it.")
@_reason
@session.as_json_option
def privileged(way: Way, ref: str, *, names: tuple[str, ...], reason: str, json_: bool) -> None:
    """Flag the handle REF as possibly privileged: only you and those named know of it then.

    It stays restricted until one of those named has reviewed it.
    """
    from functools import partial

    from ocgdesk.casework import access
    from ocgdesk.casework import handles as cases

    with way.opened() as workspace:
        users = [access.find_user(workspace, name).id for name in names]
    act = partial(cases.flag_privileged, users=users, reason=reason)
    _do(way, ref, act, label="Flag privileged", json_=json_)


@handle.command("review-privileged")
@on_workspace
@click.argument("ref")
@click.option("--keep/--open", "keep", required=True, help="Keep it restricted, or open it.")
@_reason
@session.as_json_option
def review_privileged(way: Way, ref: str, *, keep: bool, reason: str, json_: bool) -> None:
    """Say, as somebody else than who flagged it, whether the handle REF stays restricted."""
    from functools import partial

    from ocgdesk.casework import handles as cases

    act = partial(cases.review_privileged, keep=keep, reason=reason)
    _do(way, ref, act, label="Review privilege", json_=json_)


def _do(way: Way, ref: str, act: "Callable[..., Handle]", *, label: str, json_: bool) -> None:
    from ocgdesk.casework import present
    from ocgdesk.domain.kinds import Kind

    with way.opened() as workspace:
        with workspace.reading() as reader:
            id_ = one(reader, ref, Kind.HANDLE)
        with workspace.work(label) as done:
            saved = act(done.work, id_)
    if json_:
        output.as_json(present.plain(saved) | numbers(done.changes))
    else:
        output.say(_told(saved))


def _told(saved: Any) -> str:
    from ocgdesk.domain.reference_data import label

    parts = [saved.ref, label("dispositions", saved.disposition), saved.sio]
    if saved.handed_over:
        to = label("agencies", saved.handed_to)
        parts.append(_("handed over to {agency}").format(agency=to))
    if saved.restricted_to is not None:
        parts.append(_("restricted"))
    return "  ".join(part for part in parts if part)
