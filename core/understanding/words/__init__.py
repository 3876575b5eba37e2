"""What words tell: goods, colours, sizes, places, numbers, and turns of phrase that tell an ask."""
