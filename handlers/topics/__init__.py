"""The inbox in topics: a group of the shop's people with one topic per buyer, where both sides are seen and answered."""
