"""Tables of many rows taken in, in a process of their own each so that its memory is its own.

Also the whole of a public crime data set, where it lies beside the project: every node and every
relationship, and the questions its publishers answer.
"""

import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.figures import Figure
from ocgdesk.casework import access, import_lines, imports
from ocgdesk.casework.access import NewWorkspace
from ocgdesk.casework.samples import PASSPHRASE
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.links import Link
from ocgdesk.security import keyfile
from ocgdesk.security.slots import Cost
from ocgdesk.store import listing, records
from ocgdesk.store.listing import ListQuery
from ocgdesk.store.reader import Reader
from ocgdesk.store.workspace import Workspace

ROWS = 100_000
CALLS = 1_000_000
POLE = Path(__file__).resolve().parents[2] / "shared" / "data" / "pole_manchester"
_HEADER = (
    "Handle,Platform,First seen,Last seen,Package,Nominal,DOB,Gender,PNC ID,OCG,Role,Confidence"
)


def figures(_sample: Path, folder: Path) -> list[Figure]:
    """Measure a table of handles alone, one that makes three records a row, and the crime data."""
    source = folder / "handles.csv"
    _table(source)
    found = [
        *_told("one record a row", _child(folder, "one", source)),
        *_told("handle, nominal and OCG of each row", _child(folder, "several", source)),
    ]
    calls = folder / "calls.csv"
    _calls(calls)
    found += _folded(_child(folder, "calls", calls))
    if POLE.is_dir():
        found += _pole(_child(folder, "pole", *_pole_files()))
    return found


def _told(what: str, made: Mapping[str, Any]) -> list[Figure]:
    name = f"{ROWS:,} rows x 12 columns, {what}"
    note = f"{made['records']:,} records, {made['links']:,} links"
    return [
        Figure(name=f"{name}: draft", value=made["draft"], target=20.0, note=note),
        Figure(name=f"{name}: written", value=made["written"], target=40.0, note=note),
        Figure(name=f"{name}: memory", value=made["mib"], unit="MiB", target=1024, note=note),
    ]


def _folded(made: Mapping[str, Any]) -> list[Figure]:
    name = f"call data of {CALLS:,} rows"
    note = f"{made['records']:,} phones, {made['links']:,} links, {made['events']:,} calls kept"
    spent = made["draft"] + made["written"]
    return [
        Figure(name=f"{name}: folded and written", value=spent, target=60.0, note=note),
        Figure(name=f"{name}: memory", value=made["mib"], unit="MiB", target=1024, note=note),
    ]


def _pole(made: Mapping[str, Any]) -> list[Figure]:
    lost = 61_521 - made["records"] + 105_840 - made["links"]
    wrong = sum(not right for right in made["answers"].values())
    return [
        Figure(name="crime data: nodes and relationships lost", value=lost, unit="", target=0),
        Figure(name="crime data: published answers missed", value=wrong, unit="", target=0),
        Figure(name="crime data: draft", value=made["draft"], target=20.0),
        Figure(name="crime data: written", value=made["written"], target=40.0),
    ]


def _table(path: Path) -> None:
    with path.open("w", encoding="utf-8") as lines:
        lines.write(f"{_HEADER}\n")
        for n in range(ROWS):
            person = n // 3
            lines.write(
                f"h-{n},{'EncroChat' if n % 2 else 'SKY'},01/03/2020,02/06/2020,PK{n % 900},"
                f"Person {person},{person % 28 + 1}/{person % 12 + 1}/{1950 + person % 50},"
                f"{'M' if person % 2 else 'F'},{person % 100:02}/{100000 + person}A,"
                f"Group {n % 700},Courier,possible\n"
            )


def _calls(path: Path) -> None:
    """Write made-up call data of 3,000 numbers, of which 20,000 pairs speak; some are withheld."""
    chance = Random(5)  # noqa: S311 - made-up data, the same each time
    numbers = [f"07700 9{chance.randrange(100_000):05}" for _n in range(3_000)]
    pairs = [chance.sample(numbers, 2) for _n in range(20_000)]
    with path.open("w", encoding="utf-8") as lines:
        lines.write("A Number,B Number,Date,Time,Duration,Call Type,Cell ID,Cell Address\n")
        for n in range(CALLS):
            one, other = pairs[chance.randrange(len(pairs))]
            one = "Withheld" if n % 25 == 0 else one
            day, cell = chance.randrange(250), chance.randrange(400)
            lines.write(
                f"{one},{other},{day % 28 + 1:02}/{day // 28 + 1:02}/2026,"
                f"{n % 24:02}:{n % 60:02}:{n % 59:02},{n % 900},{'Voice' if n % 3 else 'SMS'},"
                f"234-15-{cell},{cell} Example Road\n"
            )


def _child(folder: Path, what: str, *paths: Path) -> dict[str, Any]:
    """Run one import in a process of its own; return what it measured."""
    command = [sys.executable, "-m", "benchmarks.importing", str(folder), what, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _pole_files() -> list[Path]:
    files = [*POLE.glob("nodes.*"), *POLE.glob("relationships.*")]
    return sorted(path for path in files if "linked_only" not in path.name)


def _measured(folder: Path, what: str, paths: list[Path]) -> dict[str, Any]:
    path = folder / f"import-{what}.ocgdesk"
    for old in (path, keyfile.path_for(path)):
        old.unlink(missing_ok=True)
    new = NewWorkspace(name="Import", agency="WMP", user="analyst", synthetic=True, recovery=False)
    workspace, _words = access.create(path, new, PASSPHRASE, cost=Cost(memory_kib=1024, time=1))
    kind = Kind.HANDLE if what == "one" else None
    began = time.perf_counter()
    with workspace.reading() as reader:
        checked = import_lines.check(reader, paths, kind=kind, today=date(2026, 11, 21))
    drafted = time.perf_counter()
    imports.take_in(workspace, checked.proposal)
    ended = time.perf_counter()
    found: dict[str, Any] = {
        "draft": drafted - began,
        "written": ended - drafted,
        "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "records": checked.counts["new_records"],
        "links": checked.counts["new_links"],
        "events": checked.counts.get("events", 0),
    }
    if what == "pole":
        found["answers"] = answers(workspace)
    workspace.close()
    return found


def answers(workspace: Workspace) -> dict[str, bool]:
    """Tell of each published question whether the register answers it as published."""
    with workspace.reading() as reader:
        world = _World(reader)
        return {question: bool(answer(world)) for question, answer in _QUESTIONS.items()}


class _World:
    """The crimes and people of the data as the register holds them."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.links = [t for t in self._all(Kind.LINK, Base.LINK) if isinstance(t, Link)]
        self.crimes = {t.id: t for t in self._all(Kind.OPERATION)}
        self.people = {t.id: t for t in self._all(Kind.NOMINAL)}

    def _all(self, kind: Kind, base: Base = Base.ENTITY) -> list[Any]:
        return self.reader.load(listing.order(self.reader, ListQuery(kind=kind)), base)

    def types(self) -> Counter[str]:
        """Return how many crimes there are of each type."""
        return Counter(crime.name for crime in self.crimes.values())

    def triangles(self) -> tuple[str, int]:
        """Return who stands in most triangles of people who know each other, and in how many."""
        known: dict[Any, set[Any]] = {}
        for link in self.links:
            if link.note == "KNOWS":
                known.setdefault(link.source, set()).add(link.target)
                known.setdefault(link.target, set()).add(link.source)
        counts = {
            one: sum(b in known[a] for a, b in combinations(around, 2))
            for one, around in known.items()
        }
        best = max(counts, key=lambda one: counts[one])
        return self.people[best].name, counts[best]

    def drugs_of(self, *names: str) -> list[str]:
        """Return the charges of the drugs crimes that people of these names are party to."""
        return [
            self.crimes[link.target].summary
            for link in self.links
            if link.type == "party-to"
            and self.people[link.source].name in names
            and self.crimes[link.target].name == "Drugs"
        ]

    def parties_under(self, badge: str) -> Counter[str]:
        """Return who is party to the drugs crimes of the officer with this badge."""
        nos = records.with_external(self.reader, "badge", [badge])
        (officer,) = self.reader.load(list(nos.values()))
        mine = {
            link.target
            for link in self.links
            if link.type == "officer-in-case" and link.source == officer.id
        }
        return Counter(
            self.people[link.source].name
            for link in self.links
            if link.type == "party-to"
            and link.target in mine
            and self.crimes[link.target].name == "Drugs"
        )


_QUESTIONS: dict[str, Callable[[_World], bool]] = {
    "most frequent type": lambda w: (
        w.types().most_common(1) == [("Violence and sexual offences", 8765)]
    ),
    "least frequent type": lambda w: w.types()["Possession of weapons"] == 236,
    "most triangles": lambda w: w.triangles() == ("Deborah Ford", 10),
    "drugs under an officer": lambda w: (
        w.parties_under("26-5234182") == {"Jack Powell": 2, "Raymond Walker": 1}
    ),
    "drugs of a man": lambda w: len(w.drugs_of("Brian Morales")) == 3,
    "drugs of a woman": lambda w: len(w.drugs_of("Diana Murray")) == 3,
}


if __name__ == "__main__":
    _folder, _what, *_paths = sys.argv[1:]
    print(json.dumps(_measured(Path(_folder), _what, [Path(path) for path in _paths])))
