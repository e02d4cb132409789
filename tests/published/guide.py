"""The quick guide of our own that the tests damage and set in other ways, and what must come out of it."""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path

from gradeline.model.grade import DHA, Grade, grade
from gradeline.model.words import Language
from gradeline.source.published import Published, Statement, read

HERE = Path(__file__).parent
EMPTY = "\uf099"
GRADES = tuple(map(grade, (
    "strong for, high", "weak for, low", "weak for, low", "weak for, very low", "good practice for",
    "strong against, moderate", "good practice against", "weak against, very low", "weak against, low",
    "good practice for",
)))  # fmt: skip
LINES = ((3, 3), (5, 6), (10, 11), (13, 14), (16, 17), (21, 21), (23, 24), (28, 29), (32, 33), (37, 38))
SECTIONS = {
    "en": ("Information about daily use", "Active treatments", "Passive treatments", "Pictures of the wrist",
           "Injection of moonlight", "Assessment by a clockmaker"),
    "da": ("Information om daglig brug", "Aktive behandlinger", "Passive behandlinger", "Billeder af håndleddet",
           "Injektion af måneskin", "Vurdering hos en urmager"),
}  # fmt: skip
WORDS = {
    "en": {"symbols": "What the symbols mean", "certainty": "certainty", "why": "Why", "because": "so it was agreed"},
    "da": {"symbols": "Symbolernes betydning", "certainty": "tiltro", "why": "Hvorfor", "because": "det blev aftalt"},
}  # fmt: skip


def file(language: Language) -> Path:
    """The guide in one language."""
    return HERE / f"sundial-wrist.{language}.txt"


def text(language: Language = "en") -> str:
    """Its text."""
    return file(language).read_text("utf-8")


def swapped(original: str, *pairs: tuple[str, str]) -> str:
    """A text with parts replaced; each must be there, so that no damage is forgotten."""
    for old, new in pairs:
        assert old in original, f"{old!r} is not in the guide"
        original = original.replace(old, new)
    return original


def statements(language: Language) -> tuple[Statement, ...]:
    """The ten statements as the plain text gives them."""
    return read(file(language)).statements


def said(published: Published) -> list[tuple[str, str, Grade | None]]:
    """What a quick guide says: section, words and sure grade of each statement."""
    return [(each.section, each.text, each.grade) for each in published.statements]


def label(given: Grade, language: Language) -> str:
    """A grade's strength and direction in words."""
    return DHA.kind(given).name.in_(language)


def level(given: Grade, language: Language) -> str:
    """A grade's certainty in words, empty for good practice."""
    return DHA.certainties[given.certainty].name.in_(language) if given.certainty else ""


def legend(language: Language, row: Callable[[str, str, str], str]) -> str:
    """The legend of the scheme, each row written by a function of symbol, name and meaning."""
    wordings = [*DHA.kinds.values(), *DHA.certainties.values()]
    return "\n".join(row(each.symbol, each.name.in_(language), each.meaning.in_(language)) for each in wordings)


Rows = Sequence[tuple[str, Sequence[tuple[str, Grade]]]]
"""Headings in order, with the statements and grades under each."""


def ten(language: Language) -> Rows:
    """The guide's own ten."""
    pairs = list(zip(statements(language), GRADES, strict=True))
    return [
        (name, [(each.text, given) for each, given in pairs if each.section == name]) for name in SECTIONS[language]
    ]


def ending(words: str, marks: str) -> str:
    """A statement with its marks before the full stop."""
    return f"{words[:-1]} ({marks})." if marks else words


def as_html(language: Language, given_rows: Rows | None = None) -> str:
    """Paragraphs with entities, a script and a comment that must not be read."""
    parts = [f'<!doctype html><html lang="{language}"><head><title>Sundial wrist</title><style>p{{}}</style>',
             '<script>document.write("↑ Consider everything (⊕⊕⊕⊕).")</script></head><body><h1>Sundial wrist</h1>',
             "<!-- ↓ Do not read this (⊕⊕⊕⊕). --><p hidden>↑ Consider nothing (⊕⊕⊕⊕).</p>"]  # fmt: skip
    for section, rows in given_rows or ten(language):
        parts.append(f"<h2>{html.escape(section)}</h2>")
        for each, given in rows:
            sentence = html.escape(ending(each, DHA.circles(given))).replace("⊕", "&#8853;")
            parts.append(f"<p>{DHA.kind(given).symbol.replace('↑', '&uarr;')} <b>{sentence}</b></p>")
    key = legend(language, lambda symbol, name, meaning: f"<p>{symbol} = {name}</p>")
    return "\n".join([*parts, f"<h2>{WORDS[language]['symbols']}</h2>", key, "</body></html>"])


def as_html_table(language: Language, given_rows: Rows | None = None) -> str:
    """Sign, sentence and certainty in the cells of a row."""
    parts = [f'<html lang="{language}"><body><h1>Sundial wrist</h1>']
    for section, rows in given_rows or ten(language):
        cells = "".join(
            f"<tr><td><p>{DHA.kind(given).symbol}</p></td><td>{html.escape(each)}</td><td>{DHA.circles(given)}</td></tr>"
            for each, given in rows
        )
        parts.append(
            f"<h2>{html.escape(section)}</h2><table><tr><th>Sign</th><th>Text</th><th>Circles</th></tr>{cells}</table>"
        )
    key = legend(language, lambda symbol, name, meaning: f"<tr><td>{symbol}</td><td>{name}</td><td>{meaning}</td></tr>")
    return "\n".join([*parts, f"<h2>{WORDS[language]['symbols']}</h2><table>{key}</table></body></html>"])


def as_html_cards(language: Language, given_rows: Rows | None = None) -> str:
    """Sign and label above the sentence, certainty below it, then a reason that is no statement."""
    words, parts = WORDS[language], [f'<html lang="{language}"><body><main><h1>Sundial wrist</h1>']
    because = f"<details><summary>{words['why']}?</summary><p>{words['why']}: {words['because']}.</p></details>"
    for section, rows in given_rows or ten(language):
        parts.append(f"<section><h2>{html.escape(section)}</h2>")
        for each, given in rows:
            symbol, name, circles = DHA.kind(given).symbol, label(given, language), DHA.circles(given)
            certain = f"<p>{words['certainty']}: {level(given, language)} <span>{circles}</span></p>" if circles else ""
            parts.append(f'<article><p><span aria-hidden="true">{symbol}</span> <b>{name}</b></p>')
            parts.append(f"<p>{html.escape(each)}</p>{certain}{because}</article>")
        parts.append("</section>")
    key = legend(language, lambda symbol, name, meaning: f"<dt>{symbol}</dt><dd>{name}</dd><dd>{meaning}</dd>")
    return "\n".join([*parts, f"<h2>{words['symbols']}</h2><dl>{key}</dl></main></body></html>"])


def as_text(language: Language, given_rows: Rows | None = None) -> str:
    """Wrapped lines, marks on a line of their own, a reason below, an underlined title."""
    words, lines = WORDS[language], ["Sundial wrist", "=============", ""]
    for section, rows in given_rows or ten(language):
        lines += [section, ""]
        for each, given in rows:
            lines += textwrap.wrap(f"{DHA.kind(given).symbol} {each}", 76, subsequent_indent="  ")
            certain = (
                f"    {words['certainty']} {level(given, language)} {DHA.circles(given)}" if given.certainty else ""
            )
            lines += [f"  {label(given, language)}{certain}", f"  {words['why']}: {words['because']}.", ""]
    key = legend(language, lambda symbol, name, meaning: f"  {symbol:5}  {name}\n         {meaning}")
    return "\n".join([*lines, words["symbols"], "", key, ""])


def as_markdown(language: Language, given_rows: Rows | None = None) -> str:
    """A list with emphasis, marks in brackets behind, the legend as a table."""
    words, lines = WORDS[language], ["# Sundial wrist", "", "> **Not in force** since 2031", ""]
    for section, rows in given_rows or ten(language):
        lines += [f"## {section}", ""]
        for each, given in rows:
            certain = (
                f" *({words['certainty']}: {level(given, language)} {DHA.circles(given)})*" if given.certainty else ""
            )
            lines += [f"- **{DHA.kind(given).symbol} {label(given, language)}** {each}{certain}", ""]
    key = legend(language, lambda symbol, name, meaning: f"| {symbol} | {name} | {meaning} |")
    return "\n".join([*lines, f"## {words['symbols']}", "", "| | | |", "|---|---|---|", key, ""])


def as_markdown_headings(language: Language, given_rows: Rows | None = None) -> str:
    """Each statement as a heading, its marks in a paragraph below, the legend as a list."""
    words, lines = WORDS[language], ["# Sundial wrist", ""]
    for section, rows in given_rows or ten(language):
        lines += [f"## {section}", ""]
        for each, given in rows:
            certain = f"; {words['certainty']} {level(given, language)} {DHA.circles(given)}" if given.certainty else ""
            lines += [f"### {DHA.kind(given).symbol} {each}", "", f"{label(given, language)}{certain}", ""]
            lines += [f"{words['why']}: {words['because']}.", ""]
    key = legend(language, lambda symbol, name, meaning: f"- {symbol} {name}: {meaning}")
    return "\n".join([*lines, f"## {words['symbols']}", "", key, ""])


FORMS: dict[str, tuple[str, Callable[..., str]]] = {
    "paragraphs": (".html", as_html),
    "table": (".html", as_html_table),
    "cards": (".html", as_html_cards),
    "wrapped": (".txt", as_text),
    "list": (".md", as_markdown),
    "headings": (".md", as_markdown_headings),
}


def escaped(words: str) -> str:
    """Words as Typst prints them."""
    return re.sub(r"([\\*_#<>@$`\[\]=])", r"\\\1", words)


def as_typst(language: Language, page: str, table: bool) -> str:
    """The source of a PDF: a header and page numbers on every page, and hyphens."""
    parts = [
        f'#set page(paper: "a4", margin: 2.2cm, header: [Harbour Board #h(1fr) Sundial wrist],'
        f" footer: context [#h(1fr) #counter(page).display()], {page})",
        f'#set text(size: 10pt, lang: "{language}", hyphenate: true)\n#set par(justify: true)',
        "#text(18pt)[Sundial wrist]",
    ]
    for section, rows in ten(language):
        parts.append(f"= {escaped(section)}")
        for each, given in rows:
            symbol, circles = DHA.kind(given).symbol, DHA.circles(given)
            cells = f"#grid(columns: (1cm, 1fr, 2.2cm), [{symbol}], [{escaped(each)}], [{circles}])"
            parts.append(cells if table else f"{symbol} {escaped(ending(each, circles))}")
    key = legend(language, lambda symbol, name, meaning: f"{symbol} \\= {name}\n")
    return "\n\n".join([*parts, f"= {WORDS[language]['symbols']}", key])
