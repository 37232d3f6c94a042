"""Which nominals may be one person: sought by keys, scored by splink on DuckDB.

DuckDB works in memory alone: spilling is off, no extension is fetched, nothing outside is read.
"""

import logging
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any, Final

from ocgdesk.i18n import _
from ocgdesk.matching import blocking, model, names
from ocgdesk.matching.values import Candidate, Evidence, Person, Sign
from ocgdesk.progress import Progress, batches, silent

THRESHOLD: Final = 0.3
"""From here a pair is shown; chosen on ``febrl1``."""
_AT_ONCE: Final = 5_000
_PAIRS_AT_ONCE: Final = 400_000
_RARE: Final = 0.002
"""A word that at most this share of the records has is rare."""
_EXPECTED: Final = 1.0
"""So many true pairs are expected for each record: what the odds start from."""
_TELLING: Final = 0.5
"""Bits from which a level is told as evidence."""
_PAIRS: Final = (
    "CREATE TABLE pairs AS SELECT DISTINCT one.key AS join_key_l, other.key AS join_key_r, "
    "'0' AS match_key FROM kept one JOIN kept other ON one.block = other.block "
    "AND one.key < other.key"
)
_WANTED: Final = "SELECT key FROM wanted"
_PAIRS_AMONG: Final = f"{_PAIRS} WHERE one.key IN ({_WANTED}) OR other.key IN ({_WANTED})"
_TOLD: Final = ", ".join(
    (
        *("key_l", "key_r", "match_probability", "mw_tf_adj_name"),
        *(f"gamma_{one.name}" for one in model.PEOPLE),
    )
)
_COLUMNS: Final = (
    "key UINTEGER, words VARCHAR[], every VARCHAR[], rare VARCHAR[], whole VARCHAR, born VARCHAR, "
    "gender VARCHAR, numbers VARCHAR[], schemes VARCHAR[], phones VARCHAR[], streets VARCHAR[], "
    "areas VARCHAR[], postcodes VARCHAR[]"
)


def candidates(
    people: Sequence[Person],
    *,
    among: Collection[int] | None = None,
    threshold: float = THRESHOLD,
    progress: Progress = silent,
) -> list[Candidate]:
    """Return the pairs that may be one person, the surest first.

    With ``among``, only pairs with at least one of these keys: a draft against the register.
    Raises Cancelled where the caller's progress does.
    """
    if len(people) < 2:
        return []
    with _connection() as duck:
        _load(duck, people, progress)
        pairs = _block(duck, people, among, progress)
        return _score(duck, len(people), pairs, threshold, progress)


def blocked(people: Sequence[Person]) -> set[tuple[int, int]]:
    """Return the pairs that would be looked at, the smaller key first."""
    with _connection() as duck:
        _block(duck, people, None, silent)
        return set(duck.sql("SELECT join_key_l, join_key_r FROM pairs").fetchall())


def _connection() -> Any:
    import duckdb

    options: dict[str, Any] = {
        "max_temp_directory_size": "0B",
        "temp_directory": "",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "allow_community_extensions": "false",
        "threads": "2",
    }
    duck = duckdb.connect(":memory:", config=options)
    duck.execute("SET enable_progress_bar = false")  # it would stand among what a command prints
    duck.execute(model.MACROS)
    return duck


def _load(duck: Any, people: Sequence[Person], progress: Progress) -> None:
    import pyarrow as pa

    rare = _rare(people)
    rows = [
        _row(one, rare)
        for some in batches(people, _AT_ONCE, progress, _("Reading names"))
        for one in some
    ]
    table = pa.Table.from_pylist(rows, schema=_schema(pa))
    duck.register("given", table)
    duck.execute(f"CREATE TABLE people ({_COLUMNS})")
    duck.execute("INSERT INTO people SELECT * FROM given")
    duck.unregister("given")


def _schema(pa: Any) -> Any:
    many = ("words", "every", "rare", "numbers", "schemes", "phones", "streets", "areas")
    columns = [part.strip().split(" ")[0] for part in _COLUMNS.split(",")]
    kinds = {"key": pa.uint32(), **dict.fromkeys((*many, "postcodes"), pa.list_(pa.string()))}
    return pa.schema([(name, kinds.get(name, pa.string())) for name in columns])


def _rare(people: Sequence[Person]) -> frozenset[str]:
    counts = Counter(word for one in people for word in set(names.words(one.name)))
    most = max(3, len(people) * _RARE)
    return frozenset(word for word, count in counts.items() if count <= most)


def _row(one: Person, rare: frozenset[str]) -> dict[str, Any]:
    words = names.words(one.name)
    further = [word for alias in one.aliases for word in names.words(alias)]
    return {
        "key": one.key,
        "words": words,
        "every": list(dict.fromkeys((*words, *further))),
        "rare": [word for word in words if word in rare],
        "whole": " ".join(sorted(words)) or None,
        "born": one.born,
        "gender": one.gender,
        "numbers": one.numbers,
        "schemes": sorted({number.partition(":")[0] for number in one.numbers}),
        "phones": one.phones,
        "streets": one.streets,
        "areas": one.areas,
        "postcodes": one.postcodes,
    }


def _block(
    duck: Any, people: Sequence[Person], among: Collection[int] | None, progress: Progress
) -> int:
    """Write the pairs that share a key into a table; return how many there are."""
    import pyarrow as pa

    holders: list[int] = []
    shared: list[str] = []
    for some in batches(people, _AT_ONCE, progress, _("Looking for what records share")):
        for one in some:
            found = blocking.keys(one)
            shared.extend(found)
            holders.extend([one.key] * len(found))
    held = pa.table({"key": pa.array(holders, pa.uint32()), "block": shared})
    duck.register("held", held)
    duck.execute("CREATE TABLE sizes AS SELECT block, count(*) AS size FROM held GROUP BY block")
    duck.execute(
        "CREATE TABLE kept AS SELECT key, block FROM held SEMI JOIN sizes ON "
        "sizes.block = held.block AND sizes.size BETWEEN 2 AND ?",
        [_most_sharing(duck, len(people))],
    )
    duck.unregister("held")
    duck.register("wanted", pa.table({"key": pa.array(sorted(among or ()), pa.uint32())}))
    duck.execute(_PAIRS if among is None else _PAIRS_AMONG)
    return int(duck.sql("SELECT count(*) FROM pairs").fetchall()[0][0])


def _most_sharing(duck: Any, count: int) -> int:
    """Return how many records may share a key, so that the pairs stay in proportion to them."""
    most = blocking.PAIRS_A_RECORD * count + blocking.PAIRS_ANYWAY
    sizes = duck.execute(
        "SELECT size, sum(size * (size - 1) / 2) FROM sizes WHERE size BETWEEN 2 AND ? "
        "GROUP BY size ORDER BY size",
        [blocking.MOST_SHARING],
    ).fetchall()
    allowed, total = 2, 0
    for size, pairs in sizes:
        total += pairs
        if total > most:
            break
        allowed = size
    return allowed


def _score(
    duck: Any, count: int, pairs: int, threshold: float, progress: Progress
) -> list[Candidate]:
    linker, api = _linker(duck, count)
    found: list[Candidate] = []
    parts = max(1, -(-pairs // _PAIRS_AT_ONCE))
    for part in range(parts):
        progress(part, parts, _("Comparing pairs"))
        duck.execute(
            "CREATE OR REPLACE TABLE slice AS SELECT * FROM pairs "
            "WHERE hash(join_key_l, join_key_r) % ?::UBIGINT = ?::UBIGINT",
            [parts, part],
        )
        linker.table_management.register_blocked_pairs_for_predict(api.register("slice"))
        scored = linker.inference.predict(
            threshold_match_probability=threshold, warning_mode="never"
        )
        found += [_candidate(row) for row in scored.as_duckdbpyrelation().select(_TOLD).fetchall()]
        scored.drop_table_from_database_and_remove_from_cache()
    progress(parts, parts, "")
    return sorted(found, key=lambda one: (-one.probability, one.one, one.other))


def _linker(duck: Any, count: int) -> tuple[Any, Any]:
    logging.getLogger("splink").setLevel(logging.ERROR)
    from splink import DuckDBAPI, Linker

    api = DuckDBAPI(connection=duck)
    prior = min(0.1, 2 * _EXPECTED / count)
    people = api.register("people")
    return Linker(people, model.settings(prior), log_level=logging.ERROR), api


def _candidate(row: Sequence[Any]) -> Candidate:
    (one, other), probability, rarity = sorted(row[:2]), row[2], row[3]
    compared = zip(model.PEOPLE, row[4:], strict=True)
    met = [level for what, gamma in compared if (level := what.level(gamma)) is not None]
    evidence = [_evidence(level, rarity if level.by_frequency else 0.0) for level in met]
    told = [one for one in evidence if abs(one.weight) >= _TELLING]
    return Candidate(
        one=one,
        other=other,
        probability=probability,
        evidence=tuple(sorted(told, key=lambda item: -abs(item.weight))),
    )


def _evidence(level: model.Level, rarity: float) -> Evidence:
    weight = level.weight + rarity
    return Evidence(level.code, Sign.FOR if weight > 0 else Sign.AGAINST, round(weight, 2))
