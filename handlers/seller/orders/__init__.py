"""Orders and what hangs on them: parcels, promises, the shop's own mistakes."""
