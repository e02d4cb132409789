"""What a document says of itself: title, topic, publisher, language, about text and links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from gradeline.model.words import Language
from gradeline.source.published.block import Block
from gradeline.source.published.marks import cues
from gradeline.source.published.pages.document import Document
from gradeline.source.published.statements import joined

WORDS = re.compile(r"[a-zæøå]+")
NO_TITLE = re.compile(r"^(?:untitled|microsoft word|document\d*|powerpoint)", re.IGNORECASE)


def language(document: Document) -> Language:
    """The language that most of the small words belong to."""
    words = Counter(WORDS.findall(" ".join(line.text for line in document.lines).lower()))
    danish, english = (sum(words[word] for word in cues.COMMON[each]) for each in ("da", "en"))
    return "da" if danish > english or (danish == english and document.language == "da") else "en"


def title(document: Document, blocks: Sequence[Block]) -> str:
    """The title that the document has, or else its own words for what it is about."""
    if document.title and not NO_TITLE.match(document.title):
        return document.title
    first = next((block for block in blocks if block.kind == "heading"), None)
    if first and blocks.index(first) == 0 and len(blocks) > 1 and blocks[1].kind != "statement":
        return first.text
    named, about = _topic(blocks)
    return f"{named[0].upper()}{named[1:]} {about}" if named else ""


def topic(blocks: Sequence[Block]) -> str:
    """What the guideline is about, in the document's words."""
    return _topic(blocks)[1]


def _topic(blocks: Sequence[Block]) -> tuple[str, str]:
    for block in blocks:
        if block.kind in ("prose", "heading") and (found := cues.TOPIC.search(joined(block.lines, frozenset()))):
            return found[1], found[2].strip()
    return "", ""


def publisher(document: Document, tongue: Language) -> str:
    """The publisher, where the document names one."""
    text = " ".join(line.text for line in document.lines)
    if found := cues.PUBLISHED_BY.search(text):
        return found[1].strip()
    return next((names[tongue] for pattern, names in cues.PUBLISHERS.items() if re.search(pattern, text)), "")


def about(blocks: Sequence[Block]) -> str:
    """The about text: what is neither a recommendation nor a row of the legend, in paragraphs."""
    signed = [index for index, block in enumerate(blocks) if block.kind == "statement"]
    kept = [
        joined(block.lines, frozenset())
        for index, block in enumerate(blocks)
        if block.kind in ("prose", "note")
        and (block.zone != "sections" or not signed or not signed[0] < index < signed[-1])
    ]
    return "\n\n".join(kept)


def links(document: Document) -> tuple[str, ...]:
    """The addresses in the text and behind its links, each once."""
    text = " ".join(line.text for line in document.lines)
    return tuple(dict.fromkeys([*(found[0].rstrip(".,;:") for found in cues.LINK.finditer(text)), *document.links]))
