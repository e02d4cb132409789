"""The logic as Libraries, with the guideline file itself: whoever has the package has everything."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha1

from gradeline.exchange.fhir.answers import ENDING
from gradeline.exchange.fhir.edition import Edition
from gradeline.exchange.fhir.elements import Json, both, concept
from gradeline.exchange.fhir.grading import HL7
from gradeline.exchange.fhir.sources import of_guideline
from gradeline.model.words import Text

LOGIC = concept(f"{HL7}/library-type", "logic-library", "Logic Library")
TITLE = Text("Logic: {}", "Logik: {}")
SAYS = Text(
    "The logic of {} in CQL, and the guideline file that this whole package is made from.",
    "Logikken i {} i CQL og den retningslinjefil, som hele denne pakke er lavet af.",
)
ANSWERS = Text("Answers: {}", "Svar: {}")
ANSWERS_SAY = Text(
    "The answers of {} that plans and measures ask for, by names that every engine reads alike.",
    "De svar fra {}, som planer og mål spørger om, med navne, som alle motorer læser ens.",
)
YAML = "application/yaml"


def libraries(edition: Edition) -> Iterator[Json]:
    """The guideline's logic with its file, then the answers that plans and measures ask for."""
    title = edition.guideline.title
    own, asked = edition.name, f"{edition.name}{ENDING}"
    head = edition.artifact("Library", own, both(TITLE.en, TITLE.da, title), both(SAYS.en, SAYS.da, title))
    file = content(YAML, edition.file, "guideline.yaml")
    yield {**head, "type": LOGIC, "relatedArtifact": of_guideline(edition), "content": [*_logic(edition, own), file]}
    words = both(ANSWERS.en, ANSWERS.da, title), both(ANSWERS_SAY.en, ANSWERS_SAY.da, title)
    needs = {"type": "depends-on", "resource": edition.cite("Library", own)}
    yield {
        **edition.artifact("Library", asked, *words),
        "type": LOGIC,
        "relatedArtifact": [needs, *of_guideline(edition)[:2]],
        "content": [*_logic(edition, asked)],
    }


def _logic(edition: Edition, name: str) -> Iterator[Json]:
    """A library as people read it, and as engines do."""
    yield content("text/cql", edition.cql[name])
    if name in edition.elm:
        yield content("application/elm+json", edition.elm[name])


def content(type: str, data: bytes, title: str = "") -> Json:
    """A file inside a resource, with the hash that FHIR wants: SHA-1, which here only detects damage."""
    named = {"title": title} if title else {}
    digest = b64encode(sha1(data, usedforsecurity=False).digest()).decode()
    return {"contentType": type, "data": b64encode(data).decode(), "hash": digest, **named}
