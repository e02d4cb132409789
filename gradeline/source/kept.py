"""The publisher's own words, kept on this machine beside ours once a published quick guide has been read."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import orjson

from gradeline.errors import DocumentError
from gradeline.model.published import Kept, PublishedWords
from gradeline.model.words import Language


def folder() -> Path:
    """Where words are kept: GRADELINE_DATA, else the person's own data folder; never a repository."""
    named = os.environ.get("GRADELINE_DATA")
    if named:
        return Path(named) / "wording"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "gradeline" / "wording"


def file(guideline: str, language: Language) -> Path:
    """The file of one guideline's published words in one language."""
    return folder() / f"{re.sub(r'[^a-z0-9-]', '-', guideline)}.{language}.json"


def keep(words: dict[str, Any]) -> Path:
    """Keep what `gradeline read` took from a document; DocumentError where the folder cannot be written."""
    target = file(words["guideline"], words["language"])
    part = target.with_suffix(".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(orjson.dumps(words, option=orjson.OPT_INDENT_2))
        part.replace(target)
    except OSError as fault:
        raise DocumentError(f"cannot keep the wording: {fault.strerror}", "set GRADELINE_DATA", str(target)) from None
    return target


def kept(guideline: str, language: Language) -> Kept:
    """The publisher's words by recommendation; empty where nobody has read them here."""
    found = file(guideline, language)
    try:
        words = orjson.loads(found.read_bytes())
        source = ", ".join(filter(None, [words["source"]["publisher"], words["source"]["title"]]))
        return {
            id: PublishedWords(each["text"], f"{source}, {each['where']}", language)
            for id, each in words["statements"].items()
        }
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise DocumentError("the kept wording cannot be read", "read the document again", str(found)) from None
