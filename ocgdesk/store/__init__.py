"""The workspace on disk: tables, units of work, readers, the journal, search, migrations."""
