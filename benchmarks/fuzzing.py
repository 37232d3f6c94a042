"""Every reader of other people's files fed with broken ones, steered by what they reach.

Needs atheris (``pip install atheris``), which runs on Linux and macOS: ``make fuzz SECONDS=60``
is the time each reader gets. Whatever is fed in must end as a table, a chart, a text or one
sentence; anything else, also more than 20 seconds or 2 GiB, is a failure, and its bytes are kept.
"""

import importlib.util
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
_LARGEST = 20_000
_SEEDS = {
    "tables": ("messy/**/*.csv", "messy/**/*.tsv", "messy/**/*.?sv"),
    "packed": ("messy/**/*.xls*", "messy/**/*.ods", "messy/**/*.zip"),
    "json": ("messy/**/*.json", "grip_moj/ocg-tensions.json", "grip_moj/updates.json"),
    "charts": ("charts/**/*.anx", "charts/**/*.g*ml", "charts/**/*.gexf"),
    "texts": ("**/*.md", "messy/**/LICENSE", "grip_moj/*.txt"),
    "events": (),
}
_CALLS = (
    b"A Number,B Number,Start Time,Duration,Call Type,A IMEI,Cell ID\n"
    b"07700900101,07700900102,05/01/2026 10:00:00,1:05,Voice,490154203237518,234-15-3\n"
    b"Withheld,+447700900102,2026-01-05T10:00:00Z,83,SMS,,\n,84433,05-MAR-26 10:00,,,,\n"
)


def main(arguments: list[str]) -> int:
    """Feed every reader for so many seconds each; 1 where one failed, 2 without atheris."""
    if importlib.util.find_spec("atheris") is None:
        print("atheris is not installed here: pip install atheris (Linux and macOS)")
        return 2
    seconds = int(arguments[0]) if arguments else 60
    failed = [name for name in _SEEDS if not _fed(name, seconds)]
    print("failed: " + ", ".join(failed) if failed else "every reader held")
    return int(bool(failed))


def _fed(name: str, seconds: int) -> bool:
    """Feed one reader in a process of its own; tell whether it held."""
    kept = Path("out/fuzz") / name
    kept.mkdir(parents=True, exist_ok=True)
    seeds = kept / "seeds"
    seeds.mkdir(exist_ok=True)
    for n, seed in enumerate(_seeds(name)):
        (seeds / f"seed-{n}").write_bytes(seed)
    limits = ("-timeout=20", "-rss_limit_mb=2048", f"-max_len={_LARGEST}")
    command = (
        *(sys.executable, "-m", "benchmarks.fuzzing", "--feed", name, str(seeds)),
        *(f"-max_total_time={seconds}", f"-artifact_prefix={kept}/", *limits),
    )
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    told = done.stderr.strip().splitlines()
    print(f"{name}: {told[-1] if told else ''}")
    if done.returncode:
        print("\n".join(told[-40:]))
    return done.returncode == 0


def _seeds(name: str) -> list[bytes]:
    if name == "events":
        return [_CALLS]
    paths = {path for pattern in _SEEDS[name] for path in DATA.glob(pattern) if path.is_file()}
    return [path.read_bytes() for path in sorted(paths) if path.stat().st_size <= _LARGEST]


def _feed(name: str, arguments: list[str]) -> None:
    import atheris

    with atheris.instrument_imports(include=["ocgdesk.exchange"]):
        reader = _reader(name)

    def once(data: bytes) -> None:
        from ocgdesk.errors import DeskError

        try:
            reader(data)
        except DeskError as told:
            if not str(told).strip():
                raise ValueError("refused without a sentence") from told

    atheris.Setup([sys.argv[0], *arguments], once)
    atheris.Fuzz()


def _reader(name: str) -> Callable[[bytes], object]:
    from ocgdesk.exchange import intake, running_text
    from ocgdesk.exchange.nets.reading import read_net
    from ocgdesk.exchange.table import read_csv, read_tables

    def events(data: bytes) -> object:
        table = read_csv(data, "calls.csv")
        return intake.draft_from((table,), (Path("calls.csv"),), today=date(2026, 11, 21))

    def drafted(data: bytes) -> object:
        tables = read_tables(data, "list.csv")
        return intake.draft_from(tables, (Path("list.csv"),), today=date(2026, 11, 21))

    return {
        "tables": drafted,
        "packed": lambda data: read_tables(data, "list.xlsx"),
        "json": drafted,
        "charts": lambda data: read_net(data, "chart.anx"),
        "texts": lambda data: (read_tables(data, "x.txt"), running_text.read_text(data, "x.txt")),
        "events": events,
    }[name]


if __name__ == "__main__":
    if sys.argv[1:2] == ["--feed"]:
        _feed(sys.argv[2], sys.argv[3:])
    else:
        sys.exit(main(sys.argv[1:]))
