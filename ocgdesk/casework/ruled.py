"""Fields that change only by an act of their own: a plain edit would get round its rules."""

from dataclasses import replace
from typing import Final
from uuid import UUID

from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.entities import Handle
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Attribution, Link
from ocgdesk.domain.products import Product
from ocgdesk.domain.subrecords import Assessment
from ocgdesk.domain.things import Thing
from ocgdesk.errors import Refused
from ocgdesk.i18n import N_, _

_MOVES: Final = N_(
    "The status of an attribution changes by its moves: propose it, have somebody else review it,"
    " confirm or reject it, on the handle's ledger"
)
_PRIVILEGED: Final = N_(
    "Flag or review possibly privileged material on the triage board or the handle's ledger: it is"
    " restricted until somebody else has reviewed it"
)
_STANDING: Final = N_(
    "The status of an OCG changes by its moves, which ask for what each needs: on the Status tab"
    " of its record, or with the command ocg move"
)
_CLAIMS: Final = N_(
    "The status of a disruption changes by its moves: submit it, have somebody else moderate it,"
    " on its record or with the command disruption"
)
_SEIZED: Final = N_(
    "A seizure is entered in the commodity ledger from its claim, or with the command disruption"
    " seizure: it counts there once"
)
BY_ACT: Final = {
    (Kind.OCG, "status"): _STANDING,
    (Kind.OCG, "merged_into"): _STANDING,
    (Kind.OCG, "archive_reason"): _STANDING,
    (Kind.ATTRIBUTION, "status"): _MOVES,
    (Kind.ATTRIBUTION, "analyst"): _MOVES,
    (Kind.ATTRIBUTION, "reviewer"): _MOVES,
    (Kind.ATTRIBUTION, "proposed_on"): _MOVES,
    (Kind.ATTRIBUTION, "reviewed_on"): _MOVES,
    (Kind.ATTRIBUTION, "outcome"): _MOVES,
    (Kind.HANDLE, "privileged"): _PRIVILEGED,
    (Kind.DISRUPTION, "status"): _CLAIMS,
    (Kind.DISRUPTION, "submitted_by"): _CLAIMS,
    (Kind.DISRUPTION, "submitted"): _CLAIMS,
    (Kind.DISRUPTION, "moderated_by"): _CLAIMS,
    (Kind.DISRUPTION, "moderated"): _CLAIMS,
    (Kind.DISRUPTION, "moderation"): _CLAIMS,
    (Kind.OUTCOME, "dealing"): _SEIZED,
}
"""Of which kind which field, and what to do instead."""
MADE_BY_ACT: Final = {
    Kind.PRODUCT: N_(
        "Only issuing enters a product in the register: issue it under Briefings, or with the"
        " command brief"
    ),
    Kind.PAPER_TEMPLATE: N_(
        "A template is made from a file: add it under Briefings, or with the command"
        " paper-templates"
    ),
    Kind.RETURN_DEFINITION: N_("A return is defined where returns are drawn up"),
    Kind.LIST_EDITION: N_("A list is edited among the reference lists, or with the command lists"),
    Kind.PLAN_VERSION: N_(
        "A version of a plan is made by signing it, on the plan or with the command review"
    ),
    Kind.PLAN_TEMPLATE: N_("A template is made of a plan: on it, or with the command template"),
    Kind.ADVICE: N_("A suggestion is answered on its plan, or with the command suggest"),
    Kind.HANDOVER: N_("A hand-over is prepared on its OCG, or with the command handover"),
    Kind.PAIRING: N_("What is decided of two records is decided where they are compared"),
    Kind.CHART_VERSION: N_("A version of a chart is kept on the chart itself"),
    Kind.RESULT: N_("A result is kept where it was computed"),
}
"""Kinds of which no record is typed, imported or edited by hand, and what to do instead."""
_REVIEWED: Final = frozenset({"reviewed", "confirmed", "rejected", "superseded"})
_FIRST: Final = frozenset({"unattributed", "in-development", "proposed"})
_SETTLED: Final = frozenset({"confirmed", "refuted"})


def check_edit(before: Thing, after: Thing) -> None:
    """Raise Refused, saying what to do instead, where an edit would get round a rule."""
    for (kind, name), instead in BY_ACT.items():
        if kind is before.kind and getattr(before, name) != getattr(after, name):
            raise Refused(_(instead))
    if (said := _stays(before, after)) is not None:
        raise Refused(_(said))
    if not isinstance(before, Attribution) or not isinstance(after, Attribution):
        return
    if before.status in _REVIEWED and before.grounds != after.grounds:
        raise Refused(_("The grounds were reviewed as they are: take the attribution up again"))
    if before.confidence != after.confidence and _SETTLED & {before.confidence, after.confidence}:
        raise Refused(_("Only a review makes an attribution confirmed or refuted, or undoes it"))


def _stays(before: Thing, after: Thing) -> str | None:
    """Return why a record is never edited by hand, to be translated; None where it may be."""
    if isinstance(before, Product):
        return N_("What was issued stays as it was: issue it anew, or recall it")
    if isinstance(before, Assessment) and before != replace(after, version=before.version):
        return N_("An assessment stays as it was made: score again, and both are kept")
    if before.kind is Kind.PLAN_VERSION:
        return None  # the store keeps what was signed, whichever way it would be changed
    return MADE_BY_ACT.get(before.kind)


def check_new(thing: Thing) -> None:
    """Raise Refused where a new record would begin where only an act leads."""
    if thing.kind in MADE_BY_ACT:
        raise Refused(_(MADE_BY_ACT[thing.kind]))
    if isinstance(thing, Attribution) and thing.status not in _FIRST:
        raise Refused(_(_MOVES))
    if isinstance(thing, Attribution) and thing.confidence in _SETTLED:
        raise Refused(_("Only a review makes an attribution confirmed or refuted, or undoes it"))
    if isinstance(thing, Disruption) and not _is_draft(thing):
        raise Refused(_(_CLAIMS))
    if isinstance(thing, Outcome) and thing.dealing is not None:
        raise Refused(_(_SEIZED))
    if isinstance(thing, Handle) and thing.privileged:
        raise Refused(_(_PRIVILEGED))


def _is_draft(claim: Disruption) -> bool:
    """Tell whether a new claim says nothing that only its moves lead to."""
    moved = (claim.submitted_by, claim.submitted, claim.moderated_by, claim.moderated)
    return claim.status == "draft" and not any((*moved, claim.moderation))


def begun(new: Link, user: UUID) -> Link:
    """Return a new link as it begins: an attribution names its analyst.

    Without a ground it is not proposed yet, only in development.
    """
    if not isinstance(new, Attribution):
        return new
    is_bare = new.status == "proposed" and not new.grounds
    status = "in-development" if is_bare else new.status
    return replace(new, analyst=new.analyst or user, status=status)
