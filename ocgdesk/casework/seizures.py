"""Seizures in the commodity ledger: what an outcome says was seized is entered there once."""

from dataclasses import replace
from uuid import UUID

from ocgdesk.casework import commodities
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.disruptions import Outcome
from ocgdesk.domain.links import Link, Strength
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store.work import Work

ROLE = "lost"
"""The type of link that says something was seized from somebody."""


def enter(work: Work, outcome: UUID, commodity: UUID, whom: UUID) -> Link:
    """Enter the seizure of an outcome into the commodity ledger, from an OCG, line or person.

    The line takes the outcome's value, unit and day; the outcome names the line. Raises Refused
    for an outcome without a value and for one that is entered already, also by another agency.
    """
    found = work.get(Outcome, outcome)
    if found.dealing is not None:
        raise Refused(_("This seizure is in the commodity ledger already: it counts there once"))
    if found.value is None:
        raise Refused(_("Say how much was seized before it is entered in the commodity ledger"))
    said = commodities.Said(
        role=ROLE,
        scale=found.value,
        unit=found.unit,
        start=PartialDate.of(found.on) if found.on else None,
        end=PartialDate.of(found.on) if found.on else None,
        strength=Strength.CONFIRMED.value,
    )
    line = commodities.deal(work, whom, commodity, said)
    work.put(replace(found, dealing=line.id))
    return line
