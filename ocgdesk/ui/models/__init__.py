"""Item models: read-only, described by columns. Edits go through the desk."""
