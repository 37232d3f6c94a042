"""All the records of a sample, each made once and handed to whatever stands on it."""

from dataclasses import dataclass

from ocgdesk.casework.sample.addresses import Addresses, addresses, towns
from ocgdesk.casework.sample.assessments import assessments, told
from ocgdesk.casework.sample.closures import ended
from ocgdesk.casework.sample.commodities import commodities
from ocgdesk.casework.sample.county_lines import Line, county_lines
from ocgdesk.casework.sample.court_steps import phased
from ocgdesk.casework.sample.evidence import Intelligence, intelligence
from ocgdesk.casework.sample.groups import ocgs
from ocgdesk.casework.sample.handles import Handles, handles
from ocgdesk.casework.sample.holdings import Held, accounts, organisations, phones, vehicles
from ocgdesk.casework.sample.nominals import names, nominals
from ocgdesk.casework.sample.officers import assignments
from ocgdesk.casework.sample.operations import operations
from ocgdesk.casework.sample.plans import Plans, plans
from ocgdesk.casework.sample.rosters import rosters
from ocgdesk.casework.sample.setting import Setting
from ocgdesk.casework.sample.ties import Society
from ocgdesk.casework.sample.trading import placed
from ocgdesk.domain.entities import (
    Account,
    Assignment,
    Commodity,
    Location,
    Operation,
    Organisation,
    Phone,
    Vehicle,
)
from ocgdesk.domain.subrecords import Assessment


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything but the links, which only the reports' own mentions are part of."""

    society: Society
    assigned: tuple[Assignment, ...]
    assessed: tuple[Assessment, ...]
    towns: dict[str, Location]
    addresses: Addresses
    phones: Held[Phone]
    vehicles: Held[Vehicle]
    organisations: Held[Organisation]
    accounts: Held[Account]
    commodities: dict[str, Commodity]
    lines: tuple[Line, ...]
    handles: Handles
    operations: tuple[Operation, ...]
    intelligence: Intelligence
    plans: Plans


def world(setting: Setting) -> World:
    """Return all records of a sample."""
    groups = told(setting, ocgs(setting))
    people = rosters(setting, groups)
    named = names(setting, people)
    known = nominals(setting, people, named)
    found = intelligence(setting, groups, people, known, named)
    society = Society(setting, groups, people, known, found.evidence)
    assigned = assignments(setting, groups)
    lines = ended(setting, county_lines(setting, groups))
    return World(
        society=society,
        assigned=assigned,
        assessed=assessments(setting, groups),
        towns=towns(setting),
        addresses=addresses(setting, groups),
        phones=phones(setting, people),
        vehicles=vehicles(setting, people),
        organisations=organisations(setting, people),
        accounts=accounts(setting, people),
        commodities=placed(commodities(setting)),
        lines=lines,
        handles=handles(setting, groups),
        operations=phased(setting, operations(setting, groups)),
        intelligence=found,
        plans=plans(society, lines, assigned),
    )
