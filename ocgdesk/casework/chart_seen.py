"""A kept chart as it is seen: by its rules, without what its filters and its days leave out."""

from dataclasses import dataclass, replace

from ocgdesk.casework import chart_facts, chart_fanning, chart_looks, chart_times
from ocgdesk.casework.chart_looks import Looks
from ocgdesk.casework.chart_opening import Opened
from ocgdesk.domain.charts import Arrangement
from ocgdesk.i18n import _
from ocgdesk.store.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is drawn of a chart, and what is printed of why it is not all of it."""

    arrangement: Arrangement
    stated: tuple[str, ...] = ()


def dressed(
    reader: Reader, arrangement: Arrangement, looks: Looks, entry: int | None = None
) -> Arrangement:
    """Return a chart as it is seen now, or after an entry of the journal.

    Raises Refused where a filter or a rule asks what is known for now only.
    """
    found = chart_looks.read_facts(reader, arrangement.scene, looks, entry)
    facts = chart_facts.measured(found, arrangement.scene, looks.measures)
    scene = chart_looks.dressed(arrangement.scene, facts, looks)
    if looks.window is not None:
        scene = chart_times.within(reader, scene, looks.window, entry)
    return replace(arrangement, scene=chart_fanning.drawn(scene, looks.lines))


def kept(reader: Reader, opened: Opened) -> Seen:
    """Return a chart that was opened as its own filters, rules and days show it.

    What of them is known for now only is not asked of an earlier moment, which is stated.
    """
    looks, faults = chart_looks.looks_of(opened.chart)
    left: tuple[str, ...] = ()
    if opened.seq is not None:
        looks, left = chart_looks.for_past(looks)
    said = _("not asked of then: {filter}")
    told = tuple(said.format(filter=words) for words in left)
    drawn = dressed(reader, opened.arrangement, looks, opened.seq)
    return Seen(arrangement=drawn, stated=(*faults, *looks.stated, *told))
