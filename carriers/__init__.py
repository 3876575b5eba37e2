"""Whom we ask about parcels: one file per carrier, each with a pure `parse` of what it answers."""
