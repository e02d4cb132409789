"""The quick guide as one HTML file: no script, no font, nothing fetched; layers that open."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gradeline.model.guideline import Guideline
from gradeline.model.words import Language
from gradeline.show.content.guide import quick_guide
from gradeline.show.content.layers import Tested

TEMPLATES = Path(__file__).parent / "templates"


def guide(guideline: Guideline, language: Language = "en", tested: Tested | None = None) -> str:
    """The quick guide as a page; `tested` says how many cases test each recommendation."""
    return filled("guide.html", guide=quick_guide(guideline, language, tested))


def filled(template: str, **values: object) -> str:
    """A template with its values; every text is escaped."""
    return environment().get_template(template).render(**values)


@cache
def environment() -> Environment:
    """The templates, read once."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
