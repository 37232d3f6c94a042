"""The quality of the register: which rules it breaks, and which records break one."""

from typing import TYPE_CHECKING

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.session import Way, on_workspace
from ocgdesk.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ocgdesk.casework.quality import Broken, Standing


@click.command()
@on_workspace
@click.option("--rule", "code", default="", help="List what breaks this rule: a code or words.")
@session.as_json_option
def quality(way: Way, code: str, *, json_: bool) -> None:
    """Count what breaks each quality rule, or list the records that break one."""
    if code:
        _one(way, code, json_=json_)
        return
    from ocgdesk.casework import quality as cases

    with way.opened() as workspace, workspace.reading() as reader:
        found = cases.look(reader, session.today(), session.progress())
        if json_:
            output.items_as_json([cases.plain(standing) for standing in found])
            return
        _print_rules(found)


def _print_rules(found: "Sequence[Standing]") -> None:
    from ocgdesk.domain.quality import WITHHELD
    from ocgdesk.domain.reference_data import label

    headings = (_("Rule"), _("What it is about"), _("Kind"), _("Weight"), _("Broken"), _("Of"))
    rows = [
        (
            standing.rule.code,
            _(standing.rule.words),
            _(label("kinds", standing.rule.kind.value)),
            standing.rule.weight,
            _("off") if standing.broken is None else f"{standing.broken:,}",
            "" if standing.of is None else f"{standing.of:,}",
        )
        for standing in found
    ]
    output.table(headings, rows)
    output.say(_(WITHHELD))


def _one(way: Way, code: str, *, json_: bool) -> None:
    from ocgdesk.casework import quality as cases

    with way.opened() as workspace, workspace.reading() as reader:
        found = cases.broken(reader, code, session.today(), most=None)
        if json_:
            items = [cases.plain_breach(found.rule, row) for row in found.rows]
            output.items_as_json(items, filters={"rule": found.rule.code})
            return
        _print_broken(found)


def _print_broken(found: "Broken") -> None:
    from ocgdesk.casework import quality as cases
    from ocgdesk.domain.quality import WITHHELD
    from ocgdesk.domain.reference_data import label

    output.say(_(found.rule.words))
    if found.rows:
        rows = [
            (row.ref, row.label, _(label("kinds", row.kind.value)), cases.why(found.rule, row))
            for row in found.rows
        ]
        output.table((_("Reference"), _("Record"), _("Kind"), _("Why")), rows)
    n = found.total
    output.say(ngettext("{n:,} breaks the rule", "{n:,} break the rule", n).format(n=n))
    output.say(_(WITHHELD))
