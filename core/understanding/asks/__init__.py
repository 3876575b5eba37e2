"""Which asks a message holds: piece by piece, then what pieces and what was said before tell of each other."""
