"""Charts of invented items as files, as the window makes them; a long profile with three charts."""

import re
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Final
from uuid import UUID

from benchmarks.canvas import network
from benchmarks.figures import Figure, once
from benchmarks.sample import copied
from ocgdesk.casework import brief_products, briefs, chart_papers, charts, products, records
from ocgdesk.casework.charts import ChartQuery
from ocgdesk.domain.charts import Arrangement, Chart, Cover
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.links import Membership
from ocgdesk.store import records as queries
from ocgdesk.store.workspace import Workspace
from ocgdesk.ui.worker import Call, Worker

_WANTED: Final = (
    ("pdf", 500, 5.0),
    ("pdf", 2_000, 20.0),
    ("pptx", 500, 5.0),
    ("pptx", 2_000, 20.0),
)


_CHARTS: Final = (("Members", 1, 60, "ocg"), ("Network", 2, 150, "force"), ("Lines", 2, 90, "ocg"))
"""The charts that go into the profile: title, steps, items at most, layout."""
_MEMBERS: Final = 100
_SOME: Final = "select id from entity where kind = ? order by no desc limit ?"
_ASKED: Final = 20
"""Pages the profile has at least, or what was measured is not what was asked."""


def figures(sample: Path, folder: Path) -> list[Figure]:
    """Write charts as PDF and slides, and the profile of a large OCG in each kind of file."""
    with copied(sample, folder / "papers.ocgdesk") as workspace:
        return [*_charts(), *_profile(workspace)]


def _charts() -> list[Figure]:
    """Write 500 and 2,000 items, each with twice as many links, as PDF and as slides."""
    worker = Worker()
    try:
        for form in ("pdf", "pptx"):  # starting the process and importing are not counted
            _write(worker, form, network(10, 20))
        return [_timed(worker, form, items, most) for form, items, most in _WANTED]
    finally:
        worker.close()


def _profile(workspace: Workspace) -> list[Figure]:
    """Write the whole profile of a large OCG, with three charts kept of it.

    From the register to the bytes of the file, each format anew: nothing is kept between.
    """
    ocg = _large(workspace)
    kept = [_kept(workspace, ocg, *one) for one in _CHARTS]
    sections = (*brief_products.sections_of("ocg-profile"), *(f"chart:{one.id}" for one in kept))
    wish = briefs.Wish(product="ocg-profile", subject=ocg, sections=sections)
    spent, files = dict[str, float](), dict[str, bytes]()
    for form in ("pdf", "docx", "pptx"):
        spent[form] = once(lambda form=form: files.update({form: _made(workspace, wish, form)}))
    pages = len(re.findall(rb"/Type/Page\b", files["pdf"]))
    return [
        Figure(
            name=f"OCG profile of {pages} pages, three charts, as {form}",
            value=value,
            target=10.0 if pages >= _ASKED else 0.0,
        )
        for form, value in spent.items()
    ]


def _made(workspace: Workspace, wish: briefs.Wish, form: str) -> bytes:
    with workspace.reading() as reader:
        made = briefs.make(reader, wish, now=datetime.now(LONDON), author="Bench")
    return products.MAKERS[form](made.document)


def _large(workspace: Workspace) -> UUID:
    """Return an OCG with a hundred more members, each known from three graded reports."""
    with workspace.reading() as reader:
        ocg = queries.resolve(reader, "Tarnbrook")
        people, reports = (
            [UUID(bytes=row[0]) for row in reader.execute(_SOME, kind, many)]
            for kind, many in (("nominal", _MEMBERS), ("report", 3 * _MEMBERS))
        )
    members = [
        Membership(
            source=person,
            target=ocg.id,
            role="street-dealer",
            importance="peripheral",
            reports=tuple(reports[3 * at : 3 * at + 3]),
        )
        for at, person in enumerate(people)
    ]
    with workspace.work("Link records") as done:
        for member in members:
            records.link(done.work, member)
    return ocg.id


def _kept(workspace: Workspace, ocg: UUID, title: str, hops: int, most: int, layout: str) -> Chart:  # noqa: PLR0917
    """Keep a chart round an OCG, laid out as the window lays it out."""
    with workspace.reading() as reader:
        scene = charts.scene(reader, ChartQuery(focus=(ocg,), hops=hops, most=most))
    places = charts.lay_out(scene, layout, focus=(ocg,))
    with workspace.work("Save chart") as done:
        return charts.save(done.work, Chart(title=title, focus=(ocg,)), places)


def _timed(worker: Worker, form: str, items: int, most: float) -> Figure:
    drawn = network(items, 2 * items)
    spent = once(lambda: _write(worker, form, drawn))  # wall time: of a machine at rest
    return Figure(name=f"chart of {items:,} items as {form}", value=spent, target=most)


def _write(worker: Worker, form: str, drawn: Arrangement) -> None:
    call = Call.of(chart_papers.render, drawn, Cover(title="Chart"), form)
    worker.call(call, Event())
