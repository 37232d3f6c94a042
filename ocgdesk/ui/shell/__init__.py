"""The window round the pages: navigation, tabs, inspector, status, marking. Knows no record."""
