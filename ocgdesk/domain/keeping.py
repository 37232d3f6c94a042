"""What users and administrators keep beside the register: views, searches, lists of codes."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from ocgdesk.domain.fields import FieldType, described
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import N_

T = FieldType


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class SavedView(Entity):
    """A table as somebody left it: columns, order, filters. It may be shared with everybody."""

    kind: ClassVar[Kind] = Kind.SAVED_VIEW

    name: str = described(N_("Name"), required=True, is_label=True, in_table=True)
    shows: str = described(N_("Kind"), T.CODE, codes="kinds", in_table=True)
    user: UUID | None = described(N_("User"), T.ENTITY)
    shared: bool = described(N_("Shared"), T.FLAG, in_table=True)
    spec: str = described(N_("Columns, order and filters"), T.LONG_TEXT)
    """JSON, as ``casework.views`` writes and reads it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Watch(Entity):
    """A search that speaks up when an import or an edit matches it."""

    kind: ClassVar[Kind] = Kind.WATCH

    text: str = described(N_("Search"), required=True, is_label=True, in_table=True)
    user: UUID | None = described(N_("Owner"), T.ENTITY)
    alerts: bool = described(N_("Speaks up"), T.FLAG, in_table=True)
    """Off: a saved search only."""
    reason: str = described(N_("Reason"), in_table=True)
    expires: date | None = described(N_("Expires"), T.DAY, in_table=True)
    spec: str = described(N_("Kinds and filters"), T.LONG_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ListEdition(Entity):
    """A reference list as this workspace has it, in place of the shipped one.

    Codes in use are never deleted, only retired.
    """

    kind: ClassVar[Kind] = Kind.LIST_EDITION

    list_name: str = described(N_("List"), required=True, is_label=True, in_table=True)
    edition: int = described(N_("Edition"), T.INTEGER, default=1, in_table=True)
    source: str = described(N_("Source"), T.LONG_TEXT)
    spec: str = described(N_("Items"), T.LONG_TEXT)
    """JSON, as ``domain.list_editions`` writes and reads it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ImportSpec(Entity):
    """How files of one sort are taken in: what each column is, and what a row makes."""

    kind: ClassVar[Kind] = Kind.IMPORT_SPEC

    name: str = described(N_("Name"), required=True, is_label=True, in_table=True)
    user: UUID | None = described(N_("User"), T.ENTITY)
    spec: str = described(N_("Columns and what they make"), T.LONG_TEXT)
    """JSON, as ``exchange.specifications`` writes and reads it."""
