"""Teaching: what was missed, lessons, asks of the shop's own, replies that are kept."""
