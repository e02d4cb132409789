"""What Hypothesis draws: small guidelines, records and days, with the edges favoured on which the clinic lives.

Everything happens so many days before the day asked; the offsets are limits, ends of windows, and one beside them.
"""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from gradeline.dates import Duration
from gradeline.logic import NO, UNKNOWN, YES
from gradeline.model.criteria import (
    EVER,
    IN_EPISODE,
    NODES,
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
from gradeline.model.forms import FORMS, Avoid, ByATime, Do, Either, Form, InsteadOf, NotRoutine, Together
from gradeline.model.guideline import Gate, Guideline, Index
from gradeline.quantity import Quantity
from tests.agree.clinic import ADULT, BEFORE_ONSET, PARAMETERS, RECENT, guideline, recommendation, warning

pick = st.sampled_from
COMPARE = pick(list(Comparison))
SPANS = pick(
    [Duration(), Duration(28), Duration(56), Duration(84), Duration(90), Duration(months=1), Duration(months=3)]
)
LONG = pick([Duration(84), Duration(90), Duration(months=3), Parameter("oldest-onset")])
ACTIONS = pick(["exercise", "directional", "control", "scan", "rest", "assessment"])
FINDINGS = pick(["sign", "alarm", "paresis"])
ABSENCE = pick([None, None, None, NO, UNKNOWN, YES])
WINDOWS = st.one_of(
    pick([IN_EPISODE, EVER, BEFORE_ONSET]),
    st.builds(Window, back=SPANS),
    st.builds(Window, start=pick([Duration(-28), Duration(), Duration(28)]), stop=SPANS),
    st.builds(Window, back=SPANS, start=pick([Duration(-28), Duration()])),
)


# Guidelines

RECORDED = st.builds(
    Recorded,
    term=st.one_of(ACTIONS, FINDINGS, pick(["pain", "root"])),
    window=WINDOWS,
    doing=pick(["planned or done", "planned or done", "planned", "done"]),
    times=pick([1, 1, 1, 2, 3]),
    by=pick([None, None, None, "spine surgery"]),
    absence=ABSENCE,
)
VALUES = st.one_of(
    st.builds(
        Latest,
        term=pick(["pain"]),
        compare=COMPARE,
        limit=pick([Quantity(7, "1"), Parameter("severe-pain")]),
        window=WINDOWS,
        absence=ABSENCE,
    ),
    st.builds(
        Latest,
        term=pick(["disability", "sign"]),
        one_of=pick([("own:marked",), ("marked", "own:slight"), ("paresis",), ("exercise",)]),
        window=WINDOWS,
        absence=ABSENCE,
    ),
)
SEVERE = pick(
    [Latest("pain", Comparison.AT_LEAST, Parameter("severe-pain"), window=window) for window in (IN_EPISODE, EVER)]
)
LASTING = st.builds(
    Persisting,
    latest=st.one_of(SEVERE, VALUES),
    span=pick([Duration(28), Duration(28), Duration(months=1), Parameter("persists-for")]),
    despite=pick([None, None, "exercise", "control"]),
)
LEAVES: dict[type[Criterion], SearchStrategy[Criterion]] = {
    Age: st.builds(Age, COMPARE, pick([Duration(months=216), Parameter("youngest")])),
    Sex: st.builds(Sex, pick(["female", "male"])),
    Onset: st.builds(Onset, COMPARE, SPANS | pick([Parameter("oldest-onset")])),
    Recorded: RECORDED,
    Latest: VALUES,
    Persisting: LASTING,
    Named: pick([Named("severe"), Named("treated")]),
}
LEAF = st.one_of(list(LEAVES.values()))


def joined(inner: SearchStrategy[Criterion]) -> dict[type[Criterion], SearchStrategy[Criterion]]:
    """The criteria made of others."""
    some = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return {
        All: st.builds(All, some),
        AnyOf: st.builds(AnyOf, some),
        Not: st.builds(Not, inner),
        AtLeast: some.flatmap(lambda of: st.builds(AtLeast, st.integers(1, len(of)), st.just(of))),
    }


def one_of(nodes: dict[type[Criterion], SearchStrategy[Criterion]]) -> SearchStrategy[Criterion]:
    """Any of them."""
    return st.one_of(list(nodes.values()))


JOINED = joined(LEAF)
CRITERIA = st.one_of(LEAF, LEAF, one_of(JOINED), one_of(joined(st.one_of(LEAF, one_of(JOINED)))))
PLAIN = pick([Recorded("paresis"), Recorded("sign", EVER), Recorded("assessment"), AnyOf((Recorded("paresis"),))])
POSITIVE = st.one_of(PLAIN, PLAIN, RECORDED, VALUES, LASTING)
"""What `unless` may list: no `not` in it."""
PAIRS = st.permutations(["exercise", "directional", "control", "scan", "rest"])
FORM: dict[type[Form], SearchStrategy[Form]] = {
    Do: st.builds(Do, ACTIONS),
    Either: PAIRS.map(lambda actions: Either(tuple(actions[:2]))),
    InsteadOf: PAIRS.map(lambda actions: InsteadOf(*actions[:2])),
    Together: PAIRS.map(lambda actions: Together(*actions[:2])),
    NotRoutine: st.builds(NotRoutine, pick(["scan", "directional"]), st.lists(POSITIVE, max_size=2).map(tuple)),
    Avoid: st.builds(Avoid, ACTIONS),
    ByATime: st.builds(ByATime, pick(["assessment", "assessment", "scan"]), LONG),
}
WHEN = st.one_of(st.none(), st.none(), st.none(), LASTING, CRITERIA)
GATES = st.one_of(
    st.none(),
    pick([warning((Recorded("alarm", BEFORE_ONSET),), (Recorded("paresis", BEFORE_ONSET),))]),
    pick([warning((Recorded("alarm", Window(back=Duration(28))),), questions=(Recorded("paresis", EVER),))]),
    pick(
        [warning((Latest("pain", Comparison.AT_LEAST, Quantity(9, "1"), window=BEFORE_ONSET), Recorded("alarm", EVER)))]
    ),
)
INDEX = st.builds(
    Index,
    term=pick(["root"]),
    confirmed_by=pick([None, "sign", "severe"]),
    gap=pick([Duration(months=3), Duration(months=3), Duration(60)]),
    ended_by=pick([(), ("surgery",)]),
)


@st.composite
def guidelines(draw: DrawFn) -> Guideline:
    """A guideline of up to three recommendations, most for adults with a recent onset."""
    forms = draw(st.lists(st.one_of(list(FORM.values())), min_size=1, max_size=3))
    said = [recommendation(form, number, draw(WHEN)) for number, form in enumerate(forms)]
    gate: Gate | None = draw(GATES)
    return guideline(
        *said,
        gate=gate,
        index=draw(INDEX),
        population=draw(st.one_of(*[pick([All((ADULT, RECENT)), RECENT, ADULT])] * 3, CRITERIA)),
        criteria={"severe": draw(SEVERE), "treated": draw(st.one_of(RECORDED, one_of(joined(RECORDED))))},
        parameters=PARAMETERS,
    )


assert set(NODES) == {*LEAVES, *JOINED}
assert set(FORMS) == {*FORM}
