"""Answers that a person types in: a source that captures nothing until it is said."""

from gradeline.evaluate.dialogue.dialogue import Dialogue, Prompt
from gradeline.evaluate.dialogue.typed import typed

__all__ = ["Dialogue", "Prompt", "typed"]
