"""Parcels on their way: statuses, numbers, what changed, and who is to hear of it. Nothing here asks anybody."""
