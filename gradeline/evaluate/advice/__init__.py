"""Advice for one patient: the gate, the practice of each recommendation, what falls due and what to ask next."""

from gradeline.evaluate.advice.advise import Advice, Place, Verdict, advise, unweighed

__all__ = ["Advice", "Place", "Verdict", "advise", "unweighed"]
