"""The oracle: `meaning.md` read straight from the criteria, slowly: no plan, no index, every day of an episode asked.

`naive_facts.py` reads its section 2, `naive_episodes.py` 4 and `naive_criteria.py` 6; the evaluators share none of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from gradeline.dates import BEGINNING, END, Day, Duration, Interval, after
from gradeline.logic import NO, UNKNOWN, YES, Truth
from gradeline.model.criteria import IN_EPISODE, Criterion, Recorded, Window
from gradeline.model.forms import Avoid, ByATime, Do, Either, Form, InsteadOf, NotRoutine, Together
from gradeline.model.guideline import Guideline, Recommendation, Signs
from gradeline.records.facts import Fact, Record
from tests.agree.naive_criteria import Ask, agree, ask
from tests.agree.naive_episodes import Captures, nodes
from tests.agree.naive_facts import acts, belongs, ordered, surely

WORST = ("departed", "unknown", "justified")
PRACTICE_OF_REASON = {YES: "justified", NO: "departed", UNKNOWN: "unknown"}


class Advised(NamedTuple):
    """What a recommendation says of one patient on one day."""

    applies: Truth
    practice: str | None = None
    due: Day | None = None


def advise(guideline: Guideline, record: Record, on: Day, captures: Captures = "record") -> dict[str, Any]:
    """What the guideline says of a record on a day: the gate, the population, each recommendation in its order."""
    now = ask(guideline, record, on, captures)
    if now is None:
        nothing = [Advised(NO)] * len(guideline.recommendations)
        return {"gate": "not asked", "population": NO, "recommendations": nothing}
    answer = gate(now)
    recommendations = [] if answer == "yes" else [advised(now, each) for each in guideline.recommendations]
    return {"gate": answer, "population": population(now), "recommendations": recommendations}


# The population and the gate


def population(now: Ask) -> Truth:
    """Whether the patient has the index condition and is one of those that the guideline is for."""
    return index(now) & now.holds(now.guideline.population)


def index(now: Ask) -> Truth:
    """Whether the episode is one of the index condition: what is only possible needs its recorded confirmation."""
    name, sure = now.guideline.index.confirmed_by, now.episode.sure
    if sure is YES or name is None:
        return sure | UNKNOWN
    return sure | replace(now, absence=UNKNOWN).holds(now.guideline.criteria.get(name, Recorded(name)))


def gate(now: Ask) -> str:
    """Whether a warning sign is recorded, or each group of them is recorded as absent."""
    groups = now.guideline.gate.groups if now.guideline.gate else ()
    if any(earliest(now).holds(sign) is YES for group in groups for sign in group.signs):
        return "yes"
    return "no" if groups and all(denied(now, group) for group in groups) else "not asked"


def earliest(now: Ask) -> Ask:
    """The ask with the earliest possible onset: warning signs count from before that."""
    first = now.episode.onset.first
    return replace(now, episode=replace(now.episode, onset=Interval(first, first)))


def denied(now: Ask, group: Signs) -> bool:
    """Whether one of a group was last recorded as absent in the episode, and no sign of it is possible."""
    possible = replace(earliest(now), absence=NO)
    if any(possible.holds(sign) is not NO for sign in group.signs):
        return False
    asked = replace(now, window=IN_EPISODE)
    signs = [each for each in group.signs if isinstance(each, Recorded)]
    told = [fact.known for fact in now.facts if may(alone(replace(asked, absence=NO), fact), signs)]
    if may(possible, group.questions):
        told += [fact.known for fact in now.facts if may(alone(possible, fact), group.questions)]
    later = [fact for fact in now.facts if fact.known > max(told, default=BEGINNING - 1)]
    said = group.signs + group.questions
    return any(alone(replace(asked, absence=UNKNOWN), fact).holds(each) is NO for fact in later for each in said)


def may(now: Ask, signs: Iterable[Criterion]) -> bool:
    """Whether one of the signs is possible."""
    return any(now.holds(each) is not NO for each in signs)


def alone(now: Ask, fact: Fact) -> Ask:
    """The same ask, had only this fact been recorded."""
    return replace(now, record=replace(now.record, facts=(fact,)))


# Applicability


def advised(now: Ask, said: Recommendation) -> Advised:
    """Whether a recommendation applies, what practice is, and when it falls due."""
    form = said.form
    applies = stands(now, said, form) if isinstance(form, ByATime) else population(now) & when(now, said)
    if isinstance(form, Together):
        applies &= taken(now, form.action)
    if applies is NO:
        return Advised(NO)
    found = practice(now, form)
    if isinstance(form, ByATime) and now.episode.given and found in ("open", "departed"):
        return Advised(applies, found, now.since_onset(form.within).first)
    return Advised(applies, found)


def when(now: Ask, said: Recommendation) -> Truth:
    """Whether the recommendation's own criterion holds."""
    return now.holds(said.when) if said.when else YES


def stands(now: Ask, said: Recommendation, form: ByATime) -> Truth:
    """Whether an obligation applied on a day of the episode, and did not lapse before its limit."""
    limit, applied = now.since_onset(form.within), NO
    for day in range(now.episode.first, now.on + 1):
        then = ask(now.guideline, now.record, day, now.captures)
        if then and when(then, said) is NO and day <= limit.last:
            applied = NO if day <= limit.first else applied & UNKNOWN
        elif then:
            applied |= population(then) & when(then, said)
    return applied & index(now)


# Practice


def practice(now: Ask, form: Form) -> str:
    """The form's row of the table."""
    match form:
        case Do(action):
            return done_or_declined(now, (action,))
        case Either(actions):
            return done_or_declined(now, actions)
        case InsteadOf(a, c):
            return rather(now, a, c)
        case Together(chosen, other):
            b = taken(now, other)
            return decided(("followed", taken(now, chosen) & b), ("open", taken(now, chosen) & ~b))
        case NotRoutine(action) | Avoid(action):
            judged = [judge(now, form, act) for act in acts_of(now, action)]
            return min(judged, key=WORST.index) if judged else untaken(now, action)
        case ByATime(action, within):
            done = now.holds(Recorded(action, Window(start=Duration(), stop=within), "done"))
            passed = after(Interval(now.on, now.on), now.since_onset(within))
            return decided(("followed", done), ("departed", ~done & passed), ("open", ~done & ~passed))
    raise TypeError(f"no form: {form}")


def decided(*decisions: tuple[str, Truth]) -> str:
    """The practice of the first YES; an UNKNOWN before it, or no YES at all, is unknown."""
    return next(
        (practice if holds is YES else "unknown" for practice, holds in decisions if holds is not NO), "unknown"
    )


def taken(now: Ask, action: str) -> Truth:
    """Whether an action is planned or done in the episode."""
    return now.holds(Recorded(action))


def done_or_declined(now: Ask, actions: tuple[str, ...]) -> str:
    """Any one of the actions, or any one offered and declined."""
    a = max(taken(now, action) for action in actions)
    refused = max(declined(now, action) for action in actions)
    return decided(("followed", a | refused), ("open", ~a))


def declined(now: Ask, action: str) -> Truth:
    """Whether an action was offered and declined, or a more special one; which kind was offered may not be said."""
    said = [sure for fact, sure in now.speaking(action, IN_EPISODE) if fact.status == "negated" and fact.declined]
    return max(said, default=NO)


def rather(now: Ask, action: str, comparator: str) -> str:
    """The action rather than the comparator: the latest decides."""
    a, c = taken(now, action), taken(now, comparator)
    newest_a, newest_c = newest(now, action), newest(now, comparator)
    followed = a & (~c | after(newest_a, newest_c))
    departed = c & (~a | after(newest_c, newest_a))
    return decided(("followed", followed), ("departed", departed), ("open", ~a & ~c))


def newest(now: Ask, action: str) -> Interval:
    """When an action was last taken, if it was: not before the latest sure one, nor after the latest possible one."""
    said = [(fact.when, sure) for fact, sure in now.speaking(action, IN_EPISODE) if fact.status != "negated"]
    sure = [span.first for span, how in said if how is YES]
    possible = [span.first for span, _ in said]
    last = max((span.last for span, _ in said), default=END)
    return Interval(max(sure) if sure else min(possible, default=BEGINNING), last)


# Acts and their reasons


def acts_of(now: Ask, action: str) -> list[list[Fact]]:
    """The acts that may be the action and whose order may lie in the episode."""
    said = [fact for fact in now.facts if fact.kind != "reason" and fact.status != "negated"]
    found = acts([fact for fact in said if belongs(now.guideline, action, fact) is not NO])
    return [act for act in found if now.inside(IN_EPISODE, day_of(act)) is not NO]


def day_of(act: list[Fact]) -> Interval:
    """The day of an act: its order's, else that of the fact that knows it best."""
    days = [(fact.kind != "order", ordered(fact)) for fact in act]
    return min(days, key=lambda each: (each[0], each[1].last - each[1].first, each[1]))[1]


def untaken(now: Ask, action: str) -> str:
    """Where there is no act: followed, unless nobody can know."""
    denied = YES in [now.denied(Recorded(action), fact) for fact in now.facts]
    return "followed" if denied or now.absent(Recorded(action)) is NO else "unknown"


def judge(now: Ask, form: NotRoutine | Avoid, act: list[Fact]) -> str:
    """One act: departed, or justified by a reason recorded by the end of its day."""
    sure = max(surely(now.guideline, form.action, fact) for fact in act)
    if sure & now.inside(IN_EPISODE, day_of(act)) is not YES:
        return "unknown"
    if isinstance(form, Avoid):
        return "departed"
    return PRACTICE_OF_REASON[agree(reason(now, form, act, min(day, now.on)) for day in day_of(act))]


def reason(now: Ask, form: NotRoutine, act: list[Fact], day: Day) -> Truth:
    """Whether a reason for an act was recorded by the end of a day."""
    then = ask(now.guideline, now.record, day, now.captures) or replace(now, on=day)
    keys = {key for fact in act for key in (fact.key, *fact.of)}
    booked = {fact.key for fact in act if fact.assumed and fact.status == "planned"}
    given = [fact for fact in now.record.facts if fact.kind == "reason" and fact.status != "negated"]
    own = [
        fact
        for fact in given
        if keys & set(fact.of) and (fact.known <= day or (fact.assumed and booked & set(fact.of)))
    ]
    strict = replace(then, absence=NO if now.captures == "record" else UNKNOWN)
    return max([*(justifies(now.guideline, form, fact) for fact in own), *map(strict.holds, form.unless)], default=NO)


def justifies(guideline: Guideline, form: NotRoutine, fact: Fact) -> Truth:
    """Whether an order's own reason is one of `unless`; UNKNOWN where it cannot be read."""
    terms = {each.term for unless in form.unless for each in nodes(guideline, unless) if isinstance(each, Recorded)}
    said = {term: belongs(guideline, term, fact) for term in guideline.terms}
    found = max((said[term] for term in terms - {guideline.index.term}), default=NO)
    if found is NO:
        return NO if any(each is not NO for each in said.values()) else UNKNOWN
    return found if fact.sureness == "sure" else UNKNOWN
