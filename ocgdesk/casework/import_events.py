"""Events of an import beside those of the register: what is new is kept, what is there is not."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.events import Events, Key, day_of
from ocgdesk.domain.kinds import Base
from ocgdesk.domain.links import Link
from ocgdesk.exchange.draft import DraftLink
from ocgdesk.exchange.raw import SourceFile
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, batches, silent
from ocgdesk.store import event_blocks
from ocgdesk.store.event_blocks import Found, Packed
from ocgdesk.store.happenings_held import Happened
from ocgdesk.store.reader import Reader

_AT_ONCE = 2_000
OfFiles = Mapping[str, Events]


@dataclass(frozen=True, slots=True)
class NewEvents:
    """The events that an import would bring, by link, and how many are there already.

    Those whose other end has no number go by the record they lie beneath.
    """

    by_link: Mapping[UUID, OfFiles] = field(default_factory=dict)
    same: int = 0

    @property
    def count(self) -> int:
        """How many are new."""
        return sum(len(some) for files in self.by_link.values() for some in files.values())

    def only(self, links: Iterable[UUID]) -> "NewEvents":
        """Return those of these links; a rule may have kept the others out."""
        kept = set(links)
        return replace(self, by_link={k: v for k, v in self.by_link.items() if k in kept})

    def beside(self, more: "NewEvents") -> "NewEvents":
        """Return these and others."""
        return NewEvents({**self.by_link, **more.by_link}, self.same + more.same)

    def packed(self, files: Sequence[SourceFile], progress: Progress = silent) -> list[Packed]:
        """Make them ready to be kept, before the write lock is held."""
        places = {file.name: n for n, file in enumerate(files)}
        found: list[Packed] = []
        for some in batches(list(self.by_link.items()), _AT_ONCE, progress, _("Packing events")):
            for link, of_files in some:
                found += [event_blocks.pack(link, places[f], e) for f, e in of_files.items()]
        return found


def alone(
    reader: Reader, came: Mapping[str, OfFiles], ids: Mapping[str, UUID], kept: Container[UUID]
) -> NewEvents:
    """Return the new events whose other end has no number, by the record they lie beneath.

    ``came`` goes by full key, ``ids`` says which record that is; what is not ``kept`` out of
    the draft is left out with its events.
    """
    of: dict[UUID, dict[str, Events]] = {}
    for key, files in came.items():
        if (id_ := ids.get(key)) is None or id_ not in kept:
            continue
        there = of.setdefault(id_, {})
        for file, events in files.items():
            there[file] = there[file].with_more(events) if file in there else events
    register = Happened(reader)
    known = register.numbers(list(of))
    new = {
        id_: fresh(files, register.events_on(id_)) if id_ in known else files
        for id_, files in of.items()
    }
    same = sum(len(some) for files in of.values() for some in files.values())
    found = NewEvents({id_: files for id_, files in new.items() if files})
    return replace(found, same=same - found.count)


def stored(reader: Reader, links: Iterable[Link]) -> dict[UUID, Found]:
    """Return the events that these links have in the register."""
    nos = reader.numbers([link.id for link in links], Base.LINK)
    found = event_blocks.many(reader, list(nos.values())) if nos else {}
    return {id_: found[no] for id_, no in nos.items() if no in found}


def fresh(came: OfFiles, there: Found) -> OfFiles:
    """Return the events of files that the register has not, each once across the files."""
    known: list[Key] = list(there.keys())
    found: dict[str, Events] = {}
    for file, events in came.items():
        if len(new := events.new_beside(known)):
            found[file] = new
            known += new.keys()
    return found


def counted(link: DraftLink, new: OfFiles, there: Found) -> DraftLink:
    """Return a link with the count and the days of all its events, kept and new."""
    blocks = [*there.blocks, *new.values()]
    count = sum(map(len, blocks))
    if not count:
        return link
    first, last = min(some.first for some in blocks), max(some.last for some in blocks)
    days = {"start": PartialDate.of(day_of(first)), "end": PartialDate.of(day_of(last))}
    return replace(link, weight=float(count), values={**link.values, **days})
