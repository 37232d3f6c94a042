"""Which phones, handles, vehicles, places or organisations may be one, by simple scoring.

They are known by a number, a code or an address: what is written in a normal form is compared,
and a few rules say what a likeness is worth. No model is needed where a number tells.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from ocgdesk.i18n import _
from ocgdesk.matching.values import Candidate, Evidence, Item, Sign
from ocgdesk.progress import Progress, batches, silent

THRESHOLD: Final = 0.5
_MOST_SHARING: Final = 60
_AT_ONCE: Final = 5_000
_CODE_FROM: Final = 6
"""So long must a code be for one character to be a slip."""
_CONFUSED: Final = str.maketrans("OIZSBG", "012586")
"""Letters of plates that are read as figures."""
_LEGAL: Final = frozenset(
    ("limited", "ltd", "plc", "llp", "llc", "inc", "co", "company", "group", "uk", "the", "and")
)
"""Words of an organisation's legal form, and others that tell nothing."""
_PLACE: Final = {
    "st": "street", "rd": "road", "ave": "avenue", "av": "avenue", "ln": "lane", "cl": "close",
    "dr": "drive", "ct": "court", "pl": "place", "cres": "crescent", "gdns": "gardens",
    "tce": "terrace", "flat": "", "apartment": "", "apt": "", "the": "", "house": "",
}  # fmt: skip
Score = tuple[float, list[Evidence]]


def candidates(
    items: Sequence[Item],
    *,
    among: Collection[int] | None = None,
    threshold: float = THRESHOLD,
    progress: Progress = silent,
) -> list[Candidate]:
    """Return the pairs that may be one, the surest first; ``among`` as for people."""
    known = {item.key: item for item in items}
    found: list[Candidate] = []
    pairs = sorted(_pairs(items, among, progress))
    for some in batches(pairs, _AT_ONCE, progress, _("Comparing pairs")):
        for one, other in some:
            found += _candidate(known[one], known[other], threshold)
    return sorted(found, key=lambda pair: (-pair.probability, pair.one, pair.other))


def any_shared(items: Sequence[Item], among: Collection[int]) -> bool:
    """Tell whether one of these shares anything to be sought by with another."""
    return bool(_pairs(items, among, silent))


def _candidate(one: Item, other: Item, threshold: float) -> list[Candidate]:
    probability, evidence = _RULES.get(one.kind, _coded)(one, other)
    if probability < threshold:
        return []
    low, high = sorted((one.key, other.key))
    return [Candidate(one=low, other=high, probability=probability, evidence=tuple(evidence))]


def _pairs(
    items: Sequence[Item], among: Collection[int] | None, progress: Progress
) -> set[tuple[int, int]]:
    """Return the pairs that share a key; with ``among``, those with at least one of these."""
    wanted = None if among is None else frozenset(among)
    sought = None
    if wanted is not None:
        sought = {key for item in items if item.key in wanted for key in _keys(item)}
    held: dict[str, list[int]] = defaultdict(list)
    for some in batches(items, _AT_ONCE, progress, _("Looking for what records share")):
        for item in some:
            for key in set(_keys(item)):
                if sought is None or key in sought:
                    held[key].append(item.key)
    found: set[tuple[int, int]] = set()
    for keys in held.values():
        if 1 < len(keys) <= _MOST_SHARING:
            pairs = ((min(pair), max(pair)) for pair in combinations(keys, 2))
            found.update(p for p in pairs if wanted is None or not wanted.isdisjoint(p))
    return found


def _keys(item: Item) -> Iterator[str]:
    for number in item.numbers:
        yield f"n{number}"
    for text in (item.text, *item.aliases):
        code = packed(text)
        yield f"c{code.translate(_CONFUSED)}"
        if item.kind in {"location", "organisation"}:
            yield from _worded(item, text)
        elif len(code) >= _CODE_FROM:
            yield from (f"d{code[:i]}{code[i + 1 :]}" for i in range(len(code)))


def _worded(item: Item, text: str) -> Iterator[str]:
    words = sorted(address(text) if item.kind == "location" else company(text))
    yield f"w{' '.join(words)}"
    for one, other in combinations(words[:5], 2):
        yield f"v{one[:4]}+{other[:4]}"
    if item.postcode:
        yield from (f"p{item.postcode}{word}" for word in words if word[:1].isdigit())


def packed(text: str) -> str:
    """Return a code without spaces and marks, in capitals."""
    return re.sub(r"[\W_]+", "", text).upper()


def address(text: str) -> tuple[str, ...]:
    """Return the words of an address: abbreviations written out, what goes without saying left."""
    words = re.findall(r"\w+", text.casefold())
    return tuple(filter(None, (_PLACE.get(word, word) for word in words)))


def company(text: str) -> tuple[str, ...]:
    """Return the words of an organisation's name without its legal form."""
    words = re.findall(r"\w+", text.casefold())
    return tuple(word for word in words if word not in _LEGAL) or tuple(words)


def _coded(one: Item, other: Item) -> Score:
    """Score phones and whatever else is a number: one digit more or less is a slip, or not."""
    if shared := set(one.numbers) & set(other.numbers):
        return 0.97, [_for("identifier-same", 10.0 + len(shared))]
    a, b = packed(one.text), packed(other.text)
    if a == b:
        return 0.99, [_for("number-same", 12.0)]
    if min(len(a), len(b)) >= _CODE_FROM and OSA.distance(a, b, score_cutoff=1) == 1:
        turned = sorted(a) == sorted(b)
        if a.isdigit() and b.isdigit():  # SIM cards sold in a row are near each other too
            return (0.4 if turned else 0.3), [_for("code-turned" if turned else "code-digit", 1.0)]
        return (0.6 if turned else 0.5), [_for("code-turned" if turned else "code-digit", 3.0)]
    return 0.0, []


def _vehicle(one: Item, other: Item) -> Score:
    a, b = packed(one.text), packed(other.text)
    if a != b and a.translate(_CONFUSED) == b.translate(_CONFUSED):
        return 0.9, [_for("code-confused", 8.0), *_context(one, other)]
    score, evidence = _coded(one, other)
    if evidence and (beside := _context(one, other)):
        return score * 0.7, [*evidence, *beside]
    return score, evidence


def _handle(one: Item, other: Item) -> Score:
    against = _context(one, other)
    a, b = packed(one.text), packed(other.text)
    # Two handles may share a nickname; one that is the other's nickname is more than that.
    if a != b and a not in map(packed, other.aliases) and b not in map(packed, one.aliases):
        score, evidence = _coded(one, other)
        return (score * 0.7 if against else score), [*evidence, *against]
    is_written_so = one.text == other.text
    evidence = [_for("handle-same" if is_written_so else "handle-case", 8.0), *against]
    return (0.5 if against else 0.97 if is_written_so else 0.85), evidence


def _location(one: Item, other: Item) -> Score:
    a, b = address(one.text), address(other.text)
    against = _context(one, other)
    likeness = fuzz.token_sort_ratio(" ".join(a), " ".join(b)) / 100
    same_house = {w for w in a if w[:1].isdigit()} == {w for w in b if w[:1].isdigit()}
    postcode = bool(one.postcode) and one.postcode == other.postcode
    if not same_house or likeness < 0.8:
        return 0.0, []
    evidence = [_for("address-same" if likeness == 1 else "address-alike", 6.0)]
    if postcode:
        evidence.append(_for("postcode-same", 7.0))
    elif one.postcode and other.postcode:
        evidence.append(_against("postcode-other", -5.0))
        return 0.3 * likeness, evidence
    score = likeness * (0.97 if postcode else 0.85 if likeness == 1 else 0.65)
    return (score * 0.4 if against else score), [*evidence, *against]


def _organisation(one: Item, other: Item) -> Score:
    if set(one.numbers) & set(other.numbers):
        return 0.99, [_for("identifier-same", 12.0)]
    likeness = max(
        fuzz.token_sort_ratio(" ".join(company(a)), " ".join(company(b))) / 100
        for a in (one.text, *one.aliases)
        for b in (other.text, *other.aliases)
    )
    if likeness < 0.88:
        return 0.0, []
    evidence = [_for("company-same" if likeness == 1 else "company-alike", 6.0)]
    if one.numbers and other.numbers:
        return 0.4, [*evidence, _against("identifier-other", -4.0)]
    return (0.92 if likeness == 1 else 0.65 * likeness), evidence


def _context(one: Item, other: Item) -> list[Evidence]:
    a, b = one.context.casefold(), other.context.casefold()
    return [_against("context-other", -3.0)] if a and b and a != b else []


def _for(code: str, weight: float) -> Evidence:
    return Evidence(code, Sign.FOR, weight)


def _against(code: str, weight: float) -> Evidence:
    return Evidence(code, Sign.AGAINST, weight)


_RULES: Final[Mapping[str, Callable[[Item, Item], Score]]] = {
    "vehicle": _vehicle,
    "handle": _handle,
    "location": _location,
    "organisation": _organisation,
}
