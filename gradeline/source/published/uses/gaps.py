"""The gaps of a draft: what no quick guide says and logic needs, each with its question, answers and an example."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gradeline.model.words import Text


class Gap(NamedTuple):
    """One thing that the author fills in: what it is, what may stand there, and how that looks."""

    asks: Text
    answers: Text
    example: str
    """Lines of the file, as they would stand in place of the gap."""


LINE = Text("any words, in quotes", "frie ord, i anførselstegn")
CRITERIA = "age | sex | onset | recorded | latest | persisting | all | any | not | at least N of"
FORMS = "do | either | instead of | together | not routine | avoid | by a time"
KINDS = "strong for | strong against | weak for | weak against"
LEVELS = "high | moderate | low | very low"
GOOD = "good practice for | good practice against"
STATUSES = "in force | not in force | under review | draft"
TERM = """terms:
  supervised-exercise:
    en: supervised exercise therapy
    da: superviseret øvelsesterapi
    kind: action
    codes:
      snomed:
        - "229065009\""""

GAPS: Mapping[str, Gap] = {
    "publisher": Gap(
        Text("who publishes the guideline: the document does not say", "hvem udgiver den: det siger dokumentet ikke"),
        LINE,
        "publisher:\n  name:\n    en: Danish Health Authority",
    ),
    "scheme": Gap(
        Text(
            "by which scheme it is graded: its legend is missing or is none that we know",
            "hvilken skala der graderes efter: signaturforklaringen mangler eller er ikke en, vi kender",
        ),
        Text("dha", "dha"),
        "scheme: dha",
    ),
    "currency": Gap(
        Text(
            "which version of the guideline this is, and whether it is in force",
            "hvilken udgave af retningslinjen det er, og om den gælder",
        ),
        Text(
            f"a version, in quotes; a status: {STATUSES}; perhaps since when",
            f"en udgave, i anførselstegn; en status: {STATUSES}; eventuelt siden hvornår",
        ),
        'currency:\n  version: "1.0"\n  status: not in force\n  since: 2023-03-22',
    ),
    "date": Gap(
        Text("the day of this file", "datoen for denne fil"),
        Text("a day: year, month and day", "en dato: år, måned og dag"),
        "date: 2026-11-23",
    ),
    "scope": Gap(
        Text("what the guideline covers, and what it does not", "hvad retningslinjen dækker, og hvad den ikke dækker"),
        LINE,
        "scope:\n  en: Adults with recent onset. Medicines are not covered.",
    ),
    "about": Gap(
        Text("where the guideline comes from and how it is meant", "hvor den kommer fra, og hvordan den er ment"),
        LINE,
        "about:\n  en: To be seen beside other guidelines and regional protocols.",
    ),
    "index": Gap(
        Text("the condition that the guideline is about", "den tilstand, som retningslinjen handler om"),
        Text("the name of a term of the kind finding", "navnet på et begreb af slagsen finding"),
        "index: leg-pain",
    ),
    "population": Gap(
        Text("whom it is for, beside having the condition", "hvem den gælder for, ud over at de har tilstanden"),
        Text(f"a criterion: {CRITERIA}", f"et kriterium: {CRITERIA}"),
        "population:\n  all:\n    - age: at least 18 years\n    - onset: at most 12 weeks ago",
    ),
    "terms": Gap(
        Text(
            "the ideas of the clinic that the statements speak of, with their codes",
            "de kliniske begreber, som anbefalingerne taler om, med deres koder",
        ),
        Text(
            "for each a name, a kind (finding | measurement | action), and codes by code system",
            "for hvert et navn, en slags (finding | measurement | action) og koder efter kodesystem",
        ),
        TERM,
    ),
    "name": Gap(Text("a short name for lists", "et kort navn til lister"), LINE, "name:\n  en: Supervised exercise"),
    "grade": Gap(
        Text("the grade: the document leaves it in doubt", "graderingen: dokumentet lader den være i tvivl"),
        Text(f"{KINDS}, then a comma and {LEVELS}; or {GOOD}", f"{KINDS}, derefter komma og {LEVELS}; eller {GOOD}"),
        "grade: weak for, low",
    ),
    "form": Gap(
        Text("what it asks of practice", "hvad den beder om i praksis"),
        Text(
            f"{FORMS}, each with its own keys; `when`, if it is for some patients only",
            f"{FORMS}, hver med sine nøgler; `when`, hvis den kun gælder nogle patienter",
        ),
        "form: do\naction: supervised-exercise",
    ),
    "why": Gap(
        Text("its reason: the statement gives none", "dens grund: anbefalingen giver ingen"),
        LINE,
        "why:\n  en: Trials of low certainty show a small benefit.",
    ),
    "en": Gap(Text("the same words in English", "de samme ord på engelsk"), LINE, "en: Consider supervised exercise."),
}

HEADINGS = {
    "made": Text(
        "Drafted from {file}. What the document says is filled in with its own words; the wording is its publisher's, "
        "so say it in yours.",
        "Udkast fra {file}. Det, som dokumentet siger, er udfyldt med dets egne ord; ordlyden er udgiverens, så skriv "
        "det med dine egne.",
    ),
    "left": Text("{count} gaps are left for you to fill in:", "{count} huller er overladt til dig:"),
    "gap": Text("gap", "hul"),
    "answers": Text("answers", "svar"),
    "example": Text("example", "eksempel"),
    "doubt": Text("in doubt", "tvivl"),
    "found": Text("found", "fundet"),
    "where": Text(
        "statement {number}, page {page}, lines {first}-{last}, characters {start}-{end}",
        "anbefaling {number}, side {page}, linje {first}-{last}, tegn {start}-{end}",
    ),
}
