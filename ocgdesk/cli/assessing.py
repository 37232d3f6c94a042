"""Scoring without a window: ``ocg assess`` enters a score or shows how both sheets stand."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from ocgdesk.cli import ocgs, output, session
from ocgdesk.cli.session import Way, on_workspace
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.casework.assessments import Scoring
    from ocgdesk.domain.changes import ChangeSet


@click.command()
@on_workspace
@click.argument("ref")
@click.argument("answers", metavar="[FACTOR=LEVEL[:RATIONALE]]...", nargs=-1)
@click.option("--sheet", default="morile-style", help="morile-style, ocgm or official.")
@click.option("--official", is_flag=True, help="Type in a score that an official scheme gave.")
@click.option("--total", type=float, help="The total of an official score.")
@click.option("--band", default="", help="The band of an official score.")
@click.option("--assessed", default="", help="The day; today if left out.")
@click.option("--scorer", default="", help="Who scored; you, if left out.")
@click.option("--rationale", default="", help="Why, as a whole.")
@click.option("--review", default="", help="The next review to set.")
@session.as_json_option
def assess(
    way: Way,
    ref: str,
    answers: tuple[str, ...],
    *,
    sheet: str,
    official: bool,
    total: float | None,
    band: str,
    json_: bool,
    **more: str,
) -> None:
    """Score the OCG REF on a sheet; without answers, show both scores as they stand.

    Factors and levels are those of the sheet, such as drugs=high:"Two importations".
    """
    from ocgdesk.casework import assessments

    if not answers and not official:
        _show_scores(way, ref, json_=json_)
        return
    if answers and official:
        raise Refused(_("An official score is typed in as it is: give --total or --band alone"))
    with way.opened() as workspace:
        with workspace.reading() as reader:
            id_ = ocgs.one(reader, ref)
        said = _scoring(more)
        with workspace.work("Assess") as done:
            if official:
                made = assessments.type_in(done.work, id_, sheet, said, total=total, band=band)
            else:
                levels, reasons = _answers(answers)
                made = assessments.assess(done.work, id_, sheet, levels, said, rationales=reasons)
    _tell_assessment(made, done.changes, json_=json_)


def _scoring(more: dict[str, str]) -> "Scoring":
    from ocgdesk.casework.assessments import Scoring

    return Scoring(
        assessed=session.day_of(more["assessed"]) or session.today(),
        scorer=more["scorer"],
        rationale=more["rationale"],
        review_due=session.day_of(more["review"]),
    )


def _answers(texts: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return levels and reasons by factor, from texts like ``drugs=high:Two importations``."""
    levels, reasons = {}, {}
    for text in texts:
        factor, equals, rest = text.partition("=")
        if not equals:
            raise Refused(_("Write {text} as FACTOR=LEVEL").format(text=repr(text[:40])))
        level, _colon, reason = rest.partition(":")
        levels[factor.strip()] = level.strip()
        if reason.strip():
            reasons[factor.strip()] = reason.strip()
    return levels, reasons


def _tell_assessment(made: Any, changes: "ChangeSet", *, json_: bool) -> None:
    from ocgdesk.casework import assessments, present

    reckoned = assessments.reckon(made)
    if json_:
        reasons = list(reckoned.score.reasons)
        output.as_json(present.plain(made) | ocgs.numbers(changes) | {"reasons": reasons})
        return
    output.say(f"{made.label}: {assessments.headline(reckoned)}")
    for reason in reckoned.score.reasons:
        output.say(f"  {reason}")
    output.say(f"  {assessments.version_words(reckoned)}")


def _show_scores(way: Way, ref: str, *, json_: bool) -> None:
    from ocgdesk.casework import assessments, present
    from ocgdesk.store import records

    with way.opened() as workspace, workspace.reading() as reader:
        brief = records.brief(reader, ocgs.one(reader, ref))
        found = assessments.sides(assessments.of(reader, brief.id))
        reader.saw("View scores", [brief.no])
    if json_:
        scores = {side.sheet.name.replace("-", "_"): _plain_side(side) for side in found}
        output.as_json(present.brief(brief) | scores)
        return
    for side in found:
        output.say(f"{side.sheet.title} ({_(assessments.LOCAL_DEFAULT)})")
        if side.newest is None:
            output.say(_("  Not assessed"))
            continue
        kept = side.newest.assessment
        output.say(f"  {assessments.headline(side.newest)}  {kept.assessed} {kept.scorer}")
        for line in (*side.newest.score.reasons, *(trend.words for trend in side.trends)):
            output.say(f"  {line}")


def _plain_side(side: Any) -> dict[str, Any]:
    from ocgdesk.casework import present

    return {
        "newest": present.plain(side.newest.assessment) if side.newest else None,
        "reasons": list(side.newest.score.reasons) if side.newest else [],
        "cell": list(side.newest.score.cell or ()) or None if side.newest else None,
        "trends": [
            {
                "measure": trend.measure,
                "direction": trend.direction.value,
                "points": [{"on": on, "value": value} for on, value in trend.points],
                "left_out": trend.left_out,
            }
            for trend in side.trends
        ],
        "earlier": [present.plain(one.assessment) for one in side.earlier[1:]],
    }
