"""Words of the quick guide that every format shares, in English and Danish."""

from __future__ import annotations

from gradeline.model.guideline import Guideline, Recommendation
from gradeline.model.words import Language, Text, written

WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "certainty": "certainty of the evidence {level}",
        "legend": "What the signs mean",
        "about": "About",
        "readings": "How we read this",
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
        "population": "For whom",
        "intervention": "Intervention",
        "evidence": "Evidence",
        "numbering": "Source",
        "version": "version {version}",
        "published": "version {version}, published {day}",
        "review by": ", to be reviewed by {day}",
        "status not in force": "NOT IN FORCE since {since}",
        "status not in force undated": "NOT IN FORCE",
        "status under review": "UNDER REVIEW",
        "status draft": "DRAFT",
        "status invented": "INVENTED, for teaching: no publisher stands behind it",
        "skip": "Skip to the statements",
        "contents": "The statements at a glance",
        "strengths": "Strength and direction",
        "certainties": "Certainty of the evidence",
        "sign": "sign",
        "words": "words",
        "means": "means",
        "scheme": "Rating scheme: {scheme}.",
        "readings lead": "What the document leaves open and logic needs: the question, our reading, its reason, "
        "and how else it could be read.",
        "touches": "Concerns",
        "all": "all statements",
        "timings lead": "They differ. They stand beside the guideline and are not merged with it.",
        "key": "Why, compared with what, for whom",
        "logic": "Logic, codes, cases",
        "applies to": "Applies to",
        "asks": "Asks for",
        "when": "Only where",
        "reasons": "What counts as a reason",
        "codes": "Codes",
        "cautions": "Said beside it",
        "cases": "Cases",
        "cases none": "None of the guideline's cases tests this statement.",
        "cases one": "One of the guideline's {of} cases tests this statement.",
        "cases many": "{n} of the guideline's {of} cases test this statement.",
        "in an episode": "{index}, in an episode that is open on the day",
        "annex": "Annex",
        "page": "page {n} of {of}",
        "language": "English",
    },
    "da": {
        "certainty": "tiltro til evidensen {level}",
        "legend": "Hvad tegnene betyder",
        "about": "Om retningslinjen",
        "readings": "Sådan læser vi det",
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
        "population": "For hvem",
        "intervention": "Indsats",
        "evidence": "Evidens",
        "numbering": "Kilde",
        "version": "version {version}",
        "published": "version {version}, udgivet {day}",
        "review by": ", skal vurderes igen senest {day}",
        "status not in force": "IKKE GÆLDENDE siden {since}",
        "status not in force undated": "IKKE GÆLDENDE",
        "status under review": "UNDER VURDERING",
        "status draft": "UDKAST",
        "status invented": "OPDIGTET, til undervisning: ingen udgiver står bag",
        "skip": "Gå til anbefalingerne",
        "contents": "Anbefalingerne i overblik",
        "strengths": "Styrke og retning",
        "certainties": "Tiltro til evidensen",
        "sign": "tegn",
        "words": "ord",
        "means": "betyder",
        "scheme": "Graderingsskema: {scheme}.",
        "readings lead": "Hvad dokumentet lader stå åbent, og logik har brug for: spørgsmålet, vores læsning, "
        "grunden til den, og hvordan det ellers kan læses.",
        "touches": "Vedrører",
        "all": "alle anbefalinger",
        "timings lead": "De er ikke enige. De står ved siden af retningslinjen og er ikke blandet ind i den.",
        "key": "Hvorfor, sammenlignet med hvad, for hvem",
        "logic": "Logik, koder, cases",
        "applies to": "Gælder",
        "asks": "Beder om",
        "when": "Kun hvor",
        "reasons": "Hvad der tæller som en grund",
        "codes": "Koder",
        "cautions": "Siges ved siden af",
        "cases": "Cases",
        "cases none": "Ingen af retningslinjens cases prøver denne anbefaling.",
        "cases one": "Én af retningslinjens {of} cases prøver denne anbefaling.",
        "cases many": "{n} af retningslinjens {of} cases prøver denne anbefaling.",
        "in an episode": "{index}, i et forløb, der er åbent på dagen",
        "annex": "Bilag",
        "page": "side {n} af {of}",
        "language": "dansk",
    },
}


def why(recommendation: Recommendation) -> list[tuple[str, Text]]:
    """What stands below a statement, each with the key of its label: its reason, what it compares, its caveat."""
    parts = [("why", recommendation.why), ("comparator", recommendation.comparator), ("caveat", recommendation.caveat)]
    return [(key, text) for key, text in parts if text]


def why_parts(recommendation: Recommendation, language: Language) -> list[tuple[str, str]]:
    """The same in the words of one language."""
    return [(WORDS[language][key], text.in_(language)) for key, text in why(recommendation)]


def status(guideline: Guideline, language: Language) -> list[tuple[str, Text | None]]:
    """What every page says on top, and what it means; nothing where the guideline is in force and real."""
    words, currency = WORDS[language], guideline.currency
    said: list[tuple[str, Text | None]] = [(words["status invented"], None)] if guideline.invented else []
    if currency.status != "in force":
        undated = currency.status == "not in force" and currency.since is None
        word = f"status {currency.status}" + (" undated" if undated else "")
        since = written(currency.since.toordinal(), language) if currency.since else ""
        said.append((words[word].format(since=since), currency.meaning))
    return said


def encoding(guideline: Guideline, language: Language) -> str:
    """The version of our encoding, and who has reviewed it."""
    words, ours = WORDS[language], guideline.encoding
    reviewers = ", ".join(ours.reviewed_by) or words["nobody"]
    dated = written(ours.date.toordinal(), language)
    return words["encoding"].format(version=ours.version, date=dated, reviewers=reviewers)
