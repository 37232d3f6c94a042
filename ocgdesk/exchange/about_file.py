"""What a workbook says of itself: in its properties, and on each page that is printed of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

_FIXED: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - a constant, so that files are repeatable
_MOST: Final = 255
"""Letters that a property or the foot of a page holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutFile:
    """Which paper a workbook is; nothing where it is only a list."""

    title: str = ""
    author: str = ""
    subject: str = ""
    comments: str = ""
    foot: str = ""
    """Stands above the marking at the foot of each printed page."""

    @property
    def properties(self) -> dict[str, Any]:
        """What the file says of itself, and nothing of the machine or the moment."""
        said = {name: getattr(self, name)[:_MOST] for name in ("title", "author", "subject")}
        said["comments"] = self.comments[:_MOST]
        return {"created": _FIXED, **{name: words for name, words in said.items() if words}}

    def header(self, marking: str) -> str:
        """Return the head of each printed page: which sheet it is of, and its marking."""
        return f"&L&8&A&C&10&B{_plain(marking)}"

    def footer(self, marking: str) -> str:
        """Return the foot of each printed page: which paper it is, its marking, its number."""
        end = f"&B{_plain(marking)}&R&P / &N"
        room = _MOST - len(end) - len("&C&8 \n&10")
        foot = _plain(self.foot[:room])[:room].rstrip("&")
        return f"&C&8 {foot}\n&10{end}" if foot else f"&C{end}"


def _plain(text: str) -> str:
    return text.replace("&", "&&")
