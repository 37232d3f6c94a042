"""Other people's files: a reader gives a draft; a writer takes values."""
