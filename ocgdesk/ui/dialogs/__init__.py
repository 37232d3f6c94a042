"""The few windows that stand in the way: disclosure, reason for access, erasure, keys."""
