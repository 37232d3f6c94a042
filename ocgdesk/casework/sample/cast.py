"""The people a demonstration opens on: the leading members of the first OCG."""

from ocgdesk.casework.sample.names import Name

CAST: tuple[tuple[Name, str], ...] = (
    (Name("english", "Dean", "Arkwright", is_male=True), "principal"),
    (Name("pakistani", "Imran", "Sadiqi", is_male=True), "principal"),
    (Name("english", "Kyle", "Penhallow", is_male=True), "line-holder"),
    (Name("caribbean", "Shanice", "Morrow", is_male=False), "finance-controller"),
    (Name("polish", "Marek", "Wolski", is_male=True), "enforcer"),
    (Name("english", "Curtis", "Vale", is_male=True), "line-holder"),
    (Name("english", "Leah", "Storr", is_male=False), "recruiter-exploiter"),
    (Name("welsh", "Ewan", "Pryce", is_male=True), "street-dealer"),
    (Name("welsh-patronymic", "Rhys", "Gethin", is_male=True), "professional-enabler"),
)
"""Names and roles, in the order of the OCG's members."""
