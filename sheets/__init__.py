"""Files in and out: shop facts, catalogue, orders and customers, with every bad cell named. Bytes become values here."""
