"""The spec tables: one rule of the meaning each, as cases that any engine runs and any clinician can read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from gradeline.dates import Day
from gradeline.errors import Fault, GuidelineError
from gradeline.model.guideline import Guideline
from gradeline.records.facts import Patient, Record
from gradeline.source.facts import EXAMPLE, line, numbered
from gradeline.source.grammar import cases as grammar
from gradeline.source.grammar import phrases as say
from gradeline.source.grammar.kinds import Key, Many, Names, Part, Phrase, Place
from gradeline.source.reader import load
from gradeline.source.reader.parts import WRONG, Reader
from gradeline.source.yaml import Block, Items, Node, Word
from tests.spec.setting import FOLDER, laid_over, plain, shown, tree

CHAPTERS = (
    "truth",
    "criteria",
    "windows",
    "facts",
    "codes",
    "episodes",
    "warning-signs",
    "recommendations",
    "reasons",
    "deadlines",
    "questions",
    "audits",
)
USUAL = {"today": "2026-11-23", "patient": "woman, born 1980-02-03", "captures": "record"}
LEG_PAIN = "leg-pain 2026-10-01, onset 2026-09-20"
"""What every record says where its table does not say otherwise."""

SUBJECTS = ("criterion", "recommendation", "guideline")
"""What a table is about: a fragment that is laid over the setting."""
DAY = r"\d{4}-\d\d-\d\d"
TRUTH = "yes|no|unknown"
ADVISED = rf"applies no|applies (yes|unknown), ({'|'.join(grammar.PRACTICES)})(, due {DAY})?|stopped by a warning sign"
AUDITED = (
    rf"no episode|applies no|applies (yes|unknown), ({'|'.join(grammar.PRACTICES)})"
    r"(, (declined|alternative in place|incomplete))*"
)
ASKS = {
    "population": TRUTH,
    "gate": "yes|no|not asked",
    "warning signs to ask for": "none|[a-z, -]+",
    "onset": rf"no episode|{DAY}( to {DAY})?",
    "other episode": rf"none|{DAY}",
    "act by": rf"{DAY}|waiting time unknown",
    "remarks": "none|declined|booked|alternative in place",
    "cautions": "none|[a-z-]+",
    "shown together": "[a-z, -]+",
    "possible warning signs": "none|[a-z, -]+",
    "first question": r"nothing|[a-z-]+, settles \d+ of \d+",
    "other readings": ".+",
    "audit": AUDITED,
    "audit, onset assumed": AUDITED,
    "horizon": rf"no episode|{DAY}",
    "follow-up": "complete|data|observation|life|warning sign",
    "missing first": "nothing|[a-z-]+",
}
"""What can be asked, beside a recommendation by its id, and how its answers look."""


class Said(NamedTuple):
    """A phrase as it was written, and what it was read as."""

    text: str
    read: Any


@dataclass(frozen=True)
class Case:
    """What the record says, the day, the answer, and because of what."""

    because: str
    answer: str
    facts: tuple[str, ...]
    patient: str
    today: Day
    record: Record
    line: int


@dataclass(frozen=True)
class Table:
    """One rule: its words, the fragment that it is about as its file has it, what is asked, and its cases."""

    file: Path
    title: str
    says: str
    subject: str
    fragment: str
    asks: str
    usual: Case
    """What holds where a case says nothing else; its facts are those of every record."""
    captures: str
    guideline: Guideline
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class Chapter:
    """Tables that belong together, and a few words before them."""

    name: str
    title: str
    says: str
    tables: tuple[Table, ...]


def as_written(phrase: Phrase) -> Phrase:
    """A phrase whose own words are kept beside what they are read as."""

    def keep(text: str, names: Names) -> Said:
        return Said(text, phrase.read(text, names))

    return Phrase(phrase.called, phrase.example, phrase.pattern, keep, phrase.choices)


FACTS = Many(as_written(Phrase("a fact in clinical words", EXAMPLE, r"\S+ .+", line)), none="nothing")
PATIENT = as_written(grammar.PATIENT)
# fmt: off
CASE = Part("case", dict, "What a record says, and what follows.", (
    Key("because", say.LINE, "because of what the answer is so", must=True),
    Key("today", say.DAY, "the day asked, where it is another one"),
    Key("patient", PATIENT, "who it is, where it is somebody else"),
    Key("facts", FACTS, "what the record says beside what is given"),
    Key("answer", say.LINE, "the answer", must=True),
))
TABLE = Part("table", dict, "A rule and its cases.", (
    Key("title", say.LINE, "its heading", must=True),
    Key("says", say.LINE, "the rule, in a sentence or two", must=True),
    Key("asks", say.LINE, "what is asked", must=True),
    Key("today", say.DAY, "the day asked"),
    Key("patient", PATIENT, "who it is"),
    Key("given", FACTS, "what every record of the table says, or `nothing`"),
    Key("captures", say.words("what a source captures", "record", "nothing", "undeclared"), "where the facts come from"),
    Key("cases", Many(CASE), "its cases", must=True),
))
CHAPTER = Part("chapter", dict, "Tables that belong together.", (
    Key("title", say.LINE, "its heading", must=True),
    Key("says", say.LINE, "a few words before the tables", must=True),
    Key("tables", Many(say.ID), "the tables, in their order", must=True),
))
# fmt: on


@cache
def chapters() -> tuple[Chapter, ...]:
    """All chapters, in their order."""
    return tuple(map(chapter, CHAPTERS))


def chapter(name: str) -> Chapter:
    """One chapter, from its folder."""
    file = FOLDER / name / "chapter.yaml"
    said = values(CHAPTER, tree(file), file, Names())
    tables = tuple(table(FOLDER / name / f"{each}.yaml") for each in said["tables"])
    return Chapter(name, said["title"], said["says"], tables)


def table(file: Path) -> Table:
    """The table of a file; GuidelineError, with the file and the line, where it is none."""
    root = tree(file)
    subject = next((name for name in SUBJECTS if name in root.keys), "")
    guideline = laid_over(subject, plain(root.keys[subject]) if subject else {}, file.stem)
    said = stated(file, root, subject, guideline)
    general = case({**said, "because": "", "answer": "", "facts": said["given"], "given": ()}, root.line)
    cases = tuple(case({**said, **each}, at) for each, at in zip(said["cases"], places(root), strict=True))
    checked(file, said["asks"], guideline, cases)
    rule = (file, said["title"], said["says"], subject, fragment(file, root, subject))
    return Table(*rule, said["asks"], general, said["captures"], guideline, cases)


def stated(file: Path, root: Block, subject: str, guideline: Guideline) -> dict[str, Any]:
    """What a table says beside its fragment, and what is usual where it says nothing."""
    names = Names({"term": dict.fromkeys(guideline.terms, 0)}, terms=dict(guideline.terms))
    asks = {"criterion": "population", "recommendation": "it"}.get(subject)
    usual = {**USUAL, "asks": asks} if asks else USUAL
    keys = {key: Word(text, root.line) for key, text in usual.items()} | root.keys
    keys.pop(subject, None)
    said = values(TABLE, Block(keys, {**dict.fromkeys(keys, root.line), **root.lines}, root.line), file, names)
    return {"given": (Said(LEG_PAIN, line(LEG_PAIN, names)),), **said}


def case(said: Mapping[str, Any], at: int) -> Case:
    """A case with what holds for its whole table; its own facts are numbered first."""
    own: tuple[Said, ...] = said.get("facts", ())
    who: Patient = said["patient"].read
    record = Record(who, numbered([each.read for each in (*own, *said["given"])]))
    texts, today = tuple(each.text for each in own), said["today"].toordinal()
    return Case(said["because"], said["answer"], texts, said["patient"].text, today, record, at)


def checked(file: Path, asks: str, guideline: Guideline, cases: tuple[Case, ...]) -> None:
    """GuidelineError where an answer is none of what is asked, or two cases have one name."""
    ids = [each.id for each in guideline.recommendations]
    answers = ADVISED if asks in ids else ASKS.get(asks)
    if answers is None:
        raise wrong(file, 1, f"nobody can ask `{asks}`", f"ask one of {', '.join([*ASKS, *ids])}")
    names = [each.because for each in cases]
    for each in cases:
        if not re.fullmatch(answers, each.answer):
            raise wrong(file, each.line, f"`{each.answer}` does not answer {asks}", f"its answers look so: {answers}")
        if names.count(each.because) > 1:
            raise wrong(file, each.line, f"`{each.because}` stands twice", "say what is different")


def values(part: Part, node: Node, file: Path, names: Names) -> dict[str, Any]:
    """What a part says, read strictly."""
    reader = Reader(shown(file), names)
    read: Any = reader.block(part, node, Place(names))
    if read is WRONG:
        raise GuidelineError(reader.faults)
    return dict(read)


def places(root: Block) -> list[int]:
    """The line of each case."""
    cases = root.keys.get("cases")
    return [each.line for each in cases.of] if isinstance(cases, Items) else []


def fragment(file: Path, root: Block, subject: str) -> str:
    """The lines of a file in which the fragment stands."""
    if not subject:
        return ""
    start = root.lines[subject]
    end = min((each for each in root.lines.values() if each > start), default=len(load(file).splitlines()) + 1)
    return "\n".join(load(file).splitlines()[start - 1 : end - 1])


def wrong(file: Path, at: int, what: str, cure: str) -> GuidelineError:
    """The error of a table."""
    return GuidelineError([Fault(f"{shown(file)}:{at}", what, cure)])
