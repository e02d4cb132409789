"""What each form asks of practice, as an ordered list: the first condition that is YES decides.

An UNKNOWN before it makes the practice unknown, and so does a list without a YES; the evaluators know no forms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from gradeline.dates import Duration
from gradeline.logic import NO
from gradeline.model.criteria import Recorded
from gradeline.model.forms import Avoid, ByATime, Do, Either, Form, InsteadOf, NotRoutine, Together
from gradeline.plan.compiling import Compiler
from gradeline.plan.leaves import AtLeastOf, Bounds, Leaf, Row, Tree, rows_in

Practice = Literal["followed", "departed", "justified", "open", "unknown"]


class Decision(NamedTuple):
    """A practice, and the condition under which it is the answer."""

    practice: Practice
    when: Tree


@dataclass(frozen=True)
class Acts:
    """An action that is judged act by act: the reason that would justify it, and the terms that an order may name.

    A term of a value is none of these: to name pain is not to say that it is severe, or for how long.
    """

    term: str
    reason: Tree | None = None
    """None where no reason would do."""
    named: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Deadline:
    """An obligation that stands from the day on which it first applied until it is done, lapsed or overdue."""

    within: Duration
    lead: Duration | None
    booked: Leaf


@dataclass(frozen=True)
class Asked:
    """What a form asks: its decisions, and what only some forms have."""

    decisions: tuple[Decision, ...]
    actions: tuple[str, ...]
    chosen: Tree | None = None
    """`together`: the recommendation applies only where its action is chosen."""
    declined: Tree | None = None
    arms: tuple[str, ...] = ()
    """`either`: the actions of which any one settles it."""
    acts: Acts | None = None
    deadline: Deadline | None = None


def asked(form: Form, compiler: Compiler) -> Asked:
    """A form compiled."""
    match form:
        case Do(action):
            return _offer((action,), compiler)
        case Either(actions):
            return _offer(actions, compiler)
        case InsteadOf(action, comparator):
            return _instead(action, comparator, compiler)
        case Together(action, with_):
            return _together(action, with_, compiler)
        case NotRoutine(action, _):
            return _not_routine(form, action, compiler)
        case Avoid(action):
            done = _recorded(action, compiler)
            decisions = Decision("followed", compiler.inverse(done)), Decision("departed", done)
            return Asked(decisions, (action,), acts=Acts(action))
        case ByATime():
            return _by_a_time(form, compiler)
    raise AssertionError(form)


def _offer(actions: tuple[str, ...], compiler: Compiler) -> Asked:
    """Any of the actions planned or done, or offered and declined."""
    done = compiler.any_of(*(_recorded(action, compiler) for action in actions))
    declined = compiler.any_of(*(compiler.leaf(Row("declined", action, IN)) for action in actions))
    return Asked(
        (Decision("followed", compiler.any_of(done, declined)), Decision("open", compiler.inverse(done))),
        actions,
        declined=declined,
        arms=actions if len(actions) > 1 else (),
    )


def _instead(action: str, comparator: str, compiler: Compiler) -> Asked:
    """The action rather than the comparator: the latest of them decides."""
    a, c = _recorded(action, compiler), _recorded(comparator, compiler)
    a_later = compiler.leaf(Row("later", action, IN, other=comparator, absence=compiler.absent(comparator, None)))
    c_later = compiler.leaf(Row("later", comparator, IN, other=action, absence=compiler.absent(action, None)))
    return Asked(
        (
            Decision("followed", compiler.all_of(a, compiler.any_of(compiler.inverse(c), a_later))),
            Decision("departed", compiler.all_of(c, compiler.any_of(compiler.inverse(a), c_later))),
            Decision("open", compiler.all_of(compiler.inverse(a), compiler.inverse(c))),
        ),
        (action, comparator),
    )


def _together(action: str, with_: str, compiler: Compiler) -> Asked:
    """The second action beside the first: only where the first is chosen."""
    a, b = _recorded(action, compiler), _recorded(with_, compiler)
    closed = compiler.inverse(compiler.leaf(Row("episode")))
    return Asked(
        (
            Decision("followed", compiler.all_of(a, b)),
            Decision("departed", compiler.all_of(a, compiler.inverse(b), closed)),
            Decision("open", compiler.all_of(a, compiler.inverse(b))),
        ),
        (action, with_),
        chosen=a,
    )


def _not_routine(form: NotRoutine, action: str, compiler: Compiler) -> Asked:
    """The action only for a reason: each act is judged on its own day."""
    done = _recorded(action, compiler)
    reasons = tuple(compiler.with_absence(reason, NO) for reason in form.unless)
    reason = compiler.any_of(*reasons) if reasons else NEVER
    rows = list(compiler.rows)
    recorded = [rows[row].term for row in rows_in(reason) if rows[row].shape == "recorded"]
    named = frozenset(recorded) - {compiler.guideline.index.term}
    return Asked(
        (
            Decision("followed", compiler.inverse(done)),
            Decision("justified", reason),
            Decision("departed", compiler.inverse(reason)),
        ),
        (action,),
        acts=Acts(action, reason, named),
    )


def _by_a_time(form: ByATime, compiler: Compiler) -> Asked:
    """The action done by its limit; booked is not yet done."""
    limit = compiler.guideline.duration(form.within)
    lead = compiler.guideline.duration(form.lead) if form.lead else None
    absent = compiler.absent(form.action, None)
    in_time = Bounds(start=Duration(), stop=limit)
    done = compiler.leaf(Row("recorded", form.action, in_time, "done", absence=absent))
    booked = compiler.leaf(Row("recorded", form.action, in_time, "planned", absence=NO))
    passed = compiler.leaf(Row("passed", span=limit))
    return Asked(
        (Decision("followed", done), Decision("departed", passed), Decision("open", compiler.inverse(passed))),
        (form.action,),
        deadline=Deadline(limit, lead, booked),
    )


def _recorded(action: str, compiler: Compiler) -> Tree:
    """An action planned or done in the episode."""
    return compiler.tree(Recorded(action))


IN = Bounds(start=Duration())
NEVER = AtLeastOf(1, ())
"""A tree of nothing, which never holds."""
