"""The spec tables as a manual for clinicians: a page for each chapter, and one on how to read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from gradeline.evaluate.words.sentences import Sentences
from gradeline.model.guideline import Guideline, Term
from gradeline.model.words import written
from tests.spec.setting import SETTING, laid_over
from tests.spec.tables import LEG_PAIN, USUAL, Case, Chapter, Table, chapters
from tools import markdown

HOW = """\
# What the logic means

These pages are the rules of the logic, each as a small table of cases: what a record says, what is answered, and
because of what. A test runs every case on every evaluator that can be asked, so what stands here is what happens. They
are written to be read by clinicians: who finds an answer that is wrong for patients has found an error.

## How to read a table

A table says its rule, then what it is about as a guideline file writes it, and the same in words. Each line below is
one patient. A fact is a term, perhaps a value, and a date; what qualifies it stands after commas.

| in the record | means |
| --- | --- |
| `numbness 2026-10-12` | a finding, recorded on that day |
| `numbness 2026-10` | recorded some day of that month; `2026` is some day of the year, `undated` any day |
| `numbness 2026-10-12, possible` | only suspected |
| `numbness 2026-10-12, absent` | looked for, and not there; of an action: not done |
| `numbness 2026-10-12, recorded 2026-10-20` | found on the 12th, and in the record from the 20th on |
| `leg-pain 2026-10-01, onset 2026-09-20` | a condition recorded on 1 October that began on 20 September |
| `pain 8 {score} 2026-10-12` | a value with its unit; `-` stands for a value that is missing |
| `exercise 2026-10-05` | done on that day |
| `exercise 2026-10-05, declined` | offered, and declined by the patient |
| `mri 2026-10-02, ordered, for 2026-10-20` | ordered on the 2nd, and booked for the 20th |
| `mri 2026-10-02, ordered, because numbness` | ordered for this reason |
| `mri 2026-10-20, of 2` | belongs to the second fact of the same line |
| `leg-pain 2026-10-01, coded icpc2 L86` | stands in the record under this code, not under the term's own |

A claim is answered with **yes**, **no** or **unknown**; a table about a criterion asks whether it holds. The warning
signs are answered with yes, no or **not asked**. A recommendation has two answers: whether it *applies*, and, where it
does or may, what was done about it:

| practice | means |
| --- | --- |
| followed | done as recommended, or offered and declined |
| open | not yet done, and nothing says that it is too late |
| departed | done otherwise, or not done in time, and no reason is recorded |
| justified | done otherwise, for a recorded reason |
| unknown | the record does not settle it |

"""
UNLESS = """\
Unless a table says otherwise, the record is that of a {patient}, it says `{leg_pain}`, and the day asked is {today}:
day 64 since the onset. Day 84 is {last}.

## The setting

All tables play in one setting, an invented guideline for leg pain from a pressed nerve root. It advises nobody. It is
for patients {population}. Three months without a contact end an episode, and so does surgery of the lumbar spine. A
table about a criterion puts it in the place of this population; any other lays what it shows over the setting.

The terms of the setting, with the codes of records that say them. A code after *possibly* is a wider or a nearest one,
which makes the term possible and never sure.

"""
PAGES = "\n## The pages\n\n"
ASKED = {
    "criterion": "does it hold?",
    "population": "is the guideline for this patient?",
    "gate": "is there a warning sign?",
    "warning signs to ask for": "which groups of warning signs are still to ask for?",
    "onset": "when did it begin?",
    "other episode": "which other episode is open, by its onset?",
    "act by": "when does one have to act at the latest?",
    "remarks": "what is remarked beside the answer?",
    "cautions": "which caution is shown?",
    "shown together": "which recommendations stand in one group?",
    "possible warning signs": "in which group may there be a warning sign?",
    "first question": "which question leads?",
    "other readings": "which other reading would give another answer?",
    "audit": "what does an audit count?",
    "audit, onset assumed": "what does an audit count, with the first recording taken as the onset?",
    "horizon": "on which day is practice read?",
    "follow-up": "is the follow-up complete, and else what ended it?",
    "missing first": "what would have to be known first?",
}
ADVISED = "does it apply, and what was done?"


def meaning() -> dict[str, str]:
    """Each page, by its name under docs/."""
    found = {"reference/meaning/index.md": how_to_read()}
    return found | {f"reference/meaning/{each.name}.md": page(each) for each in chapters()}


def how_to_read() -> str:
    """The page before the others: how to read them, the setting, and what they are."""
    setting = laid_over("", {}, SETTING.stem)
    unless = UNLESS.format(
        patient=USUAL["patient"],
        leg_pain=LEG_PAIN,
        today=day(usual().today),
        last=day(usual().today + 20),
        population=Sentences(setting, "en").say(setting.population),
    )
    links = (f"- [{each.title}]({each.name}.md): {len(each.tables)} tables\n" for each in chapters())
    return HOW + unless + terms(setting) + PAGES + "".join(links)


def terms(setting: Guideline) -> str:
    """The terms with their names and codes."""
    rows = [(f"`{each.id}`", each.name.en, each.subject, codes(each)) for each in setting.terms.values()]
    return markdown.table("term|name|kind|codes", rows)


def codes(term: Term) -> str:
    """The codes of a term, those that make it only possible apart."""
    sure = [f"`{each.system} {each.code}`" for each in term.codes]
    without = [f"*not* `{each.system} {each.code}`" for each in term.without]
    possible = [f"*possibly* `{each.system} {each.code}`" for each in term.wider + term.nearest]
    special = [f"*what says* `{each}`" for each in term.includes]
    return ", ".join([*sure, *without, *possible, *special])


def page(chapter: Chapter) -> str:
    """A chapter's page."""
    return f"# {chapter.title}\n\n{chapter.says}\n" + "".join(f"\n{section(each)}" for each in chapter.tables)


def section(table: Table) -> str:
    """One table: its rule, what it is about, what is asked, and its cases."""
    said = [f"## {table.title}", table.says, *about(table), conditions(table), cases(table)]
    return "\n\n".join(filter(None, said))


def about(table: Table) -> Iterator[str]:
    """What it is about, as a guideline file writes it, and in words."""
    if table.subject:
        yield f"```text\n{table.fragment}\n```"
    if words := in_words(table):
        yield f"In words: {words}."


def in_words(table: Table) -> str:
    """A criterion, or the one recommendation, as a sentence."""
    say = Sentences(table.guideline, "en")
    if table.subject == "criterion":
        return say.say(table.guideline.population)
    if table.subject != "recommendation":
        return ""
    it = table.guideline.recommendations[0]
    return say.form(it.form) + (f", where {say.say(it.when)}" if it.when else "")


def conditions(table: Table) -> str:
    """What is asked, and what holds for each of its records where that is not the usual."""
    asked = ASKED["criterion"] if table.subject == "criterion" else ASKED.get(table.asks, ADVISED)
    said = [f"Asked: {asked}"]
    if table.usual.today != usual().today:
        said.append(f"On {day(table.usual.today)}.")
    if table.usual.patient != USUAL["patient"]:
        said.append(f"A {table.usual.patient}.")
    if table.captures == "nothing":
        said.append("Nothing is captured: only what is said is known.")
    if table.captures == "undeclared":
        said.append("Nobody says what the source captures.")
    if table.usual.facts != usual().facts:
        facts = ", ".join(f"`{each}`" for each in table.usual.facts)
        said.append(f"Every record says {facts}." if facts else "The record says only what stands below.")
    return " ".join(said)


def usual() -> Case:
    """What holds in most tables: the first one says nothing else."""
    return chapters()[0].tables[0].usual


def cases(table: Table) -> str:
    """The cases as a table; a column for the facts, the day and the patient only where they differ."""
    columns = [
        Column("the record says", facts, any(each.facts for each in table.cases)),
        Column("on", lambda case: day(case.today), any(each.today != table.usual.today for each in table.cases)),
        Column("of a", lambda case: case.patient, any(each.patient != table.usual.patient for each in table.cases)),
        Column("answer", lambda case: f"**{case.answer}**"),
        Column("because", lambda case: case.because),
    ]
    shown = [column for column in columns if column.shown]
    rows = (tuple(column.of(each) for column in shown) for each in table.cases)
    return markdown.table("|".join(column.head for column in shown), rows)


class Column(NamedTuple):
    """A column: its head, what it shows of a case, and whether it is there."""

    head: str
    of: Callable[[Case], str]
    shown: bool = True


def facts(case: Case) -> str:
    """What the record of a case says beside what is given."""
    return "<br>".join(f"`{each}`" for each in case.facts) or "nothing more"


def day(number: int) -> str:
    """A day as people write it."""
    return written(number, "en")
