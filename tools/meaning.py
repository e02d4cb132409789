"""The spec tables as a manual for clinicians: a page for each chapter, and one on how to read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gradeline.evaluate.words.sentences import Sentences
from gradeline.model.criteria import Named
from gradeline.model.guideline import Guideline, Term
from gradeline.model.words import written
from tests.spec.tables import LEG_PAIN, SETTING, USUAL, Case, Chapter, Table, chapters, laid_over

HOW = """\
# What the logic means

These pages are the rules of the logic, each as a small table of cases: what a record says, what is answered, and
because of what. A test runs every case on every evaluator, so what stands here is what happens. They are written to be
read by clinicians; who finds an answer wrong for patients has found an error.

## How to read a table

A table says its rule, then what it is about as a guideline file would write it, and in words. Each line below is one
patient. The facts stand as `term value date`, and after commas what qualifies them:

- `numbness 2026-10-12` is a finding that was recorded on that day; `possible` means suspected, `absent` looked for and
  not there. `2026-10` is some day of that month, `undated` any day.
- `pain 8 {score} 2026-10-12` is a value with its unit; `-` stands for a value that is missing.
- `exercise 2026-10-05` was done on that day; `ordered`, `declined` and `absent` (not done) say otherwise, and `for` names
  the day that an order is booked for.
- `onset` gives the day on which a condition began, `recorded` the day from which the record could show a fact, where
  that is another one. `of 2` links a fact to the second one of its line.
- `coded` shows the code of the record where it is not the term's own.

"""
UNLESS = """\
Unless a table says otherwise, the record is that of a {patient}, it says `{leg_pain}`, and the day asked is {today}:
day 64 since the onset, with day 84 on {last}.

## The setting

All tables play in one setting, an invented guideline for leg pain from a pressed nerve root. It advises nobody. It is
meant for: {population}. An episode is silent after three months without a contact. Surgery of the lumbar spine ends it.

The terms of the setting, with the codes of records that say them. A code after `possibly` is a wider or a nearest one,
which makes the term possible and never sure.

"""
PAGES = "\n## The pages\n\n"
ASKED = {
    "criterion": "does it hold?",
    "population": "is the guideline for this patient?",
    "gate": "is there a warning sign?",
    "onset": "when did it begin?",
    "act by": "when does one have to act at the latest?",
    "remarks": "what is remarked beside the answer?",
    "cautions": "which caution is shown?",
    "possible warning signs": "in which group may there be a warning sign?",
    "first question": "which question leads?",
    "other readings": "which other reading would give another answer?",
}
ADVISED = "does it apply, and what was done?"


def meaning() -> dict[str, str]:
    """Each page, by its name under docs/."""
    found = {"reference/meaning/index.md": how_to_read()}
    return found | {f"reference/meaning/{each.name}.md": page(each) for each in chapters()}


def how_to_read() -> str:
    """The page before the others: how to read them, the setting, and what they are."""
    setting = laid_over("", {}, SETTING.stem)
    today = Sentences(setting, "en")
    unless = UNLESS.format(
        patient=USUAL["patient"].replace("born", "born on"),
        leg_pain=LEG_PAIN,
        today=day(chapters()[0].tables[0].usual.today),
        last=day(chapters()[0].tables[0].usual.today + 20),
        population=today.say(setting.population),
    )
    links = (f"- [{each.title}]({each.name}.md): {len(each.tables)} tables\n" for each in chapters())
    return HOW + unless + terms(setting) + PAGES + "".join(links)


def terms(setting: Guideline) -> str:
    """The terms with their names and codes."""
    rows = [(f"`{each.id}`", each.name.en, each.subject, codes(each)) for each in setting.terms.values()]
    return rule("term|name|kind|codes", rows)


def codes(term: Term) -> str:
    """The codes of a term, those that make it only possible apart."""
    sure = [f"`{each.system} {each.code}`" for each in term.codes]
    without = [f"not `{each.system} {each.code}`" for each in term.without]
    possible = [f"possibly `{each.system} {each.code}`" for each in term.wider + term.nearest]
    special = [f"what says `{each}`" for each in term.includes]
    return ", ".join([*sure, *without, *possible, *special])


def rule(head: str, rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table; `head` names its columns, with a bar between."""
    columns = head.split("|")
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


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
    if table.usual.facts != usual().facts:
        facts = ", ".join(f"`{each}`" for each in table.usual.facts)
        said.append(f"Every record says {facts}." if facts else "The record says only what stands below.")
    return " ".join(said)


def usual() -> Case:
    """What holds in most tables: the first one says nothing else."""
    return chapters()[0].tables[0].usual


def cases(table: Table) -> str:
    """The cases as a table, with a column for the day and one for the patient where they differ."""
    dated = any(each.today != table.usual.today for each in table.cases)
    other = any(each.patient != table.usual.patient for each in table.cases)
    head = ["the record says", *["on"] * dated, *["of a"] * other, "answer", "because"]
    return rule("|".join(head), (row(each, dated, other) for each in table.cases))


def row(case: Case, dated: bool, other: bool) -> tuple[str, ...]:
    """One case."""
    facts = "<br>".join(f"`{each}`" for each in case.facts) or "nothing more"
    return (facts, *[day(case.today)] * dated, *[case.patient] * other, f"**{case.answer}**", case.because)


def day(number: int) -> str:
    """A day as people write it."""
    return written(number, "en")
