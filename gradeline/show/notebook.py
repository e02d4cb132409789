"""Advice as a notebook shows it: the terminal's page, as it stands, in a page that scrolls."""

from __future__ import annotations

from html import escape

from gradeline.evaluate.advice import Advice
from gradeline.show.terminal.advice import AdvicePage
from gradeline.show.terminal.sheet import Sheet


def advice(shown: Advice) -> str:
    """The page of one patient, every text of it escaped."""
    return f"<pre>{escape(AdvicePage(shown, 'en', Sheet()).write())}</pre>"
