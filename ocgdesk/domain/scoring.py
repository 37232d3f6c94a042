"""Scoring an OCG or line by a sheet, and telling which scores can be compared.

Two sheets' scores stand side by side and are never derived from each other, and scores of
different versions of a sheet are never compared.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from math import prod

from ocgdesk.domain.scoring_sheets import Band, Block, Factor, Level, Result, Role, Sheet
from ocgdesk.i18n import _, ngettext


class Source(StrEnum):
    """Who reckoned a score."""

    LOCAL = "local"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one block of a sheet comes to."""

    code: str
    label: str
    role: Role
    total: int | None = None
    """The sum of what is known; None where it is hidden or nothing is summed."""
    upper: int | None = None
    """The total if every open factor were at its highest."""
    of: int = 0
    """The highest total the block can have."""
    unknown: int = 0
    unanswered: int = 0
    band: str = ""
    """The code of the band the total falls in."""
    words: str = ""
    chosen: tuple[str, ...] = ()
    """Codes of the level of a label, or of the flags that are raised."""

    @property
    def open(self) -> int:
        """How many factors have no value, whether unknown or unanswered."""
        return self.unknown + self.unanswered


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A score with its parts and, in words, how it came about."""

    sheet: str
    title: str
    version: int
    source: Source = Source.LOCAL
    is_assessed: bool = True
    parts: tuple[Part, ...] = ()
    result: int | None = None
    result_code: str = ""
    band: str = ""
    cell: tuple[str, str] | None = None
    """The bands of the matrix: row and column."""
    reasons: tuple[str, ...] = ()

    def part(self, code: str) -> Part | None:
        """Return a part by the code of its block."""
        return next((part for part in self.parts if part.code == code), None)

    def measure(self, code: str) -> int | None:
        """Return the result or a total by code; None where it is hidden or not there."""
        if code == self.result_code:
            return self.result
        part = self.part(code)
        return part.total if part else None


def score(sheet: Sheet, answers: Mapping[str, str]) -> Score:
    """Score answers (level by factor) on a sheet.

    Unknown and unanswered factors are counted and shown, never taken as 0; with more of them
    than the sheet allows, totals are hidden. No answers at all is "not assessed", which is
    allowed. Raises Refused for a factor or a level that the sheet does not have.
    """
    levels = _levels(sheet, answers)
    if not levels:
        words = (_("Not assessed"),)
        return Score(
            sheet=sheet.name,
            title=sheet.title,
            version=sheet.version,
            is_assessed=False,
            reasons=words,
        )
    counted = [f for block in sheet.blocks if _counts(block) for f in sheet.factors_of(block.code)]
    hidden = len(_open(counted, levels)) > sheet.most_open
    parts = tuple(_part(sheet, block, levels, hidden=hidden) for block in sheet.blocks)
    return _scored(sheet, parts, tuple(_open_reasons(counted, levels, sheet.most_open)))


def official(
    sheet: Sheet, totals: Mapping[str, int], *, result: int | None = None, band: str = ""
) -> Score:
    """Return a score that an official scheme gave, as typed in; nothing of it is reckoned.

    ``totals`` are by block; ``band`` is the scheme's own word.
    """
    parts = tuple(
        Part(
            code=block.code,
            label=block.label,
            role=block.role,
            total=totals[block.code],
            words=_("{label} {total}").format(label=_(block.label), total=totals[block.code]),
        )
        for block in sheet.blocks
        if block.code in totals
    )
    return Score(
        sheet=sheet.name,
        title=sheet.title,
        version=sheet.version,
        source=Source.OFFICIAL,
        parts=parts,
        result=result,
        result_code=sheet.result.code if sheet.result else "",
        band=band,
        reasons=(_("Official score, typed in"),),
    )


def comparable(one: Score, other: Score) -> str | None:
    """Return why two scores cannot be compared, in a sentence; None if they can."""
    if one.sheet != other.sheet:
        return _("{one} and {other} measure different things and cannot be compared").format(
            one=_(one.title), other=_(other.title)
        )
    if one.source is not other.source:
        return _("An official score cannot be compared with one reckoned here")
    if one.version != other.version:
        return _(
            "Scores of versions {one} and {other} of {title} cannot be compared; score again "
            "by version {newest}"
        ).format(
            one=one.version,
            other=other.version,
            title=_(one.title),
            newest=max(one.version, other.version),
        )
    if not (one.is_assessed and other.is_assessed):
        return _("One of the two was not assessed")
    return None


def _levels(sheet: Sheet, answers: Mapping[str, str]) -> dict[str, Level]:
    asked = ((sheet.factor(name), text) for name, text in answers.items() if text.strip())
    return {factor.code: factor.scale.level(text) for factor, text in asked}


def _counts(block: Block) -> bool:
    return block.role is Role.SUM and not block.optional


def _open(factors: Iterable[Factor], levels: Mapping[str, Level]) -> list[Factor]:
    """Return the factors without a value: unknown, or not answered."""
    return [f for f in factors if f.code not in levels or levels[f.code].value is None]


def _part(sheet: Sheet, block: Block, levels: Mapping[str, Level], *, hidden: bool) -> Part:
    factors = sheet.factors_of(block.code)
    if block.role is not Role.SUM:
        return _label_part(block, factors, levels)
    lacking = _open(factors, levels)
    unanswered = sum(factor.code not in levels for factor in lacking)
    part = Part(
        code=block.code,
        label=block.label,
        role=block.role,
        of=sheet.most(block.code),
        unknown=len(lacking) - unanswered,
        unanswered=unanswered,
    )
    if len(lacking) > sheet.most_open if block.optional else hidden:
        return replace(part, words=_("{label}: no total").format(label=_(block.label)))
    total = sum(levels[f.code].value or 0 for f in factors if f.code in levels)
    return _summed(part, block, total, total + sum(f.scale.most for f in lacking))


def _summed(part: Part, block: Block, total: int, upper: int) -> Part:
    band, highest = _band(block.bands, total), _band(block.bands, upper)
    words = _("{label} {total} of {of}").format(label=_(block.label), total=total, of=part.of)
    if band:
        words += f", {_(band.label)}"
    if part.open:
        words += _("; up to {upper} if what is open were at its highest").format(upper=upper)
        words += f" ({_(highest.label)})" if highest and highest != band else ""
    return replace(part, total=total, upper=upper, band=band.code if band else "", words=words)


def _label_part(block: Block, factors: Iterable[Factor], levels: Mapping[str, Level]) -> Part:
    """Return a block that is not summed: the level of a label, or the flags raised."""
    given = {f: levels[f.code] for f in factors if f.code in levels}
    if block.role is Role.FLAG:
        raised = [f for f, level in given.items() if level.code == "yes"]
        said, chosen = [_(f.label) for f in raised], tuple(f.code for f in raised)
    else:
        said, chosen = (
            [_(level.label) for level in given.values()],
            tuple(level.code for level in given.values()),
        )
    words = f"{_(block.label)}: {', '.join(said) or _('none')}"
    return Part(code=block.code, label=block.label, role=block.role, words=words, chosen=chosen)


def _band(bands: tuple[Band, ...], total: int) -> Band | None:
    return next((band for band in reversed(bands) if total >= band.start), None)


def _scored(sheet: Sheet, parts: tuple[Part, ...], reasons: tuple[str, ...]) -> Score:
    by_code = {part.code: part for part in parts}
    result, reckoned = _result(sheet.result, by_code)
    band = _band(sheet.result.bands, result) if sheet.result and result is not None else None
    if band:
        reckoned += f", {_(band.label)}"
    return Score(
        sheet=sheet.name,
        title=sheet.title,
        version=sheet.version,
        parts=parts,
        result=result,
        result_code=sheet.result.code if sheet.result else "",
        band=band.code if band else "",
        cell=_cell(sheet, by_code),
        reasons=(*(part.words for part in parts), *([reckoned] if reckoned else []), *reasons),
    )


def _result(result: Result | None, parts: Mapping[str, Part]) -> tuple[int | None, str]:
    if result is None:
        return None, ""
    totals = [parts[code].total for code in result.multiply]
    known = [total for total in totals if total is not None]
    if len(known) < len(totals):
        return None, ""
    factors = " \u00d7 ".join(
        f"{_(parts[code].label)} {parts[code].total}" for code in result.multiply
    )
    return prod(known), f"{_(result.label)} {prod(known)} = {factors}"


def _cell(sheet: Sheet, parts: Mapping[str, Part]) -> tuple[str, str] | None:
    if sheet.matrix is None:
        return None
    row, column = (parts[code].band for code in sheet.matrix)
    return (row, column) if row and column else None


def _open_reasons(factors: Iterable[Factor], levels: Mapping[str, Level], most: int) -> list[str]:
    """Say what is open among the factors that count, and whether that hides the totals."""
    lacking = _open(factors, levels)
    unknown = [_(f.label) for f in lacking if f.code in levels]
    unanswered = [_(f.label) for f in lacking if f.code not in levels]
    said = []
    if unknown:
        said.append(_("Unknown: {factors}").format(factors=", ".join(unknown)))
    if unanswered:
        said.append(_("Not answered: {factors}").format(factors=", ".join(unanswered)))
    if len(lacking) > most:
        said.append(_hidden_words(len(lacking), most))
    return said


def _hidden_words(n: int, most: int) -> str:
    if most == 0:
        return _("No totals while anything that counts is open")
    return ngettext(
        "No totals: {n} factor is open, and at most {most} may be",
        "No totals: {n} factors are open, and at most {most} may be",
        n,
    ).format(n=n, most=most)
