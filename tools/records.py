"""The page on records, out of the table that reads FHIR: where each type keeps what a fact needs, and what is none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from gradeline.records.mapping import OTHER_ANSWERS, OTHER_VALUES, TYPES, Where
from gradeline.records.meanings import NOT_FACTS, REFUSALS, SAID, UNUSABLE
from gradeline.records.standings import Standing, Standings
from tools.markdown import table

INTRODUCTION = """\
# Records

A record is FHIR R4 as JSON: a Bundle of any type, one resource, a list of resources, or one on each line (NDJSON); a
file, a gzip of one, a folder of files, standard input (`-`), or in Python a dict. Each resource becomes **facts**,
which know no guideline: what it is (its codes, raw), when it was, since when it is known, whether it was planned, done
or negated, how sure it is, and its value. Which codes mean what is the guideline's part. What facts mean is said in
[facts](meaning/facts.md).

Nothing is lost silently: each resource is a source of facts, or it is counted with its type and the reason. A page says
how many were not used, `--verbose` lists them, and [JSON](json.md) has them under `record`.

## The person

Of the Patient are read `birthDate` (it may be partial), `gender`, `deceasedDateTime` or `deceasedBoolean`, and of the
address the region. A record is of one patient. A resource of another patient inside it is an error, and so is a subject
that resolves nowhere; any other reference that leads nowhere is counted.

## Days

A date may be partial, and stays an interval; the day of an instant is the date as written. `known` is the first day on
which the record could show a fact: the elements below, else its first day, and then it is *assumed*. A sample record of
ours names the day that it is to be asked on; no real record does.

## Where each type keeps what

Elements are named as in the JSON of FHIR R4. Of several elements the first that is there is read.
"""
NO_FACTS = """\
## What is no fact

These types make none, and why:

"""
NEVER = """\
Every other type of FHIR R4 is counted as not read. A resource, or a part of one, that has {unusable} is not used, for
it may mean the opposite of what it says. Where a status makes no fact, the tables above say why.
"""
ANSWERS = """\
## What an answer says

A coded value, or an interpretation, that says yes, no or nobody knows makes its fact so, wherever it stands.

"""
REFUSED = """\
## Offered and declined

An act that was not done, and an order that was cancelled or revoked, is negated and *declined* where its reason is the
patient's own:

"""
ROWS: tuple[tuple[str, str], ...] = (
    ("what it is", "codes"), ("what it is, by reference", "coded_by"), ("whose it is", "subject"),
    ("the onset", "onset"), ("when it was", "when"), ("since when it is known", "known"), ("its end", "until"),
    ("that it is over", "over"), ("its value", "values"), ("why a value is missing", "absent"),
    ("what is thought of it", "judged"), ("about another than the patient", "about"), ("the body site", "sites"),
    ("the side", "sides"), ("the specialty", "specialties"), ("who cares", "carers"), ("the unit of care", "units"),
    ("its reasons", "reasons"), ("its reasons, by reference", "because"), ("what it is based on", "based_on"),
    ("statements inside it", "members"), ("not to be done", "forbids"), ("a refusal", "refusals"),
    ("whose items are coded", "asked"),
)  # fmt: skip
"""What a reader looks for, and the field of the table that says where it is."""


def page() -> str:
    """Every type, and what makes no fact."""
    types = [kept(name, where) for name, where in TYPES.items()]
    others = table("type|why", [(f"`{name}`", why) for name, why in NOT_FACTS.items()])
    never = NEVER.format(unusable=" or ".join(f"`{name}`" for name in UNUSABLE))
    return "\n".join([INTRODUCTION, *types, NO_FACTS + others, never, ANSWERS + answers(), REFUSED + refusals()])


def kept(name: str, where: Where) -> str:
    """One type: its kind of fact, its elements, its statuses, and the same of its parts."""
    itself = f"A fact of the kind *{where.kind}*." if where.whole else "No fact itself; its parts are."
    said = f"### {name}\n\n{itself}\n\n" + table("for|it reads", rows(where))
    said += "\n" + statuses(where.status, where.statuses, where.missing, where.refusals)
    if where.intents:
        said += "\n" + statuses("intent", where.intents)
    if where.parts:
        part = replace(where.parts, subject="")
        if where.asked:
            values = tuple(name.replace("CodeableConcept", "Coding") for name in part.values)
            part = replace(part, codes=(), values=values)
        said += f"\nEach `{where.part}` is a statement of its own, of the kind *{part.kind}*:\n\n"
        said += table("for|it reads", [*([CODED] if where.asked else ()), *rows(part)])
        said += "\n" + statuses(part.status, part.statuses, part.missing, part.refusals)
    return said


CODED = "what it is", "the code of its question in the questionnaire"
UNREAD = {f"value{kind}" for kind in OTHER_VALUES + OTHER_ANSWERS}


def rows(where: Where) -> Iterator[tuple[str, str]]:
    """What is read for what."""
    for says, field in ROWS:
        given = getattr(where, field)
        names = (given,) if isinstance(given, str) else given
        if any(names):
            yield says, listed(name for name in names if name not in UNREAD)
            if not UNREAD.isdisjoint(names):
                yield f"{says}: unknown, and noted", listed(name for name in names if name in UNREAD)
        elif field == "codes" and given:
            yield says, "the element itself"


def listed(names: Iterable[str]) -> str:
    """Elements, one after the other."""
    return ", ".join(f"`{name}`" for name in names if name)


def statuses(element: str, known: Standings, missing: Standing | None = None, refusals: tuple[str, ...] = ()) -> str:
    """What each status means, those of one meaning together; a part without statuses stands as its whole does."""
    if not known:
        return "It stands as its whole does.\n"
    together: dict[str, list[str]] = defaultdict(list)
    for status, standing in known.items():
        together[meaning(standing, bool(refusals))].append(f"`{status}`")
    if missing:
        together[meaning(missing, bool(refusals))].append("none given")
    head = f"`{element}`" if element else "the status of its whole"
    return table(f"{head}|means", [(", ".join(names), means) for means, names in together.items()])


def meaning(standing: Standing, refusable: bool) -> str:
    """What a status makes of a resource, in words."""
    declined = "; declined where the patient refused" if standing.undone and refusable else ""
    possible = ", only possible" if standing.sureness == "possible" else ""
    return (f"no fact: {standing.why}" if standing.why else f"{standing.status}{possible}") + declined


def answers() -> str:
    """Which codes say yes, no, or that nobody knows."""
    found = [
        (answer, f"`{system}`", " ".join(f"`{code}`" for code in codes.split()))
        for answer, systems in SAID.items()
        for system, codes in systems.items()
    ]
    return table("says|system|codes", found)


def refusals() -> str:
    """Which codes are a patient's refusal."""
    return table("system|code", [(f"`{each.system}`", f"`{each.code}`") for each in sorted(REFUSALS)])
