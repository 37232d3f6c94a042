"""Everything that knows of Qt."""
