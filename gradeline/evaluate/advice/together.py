"""Recommendations that one act answers belong together: they are shown as one group."""

from __future__ import annotations

from collections.abc import Sequence

from gradeline.evaluate.advice.advise import Verdict
from gradeline.plan.plan import Plan


def together(plan: Plan, verdicts: Sequence[Verdict]) -> list[list[Verdict]]:
    """Verdicts in groups that share an action, or a more special one of it; the order of each is kept."""
    reach = {line.recommendation.id: _reach(plan, line.asked.actions) for line in plan.lines}
    groups: list[tuple[set[str], list[Verdict]]] = []
    for verdict in verdicts:
        terms = set(reach[verdict.recommendation.id])
        members = [verdict]
        for group in [group for group in groups if group[0] & terms]:
            groups.remove(group)
            terms |= group[0]
            members = [*group[1], *members]
        groups.append((terms, members))
    return [members for _, members in groups]


def _reach(plan: Plan, actions: tuple[str, ...]) -> set[str]:
    return {term for action in actions for term in (action, *plan.terms.special[action])}
