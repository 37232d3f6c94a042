"""The returns a workspace draws up: those that ship, and those its administrator made of them."""

from typing import Any

import msgspec

from ocgdesk.casework import return_wishes
from ocgdesk.domain.people import Right
from ocgdesk.domain.products import ReturnDefinition
from ocgdesk.domain.return_definitions import plain, read
from ocgdesk.domain.returns import Definition
from ocgdesk.errors import NotFound, Refused
from ocgdesk.i18n import _
from ocgdesk.store import return_books
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work


def definitions(reader: Reader, seq: int | None = None) -> tuple[Definition, ...]:
    """Return the definitions in force: the workspace's newest of each, else the shipped one.

    ``seq`` asks which were in force after that entry of the journal; None: now.
    """
    kept = return_books.newest(reader, seq)
    own = {one.code: opened(one) for one in kept if not one.retired}
    retired = {one.code for one in kept if one.retired}
    shipped = [own.pop(one.code, one) for one in return_wishes.shipped()]
    return tuple(one for one in (*shipped, *own.values()) if one.code not in retired)


def opened(kept: ReturnDefinition) -> Definition:
    """Return the definition a record keeps; Refused, in words, for one that is damaged."""
    return from_text(kept.content)


def from_text(text: str) -> Definition:
    """Return the definition that text of JSON describes; Refused, in words, for any other."""
    try:
        data: Any = msgspec.json.decode(text.encode())
    except msgspec.DecodeError as fault:
        raise Refused(_("This is no definition of a return: {fault}").format(fault=fault)) from None
    if not isinstance(data, dict):
        raise Refused(_("This is no definition of a return: it is no table of values"))
    return read(data)


def to_text(definition: Definition) -> str:
    """Return a definition as the text that people edit."""
    return msgspec.json.format(msgspec.json.encode(plain(definition)), indent=2).decode()


def find(reader: Reader, code: str, seq: int | None = None) -> Definition:
    """Return the definition in force that goes by this name; NotFound says which there are.

    ``seq`` asks for the one in force after that entry of the journal; None: now.
    """
    known = definitions(reader, seq)
    for one in known:
        if one.code == code:
            return one
    told = _("There is no return {code!r}; there are {known}")
    raise NotFound(told.format(code=code[:40], known=", ".join(one.code for one in known)))


def save(work: Work, definition: Definition) -> ReturnDefinition:
    """Keep a definition as the next version of its name; the earlier ones stay on record.

    One that was no longer offered is offered again. Raises Refused to those who may not define
    returns.
    """
    return _keep(work, definition, retired=False)


def retire(work: Work, definition: Definition) -> ReturnDefinition:
    """Offer a return no longer; what was drawn up by it, and its versions, stay on record.

    Raises Refused to those who may not define returns.
    """
    return _keep(work, definition, retired=True)


def _keep(work: Work, definition: Definition, *, retired: bool) -> ReturnDefinition:
    work.user.need(Right.RETURNS)
    known = [one.number for one in return_books.newest(work.reader) if one.code == definition.code]
    known += [one.number for one in return_wishes.shipped() if one.code == definition.code]
    number = max(known, default=0) + 1
    data = plain(definition) | {"number": number}
    made = ReturnDefinition(
        title=definition.title,
        code=definition.code,
        number=number,
        content=to_text(read(data)),
        retired=retired,
    )
    kept = work.put(made)[0]
    assert isinstance(kept, ReturnDefinition)  # noqa: S101 - what is put comes back as it went
    return kept
