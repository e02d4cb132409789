"""Facts in clinical words, one on a line: `pain 8 {score} 2026-10-12, by physiotherapy`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from gradeline import codes, dates
from gradeline.codes import OWN, Coding
from gradeline.dates import BEGINNING, SOME_DAY, Interval
from gradeline.errors import Fault, GuidelineError
from gradeline.model.guideline import Term
from gradeline.records.facts import Fact
from gradeline.source.grammar import phrases
from gradeline.source.grammar.kinds import Amiss, Names, nearest

KINDS = {"finding": "condition", "measurement": "observation", "action": "procedure"}
EXAMPLE = "pain 8 {score} 2026-10-12"


@dataclass
class Draft:
    """A fact while its qualifiers are read."""

    names: Names
    fields: dict[str, Any]
    onset: Interval | None = None
    reasons: list[Coding | str] = field(default_factory=list)
    of: list[int] = field(default_factory=list)

    def set(self, words: str, **fields: Any) -> None:
        """Sets fields; a qualifier that takes back what another one said is amiss."""
        for name, value in fields.items():
            before = self.fields.get(name, value)
            if before != value and (name, before) != ("status", "planned"):
                raise Amiss(f"`{words}` contradicts what stands before it", "leave one of them out")
        self.fields |= fields


class Qualifier(NamedTuple):
    """What may stand after a comma: how it looks, what it means, an example, and what it does."""

    looks: str
    says: str
    example: str
    does: Callable[[Draft, str, str], None]


def _sets(**fields: Any) -> Callable[[Draft, str, str], None]:
    return lambda draft, words, rest: draft.set(words, **fields)


def _date(name: str) -> Callable[[Draft, str, str], None]:
    return lambda draft, words, rest: draft.set(words, **{name: interval(rest)})


def _day(name: str) -> Callable[[Draft, str, str], None]:
    return lambda draft, words, rest: draft.set(words, **{name: phrases.day(rest, draft.names).toordinal()})


def _because(draft: Draft, words: str, rest: str) -> None:
    if rest.startswith('"'):
        draft.reasons.append(rest.strip('"'))
    else:
        draft.names.kind_of(rest, "term")
        draft.reasons.append(Coding(OWN, rest))


def _coded(draft: Draft, words: str, rest: str) -> None:
    system, _, code = rest.partition(" ")
    own = {Coding(OWN, each.code) for each in draft.fields["codings"]}
    said = tuple(each for each in draft.fields["codings"] if each not in own)
    draft.fields["codings"] = (*said, coding(system, code.strip()))


def _value(draft: Draft, words: str, rest: str) -> None:
    draft.set(words, value=(coding(*phrases.coded(rest, draft.names).split(":", 1)),))


def _site(draft: Draft, words: str, rest: str) -> None:
    draft.set(words, sites=(coding(*phrases.coded(rest, draft.names).split(":", 1)),))


def _of(draft: Draft, words: str, rest: str) -> None:
    draft.of.append(int(rest))


# fmt: off
QUALIFIERS = (
    Qualifier("ordered", "an order, not yet carried out", "ordered", _sets(kind="order", status="planned")),
    Qualifier("done", "of an action: carried out, which is also meant where nothing is said", "done",
              _sets(kind="procedure", status="done")),
    Qualifier("absent", "found not to be there, or not done", "absent", _sets(status="negated")),
    Qualifier("declined", "offered, and declined by the patient", "declined", _sets(status="negated", declined=True)),
    Qualifier("possible", "suspected, not sure", "possible", _sets(sureness="possible")),
    Qualifier("onset (.+)", "of a finding: when it began; the date of the line is then that of its recording",
              "onset 2026-09-20", _date("onset")),
    Qualifier("recorded (.+)", "the day of recording, where it is not the date of the line", "recorded 2026-10-02",
              _day("known")),
    Qualifier("for (.+)", "of an order: the day for which it is booked", "for 2026-12-01", _date("booked")),
    Qualifier("until (.+)", "the day on which it ended", "until 2026-10-30", _day("until")),
    Qualifier("resolved", "over, since when is not known", "resolved", _sets(until=BEGINNING)),
    Qualifier("left", "on the left side", "left", _sets(side="left")),
    Qualifier("right", "on the right side", "right", _sets(side="right")),
    Qualifier('because ([a-z].*|".*")', "the reason that it gives: a term, or words in quotes", "because cauda-equina",
              _because),
    Qualifier("at ([0-9]{2}:[0-9]{2})", "the time of day", "at 14:30",
              lambda draft, words, rest: draft.set(words, time=rest)),
    Qualifier("at (.+)", "the body site, a code", "at own:leg", _site),
    Qualifier("by (.+)", "the specialty that recorded it", "by orthopaedics",
              lambda draft, words, rest: draft.set(words, specialty=rest)),
    Qualifier("of ([1-9][0-9]{0,3})", "what it is based on: the fact of that line, the first being 1", "of 2", _of),
    Qualifier("coded (.+)", "the code that the record has in place of the term's own", "coded icpc2 L86", _coded),
    Qualifier("is (.+)", "a value that is a code", "is own:severe", _value),
    Qualifier("without onset", "from a source that knows no onset: the date is a contact's", "without onset",
              _sets(no_onset=True)),
)
# fmt: on


class Line(NamedTuple):
    """One line as it was read, not yet numbered."""

    fields: dict[str, Any]
    reasons: tuple[Coding | str, ...]
    of: tuple[int, ...]


def facts(lines: Sequence[str], terms: Mapping[str, Term], name: str = "facts") -> tuple[Fact, ...]:
    """The facts of lines in clinical words; GuidelineError, with every fault, where a line cannot be meant."""
    names = Names({"term": dict.fromkeys(terms, 0)}, terms=dict(terms))
    read, faults = [], []
    for number, text in enumerate(lines, 1):
        try:
            read.append(line(text, names))
        except Amiss as amiss:
            faults.append(Fault(f"{name}:{number}", amiss.what, amiss.cure))
    if faults:
        raise GuidelineError(faults)
    try:
        return numbered(read)
    except Amiss as amiss:
        raise GuidelineError([Fault(name, amiss.what, amiss.cure)]) from None


def line(text: str, names: Names) -> Line:
    """One line: a term, perhaps a value, a date, and what qualifies it."""
    statement, *qualifiers = (part.strip() for part in re.findall(r'(?:[^,"]|"[^"]*")+', text) or [""])
    term, *value, date = statement.split() if " " in statement else (statement, "")
    draft = Draft(names, stated(term, names))
    when = SOME_DAY if date == "undated" else interval(date)
    if value and value != ["-"]:
        draft.set(" ".join(value), value=phrases.quantity(" ".join(value), names))
    for words in qualifiers:
        qualify(draft, words)
    return Line(dated(draft.fields, when), tuple(draft.reasons), tuple(draft.of))


def stated(term: str, names: Names) -> dict[str, Any]:
    """What a term says by itself; the word `contact` stands for one, where no term is called so."""
    if term == "contact" and term not in names.terms:
        return {"kind": "contact", "codings": ()}
    names.kind_of(term, "term")
    subject = names.terms[term].subject
    return {"codings": (Coding(OWN, term),)} | ({"kind": KINDS[subject]} if subject != "action" else {})


def qualify(draft: Draft, words: str) -> None:
    """Adds what one qualifier says."""
    for qualifier in QUALIFIERS:
        if found := re.fullmatch(qualifier.looks, words):
            return qualifier.does(draft, words, found[1].strip() if found.re.groups else "")
    known = [qualifier.example for qualifier in QUALIFIERS]
    raise Amiss(f"`{words}` qualifies nothing", nearest(words, known) or f"after a comma stands {', '.join(known)}")


def dated(fields: dict[str, Any], date: Interval) -> dict[str, Any]:
    """When it happened and since when it is known; the date of the line is both, where nothing else is said."""
    onset, booked = fields.pop("onset", None), fields.pop("booked", None)
    if onset and fields.get("kind") != "condition":
        raise Amiss("only a finding has an onset", "write the date alone")
    when = onset or booked or date
    known = date if date != SOME_DAY else when
    return {
        "kind": "procedure",
        "when": when,
        "known": known.first,
        "assumed": "known" not in fields and not date.exact,
    } | fields


def numbered(lines: Sequence[Line]) -> tuple[Fact, ...]:
    """The facts of lines, each with its number as its key, and after them the reasons that they give."""
    stated: list[Fact] = []
    for number, (fields, reasons, of) in enumerate(lines, 1):
        if any(each > len(lines) or each == number for each in of):
            raise Amiss(
                f"line {number} of the facts is `of` a line that is not there", f"write a number up to {len(lines)}"
            )
        fact = Fact(key=str(number), of=tuple(map(str, of)), **fields)
        stated += [fact, *(because(fact, each, at) for at, each in enumerate(reasons, 1))]
    return tuple(stated)


def because(fact: Fact, reason: Coding | str, at: int) -> Fact:
    """A reason of a fact, as a fact of its own."""
    codings = (reason,) if isinstance(reason, Coding) else ()
    text = "" if isinstance(reason, Coding) else reason
    key = f"{fact.key}#{at}"
    return Fact(
        key, "reason", codings, when=fact.when, known=fact.known, assumed=fact.assumed, of=(fact.key,), text=text
    )


def interval(text: str) -> Interval:
    """A date, whole or partial."""
    try:
        return dates.interval(text)
    except ValueError:
        cure = (
            f"end with the date, or with `undated`: `{EXAMPLE}`"
            if not text[:1].isdigit()
            else "write 2026-11-23, 2026-11 or 2026"
        )
        raise Amiss(f"`{text}` is no date" if text else "no date", cure) from None


def coding(system: str, code: str) -> Coding:
    """A raw code, its system by its short name."""
    if system not in codes.SYSTEMS:
        known = list(codes.SYSTEMS)
        raise Amiss(
            f"there is no code system `{system}`", nearest(system, known) or f"the systems are {', '.join(known)}"
        )
    if not code:
        raise Amiss("a code system without a code", "write both: `coded icpc2 L86`")
    return Coding(codes.SYSTEMS[system][0], code)
