"""Parcels on their way: what carriers say is kept, and told to whom it concerns."""
