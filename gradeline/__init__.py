"""Clinical guidelines you can run.

>>> import gradeline as gl
>>> guideline = gl.guideline("lumbar-nerve-root")
>>> len(guideline.recommendations)
10
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from gradeline.api import advise, ask, audit, data_source, facts, guideline, guidelines, patients, record
    from gradeline.errors import GradelineError
    from gradeline.evaluate.advice import Advice
    from gradeline.evaluate.audit.results import Audit
    from gradeline.logic import Truth
    from gradeline.model.guideline import Guideline
    from gradeline.records.facts import Fact, Record

NAMES = {
    "advise": "gradeline.api",
    "ask": "gradeline.api",
    "audit": "gradeline.api",
    "data_source": "gradeline.api",
    "facts": "gradeline.api",
    "guideline": "gradeline.api",
    "guidelines": "gradeline.api",
    "patients": "gradeline.api",
    "record": "gradeline.api",
    "GradelineError": "gradeline.errors",
    "Advice": "gradeline.evaluate.advice",
    "Audit": "gradeline.evaluate.audit.results",
    "Truth": "gradeline.logic",
    "Guideline": "gradeline.model.guideline",
    "Fact": "gradeline.records.facts",
    "Record": "gradeline.records.facts",
}
"""The public names and where they live; each is imported when it is first used, so that the command starts quickly."""

__all__ = [
    "Advice",
    "Audit",
    "Fact",
    "GradelineError",
    "Guideline",
    "Record",
    "Truth",
    "advise",
    "ask",
    "audit",
    "data_source",
    "facts",
    "guideline",
    "guidelines",
    "patients",
    "record",
]


def __getattr__(name: str) -> Any:
    """A public name, imported on its first use."""
    if name not in NAMES:
        raise AttributeError(f"gradeline has no `{name}`; it has {', '.join(__all__)}")
    from importlib import import_module

    return getattr(import_module(NAMES[name]), name)
