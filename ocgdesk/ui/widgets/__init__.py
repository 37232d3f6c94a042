"""The parts every page is built from. They show frozen values and know nothing of records."""
