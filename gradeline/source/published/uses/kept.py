"""The publisher's own words, read back from the local file into which `--keep-wording` put them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from gradeline.errors import DocumentError
from gradeline.model.guideline import Guideline
from gradeline.model.published import Kept, PublishedWords
from gradeline.model.words import LANGUAGES

CURE = "make it anew: gradeline read FILE --against {id} --keep-wording"


def kept(path: Path, guideline: Guideline) -> Kept:
    """The words of a file, by recommendation; DocumentError where it is not such a file, or another guideline's."""
    cure = CURE.format(id=guideline.id)
    try:
        document = json.loads(path.read_text("utf-8"))
        named = document["guideline"]
        found = _words(document)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise DocumentError("no file of kept published words", cure, path.name) from None
    if named != guideline.id:
        raise DocumentError(f"the published words of another guideline, `{named}`", cure, path.name)
    return {id: words for id, words in found.items() if id in {each.id for each in guideline.recommendations}}


def _words(document: dict[str, Any]) -> dict[str, PublishedWords]:
    """Each statement with its source: the document's title, and the place in it."""
    language, source = document["language"], document["source"]
    if language not in LANGUAGES:
        raise ValueError(language)
    title = source["title"] or source["file"]
    return {
        id: PublishedWords(str(each["text"]), f"{title}, {each['where']}", language)
        for id, each in document["statements"].items()
    }
