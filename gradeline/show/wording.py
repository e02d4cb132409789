"""Words of the quick guide that every format shares, in English and Danish."""

from __future__ import annotations

from gradeline.model.guideline import Recommendation
from gradeline.model.words import Language

WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "certainty": "certainty of the evidence {level}",
        "legend": "What the signs mean",
        "about": "About",
        "readings": "How we read it",
        "reason": "Because",
        "or": "Or",
        "timings": "What other sources say of time",
        "sources": "Sources",
        "nobody": "nobody yet",
        "encoding": "Encoding {version} of {date}, reviewed by {reviewers}; statements are in our own words.",
        "more": "How we read what the document leaves open ({n} readings): gradeline show {id} --readings",
        "why": "Why",
        "caveat": "Note",
        "comparator": "Compared with",
    },
    "da": {
        "certainty": "tiltro til evidensen {level}",
        "legend": "Hvad tegnene betyder",
        "about": "Om retningslinjen",
        "readings": "Sådan læser vi den",
        "reason": "Fordi",
        "or": "Eller",
        "timings": "Hvad andre kilder siger om tid",
        "sources": "Kilder",
        "nobody": "ingen endnu",
        "encoding": "Kodning {version} af {date}, gennemgået af {reviewers}; anbefalingerne er formuleret af os.",
        "more": "Sådan læser vi det, dokumentet lader stå åbent ({n} læsninger): gradeline show {id} --readings",
        "why": "Hvorfor",
        "caveat": "Bemærk",
        "comparator": "Sammenlignet med",
    },
}


def why_parts(recommendation: Recommendation, language: Language) -> list[tuple[str, str]]:
    """What stands below a statement: its reason, what it compares, its caveat."""
    words = WORDS[language]
    parts = [
        (words["why"], recommendation.why),
        (words["comparator"], recommendation.comparator),
        (words["caveat"], recommendation.caveat),
    ]
    return [(label, text.in_(language)) for label, text in parts if text]
