"""Everything that an encoded recommendation says in words, in one language: its own, its terms', its section's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gradeline.dates import Duration
from gradeline.model.forms import Avoid, ByATime, Do, Either, Form, InsteadOf, NotRoutine, Together
from gradeline.model.guideline import Guideline, Recommendation
from gradeline.model.words import Language, Text
from gradeline.source.published.uses.stems import Stems, stems


@dataclass(frozen=True)
class Said:
    """A recommendation in words."""

    of: Recommendation
    section: str
    actions: Stems
    """Of the names of its action and of its own."""
    comparator: str
    """What it compares with: the comparator of its form, then its own words for it."""
    statement: str
    """What it states: its sentence, its caveat, whom it is for."""
    reasons: str
    """Its reason, caveat and evidence."""
    limit: Duration | None = None
    """By what time, where its form says so."""

    @property
    def all(self) -> Stems:
        """All words that say what it is about."""
        return self.actions | stems(f"{self.statement} {self.comparator}")


def said(recommendation: Recommendation, guideline: Guideline, language: Language) -> Said:
    """A recommendation of a guideline in words."""
    form = recommendation.form
    section = next((each.title for each in guideline.sections if each.id == recommendation.section), Text(""))
    names = [guideline.terms[term].name for term in actions(form) if term in guideline.terms]
    over = (
        [guideline.terms[form.comparator].name]
        if isinstance(form, InsteadOf) and form.comparator in guideline.terms
        else []
    )
    each = recommendation

    def joined(*texts: Text | None) -> str:
        return " ".join(text.in_(language) for text in texts if text)

    return Said(
        of=each,
        section=section.in_(language),
        actions=stems(joined(*names, each.name)),
        comparator=joined(*over, each.comparator),
        statement=joined(each.says, each.caveat, each.population, each.intervention),
        reasons=joined(each.says, each.why, each.caveat, each.evidence),
        limit=guideline.duration(form.within) if isinstance(form, ByATime) else None,
    )


def actions(form: Form) -> Sequence[str]:
    """The terms of what a form asks for or advises against."""
    match form:
        case Either(of):
            return of
        case Together(action, other):
            return (action, other)
        case Do(action) | InsteadOf(action) | NotRoutine(action) | Avoid(action) | ByATime(action):
            return (action,)
    return ()
