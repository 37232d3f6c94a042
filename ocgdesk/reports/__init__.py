"""Papers and pictures: builders make values, writers make files."""
