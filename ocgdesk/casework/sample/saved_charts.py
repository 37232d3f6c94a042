"""Charts somebody has saved before the demonstration begins."""

from collections.abc import Sequence

from ocgdesk.casework.sample.handles import Handles
from ocgdesk.casework.sample.setting import Setting
from ocgdesk.domain.charts import Chart
from ocgdesk.domain.entities import Ocg


def charts(setting: Setting, groups: Sequence[Ocg], found: Handles) -> tuple[Chart, ...]:
    """Return as many saved charts as the size asks for, two at most."""
    ids = setting.ids("charts")
    made = (
        Chart(
            id=next(ids),
            title=f"{groups[0].name}: members and lines",
            case=f"4P plan: {groups[0].name}",
            note="For the next OCG management meeting.",
            focus=(groups[0].id,),
            hops=1,
            layout="ocg",
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
    return made[: setting.size.charts]
