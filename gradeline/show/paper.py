"""The quick guide on paper: A4 as PDF/UA, its fonts inside, its text real text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from types import ModuleType

from gradeline.errors import UsageError
from gradeline.model.guideline import Guideline
from gradeline.model.words import Language
from gradeline.show.content.guide import quick_guide

TEMPLATES = Path(__file__).parent / "templates"
STANDARD = "ua-1"
NO_GLYPH = re.compile(r"the text `?\"(?P<text>.+?)\"`? could not be displayed")


def guide(guideline: Guideline, language: Language = "en") -> bytes:
    """The quick guide as PDF."""
    return printed("guide.typ", asdict(quick_guide(guideline, language)))


def printed(template: str, content: Mapping[str, object]) -> bytes:
    """A template with its content; first with the fonts that come along, which are the same everywhere."""
    typst = typesetter()
    try:
        return compiled(template, content, fonts_of_the_machine=False)
    except typst.TypstError as error:
        if not NO_GLYPH.search(str(error)):
            raise
    try:
        return compiled(template, content, fonts_of_the_machine=True)
    except typst.TypstError as error:
        if not (missing := NO_GLYPH.search(str(error))):
            raise
        raise UsageError(
            f"no font here can print {missing['text']!r}",
            "install a font that has it (the Noto fonts have nearly all), or use --as html",
        ) from None


def compiled(template: str, content: Mapping[str, object], fonts_of_the_machine: bool) -> bytes:
    """The template as PDF; the content goes in as data, so that no text of it is taken for markup."""
    inputs = {"data": json.dumps(content, ensure_ascii=False)}
    pdf = typesetter().compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        sys_inputs=inputs,
        ignore_system_fonts=not fonts_of_the_machine,
        pdf_standards=[STANDARD],
    )
    assert isinstance(pdf, bytes)
    return pdf


def typesetter() -> ModuleType:
    """Typst; UsageError, with the cure, where it is not installed."""
    try:
        import typst
    except ImportError:
        raise UsageError("PDF needs the package typst", 'install it: pip install "gradeline[pdf]"') from None
    return typst
