"""The words of the terminal, in English and Danish."""

from __future__ import annotations

from gradeline.model.words import Language

WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "version": "ver. {version}", "not in force": "NOT IN FORCE since {since}", "not in force undated": "NOT IN FORCE",
        "under review": "UNDER REVIEW", "draft": "DRAFT", "invented": "INVENTED, for teaching: no publisher stands behind it",
        "female": "Woman", "male": "Man", "other": "Person", "None": "Person", "age": "{age}", "age unknown": "age unknown",
        "day": "day {day} of {period} since onset, {onset}", "onset": "onset {onset}", "onset at the latest": "onset not recorded, at the latest {onset}",
        "no episode": "no open episode", "today": "the day asked", "FIRST": "FIRST", "STOP": "STOP",
        "not asked": "No warning sign is recorded; that is not the same as asked.",
        "possible sign": "Possible warning sign recorded: {sign}. Ask about it first.",
        "asked": "Warning signs asked about: none.", "not guideline": "(from another source, not the guideline's words: {source})",
        "due": "Due by {day}, in {days}", "due today": "Due today, {day}", "overdue": "Overdue since {day}: the time passed {days} ago",
        "due unknown": "To be done within {span} of the onset", "act by": "act by {day} (lead time {lead})", "waiting": "waiting time unknown",
        "think twice": "Think twice", "to consider": "To consider, together with the patient",
        "in place": "In place", "not as a routine, and none recorded": "Not as a routine, and none recorded",
        "cannot tell yet": "Cannot tell yet ({n})", "time passed": "Time passed ({n})", "does not apply": "Does not apply ({n})",
        "one act": "one act can answer these {n}:", "because": "because", "missing": "missing", "asks": "asks", "why": "why",
        "declined": "offered and declined", "booked": "booked, not yet done", "alternative": "alternative in place: {names}",
        "would need": "would need", "otherwise": "read otherwise: {says} - the answer would change", "caution": "caution", "source": "source",
        "timing": "others say", "facts": "facts", "certainty": "certainty {level}", "compared": "compared",
        "ask next": "Ask next", "ask first": "Ask first", "settles": "could settle {n} of {of}",
        "if so": "If so ({conditions}):", "if onset": "onset on or after {day}",
        "not for": "This guideline does not apply on {day}: {because}.", "would apply": "It would apply with: {needs}.",
        "stale": "The newest fact of this record is {days} old. To ask as of that day, write --on {day}.",
        "another": "Another episode is open as well, recorded {day}; this advice speaks of the later one.",
        "conflict": "The record gives more than one onset; answers that depend on it are shown as unknown.",
        "unused": "{n} of {all} resources were not used for facts (--verbose lists why).",
        "days": "{n} days", "one day": "1 day", "no date": "none recorded", "compare none": "",
    },
    "da": {
        "version": "ver. {version}", "not in force": "IKKE GÆLDENDE siden {since}", "not in force undated": "IKKE GÆLDENDE",
        "under review": "UNDER VURDERING", "draft": "UDKAST", "invented": "OPDIGTET, til undervisning: ingen udgiver står bag",
        "female": "Kvinde", "male": "Mand", "other": "Person", "None": "Person", "age": "{age} år", "age unknown": "alder ukendt",
        "day": "dag {day} af {period} siden begyndelsen, {onset}", "onset": "begyndt {onset}",
        "onset at the latest": "begyndelse ikke noteret, senest {onset}",
        "no episode": "intet åbent forløb", "today": "den adspurgte dag", "FIRST": "FØRST", "STOP": "STOP",
        "not asked": "Intet faresignal er noteret; det er ikke det samme som spurgt.",
        "possible sign": "Muligt faresignal noteret: {sign}. Spørg til det først.",
        "asked": "Der er spurgt til faresignaler: ingen.", "not guideline": "(fra en anden kilde, ikke retningslinjens ord: {source})",
        "due": "Frist {day}, om {days}", "due today": "Frist i dag, {day}", "overdue": "Overskredet siden {day}: fristen udløb for {days} siden",
        "due unknown": "Skal ske inden for {span} efter begyndelsen", "act by": "handl senest {day} (ventetid {lead})", "waiting": "ventetid ukendt",
        "think twice": "Tænk en ekstra gang", "to consider": "Overvej sammen med patienten",
        "in place": "På plads", "not as a routine, and none recorded": "Ikke som rutine, og intet noteret",
        "cannot tell yet": "Kan endnu ikke afgøres ({n})", "time passed": "Tiden er gået ({n})", "does not apply": "Gælder ikke ({n})",
        "one act": "én handling kan opfylde disse {n}:", "because": "fordi", "missing": "mangler", "asks": "beder om", "why": "hvorfor",
        "declined": "tilbudt og afslået", "booked": "booket, endnu ikke udført", "alternative": "alternativ på plads: {names}",
        "would need": "kræver", "otherwise": "læst anderledes: {says} - svaret ville blive et andet", "caution": "bemærk", "source": "kilde",
        "timing": "andre siger", "facts": "fakta", "certainty": "tiltro {level}", "compared": "mod",
        "ask next": "Spørg nu om", "ask first": "Spørg først", "settles": "kan afgøre {n} af {of}",
        "if so": "I så fald ({conditions}):", "if onset": "begyndt {day} eller senere",
        "not for": "Retningslinjen gælder ikke {day}: {because}.", "would apply": "Den ville gælde med: {needs}.",
        "stale": "Det nyeste i journalen er {days} gammelt. Spørg for den dag med --on {day}.",
        "another": "Endnu et forløb er åbent, noteret {day}; rådene gælder det seneste.",
        "conflict": "Journalen angiver mere end én begyndelse; svar, der afhænger af den, vises som ukendte.",
        "unused": "{n} af {all} ressourcer gav ingen fakta (--verbose viser hvorfor).",
        "days": "{n} dage", "one day": "1 dag", "no date": "intet noteret", "compare none": "",
    },
}


def days(n: int, language: Language) -> str:
    """A number of days."""
    return WORDS[language]["one day" if n == 1 else "days"].format(n=n)
