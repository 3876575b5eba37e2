"""The inbox in topics, /setup inbox to the shop: a group with one topic per buyer, where both sides are seen and answered."""
