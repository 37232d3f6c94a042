"""Scoring sheets: what is asked, on which scales, and how the answers make a score.

A sheet is reference data with a version. The shipped ones are local defaults: value tables and
formulas of the national schemes are not public.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Final

from ocgdesk.domain.reference_data import SHEET, CodeList, code_list
from ocgdesk.errors import Refused

SHEETS: Final = ("ocgm", "morile-style", "line-indicators")
"""The shipped sheets; each is the reference list ``sheet-`` and its name."""


class Role(StrEnum):
    """What a block of factors does in a score."""

    SUM = "sum"
    """Its levels have values that are added up."""
    LABEL = "label"
    """Its level stands beside the score and is never multiplied into it."""
    FLAG = "flag"
    """Each of its factors is raised or not."""


@dataclass(frozen=True, slots=True)
class Level:
    """One answer on a scale; without a value it is unknown, which is never counted as 0."""

    code: str
    label: str
    value: int | None = None
    also: tuple[str, ...] = ()
    """Other ways in which files write it."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The answers a factor can have, in the order shown."""

    code: str
    levels: tuple[Level, ...]

    @property
    def most(self) -> int:
        """The highest value."""
        return max((level.value or 0 for level in self.levels), default=0)

    def level(self, text: str) -> Level:
        """Return the level of a code, a label or another way of writing it; else Refused."""
        wanted = text.strip().casefold()
        for level in self.levels:
            if wanted in {level.code.casefold(), level.label.casefold(), *level.also}:
                return level
        known = ", ".join(level.label for level in self.levels)
        raise Refused(f"{text[:40]!r} is none of these: {known}")


@dataclass(frozen=True, slots=True)
class Band:
    """A named stretch of totals, from this one up to the next band."""

    code: str
    label: str
    start: int


@dataclass(frozen=True, slots=True)
class Block:
    """Factors that are taken together."""

    code: str
    label: str
    role: Role
    optional: bool = False
    """Whether the score can do without it."""
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing that is assessed."""

    code: str
    label: str
    block: str
    scale: Scale
    also: tuple[str, ...] = ()
    """Other names that files have for it."""


@dataclass(frozen=True, slots=True)
class Result:
    """A number made of the totals of blocks by multiplying them."""

    code: str
    label: str
    multiply: tuple[str, ...]
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One version of a scoring sheet."""

    name: str
    title: str
    version: int
    local_default: bool
    source: str
    factors: tuple[Factor, ...]
    blocks: tuple[Block, ...]
    most_open: int
    """How many factors that count may be unknown or unanswered before totals are hidden."""
    result: Result | None = None
    matrix: tuple[str, str] | None = None
    """The blocks whose bands are the rows and columns of a matrix."""

    def factors_of(self, block: str) -> tuple[Factor, ...]:
        """Return the factors of one block, in the order of the sheet."""
        return tuple(factor for factor in self.factors if factor.block == block)

    def most(self, block: str) -> int:
        """Return the highest total a block can have."""
        return sum(factor.scale.most for factor in self.factors_of(block))

    def factor(self, text: str) -> Factor:
        """Return a factor by code, label or another name; Refused where the sheet has none."""
        wanted = text.strip().casefold()
        for factor in self.factors:
            if wanted in {name.casefold() for name in (factor.code, factor.label, *factor.also)}:
                return factor
        raise Refused(f"{text[:40]!r} is not on version {self.version} of {self.title}")

    @property
    def measures(self) -> tuple[str, ...]:
        """The numbers whose trend is worth following: the result, else each total it needs."""
        if self.result is not None:
            return (self.result.code,)
        return tuple(b.code for b in self.blocks if b.role is Role.SUM and not b.optional)


def sheet(name: str) -> Sheet:
    """Return a sheet by name, such as ``ocgm``, as it holds here; see ``SHEETS``."""
    return _of(code_list(f"{SHEET}{name}"))


@cache
def _of(known: CodeList) -> Sheet:
    return read_sheet(known.name.removeprefix(SHEET), known.data)


def read_sheet(name: str, data: Mapping[str, Any]) -> Sheet:
    """Return the sheet that a file describes.

    Raises Refused, in words, where the description does not hold together.
    """
    try:
        found = _read(name, data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refused(f"The sheet {name!r} cannot be read: {error}") from error
    _check(found)
    return found


def _read(name: str, data: Mapping[str, Any]) -> Sheet:
    scales = {one["code"]: Scale(one["code"], _levels(one)) for one in data["scales"]}
    result, matrix = data.get("result"), data.get("matrix")
    return Sheet(
        name=name,
        title=data["title"],
        version=int(data["version"]),
        local_default=data["status"] == "local default",
        source=data.get("source", ""),
        factors=tuple(
            Factor(
                one["code"],
                one["label"],
                one["block"],
                scales[one["scale"]],
                tuple(one.get("also", ())),
            )
            for one in data["items"]
        ),
        blocks=tuple(_block(one) for one in data["blocks"]),
        most_open=int(data.get("most_open", 0)),
        result=_result(result) if result else None,
        matrix=(matrix["rows"], matrix["columns"]) if matrix else None,
    )


def _levels(data: Mapping[str, Any]) -> tuple[Level, ...]:
    return tuple(
        Level(one["code"], one["label"], one.get("value"), tuple(one.get("also", ())))
        for one in data["levels"]
    )


def _block(data: Mapping[str, Any]) -> Block:
    optional = bool(data.get("optional", False))
    return Block(data["code"], data["label"], Role(data["role"]), optional, _bands(data))


def _result(data: Mapping[str, Any]) -> Result:
    return Result(data["code"], data["label"], tuple(data["multiply"]), _bands(data))


def _bands(data: Mapping[str, Any]) -> tuple[Band, ...]:
    return tuple(Band(one["code"], one["label"], int(one["from"])) for one in data.get("bands", ()))


def _check(found: Sheet) -> None:
    blocks = {block.code: block for block in found.blocks}
    _once(found, [block.code for block in found.blocks], "block")
    _once(found, [factor.code for factor in found.factors], "factor")
    for factor in found.factors:
        if factor.block not in blocks:
            raise Refused(f"{factor.label} is in a block that is not there: {factor.block}")
    for block in found.blocks:
        _check_bands(block.label, block.bands)
    if found.result:
        _check_bands(found.result.label, found.result.bands)
    _check_reckoning(found, blocks)


def _check_reckoning(found: Sheet, blocks: Mapping[str, Block]) -> None:
    sides = found.matrix or ()
    for code in (*(found.result.multiply if found.result else ()), *sides):
        if code not in blocks or blocks[code].role is not Role.SUM:
            raise Refused(f"{found.title} reckons with {code}, which is no block that is summed")
    for code in sides:
        if not blocks[code].bands:
            raise Refused(f"{blocks[code].label} needs bands to be a side of the matrix")


def _once(found: Sheet, codes: Sequence[str], what: str) -> None:
    for code in codes:
        if codes.count(code) > 1:
            raise Refused(f"{found.title} has the {what} {code} twice")


def _check_bands(label: str, bands: tuple[Band, ...]) -> None:
    starts = [band.start for band in bands]
    if starts and (starts[0] != 0 or starts != sorted(set(starts))):
        raise Refused(f"The bands of {label} must begin at 0 and rise")
