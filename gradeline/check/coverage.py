"""What the cases of a guideline never reach: leaves, decisions and outcomes."""

from __future__ import annotations

from collections.abc import Iterator

from gradeline.check.cases import Run
from gradeline.evaluate.words.sentences import Sentences
from gradeline.logic import YES, Truth
from gradeline.plan.decisions import Decision
from gradeline.plan.leaves import AtLeastOf, Inverse, Leaf, rows_in
from gradeline.plan.plan import Line, Plan


def unreached(plan: Plan, run: Run) -> list[str]:
    """A line for each leaf, decision and outcome that no case reaches; empty where all are."""
    found = [*_leaves(plan, run), *_untouched(plan, run)]
    for line in plan.lines:
        found += _outcomes(plan, line, run)
    return found


def _leaves(plan: Plan, run: Run) -> Iterator[str]:
    """A leaf is reached where some case answers it with yes, and some other with anything else."""
    sentences = Sentences(plan.guideline, "en")
    for row in sorted(rows(plan)):
        truths = run.rows.get(row, set())
        criterion = plan.criteria[row]
        name = sentences.say(criterion) if criterion else _bare(plan, row)
        if YES not in truths:
            yield f"leaf never yes: {name}"
        if not truths - {YES}:
            yield f"leaf never other than yes: {name}"


def rows(plan: Plan) -> set[int]:
    """The rows that answers hang on; those of alternative readings alone are left out."""
    trees = [plan.index, plan.population, *(group.signs for group in plan.groups), *(when for _, when in plan.cautions)]
    trees += [group.questions for group in plan.groups if group.questions]
    for line in plan.lines:
        trees.append(line.applies)
        acts = line.asked.acts
        if acts is None:
            trees += [decision.when for decision in line.asked.decisions]
        elif acts.reason is not None:
            trees.append(acts.reason)
    return {row for tree in trees for row in rows_in(tree)}


def _bare(plan: Plan, row: int) -> str:
    """A leaf that a form makes, by its shape and its terms."""
    each = plan.rows[row]
    return " ".join(filter(None, [each.shape, each.term, each.other]))


def _untouched(plan: Plan, run: Run) -> Iterator[str]:
    """Recommendations of which no case expects anything."""
    for line in plan.lines:
        if line.recommendation.id not in run.named:
            yield f"recommendation that no case touches: {line.recommendation.id}"


def _outcomes(plan: Plan, line: Line, run: Run) -> Iterator[str]:
    """Whether it applied, did not, and could not be told; and each practice that its form can have."""
    id = line.recommendation.id
    for truth in Truth:
        if (id, truth) not in run.applies:
            yield f"outcome of {id} never reached: applies {truth.word}"
    reachable = [each.practice for each in line.asked.decisions if not _after_the_end(plan, each)]
    for practice in dict.fromkeys([*reachable, "unknown"]):
        if (id, practice) not in run.practices:
            yield f"decision of {id} never reached: {practice}"


def _after_the_end(plan: Plan, decision: Decision) -> bool:
    """Whether a decision waits for the end of the episode: an audit asks there, advice never does."""
    parts = decision.when.of if isinstance(decision.when, AtLeastOf) else ()
    return any(
        isinstance(each, Inverse) and isinstance(each.of, Leaf) and each.of.row == plan.episode.row for each in parts
    )
