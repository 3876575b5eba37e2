"""The shop's people: roles, what waits for a manager's word, being a buyer oneself."""
