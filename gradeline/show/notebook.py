"""Results as a notebook shows them: the terminal's page, as it stands, every text of it escaped."""

from __future__ import annotations

from html import escape

from gradeline.evaluate.advice import Advice
from gradeline.evaluate.audit.results import Audit
from gradeline.model.guideline import Guideline
from gradeline.show.terminal.advice import AdvicePage
from gradeline.show.terminal.guide import guide
from gradeline.show.terminal.sheet import Sheet


def advice(shown: Advice) -> str:
    """The page of one patient."""
    return f"<pre>{escape(AdvicePage(shown, 'en', Sheet()).write())}</pre>"


def guideline(shown: Guideline) -> str:
    """The quick guide."""
    return f"<pre>{escape(guide(shown, 'en', Sheet()))}</pre>"


def audit(shown: Audit) -> str:
    """The audit, as the terminal shows it."""
    from gradeline.show.audit.terminal import page

    return f"<pre>{escape(page(shown, 'en', Sheet()))}</pre>"
