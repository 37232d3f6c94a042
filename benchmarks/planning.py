"""4P plans of the national sample: the home page, a board, and the coverage of a force."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.figures import Figure, median
from benchmarks.sample import AS_OF
from ocgdesk.casework import access, coverage, overview, plan_beside, plan_board, samples
from ocgdesk.casework.overview import Scope
from ocgdesk.domain.kinds import Kind
from ocgdesk.store import listing, planning
from ocgdesk.store.listing import ListQuery
from ocgdesk.store.reader import Reader
from ocgdesk.store.workspace import Workspace

_FORCE = "MPS"
"""The force with most OCGs in the sample."""


def figures(sample: Path, _folder: Path) -> list[Figure]:
    """Measure as the LRO and the coordinator of the sample, each from a new snapshot."""
    found = []
    for user, scopes in (("lro", (Scope.MINE,)), ("coordinator", (Scope.FORCE, Scope.ALL))):
        workspace = access.unlock(sample, user, samples.PASSPHRASE)
        for scope in scopes:
            task = partial(overview.home, wish=scope, agency=workspace.about.agency, today=AS_OF)
            name = f"home page of the {user}, {scope.value}"
            found.append(Figure(name=name, value=_spent(workspace, task), target=0.5))
        if user == "lro":
            found += _boards(workspace)
        else:
            task = partial(coverage.of_force, agencies=(_FORCE,), today=AS_OF)
            value = _spent(workspace, task)
            found.append(Figure(name="coverage of a force", value=value, target=2.0))
        workspace.close()
    return found


def _boards(workspace: Workspace) -> list[Figure]:
    with workspace.reading() as reader:
        nos = listing.order(reader, ListQuery(kind=Kind.OCG))[:10]
        ocgs = [row.id for row in listing.window(reader, Kind.OCG, nos, ())]
        plans = [plan.id for id_ in ocgs if (plan := planning.plan_of(reader, id_))]

    def boards(reader: Reader) -> None:
        for id_ in ocgs:
            plan_board.read(reader, id_, today=AS_OF, noted=False)

    def beside(reader: Reader) -> None:
        for id_ in plans:
            plan_beside.read(reader, id_, today=AS_OF)

    return [
        Figure(name="board of a plan", value=_spent(workspace, boards) / len(ocgs), target=0.3),
        Figure(
            name="what stands beside it", value=_spent(workspace, beside) / len(plans), target=0.3
        ),
    ]


def _spent(workspace: Workspace, task: Callable[[Reader], object]) -> float:
    def act() -> None:
        with workspace.reading() as reader:
            task(reader)

    return median(act)
