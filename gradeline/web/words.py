"""The words around the pages, in English and Danish."""

from __future__ import annotations

from gradeline.model.words import Language

WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "skip": "Skip to the content",
        "site": "Gradeline",
        "claim": "Clinical guidelines you can run",
        "library": "Library",
        "patients": "Patient",
        "audits": "Audits",
        "language": "Language",
        "error": "This could not be done",
        "error ours": "An error of ours, not of yours. Nothing was answered.",
        "not found": "There is no such page, or it has been forgotten: what was opened is kept for a while only.",
        "not so": "This address cannot be used in this way.",
        "back": "Back to the library",
    },
    "da": {
        "skip": "Gå til indholdet",
        "site": "Gradeline",
        "claim": "Kliniske retningslinjer, der kan køres",
        "library": "Bibliotek",
        "patients": "Patient",
        "audits": "Audit",
        "language": "Sprog",
        "error": "Det kunne ikke lade sig gøre",
        "error ours": "En fejl hos os, ikke hos dig. Intet blev besvaret.",
        "not found": "Siden findes ikke, eller den er glemt igen: det, der åbnes, huskes kun et stykke tid.",
        "not so": "Adressen kan ikke bruges på den måde.",
        "back": "Tilbage til biblioteket",
    },
}
