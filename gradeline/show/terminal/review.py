"""The review on the terminal: published words beside ours, logic, codes, cases, open readings, a line to sign."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gradeline.model.guideline import Guideline
from gradeline.model.published import Kept
from gradeline.model.words import Language
from gradeline.show.content.codes import TermCodes
from gradeline.show.content.logic import Outline
from gradeline.show.content.review.cases import Case
from gradeline.show.content.review.review import Review
from gradeline.show.content.review.review import review as reviewed
from gradeline.show.content.statements import Statement
from gradeline.show.content.words import Beside
from gradeline.show.terminal.banner import banner
from gradeline.show.terminal.sheet import Sheet

LINE = "_" * 30


def review(
    guideline: Guideline, language: Language, sheet: Sheet, published: Kept | None = None, cases: Sequence[Case] = ()
) -> str:
    """The whole review."""
    banner(sheet, guideline, language)
    return ReviewPage(reviewed(guideline, language, published, cases), sheet).write()


class ReviewPage:
    """One review on its way to the terminal."""

    def __init__(self, review: Review, sheet: Sheet) -> None:
        self.review, self.sheet, self.guide = review, sheet, review.guide
        self.words, self.labels = review.labels, review.guide.labels

    def write(self) -> str:
        """Every part, in its order."""
        self.sheet.gap()
        for text in (self.words["lead"], self.guide.encoding, self.review.unread):
            self.sheet.say(text)
        self.whom()
        self.gate()
        self.sheet.heading(self.words["statements"])
        for statement in self.guide.statements:
            self.statement(statement)
        self.cautions()
        self.sheet.heading(self.words["terms"])
        self.sheet.say(self.words["terms lead"])
        for term in self.review.terms:
            self.term(term)
        self.cases()
        self.readings()
        self.annex()
        self.sign()
        return str(self.sheet)

    def part(self, label: str, text: str, indent: int = 3) -> None:
        """Words behind their label."""
        self.sheet.say(f"{label}: {text}", indent, indent + 2)

    def outline(self, label: str, nodes: Iterable[Outline], indent: int = 3) -> None:
        """Criteria behind their label, what they are made of below them."""
        self.sheet.say(f"{label}:", indent)
        for node in nodes:
            self.node(node, indent + 2)

    def node(self, node: Outline, indent: int) -> None:
        """A criterion, and further in what it is made of."""
        self.sheet.say(f"- {node.says}{':' if node.of else ''}", indent, indent + 2)
        for each in node.of:
            self.node(each, indent + 2)

    def whom(self) -> None:
        """The population, the index condition, what ends an episode, the numbers."""
        whom = self.review.whom
        self.sheet.heading(self.words["whom"])
        self.sheet.say(self.guide.scope.text)
        self.outline(self.words["population"], [whom.population], 0)
        self.sheet.say(self.words["absence"])
        self.sheet.say(f"{self.words['index']}:")
        self.term(whom.index)
        if whom.confirmed:
            self.outline(self.words["confirmed"], [whom.confirmed], 0)
        self.sheet.say(" ".join(f"{each}." for each in whom.ends))
        if self.review.numbers:
            self.part(self.words["numbers"], "; ".join(f"{each.name}: {each.value}" for each in self.review.numbers), 0)

    def gate(self) -> None:
        """The warning signs."""
        gate = self.review.gate
        if gate is None:
            return
        self.sheet.heading(self.words["gate"])
        self.sheet.say(gate.source)
        for group in gate.groups:
            self.sheet.gap()
            self.sheet.say(f"{self.words['ask']}: {group.ask.text}", hang=2)
            self.outline(self.words["signs"], group.signs)
            if group.questions:
                self.outline(self.words["questions"], group.questions)
        self.sheet.gap()
        self.part(self.words["stop"], gate.stop.text, 0)

    def statement(self, statement: Statement) -> None:
        """One statement: the publisher's words, ours, the grade, the logic, a line for a comment."""
        sheet, layers = self.sheet, statement.layers
        sheet.gap()
        sheet.say(f"{statement.number}. {statement.name.text}", bold=True)
        if self.review.published:
            self.part(self.words["published"], self.published(statement.id))
        symbol = "" if sheet.plain else f"{statement.strength.symbol} "
        self.part(self.words["ours"], symbol + statement.says.text)
        sheet.say(statement.grade, 3, 5, bold=True)
        for each in dict.fromkeys((*statement.parts, *statement.key)):
            self.part(each.label, each.words.text)
        self.part(self.labels["asks"], layers.asks)
        for key, node in (("when", layers.when), ("reasons", layers.reasons)):
            if node:
                self.outline(self.labels[key], [node])
        if layers.readings:
            asked = "; ".join(f"{each.number}. {each.question.text}" for each in layers.readings)
            self.part(self.labels["readings"], asked)
        if layers.cases:
            sheet.say(layers.cases, 3)
        sheet.say(f"[ ] {self.words['agree']}   {self.words['comment']}: {LINE}", 3)

    def published(self, id: str) -> str:
        """The publisher's words with their place, or that they were not read."""
        found = self.review.published.get(id)
        return f"{found.says.text} ({found.source.text})" if found else self.words["unread one"]

    def cautions(self) -> None:
        """What is said beside statements."""
        if self.review.cautions:
            self.sheet.heading(self.words["cautions"])
        for each in self.review.cautions:
            self.sheet.say(said(each.beside), hang=2)
            self.part(self.words["caution when"], each.when)
            self.part(self.labels["touches"], "; ".join(name.text for name in each.touches))

    def term(self, term: TermCodes) -> None:
        """A term: its codes by how surely they say it, and what is remarked."""
        self.sheet.say(term.name.text, bold=True)
        for row in term.codes:
            self.sheet.say(f"{row.sureness}: {row.system} {' '.join(row.codes)}", 3, 5)
        for remark in (term.also, term.scale, *(each.text for each in (term.ask, term.note) if each)):
            if remark:
                self.sheet.say(remark, 3, 5)

    def cases(self) -> None:
        """The guideline's cases with the answers that are expected."""
        cases = self.review.cases
        self.sheet.heading(self.words["cases title"])
        self.sheet.say(self.words["cases lead"].format(n=len(cases)) if cases else self.words["no cases"])
        for case in cases:
            self.sheet.gap()
            self.sheet.say(case.name, bold=True)
            self.sheet.say(case.why, 3)
            self.sheet.say(f"{case.day}: {case.patient}", 3)
            for number, fact in enumerate(case.facts, 1):
                self.sheet.say(f"{number}. {fact}", 3, 6)
            for answer in case.answers:
                self.sheet.say(f"> {answer}", 3, 5)

    def readings(self) -> None:
        """What is still open."""
        if self.guide.readings:
            self.sheet.heading(self.words["open"])
        for each in self.guide.readings:
            self.sheet.say(f"{each.number}. {each.question.text}", hang=3, bold=True)
            self.sheet.say(each.reading.text, 3)
            self.part(self.labels["reason"], each.reason.text)
            for other in each.alternatives:
                self.part(self.labels["or"], other.text)
            names = "; ".join(name.text for name in each.touches)
            self.part(self.labels["touches"], names or self.labels["all"])

    def annex(self) -> None:
        """What others say of time, and the sources."""
        if self.guide.timings:
            self.sheet.heading(self.labels["timings"])
            self.sheet.say(self.labels["timings lead"])
        for each in self.guide.timings:
            self.sheet.say(f"- {said(each)}", hang=2)
        self.sheet.heading(self.labels["sources"])
        for number, source in enumerate(self.guide.sources, 1):
            self.sheet.say(f"{number}. {source.text}", hang=4)

    def sign(self) -> None:
        """The line to sign."""
        self.sheet.heading(self.words["sign"])
        self.sheet.say(f"{self.guide.title.text}, {self.guide.version}.")
        self.sheet.say(self.words["sign lead"].format(encoding=self.review.encoding))
        for verdict in ("verdict", "verdict not", "verdict no"):
            self.sheet.say(f"[ ] {self.words[verdict]}")
        for label in ("comments", "name", "role", "date", "signature"):
            self.sheet.say(f"{self.words[label]}: {LINE}")


def said(each: Beside) -> str:
    """What a source says, and which."""
    return f"{each.says.text} ({each.source.text})"
