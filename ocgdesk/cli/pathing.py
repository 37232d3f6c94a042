"""How records are linked: ``path`` between two, what connects several, what lies round one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from ocgdesk.cli import asking, keeping, output, session
from ocgdesk.cli.session import Way, on_workspace
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.casework.connections import Around, Connected
    from ocgdesk.casework.network_scope import Scope
    from ocgdesk.casework.path_telling import Path
    from ocgdesk.casework.paths import Found, PathQuery
    from ocgdesk.store.reader import Reader
    from ocgdesk.store.records import Brief
    from ocgdesk.store.workspace import Workspace

STRENGTHS = ("confirmed", "unconfirmed", "tentative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A question about paths as it was asked."""

    refs: tuple[str, ...]
    k: int
    ties: bool
    best_evidenced: bool
    in_time: bool
    directed: bool
    hops: int | None
    kinds: tuple[str, ...]
    types: tuple[str, ...]
    strength: str
    avoiding: tuple[str, ...]
    where: tuple[str, ...]
    on: str
    since: str
    until: str
    as_at: str = ""

    def words(self) -> dict[str, Any]:
        """Return the conditions as they are repeated beside the answer."""
        given = {
            name: getattr(self, name)
            for name in ("refs", "k", "ties", "best_evidenced", "in_time", "directed", "hops")
        }
        for name in ("kinds", "types", "strength", "avoiding", "where", "on", "since", "until"):
            given[name] = getattr(self, name)
        return {name: value for name, value in given.items() if value}


@click.command()
@on_workspace
@click.argument("refs", metavar="REF [REF]...", nargs=-1, required=True)
@click.option("--k", type=click.IntRange(1, 50), default=1, help="So many distinct paths.")
@click.option("--ties", is_flag=True, help="All shortest paths.")
@click.option("--best-evidenced", is_flag=True, help="The weakest link as strong as can be.")
@click.option("--in-time", is_flag=True, help="No step before the last.")
@click.option("--directed", is_flag=True, help="Walk links only the way they are stated.")
@click.option("--hops", type=click.IntRange(1, 4), help="List what is so near REF.")
@click.option(
    "--kinds", "--kind", "kinds", multiple=True, metavar="KIND,…", help="Only through these kinds."
)
@click.option(
    "--types",
    "--type",
    "types",
    multiple=True,
    metavar="TYPE,…",
    help="Only by these types of link.",
)
@click.option("--strength", type=click.Choice(STRENGTHS), default=None, help="At least so sure.")
@click.option("--avoid", "avoiding", multiple=True, metavar="REF", help="Not through this one.")
@click.option("--where", multiple=True, metavar="KIND:COLUMN=VALUE", help="Only through such.")
@click.option("--since", default="", help="Only links that may have held since a day.")
@click.option("--until", default="", help="Only links that may have held until a day.")
@session.as_at_option
@session.on_option
@keeping.keep_option
@session.as_json_option
def path(way: Way, *, as_at: str, keep: str, json_: bool, **given: Any) -> None:
    """Show how two records are linked, in their order; what connects several; what is near one."""
    given["strength"] = given["strength"] or ""
    for name in ("kinds", "types"):
        given[name] = split(given[name])
    wish = Wish(**given, as_at=as_at)
    is_pair = wish.hops is None and len(wish.refs) == 2
    if keep and not is_pair:
        raise click.UsageError(_("only paths between two records can be kept"))
    if wish.hops is None and len(wish.refs) < 2:
        raise click.UsageError(_("name two records to join, more to connect, or give --hops"))
    with way.opened() as workspace:
        if is_pair:
            _pair(workspace, wish, keep, json_=json_)
            return
        with workspace.reading() as reader:
            if wish.hops is not None:
                _tell_around(_around(reader, wish), wish, json_=json_)
            else:
                _tell_connected(_connected(reader, wish), wish, json_=json_)


def _pair(workspace: "Workspace", wish: Wish, keep: str, *, json_: bool) -> None:
    from ocgdesk.casework import result_tables

    read_at = result_tables.now()
    with workspace.reading() as reader:
        found = _found(reader, wish)
    keeping.keep(workspace, result_tables.of_paths(found, read_at=read_at), keep)
    _tell_paths(found, wish, json_=json_)


def split(given: Iterable[str]) -> tuple[str, ...]:
    """Return the words of options that may be given several times, and with commas."""
    return tuple(word.strip() for some in given for word in some.split(",") if word.strip())


def scope_of(wish: Any) -> "Scope":
    """Return kinds, types, strength and dates as conditions; Refused where one is unknown."""
    from ocgdesk.casework.network_scope import Scope
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.domain.reference_data import code_list

    kinds = tuple(Kind(code_list("kinds").parse(name)) for name in wish.kinds)
    types = tuple(code_list("link-types").parse(name) for name in wish.types)
    since, until = (session.day_of(wish.on or text) for text in (wish.since, wish.until))
    return Scope(
        kinds=kinds,
        types=types,
        strength=wish.strength,
        since=since,
        until=until,
        as_at=asking.moment(wish.as_at),
    )


def _ids(reader: "Reader", refs: Iterable[str]) -> list[Any]:
    from ocgdesk.store import records

    return [records.resolve(reader, ref).id for ref in refs]


def _query(reader: "Reader", wish: Wish) -> "PathQuery":
    from ocgdesk.casework.conditions import records_where
    from ocgdesk.casework.paths import PathQuery

    one, two = _ids(reader, wish.refs)
    return PathQuery(
        one=one,
        two=two,
        count=wish.k,
        ties=wish.ties,
        best_evidenced=wish.best_evidenced,
        in_time=wish.in_time,
        directed=wish.directed,
        through=scope_of(wish),
        avoiding=tuple(_ids(reader, wish.avoiding)),
        where=tuple(records_where(text, today=session.today()) for text in wish.where),
    )


def _found(reader: "Reader", wish: Wish) -> "Found":
    from ocgdesk.casework import paths

    return paths.find(reader, _query(reader, wish), progress=session.progress())


def _connected(reader: "Reader", wish: Wish) -> "Connected":
    from ocgdesk.casework import connections

    return connections.connect(
        reader,
        _ids(reader, wish.refs),
        through=scope_of(wish),
        directed=wish.directed,
        ties=wish.ties,
        progress=session.progress(),
    )


def _around(reader: "Reader", wish: Wish) -> "Around":
    from ocgdesk.casework import connections

    assert wish.hops is not None  # noqa: S101 - asked for by who calls
    ids = _ids(reader, wish.refs)
    return connections.around(reader, ids, wish.hops, through=scope_of(wish))


def _tell_paths(found: "Found", wish: Wish, *, json_: bool) -> None:
    if json_:
        _as_json(found.paths, wish, found.caveats, conditions=found.conditions, ties=found.total)
        return
    output.say(f"{found.headline}  [{found.marking.banner}]")
    _say_paths(found.paths)
    _say_lines((*found.conditions, *found.caveats))


def _tell_connected(found: "Connected", wish: Wish, *, json_: bool) -> None:
    if json_:
        parts = [[brief.ref or str(brief.id) for brief in part] for part in found.parts]
        _as_json(found.paths, wish, found.caveats, conditions=found.conditions, parts=parts)
        return
    told = _("{n} records connect them:")
    output.say(told.format(n=len(found.records) - sum(map(len, found.parts))))
    _say_paths(found.paths)
    _say_lines((*found.conditions, *found.caveats))


def _tell_around(found: "Around", wish: Wish, *, json_: bool) -> None:
    from ocgdesk.casework import present
    from ocgdesk.domain.reference_data import label

    if json_:
        items = [present.brief(brief) | {"hops": hops} for brief, hops in found.records]
        said = {
            "caveats": list(found.caveats),
            "as_at": asking.as_at_words(wish.as_at),
            "filters": wish.words(),
        }
        output.as_json({"items": items, **said, "withheld": None})
        return
    rows = [
        (hops, label("kinds", brief.kind.value), brief.ref, brief.label)
        for brief, hops in found.records
    ]
    if rows:
        output.table([_("Links away"), _("Kind"), _("Reference"), _("What")], rows)
    _say_lines(found.caveats)


def _say_paths(paths: Sequence["Path"]) -> None:
    for number, one in enumerate(paths, 1):
        output.say()
        if len(paths) > 1:
            chain = " → ".join(brief.label for brief in one.records)
            output.say(_("Path {n}: {chain}").format(n=number, chain=chain))
        for sentence in one.sentences:
            output.say(sentence)
        if one.undated and one.by:
            told = _("{n} of its steps have no date: of their order nothing is known.")
            output.say(told.format(n=one.undated))


def _say_lines(lines: Iterable[str]) -> None:
    output.say()
    for line in lines:
        output.say(line[0].upper() + line[1:])


def _as_json(paths: Sequence["Path"], wish: Wish, caveats: Iterable[str], **more: Any) -> None:
    from ocgdesk.casework import present

    records: dict[Any, Brief] = {brief.id: brief for one in paths for brief in one.records}
    links = {link.id: link for one in paths for step in one.steps for link in step.links}
    output.as_json(
        {
            "items": [present.brief(brief) for brief in records.values()],
            "links": [present.plain(link) for link in links.values()],
            "paths": [_plain(one) for one in paths],
            **more,
            "caveats": list(caveats),
            "as_at": asking.as_at_words(wish.as_at),
            "filters": wish.words(),
            "withheld": None,
        }
    )


def _plain(one: "Path") -> dict[str, Any]:
    return {
        "length": len(one.steps),
        "weakest": one.strength.value,
        "records": [brief.ref or str(brief.id) for brief in one.records],
        "links": [[str(link.id) for link in step.links] for step in one.steps],
        "reports": [[report.ref for report in step.reports] for step in one.steps],
        "days": [day.isoformat() if day else None for day in one.by],
        "undated_steps": one.undated,
        "unsourced_steps": one.unsourced,
        "sentences": list(one.sentences),
    }
