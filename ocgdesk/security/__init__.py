"""Keys, key slots, passphrases and the hash chain of the journal."""
