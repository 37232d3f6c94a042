"""Why somebody looks: ``--reason``, asked for at a terminal where the workspace wants one."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import click

from ocgdesk.cli.session import at_terminal
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.casework.reasons import ReasonWanted

T = TypeVar("T")

reason_option = click.option("--reason", default="", help="Why you look; kept in the journal.")


def told(act: Callable[[str, bool], T], reason: str) -> T:
    """Do this with a reason; where one is wanted and somebody is there, ask for it.

    ``act`` is given the reason and whether it was asked for. Raises Refused, naming the option,
    where a reason is mandatory and nobody can be asked.
    """
    from ocgdesk.casework.reasons import ReasonWanted

    try:
        return act(reason, not at_terminal())
    except ReasonWanted as wanted:
        return act(_asked(wanted), True)


def _asked(wanted: "ReasonWanted") -> str:
    if not at_terminal():
        raise Refused(_("{sentence} (--reason)").format(sentence=wanted)) from None
    default = None if wanted.mandatory else ""
    return str(click.prompt(str(wanted), default=default, show_default=False, err=True)).strip()
