"""Each recommendation: whom it applies to, and what practice is; the forms in the order of `forms.py`."""

from __future__ import annotations

from collections.abc import Iterator

from gradeline.exchange.cql.says.criteria import REASON, Criteria, bracketed, defined
from gradeline.exchange.cql.says.obligations import obligation
from gradeline.exchange.cql.terms import kinds, spoken, words
from gradeline.exchange.cql.text import listed, name, quoted, truth
from gradeline.model.criteria import Recorded
from gradeline.model.forms import Avoid, ByATime, Do, Either, Form, InsteadOf, NotRoutine, Together
from gradeline.model.guideline import Recommendation
from gradeline.plan.plan import Line, Plan

HEADING = "// ==== {}"
IN_EPISODE = '"Episode of"(ask)'
JUDGED = """\
"Worst of"(("Acts"({action}, ask)) Deed
      let first: {first},
      last: if Deed.day1 = Deed.day2 then first else {last}
      return all "Judged"(Deed.taken, first, last),
    {untaken})"""
REASON_BY = """\
"Any of"(flatten {{ {{ {reason}("Ask at"(ask, Deed.{day})) }},
        (Deed.why) Why where Why.waits or Why.known <= Deed.{day}
          return all {named}(Why.says, Why.listed, Why.open, Why.sure) }})"""
DEPARTED = """\
"Worst of"(("Acts"({action}, ask)) Deed
      return all if Deed.taken is true then 'departed' else 'unknown',
    {untaken})"""
NAMED = """\
// Whether an order names such a reason itself; one that cannot be read may be one.
define function {called}(says List<String>, listed List<String>, open List<String>, sure Boolean):
  if not exists listed then null
  else if sure and "Some of"(says, {terms}) then true
  else if "Some of"(listed, {terms}) or "Some of"(open, {broader}) then null
  else false"""


class Recommendations:
    """Writes the recommendations of a guideline, with the functions that they need."""

    def __init__(self, plan: Plan, criteria: Criteria) -> None:
        self.plan, self.guideline, self.criteria = plan, plan.guideline, criteria

    def of(self, line: Line) -> Iterator[str]:
        """Whether one applies, and what practice is."""
        each = line.recommendation
        says = f"{each.name.en}: {each.grade}. {each.says.en}"
        yield self.heading(each) + defined(f"{words(each.id)} applies", says, self.applies(line))
        asks = self.criteria.sentences.form(each.form)
        yield defined(f"{words(each.id)} practice", f"It asks: {asks}.", self.practice(each, each.form))

    def heading(self, each: Recommendation) -> str:
        """The guideline's heading, above the first recommendation under it."""
        first = next(one for one in self.guideline.recommendations if one.section == each.section)
        title = next(section.title.en for section in self.guideline.sections if section.id == each.section)
        return f"{HEADING.format(title)}\n" if first is each else ""

    def applies(self, line: Line) -> str:
        """Where the population, its own criterion and, for `together`, its action hold."""
        each, form = line.recommendation, line.recommendation.form
        parts = ['"Population"(ask)']
        if each.when is not None:
            parts.append(self.when(each))
        if isinstance(form, Together):
            parts.append(self.taken(form.action))
        whole = "\n    and ".join(parts)
        if not isinstance(form, ByATime):
            return whole
        return f"if not ask.open then false\n  else {obligation(self.plan, line, self.criteria, whole)}(ask)"

    def when(self, each: Recommendation) -> str:
        """The recommendation's own criterion."""
        assert each.when is not None
        says = self.criteria.sentences.say(each.when)
        return self.criteria.function(f"{words(each.id)} when", says, self.criteria.phrase(each.when))

    def taken(self, action: str) -> str:
        """An action planned or done in the episode."""
        return self.criteria.phrase(Recorded(action))

    def declined(self, action: str) -> str:
        """An action offered and declined in the episode."""
        return f'"Declined"({spoken(self.guideline, action)}, ask, {IN_EPISODE})'

    def absent(self, action: str) -> str:
        """What it means that an action is not recorded."""
        self.criteria.compiler.absence, self.criteria.compiler.earliest = None, False
        return truth(self.criteria.compiler.absent(action, None))

    def untaken(self, action: str) -> str:
        """Whether an action is denied, or what its absence means."""
        return f'"Not recorded"({quoted(action)}, ask, {IN_EPISODE}, {self.absent(action)})'

    # Each form

    def practice(self, each: Recommendation, form: Form) -> str:
        """The ordered decisions of a form."""
        match form:
            case Do(action):
                return self.offer((action,))
            case Either(actions):
                return self.offer(actions)
            case InsteadOf(action, comparator):
                return self.instead(action, comparator)
            case Together(action, with_):
                return self.together(self.taken(action), self.taken(with_))
            case NotRoutine(action, _):
                return self.not_routine(each, form, action)
            case Avoid(action):
                return DEPARTED.format(action=quoted(action), untaken=self.untaken(action))
            case ByATime():
                return self.by_a_time(form)
        raise AssertionError(form)

    def offer(self, actions: tuple[str, ...]) -> str:
        """Any of the actions, or offered and declined."""
        done = " or ".join(map(self.taken, actions))
        declined = " or ".join(map(self.declined, actions))
        return decided(("followed", f"{done}\n      or {declined}"), ("open", f"not ({done})"))

    def instead(self, action: str, comparator: str) -> str:
        """The latest of the two decides."""
        a, c = self.taken(action), self.taken(comparator)
        a_later = f'"Comes after"({quoted(action)}, {quoted(comparator)}, ask, {self.absent(comparator)})'
        c_later = f'"Comes after"({quoted(comparator)}, {quoted(action)}, ask, {self.absent(action)})'
        return decided(
            ("followed", f"{a} and (not {c} or {a_later})"),
            ("departed", f"{c} and (not {a} or {c_later})"),
            ("open", f"not {a} and not {c}"),
        )

    def together(self, a: str, b: str) -> str:
        """The second beside the first."""
        return decided(
            ("followed", f"{a} and {b}"),
            ("departed", f"{a} and not {b} and not ask.open"),
            ("open", f"{a} and not {b}"),
        )

    def not_routine(self, each: Recommendation, form: NotRoutine, action: str) -> str:
        """Each act is judged on its own day, by what was known by the end of it."""
        reason, named = self.reason(each, form), self.named(each)
        first, last = (REASON_BY.format(reason=reason, named=named, day=day) for day in ("day1", "day2"))
        return JUDGED.format(action=quoted(action), first=first, last=last, untaken=self.untaken(action))

    def reason(self, each: Recommendation, form: NotRoutine) -> str:
        """The name of the function of what justifies an action."""
        called = f"Reason for {words(each.id).lower()}"
        parts = [bracketed(self.criteria.phrase(one, REASON)) for one in form.unless]
        says = " or ".join(self.criteria.sentences.say(one) for one in form.unless) or "the guideline names none"
        self.criteria.function(called, f"A reason: {says}.", "\n    or ".join(parts) or "false")
        return name(called)

    def named(self, each: Recommendation) -> str:
        """The name of the function of what an order itself may give as its reason."""
        acts = next(line.asked.acts for line in self.plan.lines if line.recommendation is each)
        assert acts is not None
        special = kinds(self.guideline)
        terms = {one for term in acts.named for one in (term, *special[term])}
        actions = {id for id, term in self.guideline.terms.items() if term.subject == "action"}
        broader = {id for id in actions if terms.intersection(special[id])}
        called = f"Named for {words(each.id).lower()}"
        self.criteria.functions[called] = NAMED.format(
            called=name(called), terms=listed(sorted(terms)), broader=listed(sorted(broader))
        )
        return name(called)

    def by_a_time(self, form: ByATime) -> str:
        """Done by its limit; booked is not yet done."""
        limit, absent = self.criteria.span(form.within), self.absent(form.action)
        window = f'"Window"(ask, null, 0 days, {limit}, false)'
        done = f'"Recorded"({quoted(form.action)}, ask, {window}, {quoted("done")}, null, {absent})'
        passed = f'"Over so long"("Limit"(ask, {limit}), ask.on)'
        return decided(("followed", done), ("departed", passed), ("open", f"not {passed}"))


def decided(*decisions: tuple[str, str]) -> str:
    """Ordered decisions."""
    lines = ",\n    ".join(f"Tuple{{ practice: {quoted(practice)}, holds: {holds} }}" for practice, holds in decisions)
    return f'"Decided"({{\n    {lines} }})'
