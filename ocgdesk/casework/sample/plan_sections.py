"""What stands in a sample's plans beside objectives and actions, and how they were signed."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final
from uuid import UUID

from ocgdesk.casework.sample.names import drawn
from ocgdesk.casework.sample.plans import Plans
from ocgdesk.casework.sample.setting import Setting
from ocgdesk.casework.sample.streams import picks
from ocgdesk.domain.dates import shown
from ocgdesk.domain.plan_content import Content, digest, text
from ocgdesk.domain.planning import Partner, PlanRisk, PlanVersion, Requirement, Review, StrandNote
from ocgdesk.domain.plans import Action, Plan, Strand
from ocgdesk.domain.things import Entity

_AGENCIES: Final = ("LAH", "YJS", "HMPPS", "EDU", "NHS", "FRS", "LACS")
_BASES: Final = ("isa", "csp", "safeguarding", "case-by-case")
_LEVELS: Final = ("nothing", "actions", "plan", "named")
_RISKS: Final = (
    ("life", "Retaliation after the arrest phase", "Threat assessment before each warrant"),
    ("safeguarding", "A child is blamed for a loss", "Referral ready, and a safe place agreed"),
    ("community", "Residents lose trust after searches", "Community impact plan with the CSP"),
    ("tactics", "The way the line was found becomes known", "Sanitised wording in every paper"),
    ("corruption", "Drivers are known to staff of the firm", "Named readers only"),
)
_QUESTIONS: Final = (
    ("Who holds the stock between deliveries?", 28),
    ("Where does the cash go after the weekend?", 42),
    ("Who took over the second phone?", 21),
    ("Which addresses are used out of force?", 35),
)
_WHY_NOT: Final = (
    "No business or resident is known to be exposed; asked again at the next review.",
    "The partners are doing this under another plan; asked again at the next review.",
)
_IMPACT: Final = "Calls about the hub fell since the closure order; to be read beside the arrests."


@dataclass(frozen=True, slots=True)
class Beside:
    """Sections, reviews and signed versions of all plans, in the order they are written."""

    parts: tuple[Entity, ...]
    reviews: tuple[Review, ...]
    versions: tuple[PlanVersion, ...]


def plan_sections(setting: Setting, made: Plans) -> Beside:
    """Return what stands beside the actions of each plan; signed plans have their version."""
    held = _by_plan(made)
    parts: list[Entity] = []
    reviews: list[Review] = []
    versions: list[PlanVersion] = []
    for number, plan in enumerate(made.plans):
        writer = _Writer(setting, number, plan, tuple(held[plan.id]))
        mine = tuple(writer.parts())
        parts += mine
        reviews += writer.reviews()
        versions += writer.versions(mine)
    return Beside(tuple(parts), tuple(reviews), tuple(versions))


def _by_plan(made: Plans) -> dict[UUID, list[Entity]]:
    held: dict[UUID, list[Entity]] = defaultdict(list)
    for thing in (*made.objectives, *made.actions):
        if thing.owner is not None:
            held[thing.owner].append(thing)
    return held


class _Writer:
    """Writes what stands beside one plan, from chance that is the plan's own."""

    def __init__(self, setting: Setting, number: int, plan: Plan, held: Sequence[Entity]) -> None:
        self._chance: Random = setting.numbers(f"plan sections {number}")
        self._ids = setting.ids(f"plan sections {number}")
        self._today: date = setting.as_of
        self._plan = plan
        self._held = tuple(held)
        self._actions = [thing for thing in held if isinstance(thing, Action)]

    def parts(self) -> Iterator[Entity]:
        """Yield partners, risks, requirements and what is said of whole strands."""
        yield from self._partners()
        yield from self._risks()
        yield from self._requirements()
        yield from self._notes()

    def _partners(self) -> Iterator[Partner]:
        for agency in picks(self._chance, _AGENCIES, self._chance.choice((1, 2, 3))):
            yield Partner(
                id=next(self._ids),
                owner=self._plan.id,
                agency=agency,
                contact=drawn(self._chance, male_share=0.5).short,
                basis=self._chance.choice(_BASES),
                may_see=self._chance.choice(_LEVELS),
            )

    def _risks(self) -> Iterator[PlanRisk]:
        for kind, risk, answer in picks(self._chance, _RISKS, self._chance.choice((1, 1, 2))):
            yield PlanRisk(
                id=next(self._ids),
                owner=self._plan.id,
                risk=risk,
                risk_type=kind,
                mitigation=answer,
                review_due=self._today + timedelta(days=self._chance.randint(-6, 60)),
            )

    def _requirements(self) -> Iterator[Requirement]:
        about = tuple(dict.fromkeys(id_ for a in self._actions for id_ in a.touches))[:1]
        for question, days in picks(self._chance, _QUESTIONS, self._chance.choice((1, 1, 2))):
            yield Requirement(
                id=next(self._ids),
                owner=self._plan.id,
                question=question,
                about=about,
                due=self._today + timedelta(days=days - self._chance.randint(0, 30)),
                status=self._chance.choice(("open", "open", "tasked")),
            )

    def _notes(self) -> Iterator[StrandNote]:
        live = {action.strand for action in self._actions if action.is_live}
        for strand in Strand:
            if strand.value not in live and self._plan.status == "signed":
                why = self._chance.choice(_WHY_NOT)
                yield self._note(strand, "not-applicable", why)
        if self._chance.random() < 0.3:
            yield self._note(Strand.PURSUE, "impact", _IMPACT)

    def _note(self, strand: Strand, kind: str, words: str) -> StrandNote:
        until = self._today + timedelta(days=84) if kind == "not-applicable" else None
        return StrandNote(
            id=next(self._ids),
            owner=self._plan.id,
            strand=strand.value,
            note_type=kind,
            text=words,
            written=self._today - timedelta(days=self._chance.randint(8, 60)),
            until=until,
        )

    def reviews(self) -> Iterator[Review]:
        """Yield the last review of a plan that was signed before."""
        if signed := self._signed():
            day = self._today - timedelta(days=self._chance.randint(20, 70))
            yield Review(
                id=next(self._ids),
                owner=self._plan.id,
                held=day,
                meeting=self._chance.choice(("Plan review", "OCG management meeting")),
                attendance=(drawn(self._chance, male_share=0.5).short,),
                result="The plan goes on; what is late has a new day.",
                next_due=self._plan.review_due,
                signed_version=signed,
            )

    def _signed(self) -> int:
        """Return the newest version that was signed; 0 where none was."""
        is_signed = self._plan.status in {"signed", "closed"}
        return self._plan.number if is_signed else self._plan.number - 1

    def versions(self, parts: Sequence[Entity]) -> Iterator[PlanVersion]:
        """Yield the newest signed version: what stands now, or what stood before the draft."""
        if not (number := self._signed()):
            return
        content = self._content((*self._held, *parts))
        canonical = text(content)
        day = self._today - timedelta(days=self._chance.randint(12, 70))
        who = drawn(self._chance, male_share=0.5).short
        touched = (id_ for a in content.parts if isinstance(a, Action) for id_ in a.touches)
        yield PlanVersion(
            id=next(self._ids),
            owner=self._plan.id,
            number=number,
            title=f"{self._plan.title}, version {number}",
            signed=datetime.combine(day, time(10, 30), UTC),
            signed_by=who,
            digest=digest(canonical),
            content=canonical,
            records=tuple(dict.fromkeys(touched)),
            note=f"Signed {shown(day)}",
        )

    def _content(self, parts: Sequence[Entity]) -> Content:
        if self._plan.status == "signed":
            return Content(plan=self._plan, parts=tuple(parts))
        live = [action for action in self._actions if action.is_live]
        late = {action.id for action in live[-1:]}
        earlier = {
            action.id: replace(action, status="not-started")
            for action in live[:1]
            if action.status != "not-started"
        }
        kept = (earlier.get(part.id, part) for part in parts if part.id not in late)
        return Content(plan=self._plan, parts=tuple(kept))
