"""What was not understood, gathered for the seller; and what a change of the phrases wins and loses."""
