"""4P plans: Pursue, Prevent, Protect, Prepare; what is overdue and which P is empty."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from ocgdesk.domain.fields import FieldType, Search, described
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import N_

T = FieldType


class Strand(StrEnum):
    """The four Ps, in the order they are always shown."""

    PURSUE = "pursue"
    PREVENT = "prevent"
    PROTECT = "protect"
    PREPARE = "prepare"


class ActionStatus(StrEnum):
    """Where an action stands."""

    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    BLOCKED = "blocked"
    COMPLETE = "complete"
    CANCELLED = "cancelled"

    @property
    def is_live(self) -> bool:
        """Whether somebody still has to do something."""
        return self not in {ActionStatus.COMPLETE, ActionStatus.CANCELLED}


LIVE = tuple(status.value for status in ActionStatus if status.is_live)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Plan(Entity):
    """The 4P plan of an OCG, which owns it."""

    kind: ClassVar[Kind] = Kind.PLAN
    owners: ClassVar[tuple[Kind, ...]] = (Kind.OCG,)

    title: str = described(
        N_("Title"), required=True, is_label=True, search=Search.TEXT, in_table=True
    )
    status: str = described(
        N_("Status"), T.CODE, codes="plan-statuses", default="draft", in_table=True
    )
    number: int = described(N_("Version"), T.INTEGER, default=1, in_table=True)
    review_due: date | None = described(N_("Next review"), T.DAY, in_table=True)
    phase: str = described(N_("Clear, Hold, Build"), T.CODE, codes="clear-hold-build")
    approved_by: str = described(N_("Approved by"))
    approved: date | None = described(N_("Approved"), T.DAY)
    situation: str = described(N_("Situation"), T.LONG_TEXT, search=Search.TEXT)
    communities: str = described(N_("Area and communities affected"), T.LONG_TEXT)
    vulnerabilities: str = described(N_("Vulnerabilities"), T.LONG_TEXT)
    enablers: str = described(N_("Enablers"), T.LONG_TEXT)
    capability: str = described(N_("Capability"), T.LONG_TEXT)
    partnership: str = described(N_("Partnership"), T.LONG_TEXT, search=Search.TEXT)
    comms_internal: str = described(N_("Communications inside"), T.LONG_TEXT)
    comms_media: str = described(N_("Communications to media"), T.LONG_TEXT)
    comms_victims: str = described(N_("Communications to victims"), T.LONG_TEXT)
    closure_result: str = described(N_("Result against objectives"), T.LONG_TEXT)
    legacy: str = described(N_("Exit and legacy plan"), T.LONG_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Objective(Entity):
    """What a plan wants under one P. Its owner is the plan."""

    kind: ClassVar[Kind] = Kind.OBJECTIVE
    owners: ClassVar[tuple[Kind, ...]] = (Kind.PLAN,)

    strand: str = described(N_("Strand"), T.CODE, codes="strands", default="pursue", in_table=True)
    text: str = described(
        N_("Objective"), required=True, is_label=True, search=Search.TEXT, in_table=True
    )
    measure: str = described(N_("Success measure"), in_table=True)
    baseline: str = described(N_("Baseline"))
    target: str = described(N_("Target"))
    status: str = described(
        N_("Status"), T.CODE, codes="objective-statuses", default="open", in_table=True
    )
    due: date | None = described(N_("Due"), T.DAY, in_table=True)
    result: str = described(N_("Result"), T.LONG_TEXT, search=Search.TEXT)
    reasoning: str = described(N_("Reasoning"), T.LONG_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Action(Entity):
    """One thing somebody does under one P. Its owner is the plan, or the meeting that set it."""

    kind: ClassVar[Kind] = Kind.ACTION
    owners: ClassVar[tuple[Kind, ...]] = (Kind.PLAN, Kind.MEETING)

    title: str = described(
        N_("Action"), required=True, is_label=True, search=Search.TEXT, in_table=True
    )
    strand: str = described(N_("Strand"), T.CODE, codes="strands", default="pursue", in_table=True)
    threat: str = described(N_("Counts under"), T.CODE, codes="control-strategy")
    """A threat of the control strategy; empty where it counts under that of its OCG."""
    objective: UUID | None = described(N_("Objective"), T.ENTITY)
    status: str = described(
        N_("Status"),
        T.CODE,
        codes="action-statuses",
        default=ActionStatus.NOT_STARTED.value,
        in_table=True,
    )
    priority: str = described(
        N_("Priority"), T.CODE, codes="priorities", default="medium", in_table=True
    )
    officer: str = described(N_("Action owner"), search=Search.NAME, in_table=True)
    user: UUID | None = described(N_("User"), T.ENTITY)
    area: str = described(N_("Tactic area"), T.CODE, codes="tactic-areas", in_table=True)
    tactic: str = described(N_("Tactic"), T.CODE, codes="tactics", in_table=True)
    power: str = described(N_("Legal power"), T.CODE, codes="legal-powers", in_table=True)
    agency: str = described(N_("Agency"), T.CODE, codes="agencies", in_table=True)
    side: str = described(N_("Raised by"), T.CODE, codes="plan-sides", default="lro")
    raised: date | None = described(N_("Raised"), T.DAY)
    due: date | None = described(N_("Due"), T.DAY, in_table=True)
    done: date | None = described(N_("Done"), T.DAY)
    outcome: str = described(N_("Outcome"), T.LONG_TEXT, search=Search.TEXT)
    evidence: tuple[str, ...] = described(N_("Evidence"), T.TEXTS)
    after: tuple[UUID, ...] = described(N_("Comes after"), T.ENTITIES)
    disruption: UUID | None = described(N_("Disruption"), T.ENTITY)
    touches: tuple[UUID, ...] = described(N_("Touches"), T.ENTITIES)

    @property
    def is_live(self) -> bool:
        """Whether somebody still has to do something."""
        return ActionStatus(self.status).is_live

    def days_over(self, today: date) -> int:
        """Return how many days past due a live action is; 0 where it is not."""
        if not self.is_live or self.due is None:
            return 0
        return max(0, (today - self.due).days)


@dataclass(frozen=True, slots=True)
class StrandCount:
    """The actions of one strand of one plan."""

    strand: Strand
    live: int = 0
    done: int = 0
    late: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing live is under this P."""
        return self.live == 0


def strand_counts(actions: Iterable[Action], today: date) -> tuple[StrandCount, ...]:
    """Count the actions of a plan by strand, all four always present."""
    live, done, late = (dict.fromkeys(Strand, 0) for _ in range(3))
    for action in actions:
        strand = Strand(action.strand)
        live[strand] += action.is_live
        done[strand] += action.status == ActionStatus.COMPLETE
        late[strand] += action.days_over(today) > 0
    return tuple(StrandCount(s, live[s], done[s], late[s]) for s in Strand)
