"""What Hypothesis draws of patients: records and days, with the edges favoured on which the clinic lives.

A life has an onset; what happens lies at a limit from it, or beside one; and the days asked lie so from that.
"""

from __future__ import annotations

from itertools import chain
from typing import Any, NamedTuple

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from gradeline.codes import Coding
from gradeline.dates import BEGINNING, SOME_DAY, Day, Interval, birthday, day, interval, show
from gradeline.model.guideline import Guideline
from gradeline.quantity import Quantity
from gradeline.records.facts import Fact, Patient, Record
from tests.agree.clinic import ICD10, ICPC2, LOINC, SKS, own
from tests.agree.naive_episodes import Captures
from tests.agree.strategies_guideline import TOPICS, T, Topic, mix, pick

CODES: dict[str, list[tuple[Coding, ...]]] = {
    "root": [
        own("root"),
        own("root"),
        (Coding(SKS, "DM511A+TUL1"),),
        (Coding(ICD10, "M51.1"),),
        (Coding(ICPC2, "L86"),),
        (Coding(ICD10, "M54.3"),),
        (Coding(SKS, "DM511H"),),
        (Coding(ICPC2, "L86"), Coding(SKS, "DM511A")),
    ],
    "exercise": [
        own("exercise"),
        (Coding(SKS, "BLNA3"),),
        (Coding(SKS, "BLNA+BLNC60"),),
        own("exercise", "directional"),
    ],
    "control": [own("control"), (Coding(SKS, "BLNC6"),)],
    "scan": [own("scan"), (Coding(SKS, "UXME30"),), (Coding(SKS, "UXME00"),), (Coding(LOINC, "24968-0"),)],
}
"""How each term may be coded besides by our own code."""
ONSETS = pick([day(text) for text in ("2026-09-20", "2026-08-31", "2025-11-30", "2027-12-01", "2028-02-29")])
EDGES = [-29, -28, -27, -1, 0, 1, 27, 28, 29, 55, 56, 57, 60, 83, 84, 85, 89, 90, 91, 92, 93, 112, 120, 174, 175, 184]
AFTER = mix(st.integers(0, 45), st.integers(0, 100), pick(EDGES), pick(EDGES), st.integers(-200, 200))
LITTLE = pick([0, 0, 1, 1, 2, 10, 27, 28, 29, 84, 89, 90, 91, 92])
LATER = (0, 1, 28, 29, 84, 85, 90, 91)


class Case(NamedTuple):
    """What one asks: a guideline, a record, a day, and what the source captures."""

    guideline: Guideline
    record: Record
    on: Day
    captures: Captures

    def __repr__(self) -> str:
        """What decides, a line each, where Hypothesis tells of a difference."""
        said = [f"{each.id}: {each.form} when {each.when}" for each in self.guideline.recommendations]
        gate = self.guideline.gate and [(group.signs, group.questions) for group in self.guideline.gate.groups]
        lines = [
            f"on {show(self.on)}, captures {self.captures}",
            f"{self.guideline.index}",
            f"population {self.guideline.population}",
            f"criteria {self.guideline.criteria}, gate {gate}",
            *said,
            f"{self.record.patient}",
            *map(line, self.record.facts),
        ]
        return "\n  ".join(["", *lines])


def line(fact: Fact) -> str:
    """A fact on one line, what is as usual left out, its days as written."""
    usual = Fact._field_defaults
    odd = {name: value for name, value in fact._asdict().items() if name in usual and value != usual[name]}
    days = {name: odd.pop(name, usual[name]) for name in ("when", "known", "until")}
    codes = " ".join(coding.code for coding in fact.codings)
    when, known = "..".join(map(show, days["when"])), show(days["known"])
    until = show(days["until"]) if days["until"] else "-"
    return f"{fact.key} {fact.kind} {codes or '-'} {when} known {known} until {until} {odd}"


class Stamp(NamedTuple):
    """When something happened and when it was known."""

    when: Interval
    known: Day
    assumed: bool = False


def mostly(usual: T, *others: T) -> SearchStrategy[T]:
    """Nearly always the usual, else one of the others: one oddity at a time is what decides."""
    return pick([usual] * 15 * len(others) + list(others))


def rough(number: Day, length: int) -> Interval:
    """A day, or only its month or its year."""
    return interval(show(number)[:length])


@st.composite
def stamps(draw: DrawFn, onset: Day) -> Stamp:
    """A date that may be partial or missing, known on its day, later, sooner, or nobody says when."""
    when = rough(onset + draw(AFTER), draw(mostly(10, 7, 7, 4)))
    match draw(pick(["same"] * 10 + ["assumed", "assumed", "late", "late", "sooner", "undated", "unsaid"])):
        case "assumed":
            return Stamp(when, when.first, True)
        case "late":
            return Stamp(when, when.last + draw(LITTLE))
        case "sooner":
            return Stamp(when, when.first - draw(LITTLE))
        case "undated":
            return Stamp(SOME_DAY, BEGINNING)
        case "unsaid":
            return Stamp(SOME_DAY, when.last)
    return Stamp(when, when.last)


def fact(term: str, kind: Any, stamp: Stamp, **said: Any) -> Fact:
    """A fact of a term; its key is given to it by its record."""
    return Fact(**{"key": "", "kind": kind, "codings": own(term), **stamp._asdict(), **said})


@st.composite
def legs(draw: DrawFn, onset: Day) -> list[Fact]:
    """The plain case: the index condition, sure, with its onset, and recorded in the weeks after."""
    known = onset + draw(pick([1, 1, 1, 2, 10, 28]))
    return [fact("root", "condition", Stamp(Interval(onset, onset), known), side=draw(mostly(None, "left")))]


@st.composite
def recordings(draw: DrawFn, onset: Day) -> list[Fact]:
    """Any recording of the index condition: given, repeated, assumed or missing onset, end, side, refutation."""
    recorded = onset + draw(AFTER)
    given = rough(recorded - draw(LITTLE | st.integers(-3, 100)), draw(pick([10] * 4 + [7, 4])))
    odd = [Stamp(given, given.first, True), Stamp(SOME_DAY, BEGINNING)]
    kind, over = draw(pick(["condition"] * 5 + ["contact", "reason"])), onset + draw(AFTER)
    said: dict[str, Any] = {
        "codings": draw(mix(st.just(own("root")), pick(CODES["root"]))),
        "sureness": draw(mostly("sure", "possible")),
        **draw(
            pick([{}] * 8 + [{"status": "negated"}] * 2 + [{"until": end} for end in (BEGINNING, recorded, over, over)])
        ),
        "side": draw(pick([None, None, "left", "right", "both"])),
        "no_onset": kind != "condition" or draw(mostly(False, True)),
    }
    return [fact("root", kind, draw(pick([Stamp(given, recorded)] * 5 + odd)), **said)]


@st.composite
def findings(draw: DrawFn, onset: Day) -> list[Fact]:
    """A finding, present, absent or possible."""
    term, status = draw(pick(["sign", "alarm", "alarm", "paresis", "paresis"])), draw(pick(["done", "negated"]))
    value = draw(pick([None, own("marked"), own("slight")]))
    sureness = draw(pick(["sure"] * 6 + ["possible"]))
    return [fact(term, "condition", draw(stamps(onset)), status=status, sureness=sureness, value=value)]


@st.composite
def values(draw: DrawFn, onset: Day) -> list[Fact]:
    """A measurement on up to four days, weeks apart: at the limit, off the scale, of another unit, without a value."""
    found, on = [], onset + draw(mix(pick([0, 1, 27, 28]), AFTER))
    scored = draw(pick([True, True, True, False]))
    for _ in range(draw(pick([1, 2, 2, 3, 4]))):
        value = draw(SCORES if scored else WORDS)
        said: dict[str, Any] = {
            "status": draw(mostly("done", "negated", "planned")),
            "sureness": draw(mostly("sure", "possible")),
            "value": draw(mostly(value, None)),
            "time": draw(pick(["", "", "08:00", "09:30"])),
            "sites": draw(mostly((), own("leg"), own("arm"))),
        }
        stamp = draw(mix(*[st.just(Stamp(Interval(on, on), on))] * 9, stamps(onset)))
        found.append(fact("pain" if scored else "disability", "observation", stamp, **said))
        on += draw(pick([28, 28, 27, 29, 30, 31, 14, 0, 0, 1]))
    return found


SCORES = st.builds(
    Quantity,
    pick([8.0, 8.0, 8.0, 7.0, 7.0, 7.0, 9.0, 6.0, 6.0, 3.0]) | mostly(8.0, 11.0, float("nan")),
    mostly("1", "1", "cm"),
)
WORDS = pick([own("marked"), own("marked"), own("slight"), own("paresis"), own("exercise"), ()])


@st.composite
def actions(draw: DrawFn, onset: Day, terms: tuple[str, ...]) -> list[Fact]:
    """Something ordered, done, booked, declined or not done, with what was done on the order and its reasons."""
    term, status = draw(pick(terms)), draw(pick(["done", "done", "planned", "planned", "negated"]))
    kind = draw(
        pick(["order", "order", "contact"] if status == "planned" else ["procedure", "procedure", "medication"])
    )
    codings, stamp = mix(st.just(own(term)), pick(CODES.get(term, [own(term)]))), draw(stamps(onset))
    said: dict[str, Any] = {
        "codings": draw(codings),
        "status": status,
        "declined": status == "negated" and draw(st.booleans()),
        "sureness": draw(mostly("sure", "possible")),
        "specialty": draw(pick(["", "spine surgery", "radiology"])),
    }
    found = [fact(term, kind, stamp, key="0", **said)]
    for number in range(draw(pick([0, 0, 1, 1, 2]))):
        later = min(max(stamp.known, onset - 200) + draw(LITTLE), onset + 400)
        done = Stamp(rough(later, draw(mostly(10, 7))), later)
        of = draw(pick([(), (), ("0",), (str(number),), ("elsewhere",)]))
        found.append(fact(term, "procedure", done, key=str(number + 1), codings=draw(codings), of=of))
    return found + [draw(reasons(stamp)) for _ in range(draw(pick([0, 0, 1, 1, 2])))]


@st.composite
def reasons(draw: DrawFn, stamp: Stamp) -> Fact:
    """A reason of an order: one that may count, the indication, one that cannot be read, one that came a day late."""
    unread: list[tuple[Coding, ...]] = [(), own("elsewhere")]
    codings = draw(pick([*map(own, ("paresis", "paresis", "sign", "sign", "assessment", "root")), *unread]))
    known = stamp.known + draw(mostly(0, 1)) if stamp.known > BEGINNING else BEGINNING
    said = Stamp(stamp.when, known, stamp.assumed and known == stamp.known)
    of = draw(pick([("0",), ("0",), ("1",), ("elsewhere",)]))
    sureness = draw(mostly("sure", "possible"))
    return fact("root", "reason", said, codings=codings, sureness=sureness, of=of, no_onset=True, text="why")


@st.composite
def patients(draw: DrawFn, onset: Day) -> Patient:
    """A person whose eighteenth birthday is near, or long ago; who may be dead."""
    near, young = onset + draw(AFTER), birthday(onset + 60, -18)
    births = [interval("1980-02-03"), Interval(young, young), rough(young, 7), rough(young, 4), interval("2008-02-29")]
    birth = draw(pick([births[0]] * 8 + [*births, None]))
    sex: Any = draw(mostly("female", "male", "other", None))
    return Patient("p", birth, sex, draw(mostly(None, rough(near, 10), rough(near, 7))))


def kept(events: list[list[Fact]]) -> tuple[Fact, ...]:
    """All facts, each with a key of its own."""
    return tuple(
        each._replace(key=f"{number}.{each.key or place}", of=tuple(f"{number}.{key}" for key in each.of))
        for number, event in enumerate(events)
        for place, each in enumerate(event, 10)
    )


@st.composite
def records(draw: DrawFn, onset: Day, topic: Topic) -> Record:
    """A patient with, mostly, the index condition, and what happens in the topic."""
    events = {
        "action": actions(onset, topic.terms),
        "value": values(onset),
        "finding": findings(onset),
        "recording": recordings(onset),
    }
    index = draw(mix(*[legs(onset)] * 5, recordings(onset)))
    happened = draw(pick([1, 2, 3, 4])) if topic.happens else 0
    return Record(
        draw(patients(onset)), kept([index, *(draw(events[draw(pick(topic.happens))]) for _ in range(happened))])
    )


@st.composite
def asked(draw: DrawFn, topic: str) -> list[Case]:
    """A guideline asked of a record, on an ordinary day and on days on which its answer may change."""
    onset = draw(ONSETS)
    guideline: Guideline = draw(TOPICS[topic].guideline)
    record: Record = draw(records(onset, TOPICS[topic]))
    captures: Captures = "nothing" if draw(mostly(False, True)) else "record"
    turns = sorted({number + later for number in turning(record) for later in LATER if abs(number - onset) < 400})
    days = [onset + draw(st.integers(10, 90)), *(draw(pick(turns or [onset])) for _ in range(2))]
    return [Case(guideline, record, on, captures) for on in days]


class Asked(list[Case]):
    """What was drawn; a test tells of the one case that matters."""

    def __repr__(self) -> str:
        return f"{len(self)} asks"


@st.composite
def cases(draw: DrawFn, topic: str = "everything") -> Asked:
    """A few patients, each with a guideline of their own.

    That they are different ones keeps Hypothesis from trying the same again with a small change, as it likes to.
    """
    return Asked(chain(*draw(st.lists(asked(topic), min_size=3, max_size=3, unique_by=id))))


def turning(record: Record) -> set[Day]:
    """The days that the record names."""
    days = {number for fact in record.facts for number in (*fact.when, fact.known, fact.until or BEGINNING)}
    return days | set(record.patient.death or ()) | {birthday(born, 18) for born in record.patient.birth or ()}
