"""Charts somebody has saved before the demonstration begins."""

from ocgdesk.casework.sample.handles import Handles
from ocgdesk.casework.sample.ties import Society
from ocgdesk.domain.charts import Chart


def charts(society: Society, found: Handles) -> tuple[Chart, ...]:
    """Return as many saved charts as the size asks for, two at most."""
    ids, groups = society.setting.ids("charts"), society.groups
    made = (
        Chart(
            id=next(ids),
            title=f"{groups[0].name}: members and lines",
            case=f"4P plan: {groups[0].name}",
            note="For the next OCG management meeting.",
            focus=(groups[0].id,),
            hops=1,
            layout="grouped",
        ),
        Chart(
            id=next(ids),
            title=f"Contacts of {found.items[0].handle}",
            case="Handle triage",
            focus=(found.items[0].id,),
            hops=2,
            kinds=("handle", "nominal"),
        ),
    )
    return made[: society.setting.size.charts]
