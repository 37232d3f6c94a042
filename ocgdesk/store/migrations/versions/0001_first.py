"""The first form of the tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "access",
        sa.Column("no", NUMBER, nullable=False),
        sa.Column("user_id", sa.LargeBinary(length=16), nullable=False),
        sa.PrimaryKeyConstraint("no", "user_id", name="pk_access"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "assertion",
        sa.Column("no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject_no", NUMBER, nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("start", sa.Text(), nullable=True),
        sa.Column("end", sa.Text(), nullable=True),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("no", name="pk_assertion"),
        sa.UniqueConstraint("id", name="uq_assertion_id"),
    )
    op.create_index("ix_assertion_subject_no", "assertion", ["subject_no"], unique=False)
    op.create_table(
        "counter",
        sa.Column("letters", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("letters", "year", name="pk_counter"),
    )
    op.create_table(
        "entity",
        sa.Column("no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("owner_no", NUMBER, nullable=True),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_no"],
            ["entity.no"],
            name="fk_entity_owner_no",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("no", name="pk_entity"),
        sa.UniqueConstraint("id", name="uq_entity_id"),
    )
    op.create_index("ix_entity_kind_sort_key", "entity", ["kind", "sort_key"], unique=False)
    op.create_index("ix_entity_owner_no", "entity", ["owner_no"], unique=False)
    op.create_index(
        "ix_entity_ref", "entity", ["ref"], unique=True, sqlite_where=sa.text("ref <> ''")
    )
    op.create_index(
        "ix_entity_restricted",
        "entity",
        ["no"],
        unique=False,
        sqlite_where=sa.text("restricted = 1"),
    )
    op.create_table(
        "journal",
        sa.Column("seq", NUMBER, autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("user_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("undoes", NUMBER, nullable=True),
        sa.Column("things", sa.Integer(), nullable=False),
        sa.Column("payload_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("previous", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("undoable", sa.Boolean(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.CheckConstraint("seq > 0", name=op.f("ck_journal_seq")),
        sa.PrimaryKeyConstraint("seq", name="pk_journal"),
    )
    op.create_index("ix_journal_at", "journal", ["at"], unique=False)
    op.create_index("ix_journal_user_id", "journal", ["user_id", "seq"], unique=False)
    op.create_table(
        "journal_block",
        sa.Column("seq", NUMBER, nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", "block", name="pk_journal_block"),
    )
    op.create_table(
        "journal_item",
        sa.Column("no", NUMBER, nullable=False),
        sa.Column("seq", NUMBER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("left_version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("block", sa.Integer(), nullable=False),
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("no", "seq", name="pk_journal_item"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_journal_item_seq", "journal_item", ["seq"], unique=False)
    op.create_table(
        "journal_subject",
        sa.Column("no", NUMBER, nullable=False),
        sa.Column("seq", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("no", "seq", name="pk_journal_subject"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "meta",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_meta"),
    )
    op.create_table(
        "removed",
        sa.Column("no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("no", name="pk_removed"),
        sa.UniqueConstraint("id", name="uq_removed_id"),
    )
    op.create_table(
        "search_text",
        sa.Column("no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("identifiers", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("no", name="pk_search_text"),
    )
    op.create_table(
        "user",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("display", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_user"),
        sa.UniqueConstraint("name_key", name="uq_user_name_key"),
    )
    op.create_table(
        "v_alias",
        sa.Column("no", NUMBER, nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("no", "field", "pos", name="pk_v_alias"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "v_entity",
        sa.Column("no", NUMBER, nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.Column("target", sa.LargeBinary(length=16), nullable=False),
        sa.PrimaryKeyConstraint("no", "field", "pos", name="pk_v_entity"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_v_entity_target", "v_entity", ["target"], unique=False)
    op.create_table(
        "v_external",
        sa.Column("no", NUMBER, nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("no", "field", "pos", name="pk_v_external"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_v_external_scheme_value", "v_external", ["scheme", "value"], unique=False)
    op.create_table(
        "v_ground",
        sa.Column("no", NUMBER, nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("sign", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("no", "field", "pos", name="pk_v_ground"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "v_identifier",
        sa.Column("no", NUMBER, nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("no", "field", "pos", name="pk_v_identifier"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_v_identifier_value", "v_identifier", ["value"], unique=False)
    op.create_table(
        "v_text",
        sa.Column("no", NUMBER, nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("no", "field", "pos", name="pk_v_text"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "account",
        sa.Column("no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("account_type", sa.Text(), nullable=False),
        sa.Column("institution", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["no"],
            ["entity.no"],
            name="fk_account_no",
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("no", name="pk_account"),
    )
    op.create_table(
        "action",
        sa.Column("no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("strand", sa.Text(), nullable=False),
        sa.Column("objective", sa.LargeBinary(length=16), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column("user", sa.LargeBinary(length=16), nullable=True),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("raised", sa.Text(), nullable=True),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("done", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["no"],
            ["entity.no"],
            name="fk_action_no",
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("no", name="pk_action"),
    )
    op.create_table(
        "assignment",
        sa.Column("no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column("user", sa.LargeBinary(length=16), nullable=True),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("start", sa.Text(), nullable=True),
        sa.Column("end", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["no"],
            ["entity.no"],
            name="fk_assignment_no",
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("no", name="pk_assignment"),
    )
    op.create_table(
        "chart",
        sa.Column("no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("hops", sa.Integer(), nullable=True),
        sa.Column("layout", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["no"],
            ["entity.no"],
            name="fk_chart_no",
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("no", name="pk_chart"),
    )
    op.create_table(
        "commodity",
        sa.Column("no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("commodity_type", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["no"],
            ["entity.no"],
            name="fk_commodity_no",
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("no", name="pk_commodity"),
    )
    op.create_table(
        "county_line",
        sa.Column("no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("brand", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("line_type", sa.Text(), nullable=False),
        sa.Column("exporter", sa.Text(), nullable=False),
        sa.Column("hub", sa.Text(), nullable=False),
        sa.Column("opened", sa.Text(), nullable=True),
        sa.Column("last_active", sa.Text(), nullable=True),
        sa.Column("closed", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["no"],
            ["entity.no"],
            name="fk_county_line_no",
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("no", name="pk_county_line"),
    )
    op.create_table(
        "handle",
        sa.Column("no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("disposition", sa.Text(), nullable=False),
        sa.Column("sio", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.Text(), nullable=True),
        sa.Column("last_seen", sa.Text(), nullable=True),
        sa.Column("threat_to_life", sa.Boolean(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["no"],
            ["entity.no"],
            name="fk_handle_no",
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("no", name="pk_handle"),
    )
    op.create_table(
        "link",
        sa.Column("no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("source_no", NUMBER, nullable=False),
        sa.Column("target_no", NUMBER, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("directed", sa.Boolean(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("strength", sa.Text(), nullable=False),
        sa.Column("start", sa.Text(), nullable=True),
        sa.Column("end", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_no"],
            ["entity.no"],
            name="fk_link_source_no",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["target_no"],
            ["entity.no"],
            name="fk_link_target_no",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("no", name="pk_link"),
        sa.UniqueConstraint("id", name="uq_link_id"),
    )
    op.create_index(
        "ix_link_restricted", "link", ["no"], unique=False, sqlite_where=sa.text("restricted = 1")
    )
    op.create_index("ix_link_source_no", "link", ["source_no"], unique=False)
    op.create_index("ix_link_target_no", "link", ["target_no"], unique=False)
    op.create_table(
        "location",
        sa.Column("no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("location_type", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("force", sa.Text(), nullable=False),
        sa.Column("cuckooed", sa.Boolean(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["no"],
            ["entity.no"],
            name="fk_location_no",
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("no", name="pk_location"),
    )
    op.create_table(
        "nominal",
        sa.Column("no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("born", sa.Text(), nullable=True),
        sa.Column("gender", sa.Text(), nullable=False),
        sa.Column("exploited", sa.Boolean(), nullable=False),
        sa.Column("deceased", sa.Boolean(), nullable=False),
        sa.Column("in_custody", sa.Boolean(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["no"],
            ["entity.no"],
            name="fk_nominal_no",
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("no", name="pk_nominal"),
    )
    op.create_table(
        "objective",
        sa.Column("no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("strand", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("baseline", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["no"],
            ["entity.no"],
            name="fk_objective_no",
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("no", name="pk_objective"),
    )
    op.create_table(
        "ocg",
        sa.Column("no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("threat_type", sa.Text(), nullable=False),
        sa.Column("primary_crime", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("review_due", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["no"],
            ["entity.no"],
            name="fk_ocg_no",
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("no", name="pk_ocg"),
    )
    op.create_table(
        "operation",
        sa.Column("no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("operation_type", sa.Text(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("sio", sa.Text(), nullable=False),
        sa.Column("opened", sa.Text(), nullable=True),
        sa.Column("closed", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["no"],
            ["entity.no"],
            name="fk_operation_no",
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("no", name="pk_operation"),
    )
    op.create_table(
        "organisation",
        sa.Column("no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation_type", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["no"],
            ["entity.no"],
            name="fk_organisation_no",
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("no", name="pk_organisation"),
    )
    op.create_table(
        "phone",
        sa.Column("no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("phone_type", sa.Text(), nullable=False),
        sa.Column("network", sa.Text(), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("first_seen", sa.Text(), nullable=True),
        sa.Column("last_seen", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["no"],
            ["entity.no"],
            name="fk_phone_no",
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("no", name="pk_phone"),
    )
    op.create_table(
        "placement",
        sa.Column("no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("chart_no", NUMBER, nullable=False),
        sa.Column("item_no", NUMBER, nullable=False),
        sa.Column("x", sa.Float(), nullable=True),
        sa.Column("y", sa.Float(), nullable=True),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["chart_no"],
            ["entity.no"],
            name="fk_placement_chart_no",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["item_no"],
            ["entity.no"],
            name="fk_placement_item_no",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("no", name="pk_placement"),
        sa.UniqueConstraint("id", name="uq_placement_id"),
    )
    op.create_index("ix_placement_chart_no", "placement", ["chart_no"], unique=False)
    op.create_index("ix_placement_item_no", "placement", ["item_no"], unique=False)
    op.create_table(
        "plan",
        sa.Column("no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("review_due", sa.Text(), nullable=True),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["no"],
            ["entity.no"],
            name="fk_plan_no",
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("no", name="pk_plan"),
    )
    op.create_table(
        "report",
        sa.Column("no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("reported", sa.Text(), nullable=True),
        sa.Column("received", sa.Text(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["no"],
            ["entity.no"],
            name="fk_report_no",
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("no", name="pk_report"),
    )
    op.create_table(
        "vehicle",
        sa.Column("no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("vrm", sa.Text(), nullable=False),
        sa.Column("make", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["no"],
            ["entity.no"],
            name="fk_vehicle_no",
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("no", name="pk_vehicle"),
    )
    op.create_table(
        "attribution",
        sa.Column("no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("confidence", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("analyst", sa.LargeBinary(length=16), nullable=True),
        sa.Column("reviewer", sa.LargeBinary(length=16), nullable=True),
        sa.ForeignKeyConstraint(
            ["no"],
            ["link.no"],
            name="fk_attribution_no",
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("no", name="pk_attribution"),
    )
    op.create_table(
        "membership",
        sa.Column("no", NUMBER, autoincrement=False, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("importance", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["no"],
            ["link.no"],
            name="fk_membership_no",
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("no", name="pk_membership"),
    )
    op.execute(
        """CREATE VIRTUAL TABLE search_word USING fts5(names, identifiers, body,
    content='search_text', content_rowid='no', prefix='1 2 3',
    tokenize="unicode61 remove_diacritics 2")"""
    )
    op.execute(
        """CREATE VIRTUAL TABLE search_gram USING fts5(names, identifiers,
    content='search_text', content_rowid='no', tokenize="trigram remove_diacritics 1")"""
    )
