"""Objectives and actions that plans are made of, under the four Ps.

``{a}`` is a principal, ``{b}`` another member, ``{line}`` a county line, ``{home}`` a cuckooed
home, ``{town}`` a town, ``{e}`` an exploited person, named by code.
"""

from dataclasses import dataclass

from ocgdesk.domain.plans import Strand


@dataclass(frozen=True, slots=True)
class Aim:
    """An objective as it might be written: text, measure, baseline, target."""

    text: str
    measure: str
    baseline: str
    target: str


@dataclass(frozen=True, slots=True)
class Tactic:
    """An action as it might be written, with who does it."""

    title: str
    agency: str = ""
    """Empty: the OCG's own agency."""
    side: str = "lro"
    power: str = ""
    """A code of the list ``legal-powers``, where the tactic rests on one."""

    @property
    def needs(self) -> frozenset[str]:
        """What the title names."""
        return frozenset(word for word in _WORDS if f"{{{word}}}" in self.title)


_WORDS = ("a", "b", "line", "home", "e")

AIMS: dict[Strand, tuple[Aim, ...]] = {
    Strand.PURSUE: (
        Aim("Charge the principals", "principals charged", "0 of 2", "2 of 2"),
        Aim("Close the lines for good", "lines closed and checked back", "0", "all"),
        Aim("Take the money out", "value restrained", "£0", "£250,000"),
        Aim("Recover firearms", "firearms recovered", "1", "3"),
    ),
    Strand.PREVENT: (
        Aim("No child recruited this year", "children newly recruited", "3", "0"),
        Aim("Give those on the edge a way out", "people in mentoring", "1 of 4", "4 of 4"),
    ),
    Strand.PROTECT: (
        Aim("Exploited people safe in their homes", "people safeguarded", "0", "all"),
        Aim("Homes no longer taken over", "cuckooed homes open", "2", "0"),
    ),
    Strand.PREPARE: (
        Aim("Partners know the signs and the next step", "teams briefed", "2 of 5", "5 of 5"),
        Aim("Ready for retaliation and for who fills the gap", "plans agreed", "0", "1"),
    ),
}

TACTICS: dict[Strand, tuple[Tactic, ...]] = {
    Strand.PURSUE: (
        Tactic("Search warrant, home of {a}", power="search-warrant"),
        Tactic("Arrest phase for {a} and {b}", side="sio", power="arrest"),
        Tactic("Phone download, handset seized from {b}"),
        Tactic("Cell-site and ANPR work on {b}", side="sio"),
        Tactic("SCPO application, {a}", "CPS", "sio", power="scpo"),
        Tactic("Restraint order against {a}", side="sio", power="restraint"),
        Tactic("Cash seizure and account freezing, {b}", power="account-freezing"),
        Tactic("ANPR marker and stop for the vehicle of {b}", power="vehicle-seizure"),
        Tactic("Close “{line}”: holder and number together"),
        Tactic("Check-back on “{line}”, 30 days"),
        Tactic("Test purchase on “{line}”"),
        Tactic("Tax enquiry into the firms of {a}", "HMRC", power="tax"),
        Tactic("Prison intelligence on contact with {a}", "HMPPS"),
        Tactic("Licensing visit to premises in {town}", "LAH", power="licensing"),
        Tactic("Review handles for attribution to {a}"),
        Tactic("Immigration status check on {b}", "IE", power="immigration"),
    ),
    Strand.PREVENT: (
        Tactic("Cease-and-desist visit, {b}", power="cease-desist"),
        Tactic("Mentor for two pupils excluded from school in {town}", "EDU", "partner"),
        Tactic("Integrated offender management place for {b}", "HMPPS", "partner"),
        Tactic("Schools input in {town}", "YJS", "partner"),
        Tactic("Exit offer to {b} on release", "HMPPS", "partner"),
    ),
    Strand.PROTECT: (
        Tactic("Safeguarding plan and NRM referral for {e}", "LACS", "partner"),
        Tactic("Cuckooing visit and lock change, {home}", "LAH", "partner"),
        Tactic("Welfare checks at {home}"),
        Tactic("Warn hauliers and storage yards round {town}"),
        Tactic("Bank and lettings alert, {town}", "PRIV", "partner"),
    ),
    Strand.PREPARE: (
        Tactic("Community impact plan for {town}"),
        Tactic("Train housing officers in {town} to spot the signs", "LAH", "partner"),
        Tactic("Contingency for retaliation against {b}"),
        Tactic("Information-sharing agreement with the council", "LA", "partner"),
        Tactic("Debrief and record lessons after the arrest phase"),
    ),
}
