"""Signed versions of a plan: what was signed, by whom, when, and what differs from it now.

A signature is given once: it is never changed and cannot be undone, only followed by the next.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from ocgdesk.casework import plan_checks, records
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.plan_content import Difference, Plain, differences, digest, read, text
from ocgdesk.domain.planning import PlanVersion, Requirement
from ocgdesk.domain.plans import Action, Plan
from ocgdesk.domain.things import Entity
from ocgdesk.errors import NotFound, Refused
from ocgdesk.i18n import _
from ocgdesk.store import records as queries
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work

SIGNED: Final = "signed"
DRAFT: Final = "draft"


def versions(reader: Reader, plan_id: UUID) -> tuple[PlanVersion, ...]:
    """Return the signed versions of a plan, the newest first."""
    found = queries.owned(reader, plan_id, Kind.PLAN_VERSION)
    signed = [thing for thing in found if isinstance(thing, PlanVersion)]
    return tuple(sorted(signed, key=lambda one: -one.number))


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """What is said with a signature."""

    countersigned_by: str = ""
    """The SIO's name, where a joint plan is signed by both."""
    note: str = ""
    expecting: str = ""
    """The hash of what the signer saw; a plan that changed since is not signed unseen."""


def sign(work: Work, plan_id: UUID, said: Signing | None = None, *, today: date) -> PlanVersion:
    """Sign a plan as it stands: its content, its hash, who and when are kept.

    Raises Refused, naming them, where something stands in the way, and where the plan changed
    since it was looked at.
    """
    said = said or Signing()
    plan = work.get(Plan, plan_id)
    blockers = [
        one.words for one in plan_checks.checks(work.reader, plan, today=today) if one.blocks
    ]
    if blockers:
        raise Refused(_("Not ready to be signed: {all}").format(all="; ".join(blockers)))
    content = plan_checks.content_of(work.reader, plan)
    canonical = text(content)
    if said.expecting and said.expecting != digest(canonical):
        raise Refused(_("The plan changed since you looked at it: look at it again, then sign"))
    before = versions(work.reader, plan_id)
    made = PlanVersion(
        owner=plan_id,
        number=(before[0].number + 1) if before else plan.number,
        title=_("{title}, version {n}").format(
            title=plan.title, n=(before[0].number + 1) if before else plan.number
        ),
        signed=work.now,
        signed_by=work.user.display,
        user=work.user.id,
        countersigned_by=said.countersigned_by.strip(),
        digest=digest(canonical),
        content=canonical,
        records=tuple(dict.fromkeys(_rests_on(content.parts))),
        note=said.note.strip(),
        marking=plan.marking,
        restricted_to=plan.restricted_to,
    )
    work.put(
        replace(
            plan, status=SIGNED, number=made.number, approved=today, approved_by=work.user.display
        )
    )
    saved = records.made(work, made)
    work.entry = {**work.entry, "undoable": False}
    return saved


def _rests_on(parts: tuple[Entity, ...]) -> Iterator[UUID]:
    for part in parts:
        if isinstance(part, Action):
            yield from part.touches
        if isinstance(part, Requirement):
            yield from part.about


def unsigned(reader: Reader, plan: Plan) -> tuple[Difference, ...]:
    """Return what changed since the plan was last signed; everything where it never was."""
    signed = versions(reader, plan.id)
    before: tuple[Plain, ...] = read(signed[0].content) if signed else ()
    return differences(before, read(text(plan_checks.content_of(reader, plan))))


def between(reader: Reader, plan_id: UUID, first: int, second: int) -> tuple[Difference, ...]:
    """Return what differs between two signed versions; NotFound where there is no such one."""
    one, other = (_version(reader, plan_id, number) for number in (first, second))
    return differences(read(one.content), read(other.content))


def since(reader: Reader, plan_id: UUID, number: int) -> tuple[Difference, ...]:
    """Return what differs between a signed version and the plan as it stands; NotFound for none."""
    content = plan_checks.content_of(reader, reader.get(Plan, plan_id))
    return differences(read(_version(reader, plan_id, number).content), read(text(content)))


def _version(reader: Reader, plan_id: UUID, number: int) -> PlanVersion:
    for one in versions(reader, plan_id):
        if one.number == number:
            return one
    raise NotFound(_("This plan has no version {n}").format(n=number))


def is_whole(version: PlanVersion) -> bool:
    """Tell whether a version's content still has the hash it was signed with."""
    return digest(version.content) == version.digest
