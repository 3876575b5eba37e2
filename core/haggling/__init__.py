"""Haggling: reading price talk, and judging whether a conversation is about nothing but the price (S4 tip 15)."""

from core.haggling.judging import Judgement, Past, Reason, judge
from core.haggling.reading import Line

__all__ = ["Judgement", "Line", "Past", "Reason", "judge"]
