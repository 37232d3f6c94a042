"""Conditional formatting: told apart without colour, kept as text, refused where it makes none."""

from dataclasses import replace
from itertools import combinations, pairwise

import pytest

from ocgdesk.domain import chart_rules
from ocgdesk.domain.chart_rules import TONES, ChartRule, Dress, Preset
from ocgdesk.domain.chart_tests import Op, Test
from ocgdesk.domain.charts import Importance
from ocgdesk.errors import Refused
from ocgdesk.reports import palette
from ocgdesk.reports.drawing_parts import Ink

Rgb = tuple[float, float, float]
SEEN = {
    "all colours": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "no green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "no red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
}
"""How people see linear colours: Machado, Oliveira and Fernandes (2009), severity 1.0."""
APART = 10.0
"""CIE 1976 colour difference, well above what is just noticed (2.3)."""
LIGHTNESS_APART = 8.0
THEMES = ("light", "dark", "high-contrast")


def linear(theme: str, tone: str) -> Rgb:
    red, green, blue, _alpha = palette.load(theme).rgba(Ink(tone))
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
                 for c in (red, green, blue))  # type: ignore[return-value] # fmt: skip


def seen(colour: Rgb, matrix: tuple[Rgb, ...]) -> Rgb:
    mixed = (sum(a * b for a, b in zip(row, colour, strict=True)) for row in matrix)
    return tuple(min(1.0, max(0.0, part)) for part in mixed)  # type: ignore[return-value]


def lab(colour: Rgb) -> Rgb:
    red, green, blue = colour
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def difference(one: Rgb, other: Rgb) -> float:
    return sum((a - b) ** 2 for a, b in zip(lab(one), lab(other), strict=True)) ** 0.5


def shared(rules: tuple[ChartRule, ...]) -> list[tuple[ChartRule, ChartRule]]:
    """Return the pairs of a preset that colour the same kind of thing differently."""
    kinds = {rule.name: {test.asked.kind for test in rule.tests} for rule in rules}
    return [
        (one, other)
        for one, other in combinations(rules, 2)
        if kinds[one.name] & kinds[other.name] and one.dress.tone != other.dress.tone
    ]


@pytest.mark.parametrize("eyes", SEEN)
@pytest.mark.parametrize("theme", THEMES)
def test_the_steps_of_the_ramp_are_told_apart_by_everybody(theme: str, eyes: str) -> None:
    for one, other in combinations(TONES, 2):
        a, b = (seen(linear(theme, tone), SEEN[eyes]) for tone in (one, other))
        assert difference(a, b) >= APART, (one, other)


def test_the_steps_of_the_ramp_differ_in_lightness_so_that_a_grey_print_reads() -> None:
    lightness = [lab(linear("light", tone))[0] for tone in TONES]
    assert all(b - a >= LIGHTNESS_APART for a, b in pairwise(lightness))


@pytest.mark.parametrize("preset", chart_rules.presets(), ids=lambda preset: preset.code)
def test_shipped_rules_differ_in_lightness_and_in_more_than_colour(preset: Preset) -> None:
    for one, other in shared(preset.rules):
        a, b = (lab(linear("light", rule.dress.tone))[0] for rule in (one, other))
        assert abs(a - b) >= LIGHTNESS_APART
        assert (one.dress.badge, one.dress.size) != (other.dress.badge, other.dress.size)
    assert all(rule.dress.badge or rule.dress.size for rule in preset.rules)


@pytest.mark.parametrize("theme", THEMES)
def test_every_step_stands_out_from_the_page(theme: str) -> None:
    def luminance(tone: str) -> float:
        red, green, blue = linear(theme, tone)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    ground = luminance("surface")
    for tone in TONES:
        low, high = sorted((luminance(tone), ground))
        assert (high + 0.05) / (low + 0.05) >= (7.0 if theme == "high-contrast" else 3.0)


@pytest.mark.parametrize("preset", chart_rules.presets(), ids=lambda preset: preset.code)
def test_rules_are_read_back_as_they_were_kept(preset: Preset) -> None:
    assert chart_rules.unpacked(chart_rules.packed(preset.rules)) == preset.rules


def test_the_presets_cover_what_a_chart_of_ocgs_is_asked_for() -> None:
    codes = {preset.code for preset in chart_rules.presets()}
    assert {"risk-band", "tier", "status", "untested", "custody", "degree"} <= codes
    with pytest.raises(Refused, match="no rules 'nonsense'"):
        chart_rules.preset("nonsense")


TIER = Test(field="ocg.tier", values=("t1",))
GRADE = Test(field="link.grade", op=Op.AT_LEAST, values=("1A",))
RULE = ChartRule(name="First tier", tests=(TIER,), dress=Dress(tone="rule.1"))


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (replace(RULE, name=" "), "name"),
        (replace(RULE, tests=()), "when"),
        (replace(RULE, tests=(TIER, GRADE)), "not about both"),
        (replace(RULE, dress=Dress(tone="overdue")), "ramp"),
        (replace(RULE, dress=Dress(badge="LONGER")), "4 letters"),
        (replace(RULE, dress=Dress()), "changes"),
    ],
)
def test_a_rule_that_says_nothing_is_refused_with_the_reason(rule: ChartRule, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        chart_rules.checked(rule)


@pytest.mark.parametrize("text", ["{", "[1]", '[{"name": "x"}]', '[{"name":"x","when":[]}]'])
def test_rules_that_cannot_be_read_are_refused_whole(text: str) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        chart_rules.unpacked(text)


def test_a_rule_says_when_it_holds() -> None:
    both = replace(RULE, tests=(TIER, Test(field="links", op=Op.AT_LEAST, values=("3",))))
    assert both.words == "OCG: tier is T1 and Links drawn at least 3"
    assert Dress(size=Importance.PRINCIPAL).is_bare is False
