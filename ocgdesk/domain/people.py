"""Users of the workspace, their roles, and what each role may do."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from ocgdesk.errors import Refused


class Role(StrEnum):
    """What a user is here as; one user may hold several."""

    ADMINISTRATOR = "administrator"
    ANALYST = "analyst"
    LRO = "lro"
    SIO = "sio"
    COORDINATOR = "coordinator"
    READER = "reader"
    AUDITOR = "auditor"


class Right(StrEnum):
    """Something a role may do."""

    READ = "read records"
    EDIT = "edit records"
    PLAN = "edit 4P plans"
    IMPORT = "import files"
    EXPORT = "export records"
    CHART = "save charts"
    ADMINISTER = "manage users and settings"
    AUDIT = "read the journal"
    RETURNS = "define returns"
    MODERATE = "moderate disruptions"
    BREAK_GLASS = "open a restricted record in an emergency"


_RECORDS = frozenset({Right.READ, Right.EXPORT, Right.CHART})

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.ADMINISTRATOR: frozenset({Right.ADMINISTER, Right.RETURNS}),
    Role.ANALYST: _RECORDS | {Right.EDIT, Right.IMPORT, Right.PLAN},
    Role.LRO: _RECORDS | {Right.PLAN, Right.EDIT, Right.BREAK_GLASS},
    Role.SIO: _RECORDS | {Right.PLAN, Right.EDIT, Right.BREAK_GLASS},
    Role.COORDINATOR: _RECORDS
    | {Right.PLAN, Right.EDIT, Right.BREAK_GLASS, Right.RETURNS, Right.MODERATE},
    Role.READER: frozenset({Right.READ}),
    Role.AUDITOR: frozenset({Right.AUDIT}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody with a key slot of their own."""

    id: UUID
    name: str
    """What they type to unlock; unique without regard to case."""
    display: str
    roles: frozenset[Role]
    disabled: bool = False

    @property
    def rights(self) -> frozenset[Right]:
        """All that their roles allow."""
        return frozenset().union(*(RIGHTS[role] for role in self.roles))

    def may(self, right: Right) -> bool:
        """Tell whether any of their roles allows this."""
        return right in self.rights

    def need(self, right: Right) -> None:
        """Raise Refused, naming who may, unless a role of theirs allows this."""
        if self.may(right):
            return
        holders = ", ".join(role.value for role in Role if right in RIGHTS[role])
        raise Refused(f"Your roles do not allow you to {right.value}; these do: {holders}")
