"""Decision logs and notes of a sample.

Every draw is from streams of its own: nothing else in a sample depends on it.
"""

from collections.abc import Iterable, Iterator
from typing import Final
from uuid import UUID

from ocgdesk.casework.sample.groups import LIVE
from ocgdesk.casework.sample.setting import Setting
from ocgdesk.domain.entities import Assignment, Ocg
from ocgdesk.domain.subrecords import Decision, Note

_DECISIONS: Final = (
    ("Adopt", "tasking", "Score, capacity and partners' interest point the same way."),
    ("Support with covert assets", "tasking", "The principals change telephones each week."),
    ("Review monthly until the tier is settled", "review", "Two reports still to be tested."),
    ("Work with housing on two addresses", "decision", "Both homes were found cuckooed."),
    ("Do not disclose the review date to partners", "policy", "It would show what is known."),
)
_MEETINGS: Final = ("Force TTCG", "OCG management meeting", "Local TTCG")
_NOTES: Final = (
    "Ring the custody suite about the property list.",
    "Ask the imagery desk for the October photographs.",
    "Boundary with the neighbouring force to be agreed at the next meeting.",
    "The nickname on the July report may be somebody else's; check before linking.",
)


def decisions(
    setting: Setting, groups: Iterable[Ocg], assigned: Iterable[Assignment]
) -> Iterator[Decision]:
    """Yield one or two entries of the log of each OCG that is worked on."""
    chance, ids = setting.numbers("decisions"), setting.ids("decisions")
    makers = _makers(assigned)
    for ocg in groups:
        if ocg.status not in LIVE:
            continue
        some = chance.sample(_DECISIONS, chance.choice((1, 1, 2)))
        for title, type_, rationale in some:
            yield Decision(
                id=next(ids),
                owner=ocg.id,
                title=title,
                decision_type=type_,
                decided=setting.day_ago(chance, 20, 300),
                decided_by=makers.get(ocg.id, "Det Supt H. Tarling"),
                meeting=chance.choice(_MEETINGS),
                rationale=rationale,
            )


def _makers(assigned: Iterable[Assignment]) -> dict[UUID, str]:
    """Return who answers for each OCG today."""
    held = (post for post in assigned if post.end is None and post.owner is not None)
    return {post.owner: post.officer for post in held if post.owner is not None}


def notes(setting: Setting, groups: Iterable[Ocg]) -> Iterator[Note]:
    """Yield a note on one in three of the OCGs that are worked on."""
    chance, ids = setting.numbers("notes"), setting.ids("notes")
    for ocg in groups:
        if ocg.status in LIVE and chance.random() < 0.34:
            yield Note(
                id=next(ids),
                owner=ocg.id,
                text=chance.choice(_NOTES),
                written=setting.day_ago(chance, 2, 60),
                author=chance.choice(("J. Mistry", "P. Anand", "S. Oduya")),
            )
