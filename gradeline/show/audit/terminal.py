"""An audit for a terminal of 80 columns."""

from __future__ import annotations

from gradeline.evaluate.audit.results import Audit
from gradeline.model.words import Language
from gradeline.show.audit import account
from gradeline.show.audit.content import Content, contents
from gradeline.show.audit.finding import Finding, Line
from gradeline.show.terminal.banner import banner
from gradeline.show.terminal.sheet import Sheet

COLUMN, RIGHT = 30, 55
NAME, THIRD = 30, 55
BAR = 20


def page(audit: Audit, language: Language, sheet: Sheet, brief: bool = False) -> str:
    """The whole audit, a guideline after the other."""
    for place, content in enumerate(contents(audit, language)):
        if place:
            sheet.gap()
            sheet.say("=" * 60 if not sheet.plain else "")
        part(sheet, content, brief)
    return str(sheet)


def part(sheet: Sheet, content: Content, brief: bool = False) -> None:
    """One guideline: where the numbers are from, what they cannot tell, then statement by statement."""
    banner(sheet, content.guideline, content.language)
    for warning in content.warnings:
        sheet.gap()
        sheet.say(warning)
    sheet.gap()
    sheet.say(f"{content.say('audit')}. {content.period}.", bold=True)
    sheet.say(content.source)
    sheet.say(content.counted)
    if content.lead and content.part.episodes:
        sheet.heading(content.say("first"))
        for line in content.lead:
            sheet.say(line, indent=2)
    coverage(sheet, content)
    if content.nothing:
        sheet.gap()
        sheet.say(content.nothing)
    for heading, note, findings in content.groups if content.part.episodes else ():
        sheet.heading(heading)
        sheet.say(note, indent=2)
        if brief:
            overview(sheet, content, findings)
        for finding in () if brief else findings:
            statement(sheet, content, finding)
    closing(sheet, content)


def coverage(sheet: Sheet, content: Content) -> None:
    """What the source can and cannot show, in short."""
    sheet.heading(content.say("can show"))
    for name, counts in content.kinds:
        sheet.label(lower(name), "; ".join(f"{count} {says}" for says, count in counts), indent=2, room=17)
    for label, says in account.lines(content.audit.account, content.language):
        sheet.label(label, says, indent=2, room=17)
    if content.absent:
        n, of = len(content.absent), len(content.terms)
        sheet.gap()
        sheet.say(content.say("no fact lead", n=n, of=of), indent=2)
        sheet.label(lower(content.say("no fact")), "; ".join(content.absent), indent=2, room=17)


def lower(text: str) -> str:
    """A label that begins small."""
    return text[:1].lower() + text[1:]


def overview(sheet: Sheet, content: Content, findings: list[Finding]) -> None:
    """A line for each statement: to how many it applies, and between what its share lies, in both readings."""
    sheet.gap()
    heads = (content.say("strict"), content.say("assumed"))
    if not sheet.plain:
        sheet.row(("", NAME), (heads[0], THIRD), (heads[1], 80))
        under = f"{content.say('applies'):<11}{content.say('bounds')}"
        sheet.row(("", NAME), (under, THIRD), (under, 80))
    for finding in findings:
        strict, assumed = (
            f"{yes:<11}{between}"
            for yes, between in zip(finding.counts[0].cells, finding.counts[-1].cells, strict=True)
        )
        if sheet.plain:
            sheet.say(f"{finding.name}: {heads[0]} {strict}; {heads[1]} {assumed}", indent=2)
        else:
            symbol = content.guideline.scheme.kind(finding.outcome.recommendation.grade).symbol
            sheet.row((f"{symbol:<2} {finding.name}", NAME), (strict, THIRD), (assumed, 80), hang=3)


def statement(sheet: Sheet, content: Content, finding: Finding) -> None:
    """One recommendation: whom it applies to, what was done, between what the share lies."""
    sheet.gap()
    symbol = content.guideline.scheme.kind(finding.outcome.recommendation.grade).symbol
    sheet.sides(f"{symbol}  {finding.name}" if not sheet.plain else finding.name, finding.grade)
    heads = (content.say("strict"), content.say("assumed"))
    columns(sheet, Line("", "", heads))
    for line in (*finding.counts, *finding.practice):
        columns(sheet, line)
    bars(sheet, finding)
    if finding.missing:
        columns(sheet, Line("", f"{content.say('missing')}:", ("", "")))
        for line in finding.missing:
            columns(sheet, Line(line.key, f"  {line.label}", line.cells))


def columns(sheet: Sheet, line: Line) -> None:
    """A label and two columns; for who listens, a sentence."""
    first, second = line.cells
    if sheet.plain:
        if line.label:
            sheet.say(f"{line.label}: {first}; {second}", indent=2)
        return
    sheet.row((" " * 3 + line.label, COLUMN), (first, RIGHT), (second, 80), hang=5)


def bars(sheet: Sheet, finding: Finding) -> None:
    """Between what each share lies, drawn from 0 to 100 %."""
    if not sheet.plain:
        drawn = [bar(*each.total.bounds) for each in finding.outcome.readings.values()]
        if any(drawn):
            sheet.row((" ", COLUMN), (drawn[0], RIGHT), (drawn[1], 80))


def bar(lowest: float | None, highest: float | None) -> str:
    """A scale with the part between two ends filled.

    >>> bar(0.25, 0.75)
    '|-----==========-----|'
    """
    if lowest is None or highest is None:
        return ""
    first, last = round(lowest * BAR), max(round(highest * BAR), round(lowest * BAR) + 1)
    return "|" + "".join("=" if first <= place < last else "-" for place in range(BAR)) + "|"


def closing(sheet: Sheet, content: Content) -> None:
    """What a star means, what the other reading is, and what this is not."""
    sheet.gap()
    if content.part.episodes:
        sheet.say(content.say("assumed means"))
        sheet.say(content.say("hidden means", sign="*"))
    publisher = content.guideline.publisher.name.in_(content.language)
    sheet.say(content.say("disclaimer", publisher=publisher))
