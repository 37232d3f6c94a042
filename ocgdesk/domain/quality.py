"""Quality rules: what in a register wants mending. The rules are data, of ``quality-rules``.

A rule is a query of the program asked with the rule's own field, days, number or post. Nothing
here scores a person: weights say which gap to close first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from ocgdesk.domain.fields import FieldType, described_fields
from ocgdesk.domain.kinds import LINKS, MARKS, Kind
from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.registry import class_of
from ocgdesk.errors import NotFound, Refused
from ocgdesk.i18n import N_, _

LIST: Final = "quality-rules"
WEIGHTS: Final = range(1, 6)
LONGEST_WAIT: Final = 3_650
"""The most days a rule may allow."""

WITHHELD: Final = N_("Records restricted from this user are not included.")


class Query(StrEnum):
    """How a rule looks. The first three are templates for rules of one's own."""

    FIELD_EMPTY = "field-empty"
    """Nothing stands in ``field``."""
    FIELD_OLDER = "field-older"
    """The day in ``field`` is more than ``days`` ago, and nothing stands in ``unless``."""
    FEW_LINKS = "few-links"
    """Fewer than ``below`` current links of the type ``link``."""
    NO_POST = "no-post"
    """Nobody holds ``post`` now."""
    SCORE_DUE = "score-due"
    """Never scored, or longer ago than its tier allows."""
    EMPTY_STRAND = "empty-strand"
    """One of the four Ps has nothing under it that is live."""
    BARE_PRINCIPAL = "bare-principal"
    """A principal of an OCG without any identifier."""
    NOT_CATEGORISED = "not-categorised"
    """No data-subject category but the absence of one."""
    VICTIM_WORDS = "victim-words"
    """Recorded as exploited, and written of in words of ``victim-words``."""
    IDENTIFIER_FORMAT = "identifier-format"
    """An identifier that breaks its format."""
    NO_SOURCE = "no-source"
    """A link that rests on no report."""
    NOT_REVIEWED = "not-reviewed"
    """An attribution confirmed without a review by somebody else."""
    NO_CHECK_BACK = "no-check-back"
    """A line that was closed and has no check-back."""
    NO_WORKINGS = "no-workings"
    """A local score of which nobody said why."""


TEMPLATES: Final = (Query.FIELD_EMPTY, Query.FIELD_OLDER, Query.FEW_LINKS)

_ONLY: Final[dict[Query, frozenset[Kind]]] = {
    Query.NO_POST: frozenset({Kind.OCG}),
    Query.SCORE_DUE: frozenset({Kind.OCG}),
    Query.EMPTY_STRAND: frozenset({Kind.PLAN}),
    Query.BARE_PRINCIPAL: frozenset({Kind.NOMINAL}),
    Query.NOT_CATEGORISED: frozenset({Kind.NOMINAL}),
    Query.VICTIM_WORDS: frozenset({Kind.NOMINAL}),
    Query.IDENTIFIER_FORMAT: frozenset(
        {Kind.NOMINAL, Kind.HANDLE, Kind.PHONE, Kind.VEHICLE, Kind.ORGANISATION}
    ),
    Query.NO_SOURCE: frozenset(LINKS),
    Query.NOT_REVIEWED: frozenset({Kind.ATTRIBUTION}),
    Query.NO_CHECK_BACK: frozenset({Kind.COUNTY_LINE}),
    Query.NO_WORKINGS: frozenset({Kind.ASSESSMENT}),
}
"""The kinds a query can look at; any kind where none is named."""

_UNRULED: Final = frozenset(
    {
        Kind.CHART,
        Kind.PLACEMENT,
        Kind.ASSERTION,
        Kind.SAVED_VIEW,
        Kind.WATCH,
        Kind.LIST_EDITION,
        Kind.IMPORT_SPEC,
        Kind.RESULT,
        *MARKS,
        Kind.CHART_VERSION,
    }
)
"""What is no record of the register."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: what it looks at, how it looks, how much it weighs, and what mends it."""

    code: str
    words: str
    kind: Kind
    query: Query
    weight: int = 3
    on: bool = True
    live: bool = False
    """Only records whose status is live."""
    field: str = ""
    unless: str = ""
    """A field that, where anything stands in it, lets the record pass."""
    days: int = 0
    below: int = 0
    link: str = ""
    post: str = ""
    advice: str = ""
    retired: bool = False

    def item(self) -> dict[str, Any]:
        """Return the rule as a value of its list."""
        found: dict[str, Any] = {
            "code": self.code,
            "label": self.words,
            "kind": self.kind.value,
            "query": self.query.value,
            "weight": self.weight,
            "on": self.on,
            "advice": self.advice,
        }
        more = {name: getattr(self, name) for name in (*_TEXTS, "days", "below", "live", "retired")}
        return found | {name: value for name, value in more.items() if value}


_TEXTS: Final = ("field", "unless", "link", "post", "advice")


def rules() -> tuple[Rule, ...]:
    """Return the rules that hold here, in the order of their list; none that is retired."""
    found = (read_rule(item) for item in code_list(LIST).data["items"])
    return tuple(rule for rule in found if not rule.retired)


def rule(code: str) -> Rule:
    """Return the rule with this code or these words; NotFound, with all codes, for any other."""
    wanted = code.strip().casefold()
    for one in rules():
        if wanted in {one.code.casefold(), one.words.casefold()}:
            return one
    raise NotFound(_("There is no rule {code}; there are {codes}").format(
        code=repr(code[:40]), codes=", ".join(one.code for one in rules())
    ))  # fmt: skip


def read_rule(item: Mapping[str, Any]) -> Rule:
    """Return the rule that a value of the list describes; Refused, in words, where it is none."""
    try:
        found = Rule(
            code=item["code"],
            words=item["label"],
            kind=Kind(item["kind"]),
            query=Query(item["query"]),
            **{name: item[name] for name in _MORE if name in item},
        )
    except (KeyError, ValueError) as error:
        raise Refused(_("{code}: this is no rule: {error}").format(
            code=item.get("code", "?"), error=error
        )) from error  # fmt: skip
    if wrong := _wrong(found):
        raise Refused(f"{found.words}: {wrong}")
    return found


_MORE: Final = (*_TEXTS, "weight", "on", "live", "days", "below", "retired")


def _wrong(rule_: Rule) -> str:
    if rule_.weight not in WEIGHTS:
        return _("a weight is 1 to 5")
    only = _ONLY.get(rule_.query)
    if rule_.kind in _UNRULED or (only is not None and rule_.kind not in only):
        return _("this query does not look at records of this kind")
    if rule_.live and not has_live_status(rule_.kind):
        return _("records of this kind have no status that could be live")
    check = _CHECKS.get(rule_.query)
    return check(rule_) if check else ""


def _field_wrong(rule_: Rule) -> str:
    known = {field.name: field for field in _fields(rule_.kind)}
    if rule_.field not in known:
        return _("there is no field {name} on records of this kind").format(name=rule_.field or "?")
    if rule_.unless and rule_.unless not in known:
        return _("there is no field {name} on records of this kind").format(name=rule_.unless)
    if rule_.query is Query.FIELD_OLDER:
        if known[rule_.field].type not in DATED:
            return _("{name} holds no day").format(name=known[rule_.field].label)
        if not 0 <= rule_.days <= LONGEST_WAIT:
            return _("days are 0 to {n}").format(n=f"{LONGEST_WAIT:,}")
    elif known[rule_.field].type is FieldType.FLAG:
        return _("{name} is yes or no and never empty").format(name=known[rule_.field].label)
    return ""


DATED: Final = frozenset({FieldType.DAY, FieldType.PARTIAL_DATE})


def _few_wrong(rule_: Rule) -> str:
    if rule_.kind in LINKS:
        return _("only records have links to count")
    if rule_.below < 1:
        return _("the number of links is 1 or more")
    if rule_.link and rule_.link not in code_list("link-types"):
        return _("{type} is no type of link").format(type=rule_.link)
    return ""


def _post_wrong(rule_: Rule) -> str:
    known = code_list("assignment-roles")
    return "" if rule_.post in known else _("{post} is no post").format(post=rule_.post or "?")


_CHECKS: Final = {
    Query.FIELD_EMPTY: _field_wrong,
    Query.FIELD_OLDER: _field_wrong,
    Query.FEW_LINKS: _few_wrong,
    Query.NO_POST: _post_wrong,
}


def _fields(kind: Kind) -> Any:
    return described_fields(class_of(kind))


def has_live_status(kind: Kind) -> bool:
    """Tell whether records of a kind have a status of which some are live."""
    field = next((field for field in _fields(kind) if field.name == "status"), None)
    if field is None or kind in LINKS:
        return False
    return any(item.get("live") is not None for item in code_list(field.codes))


def ruled_kinds() -> tuple[Kind, ...]:
    """Return the kinds a rule of one's own can look at."""
    return tuple(kind for kind in Kind if kind not in _UNRULED)


def code_for(words: str) -> str:
    """Return a code for a rule of one's own that no rule has yet."""
    plain = "".join(c if c.isascii() and c.isalnum() else " " for c in words.casefold())
    base = "-".join(plain.split())[:30].strip("-") or "rule"
    taken = {item.code for item in code_list(LIST)}
    if base not in taken:
        return base
    return next(f"{base}-{n}" for n in range(2, 1_000) if f"{base}-{n}" not in taken)
