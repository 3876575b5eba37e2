"""The shop: goods, prices, facts, wordings, files, the first run."""
