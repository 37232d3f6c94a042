"""Conditional formatting: what a chart draws otherwise because of what is on record.

Rules stand in order; where two give one item a colour or a size the earlier one does. Colours come
from one ramp whose steps lie apart in lightness too, and each rule that colours may carry a badge,
so that a rule can be read without colour and in print. People recorded as exploited are drawn as
they are, whatever the rules say.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, Final

from ocgdesk import resources
from ocgdesk.domain.chart_filters import plain_test, read_test
from ocgdesk.domain.chart_tests import Test
from ocgdesk.domain.charts import Importance
from ocgdesk.errors import Refused
from ocgdesk.i18n import N_, _

MOST: Final = 50
LONGEST_BADGE: Final = 4
TONES: Final = {
    "rule.1": N_("Strongest"),
    "rule.2": N_("Strong"),
    "rule.3": N_("Middle"),
    "rule.4": N_("Light"),
    "rule.5": N_("Lightest"),
}
"""The colour roles a rule may give, in the order of how much they stand out."""
SIZES: Final = {
    Importance.PRINCIPAL: N_("Large"),
    Importance.SIGNIFICANT: N_("Middle"),
    Importance.PERIPHERAL: N_("Small"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dress:
    """How a rule draws what it holds for; empty parts leave it as it is."""

    tone: str = ""
    size: Importance | None = None
    """Items only."""
    badge: str = ""
    """Up to four letters on an item; on a line they stand behind its label."""
    wide: bool = False
    """Lines only."""

    @property
    def is_bare(self) -> bool:
        """Whether it changes nothing."""
        return not (self.tone or self.size or self.badge or self.wide)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRule:
    """Draws what answers all its tests with yes in its own way."""

    name: str
    tests: tuple[Test, ...]
    dress: Dress
    on: bool = True

    @property
    def of_links(self) -> bool:
        """Whether it is about lines rather than items."""
        return self.tests[0].of_links

    @property
    def words(self) -> str:
        """When it holds, in words."""
        return _(" and ").join(test.words for test in self.tests)


def checked(rule: ChartRule) -> ChartRule:
    """Return a rule that can be drawn by; Refused with the reason where it cannot."""
    if not rule.name.strip():
        raise Refused(_("Give the rule a name: the legend prints it"))
    if not rule.tests:
        raise Refused(_("Say when the rule holds"))
    if len({test.of_links for test in rule.tests}) > 1:
        raise Refused(_("A rule is about items or about links, not about both"))
    if rule.dress.tone and rule.dress.tone not in TONES:
        raise Refused(_("A rule colours with one of the five steps of the ramp"))
    if len(rule.dress.badge) > LONGEST_BADGE:
        raise Refused(_("A badge has up to {n} letters").format(n=LONGEST_BADGE))
    if rule.dress.is_bare:
        raise Refused(_("Say what the rule changes: colour, size, badge or line"))
    return rule


# ---- Kept as text --------------------------------------------------------------------------------


def packed(rules: Iterable[ChartRule], *others: Mapping[str, Any]) -> str:
    """Return rules as a chart keeps them, after what else it is drawn by; "" for none."""
    plain = [*others, *(_plain(rule) for rule in rules)]
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")) if plain else ""


def _plain(rule: ChartRule) -> dict[str, Any]:
    dress = rule.dress
    return {
        "name": rule.name,
        "when": [plain_test(test) for test in rule.tests],
        "tone": dress.tone,
        "size": dress.size.value if dress.size else "",
        "badge": dress.badge,
        "wide": dress.wide,
        "on": rule.on,
    }


def unpacked(text: str) -> tuple[ChartRule, ...]:
    """Return the rules ``packed`` wrote; Refused where they cannot be read whole.

    A theme among them is read by ``chart_themes``.
    """
    if not text:
        return ()
    try:
        kept = (plain for plain in json.loads(text) if "theme" not in plain)
        return tuple(_read(plain) for plain in islice(kept, MOST))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, Refused):
        told = _("The formatting rules of this chart cannot be read; set them anew")
        raise Refused(told) from None


def _read(plain: Mapping[str, Any]) -> ChartRule:
    size = plain.get("size", "")
    dress = Dress(
        tone=str(plain.get("tone", "")),
        size=Importance(size) if size else None,
        badge=str(plain.get("badge", "")),
        wide=bool(plain.get("wide", False)),
    )
    tests = tuple(read_test(test) for test in plain["when"])
    on = bool(plain.get("on", True))
    return checked(ChartRule(name=str(plain["name"]), tests=tests, dress=dress, on=on))


# ---- Shipped -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """Rules that ship with the program, taken over as one."""

    code: str
    name: str
    rules: tuple[ChartRule, ...]


@cache
def _shipped() -> dict[str, Preset]:
    read = resources.toml("charts", "presets.toml")["presets"]
    return {one["code"]: _preset(one) for one in read}


def _preset(one: Mapping[str, Any]) -> Preset:
    rules = tuple(_read(rule) for rule in one["rules"])
    return Preset(code=one["code"], name=one["name"], rules=rules)


def presets() -> tuple[Preset, ...]:
    """Return the rules that ship with the program, by what they are about."""
    return tuple(_shipped().values())


def preset(code: str) -> Preset:
    """Return one of them by its code; Refused where there is no such."""
    if (found := _shipped().get(code)) is None:
        told = _("There are no rules {code}; choose from {known}")
        raise Refused(told.format(code=repr(code[:40]), known=", ".join(_shipped())))
    return found
