"""OCG Desk: organised crime group mapping and case management on one encrypted workstation."""

__version__ = "0.1.0"
