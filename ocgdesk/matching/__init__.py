"""Duplicates: which records may tell of the same, how surely, and for what reasons.

Values in, values out: nothing here knows the workspace. The only place with splink and DuckDB.
"""
