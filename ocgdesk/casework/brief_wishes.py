"""What a wish for a briefing names: its sections, what is typed under them, columns left out."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ocgdesk.casework import likely
from ocgdesk.casework.brief_products import heading, is_section, sections_of
from ocgdesk.casework.briefs import Wish
from ocgdesk.errors import Refused
from ocgdesk.i18n import _


def check_texts(wish: Wish) -> None:
    """Raise Refused where words are typed, or columns left out, under a section it has not."""
    wanted = wish.sections or sections_of(wish.product)
    for code in (*dict(wish.texts), *dict(wish.left_out)):
        if code not in wanted:
            raise Refused(_no_section(code, wanted))


def _no_section(code: str, wanted: Iterable[str]) -> str:
    known = tuple(wanted)
    told = _("This product has no section {name!r}{meant}; it has {known}")
    near = likely.meant(code, known)
    return told.format(name=code[:40], meant=near, known=", ".join(known))


def check_columns(wish: Wish, columns: Mapping[str, tuple[str, ...]]) -> None:
    """Raise Refused where a column is to be left out that its section has not."""
    if found := unknown_columns(wish, columns):
        raise Refused("; ".join(found))


def unknown_columns(wish: Wish, columns: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return a sentence for each column to be left out that its section has not.

    ``columns`` are those each section has; one that has nothing to tell has none, and nothing is
    said of it.
    """
    found: list[str] = []
    for code, titles in wish.left_out:
        known = columns.get(code, ())
        for title in titles:
            if known and title not in known:
                told = _("{section} has no column {name!r}{meant}; it has {known}")
                section, near = heading(code), likely.meant(title, known)
                found.append(
                    told.format(
                        section=section, name=title[:40], meant=near, known=", ".join(known)
                    )
                )
    return tuple(found)


def settled(wish: Wish, columns: Mapping[str, tuple[str, ...]]) -> Wish:
    """Return a wish without columns that its sections have not."""
    left_out = (
        (code, tuple(one for one in titles if one in (columns.get(code) or titles)))
        for code, titles in wish.left_out
    )
    return replace(wish, left_out=tuple((code, titles) for code, titles in left_out if titles))


def still_known(wish: Wish) -> tuple[Wish, tuple[str, ...]]:
    """Return what an earlier product was made by without what there is none of any more.

    A sentence says of each section that it is left away.
    """
    gone = [code for code in wish.sections if not is_section(code)]
    if not gone:
        return wish, ()
    sections = tuple(code for code in wish.sections if code not in gone)
    kept = replace(
        wish,
        sections=sections,
        texts=tuple(pair for pair in wish.texts if pair[0] not in gone),
        left_out=tuple(pair for pair in wish.left_out if pair[0] not in gone),
    )
    told = _("There is no section {name!r} any more: it is left away")
    return kept, tuple(told.format(name=code[:40]) for code in gone)
