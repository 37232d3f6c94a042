"""Scoring OCGs: what was answered by whom and when, and how two sheets' scores stand today.

The scores of two sheets stand side by side. Neither is derived from the other, and scores of
different versions of a sheet, or of different sources, are never compared.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final
from uuid import UUID

from ocgdesk.casework import records
from ocgdesk.domain import reference_data, scoring, scoring_sheets
from ocgdesk.domain.entities import CountyLine, Ocg
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.score_trends import Dated, Trend, trend
from ocgdesk.domain.scoring import Score, Source
from ocgdesk.domain.scoring_sheets import Role, Sheet
from ocgdesk.domain.subrecords import Assessment
from ocgdesk.domain.values import Answer
from ocgdesk.errors import Refused
from ocgdesk.i18n import N_, _
from ocgdesk.store import records as queries
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work

SHOWN: Final = ("morile-style", "ocgm")
"""The sheets of an OCG, in the order in which they stand side by side."""
LOCAL_DEFAULT: Final = N_("local default – not the national scheme")
TOTAL: Final = "total"
"""The measure of a score whose parts are not known: an official one, or one of an old sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """One assessment with the score it gives."""

    assessment: Assessment
    score: Score
    sheet: Sheet | None = None
    """The version of the sheet it was made by; None where that is not known, or official."""

    @property
    def on(self) -> date:
        """The day it was made; the first of all days where nobody said."""
        return self.assessment.assessed or date.min


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One sheet's scores of an OCG: the newest, and how it went."""

    sheet: Sheet
    newest: Reckoned | None = None
    trends: tuple[Trend, ...] = ()
    """One for each number whose trend is worth following."""
    earlier: tuple[Reckoned, ...] = field(default=())
    """All there are, the newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """What is said with an assessment besides its answers."""

    assessed: date
    scorer: str = ""
    """The user who enters it where nothing is said."""
    agency: str = ""
    rationale: str = ""
    review_due: date | None = None
    """The next review to set on the OCG; None leaves it as it is."""


# ---- Entering -----------------------------------------------------------------------------------


def assess(
    work: Work,
    owner: UUID,
    sheet_name: str,
    answers: Mapping[str, str],
    said: Scoring,
    *,
    rationales: Mapping[str, str] | None = None,
) -> Assessment:
    """Score an OCG on a sheet; earlier assessments stay as they are.

    ``answers`` are levels by factor, ``rationales`` the reasons by factor. A factor may be left
    out ("not assessed"). Raises Refused for a factor or level the sheet does not have, and
    where nothing at all is answered.
    """
    sheet = sheet_called(sheet_name)
    reasons = {sheet.factor(name).code: text.strip() for name, text in (rationales or {}).items()}
    found = scoring.score(sheet, answers)
    if not found.is_assessed:
        raise Refused(_("Answer at least one factor, or type in an official score"))
    levels = {sheet.factor(name): text for name, text in answers.items() if text.strip()}
    codes = {factor.code: factor.scale.level(text).code for factor, text in levels.items()}
    kept = tuple(
        Answer(factor.code, codes.get(factor.code, ""), reasons.get(factor.code, ""))
        for factor in sheet.factors
        if factor.code in codes or reasons.get(factor.code)
    )
    new = Assessment(
        sheet=sheet_name,
        sheet_version=sheet.version,
        answers=kept,
        total=found.result,
        band=found.band or "/".join(found.cell or ()),
        confidence=_confidence(found),
    )
    return _add(work, owner, new, said)


def type_in(
    work: Work, owner: UUID, sheet_name: str, said: Scoring, *, total: float | None, band: str
) -> Assessment:
    """Enter the score an official scheme gave; nothing of it is reckoned here.

    ``band`` is the scheme's own word. Raises Refused where neither total nor band is given.
    """
    if total is None and not band.strip():
        raise Refused(_("An official score has a total or a band"))
    version = sheet_called(sheet_name).version if sheet_name in scoring_sheets.SHEETS else 1
    new = Assessment(
        sheet=sheet_name,
        sheet_version=version,
        score_source=Source.OFFICIAL.value,
        total=total,
        band=band.strip(),
    )
    return _add(work, owner, new, said)


def sheet_called(name: str) -> Sheet:
    """Return a sheet that is here; Refused for any other."""
    if name not in scoring_sheets.SHEETS:
        known = ", ".join(scoring_sheets.SHEETS)
        raise Refused(_("There is no sheet {name}; there are {known}").format(
            name=repr(name[:40]), known=known
        ))  # fmt: skip
    return scoring_sheets.sheet(name)


def _confidence(score: Score) -> str:
    part = score.part("confidence")
    return part.chosen[0] if part and part.chosen else ""


def _add(work: Work, owner: UUID, new: Assessment, said: Scoring) -> Assessment:
    scored = work.reader.find(owner)
    if not isinstance(scored, Ocg | CountyLine):
        raise Refused(_("Only OCGs and county lines are scored, never a person"))
    made = records.create(
        work,
        replace(
            new,
            owner=scored.id,
            assessed=said.assessed,
            scorer=said.scorer.strip() or work.user.display,
            agency=said.agency,
            rationale=said.rationale.strip(),
            marking=scored.marking,
            restricted_to=scored.restricted_to,
        ),
    )
    if said.review_due is not None:
        work.put(replace(scored, review_due=said.review_due))
    return made


# ---- Reading ------------------------------------------------------------------------------------


def of(reader: Reader, owner: UUID) -> list[Assessment]:
    """Return the assessments of a record, in the order they were entered."""
    found = queries.owned(reader, owner, Kind.ASSESSMENT)
    return [thing for thing in found if isinstance(thing, Assessment)]


def sides(assessments: Sequence[Assessment]) -> tuple[Side, ...]:
    """Return the two sheets' scores side by side, each with its trend."""
    return tuple(_side(scoring_sheets.sheet(name), assessments) for name in SHOWN)


def others(assessments: Iterable[Assessment]) -> tuple[Reckoned, ...]:
    """Return what was scored by neither of the two sheets, the newest first."""
    found = [reckon(item) for item in assessments if item.sheet not in SHOWN]
    return tuple(sorted(found, key=lambda one: one.on, reverse=True))


def _side(sheet: Sheet, assessments: Sequence[Assessment]) -> Side:
    mine = [reckon(item) for item in assessments if item.sheet == sheet.name]
    if not mine:
        return Side(sheet=sheet)
    mine.sort(key=lambda one: one.on)  # of one day, the one entered last counts
    newest = mine[-1]
    dated = [Dated(one.on, one.score) for one in mine]
    measures = sheet.measures if newest.score.parts else (newest.score.result_code or TOTAL,)
    return Side(
        sheet=sheet,
        newest=newest,
        trends=tuple(trend(dated, measure) for measure in measures),
        earlier=tuple(reversed(mine)),
    )


def reckon(assessment: Assessment) -> Reckoned:
    """Return the score an assessment gives.

    Answers are scored by the version of the sheet they were given to. Where that version is not
    known here, the total and band kept with the assessment stand, without their parts.
    """
    sheet = _sheet_of(assessment)
    if sheet is None or assessment.score_source == Source.OFFICIAL:
        return Reckoned(assessment=assessment, score=_as_kept(assessment))
    answers = {answer.factor: answer.value for answer in assessment.answers}
    return Reckoned(assessment=assessment, score=scoring.score(sheet, answers), sheet=sheet)


def _sheet_of(assessment: Assessment) -> Sheet | None:
    """Return the version of the sheet an assessment was made by, if it is known here."""
    if assessment.sheet not in scoring_sheets.SHEETS:
        return None
    now = scoring_sheets.sheet(assessment.sheet)
    if now.version == assessment.sheet_version:
        return now
    name = f"{reference_data.SHEET}{assessment.sheet}"
    kept = reference_data.in_force().earlier.get((name, assessment.sheet_version))
    shipped = reference_data.shipped(name)
    if kept is None and shipped.version == assessment.sheet_version:
        kept = shipped
    return scoring_sheets.read_sheet(assessment.sheet, kept.data) if kept else None


def _as_kept(assessment: Assessment) -> Score:
    known = assessment.sheet in scoring_sheets.SHEETS
    sheet = scoring_sheets.sheet(assessment.sheet) if known else None
    is_official = assessment.score_source == Source.OFFICIAL
    if is_official:
        words = _("Official score, typed in")
    else:
        told = _("Scored by version {n} of the sheet, which is not known here")
        words = told.format(n=assessment.sheet_version)
    return Score(
        sheet=assessment.sheet,
        title=sheet.title if sheet else assessment.label,
        version=assessment.sheet_version,
        source=Source(assessment.score_source),
        result=None if assessment.total is None else round(assessment.total),
        result_code=(sheet.result.code if sheet and sheet.result else TOTAL),
        band=assessment.band,
        reasons=(words,),
    )


# ---- In words -----------------------------------------------------------------------------------


def band_words(sheet_name: str, band: str) -> str:
    """Return the words of a band or of a cell of the matrix; an official band is its own word."""
    if not band or sheet_name not in scoring_sheets.SHEETS:
        return band
    sheet = scoring_sheets.sheet(sheet_name)
    if sheet.matrix and "/" in band:
        row, _slash, column = band.partition("/")
        pairs = zip(sheet.matrix, (row, column), strict=True)
        return " / ".join(_label(sheet, block, code) for block, code in pairs)
    bands = sheet.result.bands if sheet.result else ()
    return next((_(one.label) for one in bands if one.code == band), band)


def _label(sheet: Sheet, block: str, code: str) -> str:
    found = next((one for one in sheet.blocks if one.code == block), None)
    bands = found.bands if found else ()
    return next((_(one.label) for one in bands if one.code == code), code)


def headline(reckoned: Reckoned) -> str:
    """Return a score in few words: ``156 Very high``, ``High / High``, ``5 unknown``."""
    score, kept = reckoned.score, reckoned.assessment
    number = score.result if score.parts else kept.total
    shown = "" if number is None else f"{number:,.0f}"
    band = score.band or "/".join(score.cell or ()) or ("" if score.parts else kept.band)
    said = f"{shown} {band_words(kept.sheet, band)}".strip()
    return said or open_words(score)


def open_words(score: Score) -> str:
    """Return how many factors that count have no value, where that hides the totals."""
    count = sum(part.open for part in score.parts if part.role is Role.SUM)
    return _("{n} unknown").format(n=count)


def version_words(reckoned: Reckoned) -> str:
    """Return by what it was scored: the version, that it is a local default, or official."""
    if reckoned.score.source is Source.OFFICIAL:
        return _("official score, typed in")
    return _("v{n}, local default").format(n=reckoned.score.version)
