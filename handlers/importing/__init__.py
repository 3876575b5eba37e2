"""Files imported: what is new, what changes, what is wrong; all of it or nothing, and taken back as a whole."""
