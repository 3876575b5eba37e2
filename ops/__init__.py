"""Keeping the shop running: logs, backup, health."""
