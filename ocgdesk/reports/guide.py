"""The user guide: its chapters, in their order, and which one belongs to which page."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from ocgdesk import resources
from ocgdesk.errors import NotFound
from ocgdesk.reports import plain_markup
from ocgdesk.reports.plain_markup import Block, Head, Shown

FOLDER: Final = "help"
PICTURES: Final = "pictures"
_FIRST: Final = "guide"


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter: a file of the folder, and the pages and kinds of record it tells of."""

    key: str
    text: str
    places: tuple[str, ...] = ()
    """Places of the program, such as ``chart`` or, for records of one kind, ``record:ocg``."""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What it says, block by block; the first is its title."""
        return plain_markup.parse(self.text)

    @property
    def title(self) -> str:
        """Its heading."""
        return self.text.partition("\n")[0].lstrip("# ").strip()

    @property
    def pictures(self) -> tuple[str, ...]:
        """The names of the pictures it shows, without their endings."""
        shown = (block.file for block in self.blocks if isinstance(block, Shown))
        return tuple(file.removeprefix(f"{PICTURES}/").removesuffix(".png") for file in shown)

    @property
    def sections(self) -> tuple[str, ...]:
        """Its headings below the title."""
        heads = (block for block in self.blocks if isinstance(block, Head) and block.level > 1)
        return tuple(plain_markup.plain(head.line) for head in heads)


@cache
def chapters() -> tuple[Chapter, ...]:
    """Return the chapters in their order."""
    told = resources.toml(FOLDER, "chapters.toml")["chapter"]
    return tuple(
        Chapter(
            one["file"],
            resources.path(FOLDER, f"{one['file']}.md").read_text(encoding="utf-8"),
            tuple(one.get("places", ())),
        )
        for one in told
    )


def chapter(name: str) -> Chapter:
    """Return a chapter by its key or the beginning of its title. Raises NotFound."""
    wanted = name.strip().casefold()
    for one in chapters():
        if wanted and (one.key == wanted or one.title.casefold().startswith(wanted)):
            return one
    raise NotFound(f"The guide has no chapter {name[:40]!r}; it has {_keys()}")


def chapter_at(page: str, kind: str = "") -> Chapter:
    """Return the chapter that tells of a page, best that of the kind of record shown on it."""
    for place in (f"{page}:{kind}", f"record:{kind}", page):
        for one in chapters():
            if place in one.places:
                return one
    return chapter(_FIRST)


def picture(name: str) -> bytes:
    """Return a picture as PNG. Raises NotFound where the installation lacks it."""
    path = resources.path(FOLDER, PICTURES, f"{name}.png")
    if not path.is_file():
        raise NotFound(f"The picture {name} of the guide is missing from this installation")
    return path.read_bytes()


def find(words: str) -> tuple[Chapter, ...]:
    """Return the chapters that hold all these words; all of them where there are no words."""
    wanted = words.casefold().split()
    return tuple(one for one in chapters() if all(w in one.text.casefold() for w in wanted))


def _keys() -> str:
    return ", ".join(one.key for one in chapters())
