"""Whether a nominated group meets the definition of an organised crime group; it only warns.

Serious Crime Act 2015, s.45(6): criminal activities as a purpose, and three or more persons who
act or agree to act together to further it. Criminal activities are offences punishable on
indictment with seven years or more, carried on with a view to gain or benefit, which need not be
financial (s.45(6) and (7)).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.i18n import _, ngettext

FEWEST_PERSONS = 3
FEWEST_YEARS = 7
LIFE = 99
"""How the list of offences writes imprisonment for life, in years."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One part of the definition that is not shown to be met; ``part`` is a code for it."""

    part: str
    words: str


def shortfalls(
    *,
    threat_type: str,
    persons: int,
    crime_types: Collection[str],
    gain: bool | None,
    offences: Collection[str] = (),
    exploited: int = 0,
) -> tuple[Shortfall, ...]:
    """Return what of the statutory definition is not met, in words; nothing is refused.

    ``persons`` counts members who act together; ``exploited`` those recorded as exploited, who
    are not among them. ``crime_types`` are codes of that list, primary and further ones alike;
    ``offences`` are those named on the record, which count before the types do.
    ``gain`` is None where nobody has said. A threat that is no OCG has no definition to meet.
    """
    if threat_type != "ocg":
        return ()
    found = (
        _persons(persons, exploited),
        _offences(offences) if offences else _types(crime_types),
        _gain(gain=gain),
    )
    return tuple(Shortfall(part, words) for part, words in _met(found) if words)


def longest_sentence(crime_type: str) -> int | None:
    """Return the longest sentence, in years, that the list of offences has for a crime type."""
    return _longest().get(crime_type)


def _met(found: tuple[str, str, str]) -> Iterator[tuple[str, str]]:
    return zip(("persons", "offences", "gain"), found, strict=True)


def _persons(persons: int, exploited: int) -> str:
    if persons >= FEWEST_PERSONS:
        return ""
    words = ngettext(
        "{n} person is recorded; the definition needs three or more who act together",
        "{n} persons are recorded; the definition needs three or more who act together",
        persons,
    ).format(n=persons)
    if not exploited:
        return words
    more = ngettext(
        " ({n} more is recorded as exploited and is not counted)",
        " ({n} more are recorded as exploited and are not counted)",
        exploited,
    )
    return words + more.format(n=exploited)


def _offences(named: Collection[str]) -> str:
    """Say whether only short sentences stand on what is named; one not listed is let pass."""
    known = {item.label.casefold(): item.get("years") for item in code_list("offence-maxima")}
    years = [known.get(name.strip().casefold(), LIFE) for name in named]
    if any(one >= FEWEST_YEARS for one in years):
        return ""
    return _("The longest sentence for {types} is {n} years; the definition needs seven").format(
        types=", ".join(sorted(named)), n=max(years)
    )


def _types(crime_types: Collection[str]) -> str:
    if not crime_types:
        return _("No crime type is recorded; the definition needs offences of seven years or more")
    known = [years for one in crime_types if (years := longest_sentence(one)) is not None]
    if any(years >= FEWEST_YEARS for years in known):
        return ""
    words = ", ".join(sorted(label("crime-types", one) for one in crime_types))
    if len(known) < len(crime_types):
        return _("No offence of seven years or more is listed for {types}; say which it is").format(
            types=words
        )
    return _("The longest sentence for {types} is {n} years; the definition needs seven").format(
        types=words, n=max(known)
    )


def _gain(*, gain: bool | None) -> str:
    if gain:
        return ""
    if gain is None:
        return _("Nobody has said whether it acts for gain or benefit, which need not be financial")
    return _("The definition needs a view to gain or benefit, which need not be financial")


def _longest() -> dict[str, int]:
    longest: dict[str, int] = {}
    for offence in code_list("offence-maxima"):
        for crime in offence.get("crime_types"):
            longest[crime] = max(longest.get(crime, 0), offence.get("years"))
    return longest
