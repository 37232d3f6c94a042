"""What several changes of one act may say once: a step, a claim to it, a reference of APMIS.

The register is asked before an act is done; what the act itself says twice is seen only here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.subrecords import CourtStep
from ocgdesk.domain.things import Thing
from ocgdesk.errors import Refused
from ocgdesk.i18n import N_, _


@dataclass(slots=True)
class Once:
    """Remembers what was said so far."""

    said: set[tuple[object, ...]] = field(default_factory=set)

    def check(self, before: Thing | None, after: Thing) -> None:
        """Raise Refused where a change says what another one said; what stood there may stay."""
        stood = {key for _words, key in _keys(before)} if before is not None else set()
        new = [one for one in _keys(after) if one[1] not in stood]
        if told := next((words for words, key in new if key in self.said), None):
            raise Refused(_(told))
        self.said.update(key for _words, key in new)


def _keys(thing: Thing) -> Iterator[tuple[str, tuple[object, ...]]]:
    """Yield what a record says that is said once, each with what is told where it is not."""
    match thing:
        case CourtStep():
            yield (
                N_("This step of this person in this operation is said twice"),
                (thing.owner, thing.step, thing.on, thing.operation, thing.result),
            )
        case Disruption() if thing.apmis.strip():
            yield N_("This APMIS reference is said twice"), (thing.apmis.strip().lower(),)
        case Outcome():
            for step in thing.steps:
                yield N_("One of these steps is claimed twice here"), (step,)
