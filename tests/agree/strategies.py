"""What Hypothesis draws of patients: records and days, with the edges favoured on which the clinic lives.

Everything lies so many days before the day asked; the offsets are limits, ends of windows, and one beside them.
"""

from __future__ import annotations

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
ASKED = ["2026-11-23", "2026-11-23", "2026-05-31", "2027-02-28", "2027-03-01", "2028-02-29", "2026-12-31"]
EDGES = [0, 1, 27, 28, 29, 56, 57, 60, 61, 83, 84, 85, 89, 90, 91, 92, 93, 112, 118, 120, 184]
AGO = mix(st.integers(0, 45), st.integers(0, 45), pick(EDGES), st.integers(-40, 200))
LITTLE = pick([0, 0, 1, 2, 27, 28, 29, 30, 84, 90, 92])


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
    """Nine times in ten the usual, else one of the others: one oddity at a time is what decides."""
    return pick([usual] * 9 * len(others) + list(others))


def rough(number: Day, length: int) -> Interval:
    """A day, or only its month or its year."""
    return interval(show(number)[:length])


@st.composite
def stamps(draw: DrawFn, on: Day) -> Stamp:
    """A date that may be partial or missing, known on its day, later, sooner, or nobody says when."""
    when = rough(on - draw(AGO), draw(mostly(10, 7, 7, 4)))
    match draw(pick(["same"] * 8 + ["assumed", "assumed", "late", "late", "sooner", "undated", "unsaid"])):
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
def legs(draw: DrawFn, on: Day) -> list[Fact]:
    """The plain case: the index condition, sure, with its onset, and recorded in the weeks after."""
    onset = on - draw(mix(st.integers(40, 84), st.integers(60, 130), st.integers(0, 100), pick(EDGES)))
    return [fact("root", "condition", Stamp(Interval(onset, onset), onset + draw(pick([1, 1, 2, 10, 28]))))]


@st.composite
def recordings(draw: DrawFn, on: Day) -> list[Fact]:
    """Any recording of the index condition: given, repeated, assumed or missing onset, end, side, refutation."""
    recorded = on - draw(AGO)
    onset = rough(recorded - draw(LITTLE | st.integers(-3, 100)), draw(pick([10] * 4 + [7, 4])))
    stamp = draw(pick([Stamp(onset, recorded)] * 5 + [Stamp(onset, onset.first, True), Stamp(SOME_DAY, BEGINNING)]))
    kind = draw(pick(["condition"] * 5 + ["contact", "reason"]))
    said: dict[str, Any] = {
        "codings": draw(mix(st.just(own("root")), pick(CODES["root"]))),
        "status": draw(pick(["done"] * 6 + ["negated"])),
        "sureness": draw(mostly("sure", "possible")),
        "until": draw(pick([None] * 6 + [BEGINNING, on, recorded, on - draw(AGO)])),
        "side": draw(pick([None] * 6 + ["left", "right", "both"])),
        "no_onset": kind != "condition" or draw(mostly(False, True)),
    }
    return [fact("root", kind, stamp, **said)]


@st.composite
def findings(draw: DrawFn, on: Day) -> list[Fact]:
    """A finding, present, absent or possible."""
    term, status = draw(pick(["sign", "alarm", "paresis"])), draw(pick(["done", "done", "negated"]))
    value = draw(pick([None, own("marked"), own("slight")]))
    sureness = draw(mostly("sure", "possible"))
    return [fact(term, "condition", draw(stamps(on)), status=status, sureness=sureness, value=value)]


@st.composite
def values(draw: DrawFn, on: Day) -> list[Fact]:
    """A measurement on up to four days, weeks apart: at the limit, off the scale, of another unit, without a value."""
    found, ago = [], draw(pick([0, 0, 1, 3, 20]))
    scored = draw(pick([True, True, False]))
    for _ in range(draw(pick([1, 2, 2, 3, 4]))):
        value = draw(SCORES if scored else WORDS)
        plain = Stamp(Interval(on - ago, on - ago), on - ago)
        said: dict[str, Any] = {
            "status": draw(mostly("done", "negated", "planned")),
            "sureness": draw(mostly("sure", "possible")),
            "value": draw(mostly(value, None)),
            "time": draw(pick(["", "", "08:00", "09:30"])),
            "sites": draw(mostly((), own("leg"), own("arm"))),
        }
        stamp = draw(mix(*[st.just(plain)] * 4, stamps(on)))
        found.append(fact("pain" if scored else "disability", "observation", stamp, **said))
        ago += draw(pick([28, 28, 27, 29, 31, 14, 0, 1]))
    return found


SCORES = st.builds(
    Quantity,
    pick([8.0, 8.0, 8.0, 7.0, 7.0, 7.0, 9.0, 6.0, 6.0, 3.0, 11.0, float("nan")]),
    mostly("1", "1", "cm"),
)
WORDS = mostly(own("marked"), own("slight"), own("paresis"), own("exercise"), ())


@st.composite
def actions(draw: DrawFn, on: Day, terms: tuple[str, ...]) -> list[Fact]:
    """Something ordered, done, booked, declined or not done, with what was done on the order and its reasons."""
    term, status = draw(pick(terms)), draw(pick(["done", "done", "planned", "planned", "negated"]))
    kind = "order" if status == "planned" else draw(pick(["procedure", "procedure", "contact", "medication"]))
    codings, stamp = mix(st.just(own(term)), pick(CODES.get(term, [own(term)]))), draw(stamps(on))
    said: dict[str, Any] = {
        "codings": draw(codings),
        "status": status,
        "declined": status == "negated" and draw(st.booleans()),
        "sureness": draw(mostly("sure", "possible")),
        "specialty": draw(pick(["", "spine surgery", "radiology"])),
    }
    found = [fact(term, kind, stamp, key="0", **said)]
    for number in range(draw(pick([0, 0, 0, 1, 2]))):
        later = min(max(stamp.known, on - 200) + draw(LITTLE), on + 40)
        done = Stamp(rough(later, draw(mostly(10, 7))), later)
        of = draw(pick([(), ("0",), (str(number),)]))
        found.append(fact(term, "procedure", done, key=str(number + 1), codings=draw(codings), of=of))
    return found + [draw(reasons(stamp)) for _ in range(draw(pick([0, 0, 0, 1, 2])))]


@st.composite
def reasons(draw: DrawFn, stamp: Stamp) -> Fact:
    """A reason of an order: one that may count, the indication, one that cannot be read, one that came a day late."""
    unread: list[tuple[Coding, ...]] = [(), own("elsewhere")]
    codings = draw(pick([*map(own, ("paresis", "paresis", "sign", "assessment", "root")), *unread]))
    known = stamp.known + draw(mostly(0, 1)) if stamp.known > BEGINNING else BEGINNING
    said = Stamp(stamp.when, known, stamp.assumed and known == stamp.known)
    sureness = draw(mostly("sure", "possible"))
    return fact("root", "reason", said, codings=codings, sureness=sureness, of=("0",), no_onset=True, text="why")


@st.composite
def patients(draw: DrawFn, on: Day) -> Patient:
    """A person whose eighteenth birthday is near, or long ago; who may be dead."""
    eighteen = birthday(on, -18)
    near = st.integers(-1, 1).map(lambda beside: Interval(eighteen + beside, eighteen + beside))
    coarse = pick([None, rough(on, 4), rough(eighteen, 7), rough(eighteen, 4), interval("2008-02-29")])
    birth = draw(mostly(0, 1, 2))
    death = draw(mostly(None, rough(on - draw(AGO), 10), rough(on, 7)))
    sex: Any = draw(mostly("female", "male", "other", None))
    return Patient("p", draw([st.just(interval("1980-02-03")), near, coarse][birth]), sex, death)


def kept(events: list[list[Fact]]) -> tuple[Fact, ...]:
    """All facts, each with a key of its own."""
    return tuple(
        each._replace(key=f"{number}.{each.key or place}", of=tuple(f"{number}.{key}" for key in each.of))
        for number, event in enumerate(events)
        for place, each in enumerate(event, 10)
    )


@st.composite
def records(draw: DrawFn, on: Day, topic: Topic) -> Record:
    """A patient with, mostly, the index condition, and what happens in the topic."""
    events = {
        "action": actions(on, topic.terms),
        "value": values(on),
        "finding": findings(on),
        "recording": recordings(on),
    }
    index = draw(mix(*[legs(on)] * 4, recordings(on)))
    happened = draw(pick([1, 2, 3, 4])) if topic.happens else 0
    return Record(
        draw(patients(on)), kept([index, *(draw(events[draw(pick(topic.happens))]) for _ in range(happened))])
    )


@st.composite
def cases(draw: DrawFn, topic: str = "everything") -> Case:
    """A guideline asked of a record on a day."""
    on = day(draw(pick(ASKED)))
    return Case(draw(TOPICS[topic].guideline), draw(records(on, TOPICS[topic])), on, draw(mostly("record", "nothing")))
