"""What became of everything that was read, and who was counted one by one: in the words of a report."""

from __future__ import annotations

from collections.abc import Iterator

from gradeline.evaluate.audit.account import Account, Counted, LeftOut
from gradeline.model.words import Language, Text
from gradeline.show.audit.words import number

MOST = 6
"""So many kinds are named; the rest are counted in `audit.json`."""
DANISH = {
    "revoked": "tilbagekaldt",
    "cancelled": "annulleret",
    "entered in error": "fejlregistreret",
    "a draft": "en kladde",
    "this type is not read": "typen læses ikke",
    "about no patient": "ikke om en patient",
    "no code": "uden kode",
    "of a patient who is left out": "om en patient, der er udeladt",
    "only proposed": "kun foreslået",
    "nothing is available yet": "endnu intet svar",
    "the same content twice": "samme indhold to gange",
    "facts before birth": "fund før fødslen",
    "facts after death": "fund efter døden",
    "facts known later than the data were made": "fund senere end dataudtrækket",
    "lines that are no JSON": "linjer, der ikke er JSON",
    "lines that are no FHIR": "linjer, der ikke er FHIR",
    "lines of no type of FHIR": "linjer uden en af FHIR's typer",
    "damaged files": "beskadigede filer",
    "patients refused": "afviste patienter",
    "patients who are not described": "patienter, der ikke er beskrevet",
    "resources about nobody who is known": "ressourcer om ingen, der kendes",
    "documents or their patients refused": "afviste dokumenter eller deres patienter",
    "refuted": "afkræftet",
    "undated": "uden dato",
    "over before it was recorded": "ovre, før den blev noteret",
    "an onset of an assumed day": "en begyndelse på en antaget dag",
    "beyond the calendar": "uden for kalenderen",
    "both sides, and one of them": "begge sider, og den ene",
    "sides in turn": "skiftende sider",
    "an operation of an uncertain day": "en operation på en usikker dag",
    "recordings of one day that could be sorted otherwise": "notater fra én dag, der kan ordnes på flere måder",
    "two ends of a chain": "to afslutninger på ét forløb",
    "several operations": "flere operationer",
    "dead since an unknown day": "død på en ukendt dag",
    "acts to be counted": "handlinger, der skal tælles",
    "values of an uncertain day": "målinger på en usikker dag",
    "acts linked to one another": "handlinger, der hører sammen",
    "an act of two orders": "én handling efter to henvisninger",
    "an older question of a warning sign": "et ældre spørgsmål om et faresignal",
}
"""Reasons in Danish; one that is not here stays as the record's reader writes it."""
WORDS = {
    "read": Text("read", "læst"),
    "lines": Text("{n} lines or rows", "{n} linjer eller rækker"),
    "not used": Text("not used", "ikke brugt"),
    "not read": Text("not readable", "ulæseligt"),
    "nothing": Text("nothing", "intet"),
    "refused": Text("{n} patients left out whole", "{n} patienter udeladt helt"),
    "listed": Text("each with its place in unread.csv, with the facts", "hver med sit sted i unread.csv ved fundene"),
    "odd": Text("odd days", "mærkelige dage"),
    "missing": Text("no table", "ingen tabel"),
    "handed": Text("one by one", "en ad gangen"),
    "patients": Text(
        "{n} patients, whom SQL cannot decide exactly, were counted by the evaluator that advises: {why}",
        "{n} patienter, som SQL ikke kan afgøre nøjagtigt, er optalt af den, der rådgiver: {why}",
    ),
}


def lines(account: Account, language: Language) -> Iterator[tuple[str, str]]:
    """A label and what it says: what was read, left out, could not be read, is odd, and was counted one by one."""
    told = Told(account, language)
    yield told.word("read"), told.word("lines", n=number(account.read, language))
    if account.left_out:
        yield told.word("not used"), told.resources(account.left_out)
    yield told.word("not read"), told.failures()
    if account.doubts:
        yield told.word("odd"), told.counts(account.doubts)
    if account.missing:
        yield told.word("missing"), ", ".join(account.missing)
    if account.handed != 0:
        n = number(account.handed, language)
        yield told.word("handed"), told.word("patients", n=n, why=told.counts(account.why))


class Told:
    """An account in one language."""

    def __init__(self, account: Account, language: Language) -> None:
        self.account, self.language = account, language

    def word(self, key: str, **values: str) -> str:
        """Words of an account."""
        return WORDS[key].in_(self.language).format(**values)

    def reason(self, why: str) -> str:
        """A reason."""
        return DANISH.get(why, why) if self.language == "da" else why

    def counts(self, counts: Counted) -> str:
        """What, and how often."""
        return "; ".join(f"{number(n, self.language)} {self.reason(what)}" for what, n in counts)

    def resources(self, listed: tuple[LeftOut, ...]) -> str:
        """Resources by their type, and why."""
        said = [
            f"{number(each.resources, self.language)} {each.type} ({self.reason(each.why)})" for each in listed[:MOST]
        ]
        return "; ".join([*said, *(["…"] if len(listed) > MOST else [])])

    def failures(self) -> str:
        """What could not be read, or that there was nothing."""
        account = self.account
        found = [part for part in (self.counts(account.faults), self.resources(account.unread)) if part]
        if account.refused != 0:
            found.append(self.word("refused", n=number(account.refused, self.language)))
        return "; ".join([*found, self.word("listed")]) if account.faults else "; ".join(found) or self.word("nothing")
