"""Text to what is asked. `train` makes a model of phrases, `Mind` adds the shop, `understand` reads one turn."""

from core.understanding.model.mind import Mind
from core.understanding.model.model import Encoder, Model
from core.understanding.model.training import train
from core.understanding.understanding import understand

__all__ = ["Encoder", "Mind", "Model", "train", "understand"]
