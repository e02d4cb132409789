"""The logic as a Library, with the guideline file itself: whoever has the package has everything."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha1

from gradeline.exchange.fhir.edition import Edition
from gradeline.exchange.fhir.elements import Json, both, concept
from gradeline.exchange.fhir.grading import HL7
from gradeline.exchange.fhir.sources import of_guideline
from gradeline.model.words import Text

TYPES = f"{HL7}/library-type"
LOGIC = Text("Logic: {}", "Logik: {}")
LOGIC_SAYS = Text(
    "The logic of {} as a CQL library with its translation, and the guideline file that it is made from.",
    "Logikken i {} som et CQL-bibliotek med oversættelse, og den retningslinjefil, som det er lavet af.",
)
FILE_SAYS = Text(
    "The guideline file of {}, from which every other artifact of this package is made.",
    "Retningslinjefilen for {}, som alt andet i denne pakke er lavet af.",
)
YAML = "application/yaml"


def libraries(edition: Edition) -> Iterator[Json]:
    """One library: the logic where there is one, and always the guideline file."""
    title = edition.guideline.title
    words = LOGIC_SAYS if edition.cql else FILE_SAYS
    head = edition.artifact("Library", edition.id(), both(LOGIC.en, LOGIC.da, title), both(words.en, words.da, title))
    kind = ("logic-library", "Logic Library") if edition.cql else ("asset-collection", "Asset Collection")
    yield {
        **head,
        "type": concept(TYPES, *kind),
        "relatedArtifact": of_guideline(edition),
        "content": [*_logic(edition), content(YAML, edition.file, "guideline.yaml")],
    }


def _logic(edition: Edition) -> Iterator[Json]:
    """The library as people read it, and as engines do."""
    if edition.cql:
        yield content("text/cql", edition.cql)
    if edition.elm:
        yield content("application/elm+json", edition.elm)


def content(type: str, data: bytes, title: str = "") -> Json:
    """A file inside a resource, with the hash that FHIR wants: SHA-1, which here only detects damage."""
    named = {"title": title} if title else {}
    digest = b64encode(sha1(data, usedforsecurity=False).digest()).decode()
    return {"contentType": type, "data": b64encode(data).decode(), "hash": digest, **named}
