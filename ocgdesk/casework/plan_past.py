"""A 4P plan as it was recorded at a moment: to look at, nothing in it can be edited."""

from datetime import date
from uuid import UUID

from ocgdesk.casework import lookups, plan_board
from ocgdesk.casework.plan_board import LINES, SHOWN, Board
from ocgdesk.domain.dates import overlaps
from ocgdesk.domain.entities import Assignment, Ocg
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.plans import Action, Objective, Plan
from ocgdesk.domain.things import Entity
from ocgdesk.errors import NotFound, Refused
from ocgdesk.i18n import _
from ocgdesk.store import history, recent
from ocgdesk.store.held import Held
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, Linked


def ocg_of(reader: Reader, ref: str, seq: int) -> Brief:
    """Return the OCG that a reference of its own, of its plan or of an action meant then.

    Raises NotFound where it was not recorded then, Refused where it belonged to no OCG.
    """
    brief, _gone = lookups.find(reader, ref)
    thing = history.as_at(reader, brief.no, seq)
    while isinstance(thing, Entity) and not isinstance(thing, Ocg) and thing.owner:
        brief, _gone = lookups.find(reader, str(thing.owner))
        thing = history.as_at(reader, brief.no, seq)
    if thing is None:
        raise NotFound(_("{ref} was not recorded then").format(ref=ref[:60]))
    if not isinstance(thing, Ocg):
        raise Refused(_("{ref} is neither an OCG nor part of its plan").format(ref=ref[:60]))
    return brief


def read(reader: Reader, ocg: Brief, seq: int, *, today: date) -> Board:
    """Return the plan of an OCG as held after entry ``seq``; ``today`` is the day that was.

    That it was read is logged. Raises NotFound where the OCG was not recorded then.
    """
    then = history.as_at(reader, ocg.no, seq)
    if not isinstance(then, Ocg):
        raise NotFound(_("{ref} was not recorded then").format(ref=ocg.ref))
    held = Held(reader, seq)
    plans = held.owned(ocg.id, Plan)
    plan = plans[-1] if plans else None
    actions = tuple(held.owned(plan.id, Action)) if plan else ()
    posts = held.owned(ocg.id, Assignment)
    linked = _linked(held, ocg.id, today)
    reader.saw("View 4P plan as at", [ocg.no], entry=seq)
    return Board(
        ocg=ocg,
        agency=then.agency,
        plan=plan,
        review_due=(plan.review_due if plan else None) or then.review_due,
        objectives=tuple(held.owned(plan.id, Objective)) if plan else (),
        actions=actions,
        posts=tuple(post for post in posts if overlaps(post.start, post.end, today)),
        records=_records(held, linked, actions),
        coverage=plan_board.coverage(linked, actions, today),
        users=recent.user_names(reader),
    )


def _linked(held: Held, ocg: UUID, today: date) -> list[Linked]:
    near = held.links_of(ocg)
    lines = plan_board.lines_of(near, today)
    far = [item for line in lines[:LINES] for item in held.links_of(line)]
    return [*near, *(item for item in far if item.other.kind is not Kind.OCG)]


def _records(held: Held, linked: list[Linked], actions: tuple[Action, ...]) -> dict[UUID, Brief]:
    known = {item.other.id: item.other for item in linked if item.other.kind in SHOWN}
    touched = {id_ for action in actions for id_ in action.touches}
    return known | held.briefs(touched)
