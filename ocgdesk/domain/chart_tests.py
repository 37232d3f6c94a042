"""One question a filter or a rule of a chart asks of a value: ``ocg.tier is T1 or T2``."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import isfinite
from typing import Final

from ocgdesk.domain import chart_fields
from ocgdesk.domain.chart_fields import Asked
from ocgdesk.domain.dates import day as read_day
from ocgdesk.domain.dates import shown
from ocgdesk.domain.fields import FieldType
from ocgdesk.domain.grading import Grading
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.errors import Refused
from ocgdesk.i18n import N_, _

T = FieldType


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when something may have held, the widest the dates on record allow."""

    first: date
    last: date


Value = str | float | date | Span
"""A code or word (``yes`` and ``no`` for flags), a number, a day, or a stretch of days."""
YES: Final = "yes"
NO: Final = "no"


class Op(StrEnum):
    """How a value is held against what is asked for."""

    IS = "is"
    IS_NOT = "is-not"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    BETWEEN = "between"
    """From the first value up to, but not including, the second."""
    TOP = "top"
    """Among the highest so many per cent of those that have a value."""
    FILLED = "filled"
    EMPTY = "empty"


OPS: Final = {
    Op.IS: N_("is"),
    Op.IS_NOT: N_("is not"),
    Op.AT_LEAST: N_("at least"),
    Op.AT_MOST: N_("at most"),
    Op.BETWEEN: N_("from, up to"),
    Op.TOP: N_("highest per cent"),
    Op.FILLED: N_("is recorded"),
    Op.EMPTY: N_("is not recorded"),
}
"""What each is called in a drop-down."""
_BARE: Final = frozenset({Op.FILLED, Op.EMPTY})
_MOST_VALUES: Final = 200
_NUMBERS: Final = frozenset({T.INTEGER, T.NUMBER})
_DAYS: Final = frozenset({T.DAY, T.PARTIAL_DATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """A field, how it is held against the values, and the values as they are kept: as text."""

    __test__ = False
    field: str
    op: Op = Op.IS
    values: tuple[str, ...] = ()

    @property
    def asked(self) -> Asked:
        """What is asked for; Refused where charts cannot be asked for it."""
        return chart_fields.field(self.field)

    @property
    def of_links(self) -> bool:
        """Whether it is asked of links rather than of items."""
        return self.asked.of_links

    @property
    def words(self) -> str:
        """The question in words: “OCG: tier is T1 or T2”."""
        return _worded(self)

    def holds(self, found: Collection[Value]) -> bool:
        """Tell whether what is on record of one item or line answers the question with yes.

        ``TOP`` must have been turned into ``AT_LEAST`` before: it takes all values to know.
        """
        match self.op:
            case Op.FILLED:
                return bool(found)
            case Op.EMPTY:
                return not found
            case Op.IS:
                return bool(_texts(found) & _folded(self.values))
            case Op.IS_NOT:
                return not _texts(found) & _folded(self.values)
            case _:
                return any(_within(self, value) for value in found)


def ops(asked: Asked) -> tuple[Op, ...]:
    """Return how the values of a field can be held against others."""
    if asked.type in _NUMBERS:
        return Op.AT_LEAST, Op.AT_MOST, Op.BETWEEN, Op.TOP, Op.FILLED, Op.EMPTY
    if asked.type in _DAYS:
        return Op.AT_LEAST, Op.AT_MOST, Op.BETWEEN, Op.FILLED, Op.EMPTY
    if asked.type is T.GRADE:
        return Op.AT_LEAST, Op.IS, Op.IS_NOT, Op.FILLED, Op.EMPTY
    if asked.type is T.FLAG:
        return (Op.IS,)
    return Op.IS, Op.IS_NOT, Op.FILLED, Op.EMPTY


def checked(test: Test) -> Test:
    """Return a test that can be asked, its values as they are kept; Refused with the reason."""
    asked = test.asked
    if test.op not in ops(asked):
        told = _("{field} cannot be asked for “{op}”")
        raise Refused(told.format(field=asked.words, op=_(OPS[test.op])))
    wanted = {Op.BETWEEN: 2, Op.TOP: 1, Op.AT_LEAST: 1, Op.AT_MOST: 1}.get(test.op)
    values = tuple(text for value in test.values if (text := value.strip()))[:_MOST_VALUES]
    if test.op in _BARE:
        return Test(field=test.field, op=test.op)
    if not values or (wanted and len(values) != wanted):
        raise Refused(_("Say what {field} is held against").format(field=asked.words))
    if test.op is Op.TOP:
        return Test(field=test.field, op=test.op, values=(_share(values[0]),))
    return Test(field=test.field, op=test.op, values=tuple(_kept(asked, v) for v in values))


def _kept(asked: Asked, text: str) -> str:
    if asked.type in _NUMBERS:
        return f"{_number(text):g}"
    if asked.type in _DAYS:
        return read_day(text, today=date.today()).isoformat()  # noqa: DTZ011 - a day typed here
    if asked.type is T.GRADE:
        return grade(text)
    if asked.type is T.FLAG:
        return _flag(text)
    return _code(asked, text)


def _code(asked: Asked, text: str) -> str:
    """Return a code as it is kept, also where its words were typed."""
    if not asked.codes or text.startswith(chart_fields.SKETCH):
        return text
    for item in code_list(asked.codes):
        if text.casefold() in {item.code.casefold(), item.label.casefold()}:
            return item.code
    told = _("{value} is none of the values of {field}")
    raise Refused(told.format(value=repr(text[:40]), field=asked.words))


def _flag(text: str) -> str:
    found = {YES: YES, "true": YES, "1": YES, NO: NO, "false": NO, "0": NO}.get(text.casefold())
    if found is None:
        raise Refused(_("Say yes or no, not {text}").format(text=repr(text[:20])))
    return found


def _number(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = float("nan")
    if not isfinite(found):
        raise Refused(_("{text} is no number").format(text=repr(text[:20])))
    return found


def _share(text: str) -> str:
    found = _number(text.rstrip("% "))
    if not 0 < found < 100:
        raise Refused(_("Say how many per cent, more than 0 and less than 100"))
    return f"{found:g}"


def grade(text: str) -> str:
    """Return a grade of source and intelligence, ``2C``, as typed or cut from a grading."""
    if re.fullmatch(r"[123][A-E]", short := text.strip().upper()):
        return short
    grading = Grading.parse(text)
    if grading.scheme != "3x5x2":
        raise Refused(_("Grades are compared as 3x5x2, such as 2C"))
    return f"{grading.source}{grading.intelligence}"


# ---- Holding a value against others --------------------------------------------------------------


def _texts(found: Collection[Value]) -> set[str]:
    return {text(value).casefold() for value in found}


def _folded(values: Collection[str]) -> set[str]:
    return {value.casefold() for value in values}


def text(value: Value) -> str:
    """Return a value as a test keeps it."""
    if isinstance(value, Span):
        value = value.first
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:g}" if isinstance(value, float) else value


def _within(test: Test, value: Value) -> bool:
    if isinstance(value, str):
        return test.op is Op.AT_LEAST and _is_as_good(value, test.values[0])
    first, last = (value.first, value.last) if isinstance(value, Span) else (value, value)
    match test.op:
        case Op.AT_LEAST:
            return _above(last, test.values[0]) >= 0
        case Op.AT_MOST:
            return _above(first, test.values[0]) <= 0
        case Op.BETWEEN:
            return _above(last, test.values[0]) >= 0 > _above(first, test.values[1])
        case _:
            raise Refused(_("A share of the highest is worked out of all values first"))


def _above(value: float | date, kept: str) -> float:
    """Return how far a value is above what is kept: 0 where it is that."""
    if isinstance(value, date):
        return (value - date.fromisoformat(kept)).days
    return value - float(kept)


def _is_as_good(found: str, least: str) -> bool:
    """Tell whether neither source nor intelligence is graded worse."""
    return len(found) >= 2 and found[0] <= least[0] and found[1] <= least[1]


# ---- In words ------------------------------------------------------------------------------------


def value_words(asked: Asked, value: str) -> str:
    """Return a value as people read it: a code in its words, a day as it is written."""
    if asked.codes:
        return label(asked.codes, value)
    if asked.type in _DAYS:
        return shown(date.fromisoformat(value))
    if asked.attribute == "marking":
        return value.upper()
    return {YES: _("yes"), NO: _("no")}.get(value, value) if asked.type is T.FLAG else value


_SAID: Final = {
    Op.IS: N_("{field} is {values}"),
    Op.IS_NOT: N_("{field} is not {values}"),
    Op.AT_LEAST: N_("{field} at least {values}"),
    Op.AT_MOST: N_("{field} at most {values}"),
    Op.TOP: N_("{field} among the highest {values} %"),
    Op.FILLED: N_("{field} is recorded"),
    Op.EMPTY: N_("{field} is not recorded"),
}


def _worded(test: Test) -> str:
    asked = test.asked
    said = [value_words(asked, value) for value in test.values]
    if test.op is Op.BETWEEN:
        told = _("{field} from {low} to below {high}")
        return told.format(field=asked.words, low=said[0], high=said[1])
    if asked.type is T.GRADE and test.op is Op.AT_LEAST:
        return _("{field} {grade} or better").format(field=asked.words, grade=said[0])
    return _(_SAID[test.op]).format(field=asked.words, values=_either(said))


def _either(said: list[str]) -> str:
    if len(said) < 2:
        return "".join(said)
    return _("{these} or {last}").format(these=", ".join(said[:-1]), last=said[-1])


# ---- Typed ---------------------------------------------------------------------------------------

_TYPED: Final = re.compile(r"\s*([\w.-]+?)\s*(!=|>=|<=|=|\bis recorded\b|\bis empty\b)\s*(.*)")
_SIGNS: Final = {
    "=": Op.IS, "!=": Op.IS_NOT, ">=": Op.AT_LEAST, "<=": Op.AT_MOST,
    "is recorded": Op.FILLED, "is empty": Op.EMPTY,
}  # fmt: skip


def parse(typed: str) -> Test:
    """Read ``ocg.tier=t1,t2``, ``link.grade>=2C``, ``betweenness>=top 10%``, ``nominal.born!=…``.

    A range is ``links=3..8``. Refused, with the reason, for anything else.
    """
    if (match := _TYPED.fullmatch(typed)) is None:
        told = _("{text} is no test; write it like ocg.tier=t1,t2 or link.grade>=2C")
        raise Refused(told.format(text=repr(typed[:60])))
    name, op, rest = match[1], _SIGNS[match[2]], match[3]
    asked = chart_fields.field(name)
    if op is Op.AT_LEAST and rest.casefold().startswith("top"):
        return checked(Test(field=name, op=Op.TOP, values=(rest[3:],)))
    if op is Op.IS and asked.is_ordered and ".." in rest:
        low, _dots, high = rest.partition("..")
        return checked(Test(field=name, op=Op.BETWEEN, values=(low, high)))
    values = (rest,) if op in {Op.AT_LEAST, Op.AT_MOST} else tuple(rest.split(","))
    return checked(Test(field=name, op=op, values=values))
