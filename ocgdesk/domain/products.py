"""Products: what left the workspace on paper, on what it rests, and what it is made by."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from ocgdesk.domain.fields import FieldType, Search, described
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import N_

T = FieldType
ISSUED, REPLACED, RECALLED = "issued", "replaced", "recalled"
"""The statuses of products that left (list ``product-statuses``)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Product(Entity):
    """One issued version of a briefing: for whom, from which records, at what instant."""

    kind: ClassVar[Kind] = Kind.PRODUCT

    title: str = described(
        N_("Title"), required=True, is_label=True, search=Search.TEXT, in_table=True
    )
    product_type: str = described(
        N_("Type"), T.CODE, codes="product-types", required=True, in_table=True
    )
    number: int = described(N_("Version"), T.INTEGER, default=1, in_table=True)
    follows: UUID | None = described(N_("Replaces"), T.ENTITY)
    status: str = described(
        N_("Status"), T.CODE, codes="product-statuses", default="draft", in_table=True
    )
    subject: UUID | None = described(N_("About"), T.ENTITY, in_table=True)
    recipient: str = described(N_("For whom"), search=Search.NAME, in_table=True)
    audience: str = described(N_("Audience"), T.CODE, codes="audiences", in_table=True)
    reason: str = described(N_("Reason"))
    author: str = described(N_("Author"), in_table=True)
    issued: datetime | None = described(N_("Issued"), T.INSTANT, in_table=True)
    entry: int | None = described(N_("Journal entry"), T.INTEGER)
    head: str = described(N_("Journal head"), mono=True)
    records: tuple[UUID, ...] = described(N_("Records it rests on"), T.ENTITIES)
    spec: str = described(N_("Sections"), T.LONG_TEXT)
    media: str = described(N_("Format"), T.CODE, codes="product-media", in_table=True)
    digest: str = described(N_("SHA-256"), mono=True)
    recalled: date | None = described(N_("Recalled"), T.DAY, in_table=True)
    recall_reason: str = described(N_("Why it was recalled"), T.LONG_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class PaperTemplate(Entity):
    """An ordinary .docx or .pptx of the force's own, with this program's fields in it."""

    kind: ClassVar[Kind] = Kind.PAPER_TEMPLATE

    title: str = described(
        N_("Title"), required=True, is_label=True, search=Search.TEXT, in_table=True
    )
    product_type: str = described(N_("For"), T.CODE, codes="product-types", in_table=True)
    media: str = described(N_("Format"), T.CODE, codes="product-media", in_table=True)
    digest: str = described(N_("SHA-256"), mono=True)
    added: date | None = described(N_("Added"), T.DAY, in_table=True)
    retired: bool = described(N_("No longer offered"), T.FLAG, in_table=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ReturnDefinition(Entity):
    """A return as an administrator defined it: rows, columns, filters, periods, and breaks."""

    kind: ClassVar[Kind] = Kind.RETURN_DEFINITION

    title: str = described(
        N_("Title"), required=True, is_label=True, search=Search.TEXT, in_table=True
    )
    code: str = described(N_("Name"), required=True, mono=True, in_table=True)
    number: int = described(N_("Version"), T.INTEGER, default=1, in_table=True)
    content: str = described(N_("Definition"), T.LONG_TEXT)
    retired: bool = described(N_("No longer offered"), T.FLAG, in_table=True)
