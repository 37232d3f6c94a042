"""A list while it is being edited: what would be saved as its next edition."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ocgdesk.domain import list_editions
from ocgdesk.domain.list_editions import Extra
from ocgdesk.domain.reference_data import SHEET, CodeList, Editing
from ocgdesk.errors import DeskError, Refused
from ocgdesk.i18n import _

Item = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """The values of a list as somebody is about to have them; each act gives another draft."""

    known: CodeList
    data: Mapping[str, Any]

    @classmethod
    def of(cls, known: CodeList) -> "Draft":
        """Return the draft in which nothing is changed yet."""
        return cls(known, known.data)

    @property
    def items(self) -> Sequence[Item]:
        """The values, in order."""
        items: Sequence[Item] = self.data["items"]
        return items

    @property
    def extras(self) -> tuple[Extra, ...]:
        """What the values have besides code and words."""
        return list_editions.shape(self.known)

    @property
    def is_sheet(self) -> bool:
        """Whether it is a scoring sheet, which is edited as a file."""
        return self.known.name.startswith(SHEET)

    @property
    def may_grow(self) -> bool:
        """Whether values can be added and retired here."""
        return self.known.editing is Editing.ALL and not self.is_sheet

    @property
    def may_fill(self) -> bool:
        """Whether what values say besides code and words can be changed here."""
        return self.known.editing in {Editing.ALL, Editing.VALUES} and not self.is_sheet

    @property
    def may_word(self) -> bool:
        """Whether words and order can be changed here."""
        return self.known.editing is not Editing.NONE and not self.is_sheet

    @property
    def changes(self) -> int:
        """How many values are not as they were; one more where only their order differs."""
        before = {item["code"]: item for item in self.known.data["items"]}
        changed = len([item for item in self.items if before.get(item["code"]) != item])
        stood = [code for code in before if any(code == item["code"] for item in self.items)]
        now = [item["code"] for item in self.items if item["code"] in before]
        rest = {k: v for k, v in self.data.items() if k != "items"}
        old = {k: v for k, v in self.known.data.items() if k != "items"}
        return changed + int(stood != now) + int(rest != old)

    def item(self, code: str) -> Item:
        """Return a value by its code; Refused where the draft has none."""
        for item in self.items:
            if item["code"] == code:
                return item
        raise Refused(_("There is no value {code}").format(code=code[:40]))

    def is_new(self, code: str) -> bool:
        """Tell whether a value was added in this draft."""
        return code not in self.known

    def is_changed(self, code: str) -> bool:
        """Tell whether a value differs from what the list has."""
        before = next((i for i in self.known.data["items"] if i["code"] == code), None)
        return before != self.item(code)

    def set(self, code: str, name: str, value: Any) -> "Draft":
        """Give a value other words, or another extra; None takes an extra away."""
        item = {key: old for key, old in self.item(code).items() if key != name}
        if value is not None:
            item = _ordered({**item, name: value}, self.extras)
        return self._with([item if one["code"] == code else one for one in self.items])

    def type(self, code: str, name: str, text: str, today: date) -> "Draft":
        """Do the same with what was typed; Refused, in words, where it does not fit."""
        if name == "label":
            if not (words := " ".join(text.split())):
                raise Refused(_("A value needs words"))
            return self.set(code, name, words)
        extra = next(extra for extra in self.extras if extra.name == name)
        return self.set(code, name, list_editions.typed(extra, text, today))

    def add(self, code: str, words: str, after: str = "") -> "Draft":
        """Add a value, after another or at the end; extras that all need begin plainly."""
        if not self.may_grow:
            raise Refused(_("The program goes by these codes: none can be added"))
        if any(item["code"].casefold() == code.casefold() for item in self.items):
            raise Refused(_("{code} is there already").format(code=code))
        new: dict[str, Any] = {"code": code, "label": " ".join(words.split())}
        new |= {extra.name: _plain(extra) for extra in self.extras if extra.needed}
        codes = [item["code"] for item in self.items]
        at = codes.index(after) + 1 if after in codes else len(codes)
        return self._with([*self.items[:at], new, *self.items[at:]])

    def drop(self, code: str) -> "Draft":
        """Take out a value that was added in this draft; Refused for any other."""
        if not self.is_new(code):
            raise Refused(_("A value that was saved once is retired, never taken out"))
        return self._with([item for item in self.items if item["code"] != code])

    def retire(self, code: str, *, retired: bool = True) -> "Draft":
        """Offer a value no more, or again."""
        return self.set(code, "retired", True if retired else None)

    def move(self, code: str, by: int) -> "Draft":
        """Move a value so many places down; up with a negative number."""
        items = list(self.items)
        at = next(n for n, item in enumerate(items) if item["code"] == code)
        item = items.pop(at)
        items.insert(max(0, min(at + by, len(items))), item)
        return self._with(items)

    def problem(self) -> str:
        """Return why this may not be saved, in a sentence; empty where it may."""
        try:
            list_editions.checked(self.known.name, self.data)
        except DeskError as error:
            return str(error)
        return ""

    def _with(self, items: Sequence[Item]) -> "Draft":
        return replace(self, data={**self.data, "items": list(items)})


def _ordered(item: dict[str, Any], extras: Sequence[Extra]) -> dict[str, Any]:
    names = ("code", "label", *(extra.name for extra in extras))
    found = {name: item[name] for name in names if name in item}
    return found | {name: value for name, value in item.items() if name not in found}


def _plain(extra: Extra) -> Any:
    return extra.type() if extra.type in {str, int, bool, list} else None


def code_for(known: CodeList, words: str) -> str:
    """Propose a code for a new value: as this list writes its codes."""
    capitals = all(item.code.isupper() for item in known)
    plain = "".join(c if c.isascii() and c.isalnum() else " " for c in words)
    if capitals:
        base = "".join(part[0] for part in plain.upper().split())[:5] or "X"
    else:
        base = "-".join(plain.lower().split())[:30].strip("-") or "value"
    taken = {item.code.casefold() for item in known}
    if base.casefold() not in taken:
        return base
    join = "" if capitals else "-"
    return next(f"{base}{join}{n}" for n in range(2, 1_000) if f"{base}{join}{n}" not in taken)
