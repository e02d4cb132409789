"""Critics: what a guideline file may say, and probably does not mean. Each is a small function of the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from gradeline.codes import Pattern
from gradeline.errors import Fault
from gradeline.logic import Truth
from gradeline.model.criteria import All, AnyOf, AtLeast, Criterion, Latest, Not, Persisting, Recorded
from gradeline.model.forms import Avoid, Either, Form, InsteadOf, NotRoutine, Together
from gradeline.model.grade import Certainty, Direction, Strength
from gradeline.model.guideline import children
from gradeline.source.critics.constant import settled
from gradeline.source.critics.digits import checks
from gradeline.source.grammar.kinds import DEFINED_UNDER
from gradeline.source.reader import Manuscript

Path = tuple[str, ...]
SPOKEN = ("term", "criterion", "parameter", "section", "source")


class Doubt(Fault):
    """One thing that is valid and doubtful, where it stands, and what to do."""


Doubts = Iterator[Doubt]


def doubts(manuscript: Manuscript, on: date) -> list[Doubt]:
    """Everything that is doubtful on a day, in the order of the file."""
    found = [doubt for critic in CRITICS for doubt in critic(manuscript, on)]
    return sorted(found, key=lambda doubt: int(doubt.where.rpartition(":")[2]))


def unused(manuscript: Manuscript, on: date) -> Doubts:
    """Something is defined and nothing uses it."""
    for kind, name in manuscript.unused:
        if kind in SPOKEN:
            yield Doubt(
                manuscript.where(DEFINED_UNDER[kind], name), f"the {kind} `{name}` is not used", "use it or delete it"
            )


def codeless(manuscript: Manuscript, on: date) -> Doubts:
    """A term that no code says; an invented guideline needs none."""
    for name, term in manuscript.guideline.terms.items():
        coded = term.codes or term.wider or term.nearest or term.includes
        if not coded and not manuscript.guideline.invented:
            cure = f"list its codes; where none exists, say so with `own:` and `- {name}`"
            yield Doubt(manuscript.where("terms", name), f"no code says `{name}`", cure)


def mistyped(manuscript: Manuscript, on: date) -> Doubts:
    """A code whose check digit is wrong."""
    for name, term in manuscript.guideline.terms.items():
        for key in ("codes", "wider", "nearest", "without"):
            for system, code in getattr(term, key):
                if not checks(system, code):
                    what = f"`{code}` is no code of {system}: its check digit is wrong"
                    yield Doubt(manuscript.where("terms", name, key, system), what, "compare it with where it is from")


def two_minds(manuscript: Manuscript, on: date) -> Doubts:
    """A code that says a term surely and possibly at once."""
    for name, term in manuscript.guideline.terms.items():
        for system, code in dict.fromkeys([*term.wider, *term.nearest]):
            if (system, code) in term.codes:
                what = f"`{code}` says `{name}` surely and possibly at once"
                yield Doubt(manuscript.where("terms", name, "codes", system), what, "keep it in one of the lists")


def idle_exclusions(manuscript: Manuscript, on: date) -> Doubts:
    """A code is taken out that no pattern takes in."""
    for name, term in manuscript.guideline.terms.items():
        taken = [*term.codes, *term.wider, *term.nearest]
        for system, code in term.without:
            if not any(pattern.holds(system, code.rstrip("*")) for pattern in taken):
                what = f"`without` takes out `{code}`, which no code of `{name}` takes in"
                yield Doubt(manuscript.where("terms", name, "without", system), what, "delete it, or look at the codes")


def twins(manuscript: Manuscript, on: date) -> Doubts:
    """Two terms that one code says, neither including the other."""
    first: dict[Pattern, str] = {}
    terms = manuscript.guideline.terms
    for name, term in terms.items():
        for pattern in term.codes:
            other = first.setdefault(pattern, name)
            if other != name and name not in terms[other].includes and other not in term.includes:
                what = f"`{pattern.code}` says both `{other}` and `{name}`"
                yield Doubt(manuscript.where("terms", name, "codes", pattern.system), what, "let one include the other")


def unscaled(manuscript: Manuscript, on: date) -> Doubts:
    """A score of which any number counts."""
    for name, term in manuscript.guideline.terms.items():
        if term.unit == "{score}" and term.scale is None:
            what = f"the score `{name}` has no scale: a value off the scale would count"
            yield Doubt(manuscript.where("terms", name), what, "add `scale:` with its lowest and highest value")


def hidden(manuscript: Manuscript, on: date) -> Doubts:
    """A criterion hides the term that is called as it is."""
    for name in manuscript.guideline.criteria:
        if name in manuscript.guideline.terms:
            what = f"`{name}` is a criterion and a term; the bare name means the criterion"
            yield Doubt(manuscript.where("criteria", name), what, "rename the criterion")


def unasked(manuscript: Manuscript, on: date) -> Doubts:
    """A term that decides something, and that `gradeline ask` cannot ask; the gate asks for its signs by itself."""
    guideline = manuscript.guideline
    used: dict[str, set[str]] = {}
    for path, root in roots(manuscript):
        used.setdefault(path[0], set()).update(leaf.term for leaf in leaves(root))
    deciding = used["population"] | used.get("criteria", set()) | used.get("recommendations", set())
    acted = {action for each in guideline.recommendations for action in actions(each.form)}
    for name in sorted((deciding - used.get("gate", set())) | acted | {guideline.index.term}):
        if guideline.terms[name].ask is None:
            yield Doubt(
                manuscript.where("terms", name), f"`{name}` decides something and has no question", "add `ask:`"
            )


def constant(manuscript: Manuscript, on: date) -> Doubts:
    """A criterion whose answer no patient can change."""
    for path, root in roots(manuscript):
        for place, criterion in within(path, root):
            truth = settled(criterion, manuscript.guideline)
            if truth is not None:
                word = "always" if truth is Truth.YES else "never"
                yield Doubt(
                    manuscript.where(*place), f"a criterion that is {word} true", "look at its limits, or delete it"
                )
                break


def too_strong(manuscript: Manuscript, on: date) -> Doubts:
    """A strong recommendation on very low certainty, which GRADE keeps for exceptions."""
    for each in manuscript.guideline.recommendations:
        if each.grade.strength is Strength.STRONG and each.grade.certainty is Certainty.VERY_LOW:
            what = "a strong recommendation on very low certainty"
            cure = "say in `why` which exception of GRADE it is, or look at the grade"
            yield Doubt(manuscript.where("recommendations", each.id, "grade"), what, cure)


def contrary(manuscript: Manuscript, on: date) -> Doubts:
    """A grade that speaks for what its form is against, or against what it asks for."""
    for each in manuscript.guideline.recommendations:
        asks = Direction.AGAINST if isinstance(each.form, NotRoutine | Avoid) else Direction.FOR
        if each.grade.direction is not asks:
            what = f"the grade is `{each.grade}`, and the form `{each.form.words}` is {asks.value} its action"
            yield Doubt(
                manuscript.where("recommendations", each.id, "grade"), what, "look at the grade and at the form"
            )


def unreasoned(manuscript: Manuscript, on: date) -> Doubts:
    """`not routine` with nothing that would justify it."""
    for each in manuscript.guideline.recommendations:
        if isinstance(each.form, NotRoutine) and not each.form.unless:
            what = "`not routine` with no reason that would justify the action"
            yield Doubt(
                manuscript.where("recommendations", each.id, "form"), what, "add `unless:`, or write `form: avoid`"
            )


def stale(manuscript: Manuscript, on: date) -> Doubts:
    """A guideline past its review date."""
    currency = manuscript.guideline.currency
    if currency.review_by and currency.review_by < on and currency.status == "in force":
        what = f"to be reviewed by {currency.review_by}, and still in force"
        yield Doubt(manuscript.where("currency", "review by"), what, "look for a newer version, or change the status")


def unexplained(manuscript: Manuscript, on: date) -> Doubts:
    """A guideline not in force, with no word on since when and what that means."""
    currency = manuscript.guideline.currency
    if currency.status in ("not in force", "under review") and not (currency.since and currency.meaning):
        what = f"the guideline is {currency.status}; since when and what that means is not said"
        yield Doubt(manuscript.where("currency", "status"), what, "add `since:` and `meaning:`")


def unreviewed(manuscript: Manuscript, on: date) -> Doubts:
    """An encoding that no clinician has reviewed."""
    if not manuscript.guideline.encoding.reviewed_by:
        what = "no clinician has reviewed this encoding"
        cure = "have it reviewed (`gradeline show --as review`), and name who did under `reviewed by`"
        yield Doubt(manuscript.where("encoding", "reviewed by"), what, cure)


def undanish(manuscript: Manuscript, on: date) -> Doubts:
    """Texts that nobody has written in Danish."""
    if lines := sorted(manuscript.lines.get(path, 1) for path in manuscript.english):
        where = f"{manuscript.guideline.file}:{lines[0]}"
        shown = ", ".join(map(str, lines[:12])) + (" and more" if len(lines) > 12 else "")
        yield Doubt(where, f"not in Danish: {len(lines)} texts", f"write `en:` and `da:` on lines {shown}")


def ungated(manuscript: Manuscript, on: date) -> Doubts:
    """A guideline that no warning sign stops."""
    if manuscript.guideline.gate is None:
        what = "no warning sign stops the advice"
        yield Doubt(manuscript.where("population"), what, "add `gate:` with the signs and their source")


CRITICS: tuple[Callable[[Manuscript, date], Doubts], ...] = (
    unused,
    codeless,
    mistyped,
    two_minds,
    idle_exclusions,
    twins,
    unscaled,
    hidden,
    unasked,
    constant,
    too_strong,
    contrary,
    unreasoned,
    stale,
    unexplained,
    unreviewed,
    undanish,
    ungated,
)


def roots(manuscript: Manuscript) -> Iterator[tuple[Path, Criterion]]:
    """Every criterion of the file that stands by itself, and where."""
    guideline = manuscript.guideline
    yield ("population",), guideline.population
    for name, criterion in guideline.criteria.items():
        yield ("criteria", name), criterion
    for group in guideline.gate.groups if guideline.gate else ():
        yield from numbered(("gate", "groups", group.id, "signs"), group.signs)
        yield from numbered(("gate", "groups", group.id, "questions"), group.questions)
    for caution in guideline.cautions:
        yield ("cautions", caution.id, "when"), caution.when
    for each in guideline.recommendations:
        if each.when:
            yield ("recommendations", each.id, "when"), each.when
        if isinstance(each.form, NotRoutine):
            yield from numbered(("recommendations", each.id, "unless"), each.form.unless)


def numbered(path: Path, criteria: tuple[Criterion, ...]) -> Iterator[tuple[Path, Criterion]]:
    """The criteria of a list, each with its place."""
    for number, criterion in enumerate(criteria, 1):
        yield (*path, str(number)), criterion


def within(path: Path, criterion: Criterion) -> Iterator[tuple[Path, Criterion]]:
    """A criterion and all that it is made of, each with its place."""
    yield path, criterion
    key = HEADS.get(type(criterion), "")
    for number, child in enumerate(children(criterion), 1):
        yield from within((*path, key, *(() if key == "not" else (str(number),))), child)


HEADS: dict[type[Criterion], str] = {All: "all", AnyOf: "any", AtLeast: "at least N of", Not: "not"}


def leaves(criterion: Criterion) -> Iterator[Recorded | Latest]:
    """The leaves that look for a term."""
    for _, each in within((), criterion):
        if isinstance(each, Recorded | Latest):
            yield each
        elif isinstance(each, Persisting):
            yield each.latest


def actions(form: Form) -> tuple[str, ...]:
    """What a form asks about."""
    match form:
        case Either(actions):
            return actions
        case InsteadOf(action, other) | Together(action, other):
            return action, other
    return (form.action,)  # type: ignore[attr-defined]
