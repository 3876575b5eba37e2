"""What we say: one file per thing, in <language>/buyer and <language>/seller, and `Speech`, which says it."""

from templates.speech import Speech
from templates.voice import Voice

__all__ = ["Speech", "Voice"]
