"""Why somebody looks: asked as this workspace's policy has it, kept with what was looked at.

This is policy, not statute: what is looked at is logged whether or not a reason is asked for.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from ocgdesk.domain.people import Right
from ocgdesk.errors import Refused
from ocgdesk.i18n import N_, _
from ocgdesk.store import rules
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.store.workspace import Workspace


class Asking(StrEnum):
    """Whether a reason is asked for."""

    MANDATORY = "mandatory"
    PROMPT = "prompt"
    OFF = "off"


class Use(StrEnum):
    """What a reason may be asked for."""

    RESTRICTED = "restricted"
    RECORD = "record"
    SEARCH = "search"
    EXPORT = "export"


Policy = Mapping[Use, Asking]
DEFAULT: Final[Policy] = MappingProxyType(
    {
        Use.RESTRICTED: Asking.MANDATORY,
        Use.RECORD: Asking.OFF,
        Use.SEARCH: Asking.OFF,
        Use.EXPORT: Asking.PROMPT,
    }
)
"""Local default."""
WORDS: Final[Mapping[Asking, str]] = MappingProxyType(
    {
        Asking.MANDATORY: N_("Mandatory"),
        Asking.PROMPT: N_("Asked, may be left empty"),
        Asking.OFF: N_("Not asked"),
    }
)
USES: Final[Mapping[Use, str]] = MappingProxyType(
    {
        Use.RESTRICTED: N_("Opening a restricted record"),
        Use.RECORD: N_("Opening any other record"),
        Use.SEARCH: N_("Searching"),
        Use.EXPORT: N_("Exporting"),
    }
)
LONGEST: Final = 1_000
_RULE: Final = "reason."


class ReasonWanted(Refused):
    """Something is not shown before a reason is given, or before it was asked for."""

    def __init__(self, sentence: str, use: Use, *, mandatory: bool) -> None:
        super().__init__(sentence)
        self.use = use
        self.mandatory = mandatory


def policy(reader: Reader) -> Policy:
    """Return what is asked for in this workspace."""
    return _read(rules.read(reader))


def of(workspace: Workspace) -> Policy:
    """Return what is asked for in an open workspace."""
    with workspace.connection() as connection:
        return _read(rules.of(connection))


def _read(known: Mapping[str, str]) -> Policy:
    return {use: _asking(known.get(_RULE + use.value), DEFAULT[use]) for use in Use}


def _asking(value: str | None, default: Asking) -> Asking:
    return Asking(value) if value in {one.value for one in Asking} else default


def set_policy(workspace: Workspace, wanted: Policy) -> None:
    """Say what is asked for from now on; for administrators, and logged."""
    workspace.user.need(Right.ADMINISTER)
    values = {f"{rules.PREFIX}{_RULE}{use.value}": asking.value for use, asking in wanted.items()}
    workspace.set_values("Set reasons for access", values)


def check_open(reader: Reader, *records: Brief, asked: bool = True) -> None:
    """Raise ReasonWanted where these records may not be opened as they stand.

    That is: without the reason that is mandatory, or before one that may be left empty was
    asked for (``asked`` says that it was). The reader's purpose is the reason.
    """
    if reader.purpose.strip():
        return
    known = policy(reader)
    uses = {Use.RESTRICTED if one.restricted else Use.RECORD for one in records}
    for use in sorted(uses, key=list(Use).index):
        _check(use, known[use], asked=asked)


def check(policy_: Policy, use: Use, reason: str, *, asked: bool = True) -> None:
    """Raise ReasonWanted where a reason is mandatory for this and none is given."""
    if not reason.strip():
        _check(use, policy_[use], asked=asked)


def _check(use: Use, asking: Asking, *, asked: bool) -> None:
    mandatory = asking is Asking.MANDATORY
    if mandatory or (asking is Asking.PROMPT and not asked):
        raise wanted(use, mandatory=mandatory)


def wanted(use: Use, *, mandatory: bool) -> ReasonWanted:
    """Return the refusal that asks for a reason."""
    return ReasonWanted(_(_SENTENCES[use]), use, mandatory=mandatory)


_SENTENCES: Final[Mapping[Use, str]] = MappingProxyType(
    {
        Use.RESTRICTED: N_("This record is restricted: say why you open it; the reason is kept"),
        Use.RECORD: N_("Say why you open this record; the reason is kept"),
        Use.SEARCH: N_("Say why you search; the reason is kept"),
        Use.EXPORT: N_("Say why this is exported; the reason is kept"),
    }
)
