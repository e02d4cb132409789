"""What Hypothesis draws: small guidelines, records and days, with the edges favoured on which the clinic lives.

Everything happens so many days before the day asked; the offsets are limits, ends of windows, and one beside them.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from gradeline.dates import Duration
from gradeline.logic import NO, UNKNOWN, YES
from gradeline.model.criteria import (
    EVER,
    IN_EPISODE,
    Age,
    All,
    AnyOf,
    AtLeast,
    Comparison,
    Criterion,
    Latest,
    Named,
    Not,
    Onset,
    Parameter,
    Persisting,
    Recorded,
    Sex,
    Window,
)
from gradeline.model.forms import Avoid, ByATime, Do, Either, Form, InsteadOf, NotRoutine, Together
from gradeline.model.guideline import Guideline, Index
from gradeline.quantity import Quantity
from tests.agree.clinic import ADULT, BEFORE_ONSET, RECENT, guideline, recommendation, warning

T = TypeVar("T")
pick = st.sampled_from
COMPARE = pick(list(Comparison))
SPANS = pick(
    [Duration(), Duration(28), Duration(56), Duration(84), Duration(90), Duration(months=1), Duration(months=3)]
)
LONG = pick([Duration(84), Duration(90), Duration(months=3), Parameter("oldest-onset")])
ABSENCE = pick([None, None, NO, UNKNOWN, YES])
WINDOWS = st.one_of(
    pick([IN_EPISODE, EVER, BEFORE_ONSET]),
    st.builds(Window, back=SPANS),
    st.builds(Window, start=pick([Duration(-28), Duration(), Duration(28)]), stop=SPANS),
    st.builds(Window, back=SPANS, start=pick([Duration(-28), Duration()])),
)


def mix(*shares: SearchStrategy[T]) -> SearchStrategy[T]:
    """One of them, each as often as it is named: `|` would count the parts of a whole."""
    return pick(shares).flatmap(lambda share: share)


# Criteria


def recorded(*terms: str) -> SearchStrategy[Recorded]:
    """A leaf over one of the terms, most without further conditions."""
    plain = st.builds(Recorded, term=pick(terms), window=WINDOWS)
    whole = st.builds(
        Recorded,
        term=pick(terms),
        window=WINDOWS,
        doing=pick(["planned or done", "planned", "done"]),
        times=pick([1, 1, 2, 2, 2, 3]),
        by=pick([None, None, "spine surgery"]),
        absence=ABSENCE,
    )
    return mix(plain, whole, whole)


RECORDED = recorded("exercise", "directional", "scan", "assessment", "sign", "paresis", "pain", "root")
SEVERE = st.builds(
    Latest,
    term=st.just("pain"),
    compare=COMPARE,
    limit=pick([Quantity(7, "1"), Parameter("severe-pain")]),
    window=WINDOWS,
    absence=ABSENCE,
)
MARKED = st.builds(
    Latest,
    term=pick(["disability", "disability", "sign"]),
    one_of=pick([("own:marked",), ("own:slight", "own:marked"), ("own:paresis",), ("own:directional",)]),
    window=WINDOWS,
    absence=ABSENCE,
)
SEVERE_NOW = Latest("pain", Comparison.AT_LEAST, Parameter("severe-pain"))
LASTING = st.builds(
    Persisting,
    latest=mix(st.just(SEVERE_NOW), st.just(SEVERE_NOW), SEVERE, MARKED),
    span=pick([Duration(28), Duration(28), Duration(months=1), Parameter("persists-for")]),
    despite=pick([None, None, "exercise", "control"]),
)
LEAVES: dict[type[Criterion], SearchStrategy[Criterion]] = {
    Age: st.builds(Age, COMPARE, pick([Duration(months=216), Parameter("youngest")])),
    Sex: st.builds(Sex, pick(["female", "male"])),
    Onset: st.builds(Onset, COMPARE, SPANS | pick([Parameter("oldest-onset")])),
    Recorded: RECORDED,
    Latest: mix(SEVERE, MARKED),
    Persisting: LASTING,
    Named: pick([Named("severe"), Named("treated")]),
}
LEAF = mix(*LEAVES.values())


def joined(inner: SearchStrategy[Criterion]) -> dict[type[Criterion], SearchStrategy[Criterion]]:
    """The criteria made of others."""
    some = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return {
        All: st.builds(All, some),
        AnyOf: st.builds(AnyOf, some),
        Not: st.builds(Not, inner),
        AtLeast: some.flatmap(lambda of: st.builds(AtLeast, st.integers(1, len(of)), st.just(of))),
    }


JOINED = joined(LEAF)
COMPOUND = mix(*JOINED.values())
DEEP = mix(*joined(mix(LEAF, COMPOUND)).values())
CRITERIA = mix(LEAF, COMPOUND, DEEP)


# Forms

PLAIN = pick([Recorded("paresis"), Recorded("sign", EVER), Recorded("assessment"), AnyOf((Recorded("paresis"),))])
UNLESS = st.lists(mix(PLAIN, PLAIN, PLAIN, RECORDED, LASTING), max_size=2).map(tuple)
"""What may be a reason: no `not` in it."""
EXERCISES = st.permutations(["exercise", "directional", "control"])
FORM: dict[type[Form], SearchStrategy[Form]] = {
    Do: st.builds(Do, pick(["exercise", "directional", "control"])),
    Either: EXERCISES.map(lambda actions: Either(tuple(actions[:2]))),
    InsteadOf: st.just(InsteadOf("exercise", "rest")) | EXERCISES.map(lambda actions: InsteadOf(*actions[:2])),
    Together: EXERCISES.map(lambda actions: Together(*actions[:2])),
    NotRoutine: st.builds(NotRoutine, pick(["scan", "scan", "directional"]), UNLESS),
    Avoid: st.builds(Avoid, pick(["scan", "scan", "directional"])),
    ByATime: st.builds(ByATime, st.just("assessment"), LONG),
}


# Guidelines

SIGNS = (Recorded("alarm", BEFORE_ONSET), Recorded("paresis", BEFORE_ONSET))
SEVEREST = Latest("pain", Comparison.AT_LEAST, Quantity(8, "1"), window=BEFORE_ONSET)
GATES = pick(
    [
        warning((SIGNS[0],), (SIGNS[1],)),
        warning(SIGNS),
        warning((Recorded("alarm", Window(back=Duration(28))),), questions=(Recorded("paresis", EVER),)),
        warning((SEVEREST, Recorded("alarm", EVER))),
    ]
)
INDEX = st.builds(
    Index,
    term=st.just("root"),
    confirmed_by=pick(["sign", "sign", "severe", None]),
    gap=pick([Duration(months=3), Duration(months=3), Duration(60)]),
    ended_by=pick([("surgery",), ("surgery",), ()]),
)
NEVER: SearchStrategy[None] = st.none()
MAYBE = mix(GATES, NEVER, NEVER, NEVER)
POPULATION = pick([All((ADULT, RECENT)), RECENT, ADULT])


@st.composite
def guidelines(
    draw: DrawFn,
    said: SearchStrategy[Form],
    when: SearchStrategy[Any],
    gates: SearchStrategy[Any],
) -> Guideline:
    """A guideline of a few recommendations of these forms and criteria, most for adults with a recent onset."""
    count = draw(pick([1, 2, 3]))
    recommendations = [recommendation(draw(said), number, draw(when)) for number in range(count)]
    return guideline(
        *recommendations,
        gate=draw(gates),
        index=draw(INDEX),
        population=draw(mix(*[POPULATION] * 8, CRITERIA)),
        criteria={"severe": draw(SEVERE), "treated": draw(recorded("exercise", "scan"))},
    )


class Topic(NamedTuple):
    """What is asked, and what happens to the patients who are asked of it."""

    guideline: SearchStrategy[Guideline]
    happens: tuple[str, ...] = ()
    terms: tuple[str, ...] = ("exercise",)
    """What is done."""


def asking(criteria: SearchStrategy[Any], *happens: str, terms: tuple[str, ...] = ("exercise",)) -> Topic:
    """A topic of criteria: each recommendation applies where its own holds."""
    return Topic(guidelines(st.just(Do("rest")), criteria, MAYBE), happens, terms)


def practising(form: type[Form], *terms: str, when: SearchStrategy[Any] = NEVER) -> Topic:
    """A topic of one form."""
    return Topic(guidelines(FORM[form], when, MAYBE), ("action", "action", "action", "value", "finding"), terms)


EVERYTHING = ("action", "action", "value", "finding", "recording")
KINDS = ("exercise", "directional", "control")
TOPICS: dict[str, Topic] = {
    "person": asking(mix(LEAVES[Age], LEAVES[Sex])),
    "episode": asking(
        mix(LEAVES[Onset], LEAVES[Onset], recorded("sign")),
        "recording",
        "recording",
        "action",
        "finding",
        terms=("surgery",),
    ),
    "recorded": asking(
        recorded("scan", "directional", "sign"), "action", "finding", terms=("scan", "directional", "exercise")
    ),
    "latest": asking(LEAVES[Latest], "value", "value", "finding"),
    "persisting": asking(LASTING, "value", "value", "action"),
    "compound": asking(mix(LEAVES[Named], COMPOUND, DEEP), *EVERYTHING, terms=("exercise", "scan", "assessment")),
    "gate": Topic(guidelines(FORM[Do], NEVER, GATES), ("finding", "finding", "value", "recording")),
    "do": practising(Do, *KINDS),
    "either": practising(Either, *KINDS),
    "instead of": practising(InsteadOf, *KINDS, "rest"),
    "together": practising(Together, *KINDS),
    "not routine": practising(NotRoutine, "scan", "scan", "directional", "exercise"),
    "avoid": practising(Avoid, "scan", "scan", "directional", "exercise"),
    "by a time": practising(
        ByATime, "assessment", "assessment", "exercise", when=mix(LASTING, st.just(SEVERE_NOW), SEVERE, RECORDED, NEVER)
    ),
    "everything": Topic(
        guidelines(mix(*FORM.values()), mix(NEVER, NEVER, NEVER, CRITERIA), MAYBE),
        EVERYTHING,
        (*KINDS, "scan", "surgery", "assessment"),
    ),
}
