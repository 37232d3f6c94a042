"""Tables and the specification of each, as one draft."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from ocgdesk.errors import Refused
from ocgdesk.exchange import no_numbers
from ocgdesk.exchange.draft import Draft
from ocgdesk.exchange.event_reading import EventReading
from ocgdesk.exchange.mapping import squashed
from ocgdesk.exchange.part_reading import Gathered, SpecReading
from ocgdesk.exchange.part_values import place_of
from ocgdesk.exchange.raw import RawTable
from ocgdesk.exchange.specifications import Specification
from ocgdesk.i18n import _, ngettext
from ocgdesk.progress import Progress, silent


def draft_by(
    tables: Sequence[RawTable],
    specs: Sequence[Specification],
    *,
    today: date | None = None,
    progress: Progress = silent,
) -> Draft:
    """Read each table by its specification; what one names another may describe.

    Refused where a table lacks a column that its specification cannot do without.
    """
    into = Gathered()
    for table, spec in zip(tables, specs, strict=True):
        _check_columns(table, spec)
        reading = EventReading if spec.has_events else SpecReading
        reading(table, spec, into, today).read(progress)
    names = tuple(dict.fromkeys(spec.name for spec in specs))
    return Draft(
        specification=" + ".join(names),
        kind=specs[0].parts[0].kind,
        files=tuple(table.source for table in tables),
        records=into.drafted(),
        links=tuple(into.links.values()),
        problems=(*(p for table in tables for p in table.problems), *into.problems),
        notes=(*(n for table in tables for n in table.notes), *_notes(tables, specs, into)),
        columns=_columns(tables[0], specs[0]),
        specs={table.name: spec for table, spec in zip(tables, specs, strict=True)},
        outside=into.outside(),
        events=into.events,
        alone=into.alone,
        unnamed=into.unnamed,
        bad=into.bad,
        partly=into.partly,
        more_bad=into.more_bad,
    )


def _check_columns(table: RawTable, spec: Specification) -> None:
    lacking = [header for header in spec.needed() if place_of(table, header) < 0]
    if lacking:
        text = _("The file {file} is not for {spec}: it has no column {header}.")
        raise Refused(text.format(file=table.name, spec=spec.name, header=lacking[0]))


def _notes(
    tables: Sequence[RawTable], specs: Sequence[Specification], into: Gathered
) -> Iterator[str]:
    for table, spec in zip(tables, specs, strict=True):
        guessed = spec.name == Path(table.name).stem
        told = (
            _("{file}: its columns were known by their headers.")
            if guessed
            else _("{file} is read by the specification {name}.")
        )
        yield told.format(file=table.name, name=spec.name)
        if unread := _unread(table, spec):
            text = ngettext(
                "One column is left out: {headers}.", "Columns left out: {headers}.", len(unread)
            )
            yield text.format(headers=", ".join(unread))
    yield from no_numbers.words_of(into.unnamed)
    if into.repeats:
        text = ngettext(
            "{n} row says of a link what an earlier one said.",
            "{n} rows say of a link what an earlier one said.",
            into.repeats,
        )
        yield text.format(n=f"{into.repeats:,}")


def _unread(table: RawTable, spec: Specification) -> tuple[str, ...]:
    read = {squashed(column) for column in spec.known()}
    return tuple(header for header in table.header if squashed(header) not in read)


def _columns(table: RawTable, spec: Specification) -> tuple[tuple[str, str | None], ...]:
    filled = filled_by(spec)
    by_place = {place_of(table, header): words for header, words in filled.items()}
    return tuple((header, by_place.get(i)) for i, header in enumerate(table.header))


def filled_by(spec: Specification) -> Mapping[str, str]:
    """Return for each header of a specification what it fills: ``person.born``."""
    found: dict[str, str] = {}
    for part in spec.parts:
        for one in part.fields:
            name = f"{one.field}:{one.scheme}" if one.scheme else one.field
            found.setdefault(one.column, f"{part.name}.{name}")
        for column in part.key:
            found.setdefault(column, f"{part.name}.key")
    for link in spec.links:
        for one in link.fields:
            found.setdefault(one.column, f"{link.source}→{link.target}.{one.field}")
        for column in link.events.columns() if link.events else ():
            found.setdefault(column, f"{link.source}→{link.target}.event")
    found.pop("", None)
    return found
