"""The tables, made in one go or step by step, and files of other versions."""

import re

import pytest
import sqlcipher3
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from makers import a_nominal
from sqlalchemy import create_engine, text

from ocgdesk.errors import BadWorkspace
from ocgdesk.store import copies, schema, tables
from ocgdesk.store.workspace import Workspace


def empty_engine():
    # SQLCipher's own SQLite: the system's may be too old for the search index.
    return create_engine("sqlite://", module=sqlcipher3.dbapi2)


def script():
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    return ScriptDirectory.from_config(config)


def objects(connection):
    """Return the parts of every table and index of a file, without regard to white space.

    The order of a table's constraints says nothing either; that of its columns is compared.
    """
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    found = {}
    for name, sql in rows:
        words = re.sub(r"[\s\"]+", " ", sql).replace("( ", "(").replace(" )", ")").strip()
        columns = words.split(", CONSTRAINT ")[0]
        found[name] = (columns, sorted(part.rstrip(")") for part in words.split(", ")))
    return found


def migrated():
    engine = empty_engine()
    with engine.begin() as connection:
        schema.upgrade(connection)
    return engine


def test_the_head_is_alembics_own_and_every_revision_is_known():
    assert script().get_current_head() == schema.HEAD
    assert {r.revision for r in script().walk_revisions()} == set(schema.KNOWN)


def test_the_migrations_leave_nothing_for_the_descriptions_to_add():
    with migrated().connect() as connection:
        context = MigrationContext.configure(connection)
        left = compare_metadata(context, tables.metadata)
    assert [step for step in left if "search_" not in str(step)] == []


def test_a_file_made_step_by_step_is_the_same_as_one_made_at_once():
    at_once = empty_engine()
    with at_once.begin() as connection:
        schema.create(connection)
        wanted = objects(connection)
    with migrated().connect() as connection:
        assert objects(connection) == wanted


def set_version(workspace, version):
    path, key, user = workspace.path, workspace.key, workspace.user.id
    with workspace.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (version,))
    workspace.close()
    return path, key, user


def test_a_file_of_a_newer_version_is_left_alone_and_says_so(workspace):
    path, key, user = set_version(workspace, "9999")
    before = path.read_bytes()
    with pytest.raises(BadWorkspace, match="newer version of OCG Desk"):
        Workspace.open(path, key, user)
    assert path.read_bytes() == before


def test_a_file_without_any_version_is_no_workspace(workspace):
    path, key, user = workspace.path, workspace.key, workspace.user.id
    with workspace.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    workspace.close()
    with pytest.raises(BadWorkspace, match="no OCG Desk workspace"):
        Workspace.open(path, key, user)


def test_an_older_file_is_copied_first_and_then_upgraded(workspace, given, monkeypatch, tmp_path):
    """An older form is made by taking a table away and letting a step put it back."""
    nominal = given(a_nominal("Kept Throughout"))[0]
    path, key, user = set_version(workspace, "0000")
    seen = []

    def step(connection):
        seen.append(schema.version(connection))
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (schema.HEAD,))

    monkeypatch.setattr(schema, "KNOWN", ("0000", *schema.KNOWN))
    monkeypatch.setattr(schema, "upgrade", step)
    opened = Workspace.open(path, key, user)
    with opened.reading() as reader:
        assert reader.find(nominal.id).label == "Kept Throughout"
    opened.close()
    assert seen == ["0000"]
    backups = list(path.parent.glob("*.ocgbackup"))
    assert len(backups) == 1
    copies.restore(backups[0], tmp_path / "old.ocgdesk")
    again = Workspace.open(tmp_path / "old.ocgdesk", key, user)
    with again.reading() as reader:
        assert reader.find(nominal.id).label == "Kept Throughout"
    again.close()
