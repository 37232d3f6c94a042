"""The quality of a register: which rules it breaks, where, and what would mend it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ocgdesk.casework import reference_lists
from ocgdesk.domain import quality
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.keeping import ListEdition
from ocgdesk.domain.quality import Query, Rule
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.errors import Refused
from ocgdesk.i18n import _, ngettext
from ocgdesk.progress import Progress, silent
from ocgdesk.store import quality as queries
from ocgdesk.store.breaches import Breach, breaches
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work

MOST_SHOWN = 1_000
"""So many of what breaks a rule are read for a window; the command line gives all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One rule and how many break it, of how many it looks at; None while it is switched off."""

    rule: Rule
    broken: int | None = None
    of: int | None = None

    @property
    def weight(self) -> int:
        """How much there is to mend: what breaks it, by its weight."""
        return (self.broken or 0) * self.rule.weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A rule, how many break it, and the first of them by name."""

    rule: Rule
    total: int
    rows: tuple[Breach, ...]


# ---- Looking -----------------------------------------------------------------------------------


def look(reader: Reader, today: date, progress: Progress = silent) -> tuple[Standing, ...]:
    """Count what breaks each rule that is on; those that are off stand there without figures.

    Raises Cancelled once the user has asked to stop.
    """
    rules, found = quality.rules(), []
    for done, rule in enumerate(rules):
        progress(done, len(rules), rule.words)
        found.append(_standing(reader, rule, today) if rule.on else Standing(rule=rule))
    progress(len(rules), len(rules), "")
    reader.saw("Count by quality rules", rules=len(found))
    return tuple(found)


def _standing(reader: Reader, rule: Rule, today: date) -> Standing:
    broken = queries.count(reader, rule, today)
    return Standing(rule=rule, broken=broken, of=queries.population(reader, rule))


def broken(reader: Reader, code: str, today: date, *, most: int | None = MOST_SHOWN) -> Broken:
    """Return what breaks one rule, on or off, in the order of names; ``most`` None for all.

    Raises NotFound where there is no such rule.
    """
    rule = quality.rule(code)
    found = queries.numbers(reader, rule, today)
    rows = breaches(reader, rule, found[:most])
    reader.saw("Quality rule", [row.no for row in rows if row.ref], rule=rule.code, rows=len(rows))
    return Broken(rule=rule, total=len(found), rows=tuple(rows))


def ranked(found: Sequence[Standing]) -> tuple[Standing, ...]:
    """Return rules in the order of mending: the weightiest that are broken, the kept, the off."""

    def place(standing: Standing) -> tuple[bool, bool, int]:
        return (not standing.rule.on, not standing.broken, -standing.rule.weight)

    return tuple(sorted(found, key=place))


def why(rule: Rule, breach: Breach) -> str:
    """Return in words why a record breaks a rule; empty where the rule says it all."""
    if rule.query is Query.SCORE_DUE:
        due = _day(breach.why) if breach.why else ""
        return _("due on {day}").format(day=due) if due else _("never scored")
    if breach.why is None:
        return ""
    if rule.query in _DATED:
        return _day(str(breach.why))
    if rule.query is Query.FEW_LINKS:
        return ngettext("{n} of {of}", "{n} of {of}", breach.why).format(
            n=breach.why, of=rule.below
        )
    if rule.query is Query.EMPTY_STRAND:
        return ngettext("{n} empty", "{n} empty", breach.why).format(n=breach.why)
    return str(breach.why)


_DATED = frozenset({Query.FIELD_OLDER, Query.NO_WORKINGS})


def _day(text: str) -> str:
    return PartialDate.stored(text).worded()


def plain(standing: Standing) -> dict[str, Any]:
    """Return a rule and its figures for programs."""
    rule = standing.rule
    return rule.item() | {"days": rule.days, "broken": standing.broken, "of": standing.of}


def plain_breach(rule: Rule, breach: Breach) -> dict[str, Any]:
    """Return what breaks a rule for programs."""
    return {
        "id": str(breach.id),
        "ref": breach.ref,
        "kind": breach.kind.value,
        "label": breach.label,
        "marking": breach.marking.value,
        "why": why(rule, breach),
        "opens": str(breach.opens),
    }


# ---- Ruling ------------------------------------------------------------------------------------


def switch(work: Work, code: str, *, on: bool) -> ListEdition:
    """Switch a rule on or off; a new edition of the rules."""
    return _change(work, replace(quality.rule(code), on=on))


def weigh(work: Work, code: str, weight: int) -> ListEdition:
    """Weigh a rule, 1 to 5; a new edition of the rules."""
    return _change(work, replace(quality.rule(code), weight=weight))


def add(work: Work, rule: Rule) -> ListEdition:
    """Add a rule made from a template; it gets a code of its own from its words.

    Raises Refused where it is made of no template or what it asks does not fit its kind.
    """
    if rule.query not in quality.TEMPLATES:
        raise Refused(_("A rule of one's own is made from a template"))
    new = replace(rule, code=quality.code_for(rule.words))
    quality.read_rule(new.item())
    return _save(work, [*_items(), new.item()])


def retire(work: Work, code: str) -> ListEdition:
    """Take a rule off the page for good; it stays in the list, retired."""
    return _change(work, replace(quality.rule(code), retired=True))


def _change(work: Work, rule: Rule) -> ListEdition:
    items = [rule.item() if item["code"] == rule.code else item for item in _items()]
    return _save(work, items)


def _items() -> Sequence[Mapping[str, Any]]:
    items: Sequence[Mapping[str, Any]] = code_list(quality.LIST).data["items"]
    return items


def _save(work: Work, items: Sequence[Mapping[str, Any]]) -> ListEdition:
    known = code_list(quality.LIST)
    data = {**known.data, "items": list(items)}
    return reference_lists.save(work, quality.LIST, data, version=known.version)


def asked_words(rule: Rule) -> str:
    """Return what a rule looks at and with what, in a line."""
    kind = label("kinds", rule.kind.value)
    words = {
        Query.FIELD_EMPTY: _("{kind}: {field} is empty"),
        Query.FIELD_OLDER: _("{kind}: {field} is more than {days} days ago"),
        Query.FEW_LINKS: _("{kind}: fewer than {below} links"),
    }.get(rule.query, "{kind}")
    return words.format(kind=kind, field=rule.field, days=rule.days, below=rule.below)
