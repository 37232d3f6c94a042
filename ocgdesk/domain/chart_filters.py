"""Filters of a chart: named, stacked, each switched on or off, and always stated in words."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final

from ocgdesk.domain import chart_fields, chart_lines, chart_windows
from ocgdesk.domain.chart_tests import Op, Test, checked
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

MOST: Final = 50
"""Filters on one chart: more than anybody reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartFilter:
    """Shows only what answers a test with yes, or leaves that out.

    An item is only left out by a test of its own kind: one about OCGs leaves people alone.
    People recorded as exploited are never left out by one.
    """

    test: Test
    name: str = ""
    """What the user calls it; empty for the words of its test."""
    keep: bool = True
    """Show only these; else leave them out."""
    on: bool = True

    @property
    def words(self) -> str:
        """What it does, in words, whatever it is called."""
        if self.test.field == "kind":
            return _kinds_in_words(self)
        return self.test.words if self.keep else _("without {what}").format(what=self.test.words)

    @property
    def title(self) -> str:
        """What it is called."""
        return self.name or self.words

    @property
    def stated(self) -> str:
        """What is printed of it: its name, and always what it does."""
        return f"{self.name} ({self.words})" if self.name else self.words


def _kinds_in_words(one: ChartFilter) -> str:
    said = ", ".join(kind_words(kind) for kind in one.test.values)
    leaves_out = one.keep == (one.test.op is Op.IS_NOT)
    return (_("without {kind}") if leaves_out else _("only {kind}")).format(kind=said)


def kind_words(kind: str) -> str:
    """Return what a kind is called in a filter: ``handle``, ``OCG``."""
    words = chart_fields.kind_name(kind)
    return words if words.isupper() else words.lower()


def stated(filters: Iterable[ChartFilter]) -> tuple[str, ...]:
    """Return what is printed of the filters that are on, on everything that leaves."""
    return tuple(one.stated for one in filters if one.on)


def named(name: str) -> str:
    """Return a filter's name as it is kept."""
    return " ".join(name.split())[:80]


def without_kind(kind: str) -> ChartFilter:
    """Return the filter that a legend's eye stands for."""
    return ChartFilter(test=Test(field="kind", values=(kind,)), keep=False)


def _eye(one: ChartFilter) -> str:
    """Return the kind whose legend's eye a filter stands for, "" for any other filter."""
    kind = one.test.values[0] if one.test.field == "kind" and one.test.values else ""
    return kind if replace(one, on=True) == without_kind(kind) else ""


def kinds_off(filters: Iterable[ChartFilter]) -> frozenset[str]:
    """Return the kinds that legends' eyes have switched off."""
    return frozenset(kind for one in filters if one.on and (kind := _eye(one)))


def with_kind(filters: Sequence[ChartFilter], kind: str, *, shown: bool) -> tuple[ChartFilter, ...]:
    """Return the filters once a legend's eye has shown or left out a kind."""
    rest = tuple(one for one in filters if _eye(one) != kind)
    return rest if shown else (*rest, without_kind(kind))


# ---- Kept as text --------------------------------------------------------------------------------


def plain_test(test: Test) -> dict[str, Any]:
    """Return a test as plain values."""
    return {"field": test.field, "op": test.op.value, "values": list(test.values)}


def read_test(plain: dict[str, Any]) -> Test:
    """Return what ``plain_test`` wrote; Refused where its field or its values are gone."""
    values = tuple(str(value) for value in plain["values"])
    return checked(Test(field=str(plain["field"]), op=Op(plain["op"]), values=values))


def packed(filters: Iterable[ChartFilter], *others: Mapping[str, Any]) -> str:
    """Return filters as a chart keeps them, after what else it is narrowed to; "" for none."""
    plain = [
        *others,
        *(
            {"test": plain_test(one.test), "name": one.name, "keep": one.keep, "on": one.on}
            for one in filters
        ),
    ]
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")) if plain else ""


def unpacked(text: str) -> tuple[ChartFilter, ...]:
    """Return the filters ``packed`` wrote; Refused where they cannot be read whole.

    Half the filters of a chart would show what was to be left out, so it is all or none. The
    days it is narrowed to are read by ``chart_windows``, how lines are drawn by ``chart_lines``.
    """
    if not text:
        return ()
    try:
        kept = (plain for plain in json.loads(text) if not _is_other(plain))
        return tuple(_read(plain) for plain in islice(kept, MOST))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, Refused):
        raise Refused(_("The filters of this chart cannot be read; set them anew")) from None


def _is_other(plain: Mapping[str, Any]) -> bool:
    return chart_windows.is_window(plain) or chart_lines.is_lines(plain)


def _read(plain: dict[str, Any]) -> ChartFilter:
    return ChartFilter(
        test=read_test(plain["test"]),
        name=named(str(plain["name"])),
        keep=bool(plain["keep"]),
        on=bool(plain["on"]),
    )
