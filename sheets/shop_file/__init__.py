"""shop.toml: the shop's facts. `reading` tells the whole; a file each for what belongs together, and for the keys themselves."""
