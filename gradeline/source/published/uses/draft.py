"""A guideline file drafted from a quick guide: what the document says is filled in, the logic is named gaps."""

from __future__ import annotations

import json
import re
import textwrap
from collections import Counter
from collections.abc import Iterable

from gradeline.source.published.found import Published, Statement
from gradeline.source.published.uses import phrases
from gradeline.source.published.uses.gaps import GAPS, HEADINGS

WIDTH = 100
FOLD = {"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ö": "oe", "ä": "ae", "ü": "ue"}
PLAIN = re.compile(r"[^\W\d_][^\W_:#\"'{}\[\]|>*&!%@`,?-]*(?:[ (][^\W_:#\"'{}\[\]|>*&!%@`,?-]+[)]?)*", re.ASCII)
TITLE_WORDS = """
the a an of for to in on with and or clinical national guideline treatment management recent onset acute non surgical
den det en et af til for og i paa klinisk kliniske national retningslinje behandling nylig opstaaet nyopstaaet akut ikke
kirurgisk
"""
"""Words that every title has, as ids write them."""
SLUGGED = frozenset(TITLE_WORDS.split())


def draft(published: Published) -> str:
    """The text of a guideline file that `gradeline check` reads, its gaps as comments in the document's language."""
    writer = Writer(published)
    writer.guideline()
    return "\n".join([*writer.opening(), "", *writer.lines]) + "\n"


def gaps(published: Published) -> tuple[str, ...]:
    """The names of the gaps that a draft leaves, in the order of the file."""
    writer = Writer(published)
    writer.guideline()
    return tuple(writer.gaps)


def slug(text: str, words: int = 4) -> str:
    """An id made of the first words of a text that say something.

    >>> slug("The treatment of recent onset sundial wrist")
    'sundial-wrist'
    """
    letters = "".join(FOLD.get(letter, letter) for letter in text.lower())
    found = [word for word in re.findall(r"[a-z0-9]+", letters.partition("(")[0]) if word not in SLUGGED][:words]
    return "-".join(found) if found and found[0][0].isalpha() else "-".join(["statement", *found])


class Writer:
    """Writes the file line by line, and remembers its gaps."""

    def __init__(self, published: Published) -> None:
        self.of, self.language = published, published.language
        self.lines: list[str] = []
        self.gaps: list[str] = []

    def opening(self) -> list[str]:
        """The comment at the head: where it comes from, and every gap."""
        made = HEADINGS["made"].in_(self.language).format(file=self.of.file)
        left = HEADINGS["left"].in_(self.language).format(count=len(self.gaps))
        listed = [f"#   {number:3}  {name}" for number, name in enumerate(self.gaps, 1)]
        return [*(f"# {line}" for line in textwrap.wrap(made, WIDTH)), "#", f"# {left}", *listed]

    def guideline(self) -> None:
        """The whole file, in the order of its keys."""
        self.line(0, f"id: {slug(self.of.topic or self.of.title)}")
        self.text(0, "title", self.of.title or self.of.topic or self.of.file, "title")
        self.head()
        self.text_or_gap("scope", self.of.topic and self.of.topic[0].upper() + self.of.topic[1:])
        self.text_or_gap("about", " ".join(self.of.about.split()))
        for name in ("index", "population", "terms"):
            self.line(0, "")
            self.gap(0, name)
        self.sections()
        self.line(0, "", "recommendations:")
        for number, statement in enumerate(self.of.statements, 1):
            self.recommendation(number, statement)
        self.line(0, "", "sources:", "  - id: published", f"    title: {quoted(self.of.title or self.of.file)}")
        self.line(4, f"locator: {quoted(self.of.links[0] if self.of.links else self.of.file)}")

    def head(self) -> None:
        """Publisher, scheme, currency and encoding."""
        if self.of.publisher:
            self.line(0, "publisher:")
            self.text(2, "name", self.of.publisher, "publisher name")
        else:
            self.gap(0, "publisher")
        if self.of.legend.strengths and not self.of.legend.faults:
            self.line(0, "scheme: dha")
        else:
            self.gap(0, "scheme")
        self.line(0, "")
        self.gap(0, "currency")
        self.line(0, "", "encoding:", '  version: "0.1"', "  reviewed by: nobody yet")
        self.gap(2, "date", "encoding date")
        self.line(0, "")

    def text_or_gap(self, key: str, text: str) -> None:
        """A text of the document, or the gap that it leaves."""
        self.text(0, key, text, key) if text else self.gap(0, key)

    def sections(self) -> None:
        """The headings in order."""
        self.line(0, "", "sections:")
        for section in self.of.sections:
            self.line(2, f"- id: {self.section_id(section)}")
            self.text(4, "title", section or "-", f"sections {self.section_id(section)} title")

    def section_id(self, section: str) -> str:
        """A heading's id, told apart from another's that begins alike."""
        wanted = slug(section or "statements")
        same = [each for each in self.of.sections if slug(each or "statements") == wanted]
        return wanted if len(same) < 2 else f"{wanted}-{same.index(section) + 1}"

    def id(self, number: int) -> str:
        """A statement's id: its section's, and its place in it where there are several."""
        sections = [each.section for each in self.of.statements]
        section = sections[number - 1]
        base = self.section_id(section)
        return base if Counter(sections)[section] == 1 else f"{base}-{sections[:number].count(section)}"

    def recommendation(self, number: int, statement: Statement) -> None:
        """One statement: its section, grade, words and source, and the gaps of its logic."""
        id = self.id(number)
        path = f"recommendations {id}"
        self.line(2, f"- id: {id}", f"  section: {self.section_id(statement.section)}")
        self.grade(statement, path)
        self.gap(4, "form", f"{path} form")
        self.gap(4, "name", f"{path} name")
        self.text(4, "says", statement.text, f"{path} says")
        self.parts(statement, path)
        place = statement.place
        where = (
            HEADINGS["where"]
            .in_(self.language)
            .format(
                number=number,
                page=place.pages[0],
                first=place.lines[0],
                last=place.lines[1],
                start=place.span[0],
                end=place.span[1],
            )
        )
        self.line(4, "source:", f"  published: {quoted(where)}")

    def grade(self, statement: Statement, path: str) -> None:
        """The grade where it is sure; else the gap, with what was found and what is in doubt."""
        if statement.grade:
            self.line(4, f"grade: {statement.grade}")
            return
        found = [part.value for part in (statement.strength, statement.direction) if part]
        found += [statement.certainty.word] if statement.certainty else []
        notes = [f"{HEADINGS['found'].in_(self.language)}: {', '.join(found)}"] if found else []
        notes += [f"{HEADINGS['doubt'].in_(self.language)}: {doubt}" for doubt in statement.doubts]
        self.gap(4, "grade", f"{path} grade", notes)

    def parts(self, statement: Statement, path: str) -> None:
        """Reason, comparator and caveat, as far as the sentence tells them."""
        caveats = phrases.caveats(statement.text)
        reason = next((each.core for each in caveats if each.kind == "reason"), "")
        if reason:
            self.text(4, "why", sentence(reason), f"{path} why")
        else:
            self.gap(4, "why", f"{path} why")
        if compared := phrases.comparator(statement.text):
            self.text(4, "comparator", sentence(compared.core), f"{path} comparator")
        others = [sentence(each.words) for each in caveats if each.kind != "reason"]
        if others:
            self.text(4, "caveat", " ".join(others), f"{path} caveat")

    def text(self, indent: int, key: str, text: str, path: str) -> None:
        """A text of the document in its language; the English of a Danish one is a gap."""
        self.line(indent, f"{key}:")
        if self.language == "da":
            self.gap(indent + 2, "en", f"{path} en")
        self.line(indent + 2, *scalar(self.language, text))

    def gap(self, indent: int, name: str, path: str = "", notes: Iterable[str] = ()) -> None:
        """A gap as a comment: its name, its question, the answers allowed, an example."""
        gap, say = GAPS[name], {key: text.in_(self.language) for key, text in HEADINGS.items()}
        self.gaps.append(path or name)
        asked = f"{say['gap']} {len(self.gaps)}, {path or name}: {gap.asks.in_(self.language)}"
        told = [asked, *notes, f"{say['answers']}: {gap.answers.in_(self.language)}", f"{say['example']}:"]
        for paragraph in told:
            self.line(
                indent, *(f"# {line}" for line in textwrap.wrap(paragraph, WIDTH - indent, subsequent_indent=" "))
            )
        self.line(indent, *(f"#   {line}" for line in gap.example.splitlines()))

    def line(self, indent: int, *lines: str) -> None:
        """Lines, indented."""
        self.lines.extend(" " * indent + line if line else "" for line in lines)


def sentence(text: str) -> str:
    """A part of a sentence as one."""
    text = text.strip(" ,;:.")
    return f"{text[0].upper()}{text[1:]}." if text else ""


def scalar(key: str, text: str) -> list[str]:
    """A key with a text: on its line where it is short, else folded below it."""
    if len(text) < 60 or not text.isprintable():
        return [f"{key}: {quoted(text)}"]
    return [
        f"{key}: >-",
        *(f"  {line}" for line in textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)),
    ]


def quoted(text: str) -> str:
    """A text as one YAML scalar: bare where nothing in it could be taken for something else."""
    if PLAIN.fullmatch(text) and text.lower() not in ("yes", "no", "on", "off", "true", "false", "null", "y", "n"):
        return text
    return json.dumps(text, ensure_ascii=not text.isprintable())
