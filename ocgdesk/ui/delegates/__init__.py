"""Tables and lists as they are painted: rows, cells and column headers."""
