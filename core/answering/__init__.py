"""Which facts go into one message: asks in, an answer out. Words are the templates' business."""

from core.answering.answering import answer
from core.answering.values import Answer, Button, Fact, Handover, Scene

__all__ = ["Answer", "Button", "Fact", "Handover", "Scene", "answer"]
