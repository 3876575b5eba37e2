"""Which of the shop's goods a text means."""
