"""Files kept with a record, inside the encrypted workspace; nothing is ever opened or run.

A picture loses its metadata: what is kept is the picture alone, drawn anew. An exhibit is kept
byte for byte, so that its hash proves it.
"""

import mimetypes
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Final
from uuid import UUID

from ocgdesk.casework import exports, in_step, subrecords
from ocgdesk.casework.files import write
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.domain.subrecords import Attachment
from ocgdesk.domain.things import Thing
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import contents, exploited, listing, networks, records
from ocgdesk.store.listing import Filter, ListQuery, Test
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work
from ocgdesk.store.workspace import Workspace

MOST: Final = 50 * 1024 * 1024
"""The largest file that is kept, in bytes."""
PHOTOGRAPH: Final = "photograph"
PORTRAIT: Final = "portrait"
"""The photograph chosen to stand for its record."""
_SHOWN: Final = (PORTRAIT, PHOTOGRAPH)
EXHIBIT: Final = in_step.EXHIBIT
_PIXELS: Final = 64_000_000
"""A picture of more is kept as it is: drawing it anew would fill the memory."""
_FORMATS: Final = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
"""Pictures that are drawn anew without their metadata, and their media types."""
_OTHER_PICTURES: Final = frozenset({"TIFF", "BMP", "GIF", "MPO"})
"""Pictures kept as PNG: their own forms carry metadata all over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A file made ready to be kept: looked at, stripped and packed before any lock is held."""

    name: str
    media_type: str
    size: int
    digest: str
    kept: bytes
    stripped: bool
    """Whether it is a picture that was drawn anew without its metadata."""


def prepare(path: Path, purpose: str = "document") -> Content:
    """Read a file; Refused where it cannot be read or is larger than 50 MB."""
    try:
        if path.stat().st_size > MOST:
            raise Refused(_("{name} is larger than 50 MB").format(name=path.name))
        data = path.read_bytes()
    except OSError as error:
        told = _("{name} cannot be read: {why}")
        raise Refused(told.format(name=path.name, why=error.strerror)) from None
    return content(path.name, data, purpose)


def content(name: str, data: bytes, purpose: str = "document") -> Content:
    """Return bytes made ready to be kept under this name; Refused where there are none."""
    if not data:
        raise Refused(_("{name} is empty").format(name=name))
    bare = None if purpose == EXHIBIT else without_metadata(data)
    kept, media_type = bare or (data, mimetypes.guess_type(name)[0] or "application/octet-stream")
    if bare is not None:
        name = _renamed(name, media_type)
    return Content(
        name=name,
        media_type=media_type,
        size=len(kept),
        digest=contents.digest_of(kept),
        kept=contents.packed(kept),
        stripped=bare is not None,
    )


def without_metadata(data: bytes) -> tuple[bytes, str] | None:
    """Return a picture drawn anew and its media type; None for what is no picture.

    Place, time, device, thumbnails, comments and whatever follows the picture stay behind;
    which side is up is drawn into it.
    """
    # Pictures are rare and their library takes a moment to load.
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data)) as picture:
            form = picture.format or ""
            known = form in _FORMATS or form in _OTHER_PICTURES
            if not known or picture.width * picture.height > _PIXELS:
                return None
            upright = ImageOps.exif_transpose(picture)
            return _drawn(upright, form if form in _FORMATS else "PNG")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        return None


def _drawn(picture: "object", form: str) -> tuple[bytes, str]:
    from PIL import Image

    assert isinstance(picture, Image.Image)  # noqa: S101 - as it was opened
    mode = "RGB" if form == "JPEG" or picture.mode not in {"RGBA", "LA", "P", "L"} else "RGBA"
    plain = picture.convert("L" if picture.mode == "L" else mode)
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    out = BytesIO()
    bare.save(out, form, **({"quality": 92} if form in {"JPEG", "WEBP"} else {}))
    return out.getvalue(), _FORMATS[form]


def _renamed(name: str, media_type: str) -> str:
    """Return a name whose ending fits what is kept."""
    ending = media_type.partition("/")[2].replace("jpeg", "jpg")
    path = Path(name)
    fits = {"jpg": {".jpg", ".jpeg"}}.get(ending, {f".{ending}"})
    return name if path.suffix.lower() in fits else f"{path.stem}.{ending}"


def attach(work: Work, new: Attachment, made: Content) -> Attachment:
    """Keep a file with a record; its bytes are kept once, however often it is attached."""
    contents.keep(work, made.digest, made.kept)
    return subrecords.add(
        work,
        replace(
            new,
            name=new.name.strip() or made.name,
            media_type=made.media_type,
            size=made.size,
            digest=made.digest,
        ),
    )


def read(reader: Reader, id_: UUID) -> tuple[Attachment, bytes]:
    """Return an attachment with its bytes; NotFound where this reader knows of none."""
    found = reader.get(Attachment, id_)
    return found, contents.read(reader, found.digest)


def newest_photograph(things: Sequence[Thing]) -> Attachment | None:
    """Return the photograph that stands for a record, of its attachments as they were entered.

    That is the portrait; where none was chosen, the newest.
    """
    pictures = [t for t in reversed(things) if isinstance(t, Attachment) and is_photograph(t)]
    chosen = (one for one in pictures if one.purpose == PORTRAIT)
    return next(chosen, pictures[0] if pictures else None)


def is_photograph(thing: Attachment) -> bool:
    """Tell whether an attachment is a photograph that can be shown."""
    return thing.purpose in _SHOWN and thing.media_type in _FORMATS.values()


def choose_portrait(work: Work, id_: UUID, *, version: int | None = None) -> Attachment:
    """Let a photograph stand for its record, in place of the one chosen before.

    Raises Refused for what is no photograph that can be shown, or stands for it already.
    """
    found = work.get(Attachment, id_)
    if not is_photograph(found):
        raise Refused(_("Only a photograph can be the portrait; say so as its purpose first"))
    if found.purpose == PORTRAIT:
        raise Refused(_("This photograph is the portrait already"))
    assert found.owner is not None  # noqa: S101 - attachments hang on a record
    for other in records.owned(work.reader, found.owner, Kind.ATTACHMENT):
        if isinstance(other, Attachment) and other.purpose == PORTRAIT:
            subrecords.edit(work, other.id, {"purpose": PHOTOGRAPH})
    saved = subrecords.edit(work, id_, {"purpose": PORTRAIT}, version=version)
    assert isinstance(saved, Attachment)  # noqa: S101 - it was one
    return saved


def portraits(reader: Reader, owners: Collection[UUID]) -> dict[UUID, bytes]:
    """Return the photograph that stands for each of these records, where there is one.

    People recorded as exploited are left out: a chart is shown to others.
    """
    shown = Filter("purpose", Test.IS, _SHOWN)
    nos = listing.order(reader, ListQuery(kind=Kind.ATTACHMENT, filters=(shown,)))
    wanted, hanging = frozenset(owners), dict[UUID, list[Thing]]()
    for thing in reader.load(sorted(nos)):
        if isinstance(thing, Attachment) and thing.owner in wanted:
            hanging.setdefault(thing.owner, []).append(thing)
    kept_back = exploited.exploited(reader)
    found = {id_: newest_photograph(things) for id_, things in hanging.items()}
    return {
        id_: contents.read(reader, one.digest)
        for id_, one in found.items()
        if one is not None and id_ not in kept_back
    }


def save_copy(
    workspace: Workspace, id_: UUID, path: Path, *, recipient: str = "", reason: str = ""
) -> Path:
    """Write a copy of an attachment where the user says; that it leaves is journalled first.

    Raises Refused without a reason or the right to export, CannotWrite where it cannot be
    written; no half-written file is left.
    """
    workspace.user.need(Right.EXPORT)
    if not reason.strip():
        raise Refused(_("Say why a copy is saved; the reason is kept"))
    with workspace.reading(reason) as reader:
        found, data = read(reader, id_)
        subjects = _subjects(reader, found)
    exports.disclose(
        workspace,
        "Save copy of attachment",
        subjects,
        recipient=recipient,
        reason=reason.strip(),
        digest=found.digest,
        size=found.size,
    )
    return write(path, data)


def _subjects(reader: Reader, found: Attachment) -> Sequence[int]:
    ids = [id_ for id_ in (found.id, found.owner) if id_ is not None]
    return tuple(networks.numbers(reader, ids).values())
