"""Names of people who do not exist, and what else they are called."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from ocgdesk.casework.sample.streams import Weighted
from ocgdesk.casework.sample.traditions import COMMONNESS, NICKNAMES, TRADITIONS, Tradition
from ocgdesk.domain.values import Alias

_TRADITION = Weighted(COMMONNESS)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its parts, so that a family can share one of them."""

    tradition: str
    given: str
    family: str
    is_male: bool

    @property
    def full(self) -> str:
        """The whole name, in the order of its tradition."""
        made_of = TRADITIONS[self.tradition]
        form = made_of.form if self.is_male else made_of.female_form or made_of.form
        return form.format(given=self.given, family=self.family)

    @property
    def short(self) -> str:
        """Initial and family name, as officers write it: ``K. Penhallow``."""
        return f"{self.given[0]}. {self.family}"


def drawn(chance: Random, *, kin: Name | None = None, male_share: float = 0.84) -> Name:
    """Return a new name; of the same family and tradition as ``kin`` where there is one."""
    tradition = kin.tradition if kin else _TRADITION.draw(chance)
    parts = TRADITIONS[tradition]
    is_male = chance.random() < male_share
    given = chance.choice(parts.male if is_male else parts.female)
    return Name(tradition, given, kin.family if kin else chance.choice(parts.families), is_male)


def aliases(chance: Random, name: Name) -> tuple[Alias, ...]:
    """Return other names for somebody: nickname, spelling, own script, former name."""
    return tuple(_aliases(chance, name, TRADITIONS[name.tradition]))


def _aliases(chance: Random, name: Name, parts: Tradition) -> Iterator[Alias]:
    luck = chance.random()
    if luck < 0.3:
        yield Alias(chance.choice(NICKNAMES), "nickname")
    if parts.script and luck < 0.6:
        order = (name.family, name.given) if parts.form[1] == "f" else (name.given, name.family)
        joint = "" if name.tradition == "chinese" else " "
        yield Alias(joint.join(parts.script[part] for part in order), "script")
    if luck > 0.95:
        yield Alias(_misspelt(chance, name.full), "spelling")
    if luck > 0.985 and not name.is_male:
        yield Alias(f"{name.given} {chance.choice(parts.families)}", "former-name")


def _misspelt(chance: Random, text: str) -> str:
    """Return the text with one letter doubled or dropped, as a hurried hand leaves it."""
    place = chance.randrange(1, len(text))
    letter = text[place]
    kept = letter * 2 if letter.isalpha() and chance.random() < 0.5 else ""
    return text[:place] + kept + text[place + 1 :]
