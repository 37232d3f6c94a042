"""Reference lists as a workspace has them: looking at them, and saving a new edition of one.

Only an administrator edits a list. Each save is an edition of its own in the journal, undone as
any other act; what a list once held can be retired, never taken out.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from ocgdesk.domain import list_editions
from ocgdesk.domain.keeping import ListEdition
from ocgdesk.domain.people import Right
from ocgdesk.domain.reference_data import SHEET, CodeList, code_list, names, shipped
from ocgdesk.errors import Conflict, NotFound, Refused
from ocgdesk.i18n import _
from ocgdesk.store import editions as queries
from ocgdesk.store.editions import Saved
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work

_KEPT = ("title", "status", "editing")
"""What an edition takes from the list before it."""


def every() -> tuple[CodeList, ...]:
    """Return all lists as they hold here, by their titles."""
    return tuple(sorted(map(code_list, names()), key=lambda known: known.title.casefold()))


def named(text: str) -> CodeList:
    """Return a list by its name or title; NotFound, with all names, for any other."""
    wanted = text.strip().casefold()
    if wanted in names():
        return code_list(wanted)
    for known in every():
        if known.title.casefold() == wanted:
            return known
    raise NotFound(_("There is no list {name}; there are {names}").format(
        name=repr(text[:40]), names=", ".join(names())
    ))  # fmt: skip


def uses(reader: Reader, name: str) -> dict[str, int] | None:
    """Return how often each value of a list is used; None where the user reads no records."""
    return queries.uses(reader, name) if reader.reads else None


def editions(reader: Reader, name: str) -> list[Saved]:
    """Return the workspace's own editions of a list, the newest first."""
    return queries.saved(reader, name)


def status(known: CodeList) -> str:
    """Return in words whose list it is."""
    if known.is_own:
        return _("edition of this workspace")
    return _("local default") if known.local_default else _("national")


def save(
    work: Work, name: str, data: Mapping[str, Any], *, version: int, reason: str = ""
) -> ListEdition:
    """Keep a new edition of a list; ``data`` is the whole list, as its file would hold it.

    ``version`` is the one it was made from. Raises Conflict where there is a later one by now,
    Refused where the user is no administrator or the list may not become that.
    """
    work.user.need(Right.ADMINISTER)
    before = code_list(name)
    if before.version != version:
        raise Conflict(_("{title}: somebody saved version {n} meanwhile; look at it first").format(
            title=before.title, n=before.version
        ))  # fmt: skip
    number = queries.next_edition(work, version)
    whole = _kept(before, data) | {"version": number}
    list_editions.checked(name, whole)
    if _same(whole, before):
        raise Refused(_("Nothing was changed in {title}").format(title=before.title))
    work.entry = {**work.entry, "reason": reason}
    new = ListEdition(
        list_name=name,
        edition=number,
        source=str(whole.get("source", "")),
        spec=list_editions.spec_of(whole),
    )
    saved = work.put(new)[0]
    assert isinstance(saved, ListEdition)  # noqa: S101 - what was put
    return saved


def as_edition(known: CodeList, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a file's list as an edition of this one; Conflict where it is of another version."""
    if data.get("version") != known.version:
        raise Conflict(_("The file is of version {n}, the list of version {now}").format(
            n=data.get("version"), now=known.version
        ))  # fmt: skip
    return _kept(known, data)


def _kept(before: CodeList, data: Mapping[str, Any]) -> dict[str, Any]:
    return dict(data) | {part: before.data[part] for part in _KEPT if part in before.data}


def _same(data: Mapping[str, Any], before: CodeList) -> bool:
    return {**data, "version": 0} == {**before.data, "version": 0}


def bring_back(work: Work, name: str, edition: UUID | None, *, version: int) -> ListEdition:
    """Make an earlier edition, or the shipped list with None, the newest one again.

    Values that came after it stay in the list, retired.
    """
    data = _earlier(work.reader, name, edition)
    if not name.startswith(SHEET):
        there = {item["code"] for item in data["items"]}
        later = [item for item in code_list(name).data["items"] if item["code"] not in there]
        data["items"] = [*data["items"], *({**item, "retired": True} for item in later)]
    return save(work, name, data, version=version)


def _earlier(reader: Reader, name: str, edition: UUID | None) -> dict[str, Any]:
    if edition is None:
        return dict(shipped(name).data)
    for kept in queries.kept(reader, name):
        if kept.id == edition:
            return list_editions.data_of(kept.spec)
    raise NotFound(_("This edition is no longer there"))


def plain(known: CodeList, counts: Mapping[str, int] | None) -> dict[str, Any]:
    """Return a list for programs: where it comes from, and its values with their uses."""
    return brief(known) | {
        "source": known.source,
        "items": [
            {"code": item.code, "label": item.label, **dict(item.extra), "retired": item.retired}
            | {"uses": None if counts is None else counts.get(item.code, 0)}
            for item in known
        ],
    }


def brief(known: CodeList) -> dict[str, Any]:
    """Return a list in one line for programs."""
    return {
        "name": known.name,
        "title": known.title,
        "version": known.version,
        "own": known.is_own,
        "local_default": known.local_default,
        "editing": known.editing.value,
        "values": len(known.items),
    }


def edit_label(known: CodeList) -> str:
    """Return what the journal calls an edit of a list."""
    return _("Edit list: {title}").format(title=known.title)
