"""HTML as a document: the text that a reader sees, in blocks; scripts, styles and what is hidden are left out."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

from gradeline.source.published.marks.symbols import ARROWS_RE
from gradeline.source.published.pages.document import Document, Line, starts
from gradeline.source.published.pages.encoding import clean

UNREAD = "script|style|template|noscript|svg|math|object|iframe|textarea|select|button|nav"
HIDDEN = re.compile(
    r"<!--.*?(?:--!?>|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?[^>]*(?:>|\Z)"
    rf"|<({UNREAD})\b[^<>]*>.*?(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
"""What no reader sees. Each branch ends at the end of the file, so that nothing is looked for twice."""
TAG = re.compile(r"</?[a-zA-Z](?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*>|</?[a-zA-Z][^<>]*>|<![a-zA-Z][^<>]*>")
LONGEST_TAG = 4000
BLOCK_TAGS = """
address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form
h1 h2 h3 h4 h5 h6 header hr html legend li main menu ol p pre section summary table tbody tfoot thead title tr ul
"""
VOID_TAGS = "area base br col embed hr img input link meta source track wbr"
BLOCKS, VOID = frozenset(BLOCK_TAGS.split()), frozenset(VOID_TAGS.split())
WHITE = re.compile(r"[ \t\r\n\f]+")


def document(source: str) -> Document:
    """An HTML page as a document."""
    reader = Reader(source)
    reader.feed(_whole(source))
    reader.close()
    reader.flush()
    return Document(
        lines=tuple(shown(reader.lines, reader.folded)),
        source=source,
        form="html",
        title=reader.title,
        language=reader.language,
        links=tuple(reader.links),
        repaired=reader.repaired,
        wide=reader.wide,
        starts=starts(source),
    )


def shown(lines: list[Line], folded: set[int]) -> list[Line]:
    """The lines, those that the page folds away told apart, where what it shows at first has the grades."""
    if not any(ARROWS_RE.match(line.text) for number, line in enumerate(lines) if number not in folded):
        return lines
    return [replace(line, folded=number in folded) for number, line in enumerate(lines)]


def _whole(source: str) -> str:
    """The source with what no reader sees as spaces, and every `<` that begins no whole tag as one too.

    Its length stays, so that offsets do; and the parser then meets whole tags only, which it reads in one pass.
    """
    source = HIDDEN.sub(lambda match: " " * len(match[0]), source)
    parts, end = [], 0
    for tag in TAG.finditer(source):
        whole = tag[0] if tag.end() - tag.start() <= LONGEST_TAG else " " * len(tag[0])
        parts += [source[end : tag.start()].replace("<", " "), whole]
        end = tag.end()
    return "".join([*parts, source[end:].replace("<", " ")])


class Reader(HTMLParser):
    """Collects the text of blocks, each character with its offset."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.rows = starts_for_parser(source)
        self.lines: list[Line] = []
        self.links: list[str] = []
        self.title = self.language = ""
        self.repaired = False
        self.wide: dict[int, int] = {}
        self.letters: list[str] = []
        self.places: list[int] = []
        self.room = True
        self.level = 0
        self.hidden: list[str] = []
        self.kept = False
        """Whether line ends are kept, as in `pre`."""
        self.folds: list[bool] = []
        """Whether each `details` around is closed."""
        self.folded: set[int] = set()

    def place(self) -> int:
        """The offset that the parser has reached."""
        line, column = self.getpos()
        return self.rows[line - 1] + column

    def flush(self) -> None:
        """End the line that is being collected."""
        text, at, repaired = clean("".join(self.letters), self.places)
        self.repaired |= repaired
        line = Line(text, at, gap=self.room, level=self.level).cut(0)
        self.letters, self.places = [], []
        if line.text:
            if any(self.folds):
                self.folded.add(len(self.lines))
            self.lines.append(line)
            self.room = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A block begins, or a hidden part, a cell, a link, a picture with words."""
        given = {name: value or "" for name, value in attrs}
        if self.hidden:
            self.hidden += [tag] if tag == self.hidden[0] else []
            return
        if _unseen(given) and tag not in VOID:
            self.hidden = [tag]
            return
        if tag in BLOCKS or tag == "br":
            self.flush()
            self.room = self.room or tag != "br"
            self.kept = self.kept or tag == "pre"
            self.level = int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else 0
        elif tag in ("td", "th") and self.letters:
            self.add("   ", self.place())
        if tag == "details":
            self.folds.append("open" not in given)
        if tag == "html":
            self.language = given.get("lang", "")[:2].lower()
        if tag == "a" and re.match(r"https?://|www\.", given.get("href", "")):
            self.links.append(given["href"])
        if tag == "img" and given.get("alt"):
            self.add(given["alt"], self.place())

    def handle_endtag(self, tag: str) -> None:
        """A block or a hidden part ends."""
        if self.hidden:
            self.hidden = self.hidden[1:] if tag == self.hidden[0] else self.hidden
            return
        if tag == "title":
            self.title = WHITE.sub(" ", "".join(self.letters)).strip()
            self.letters, self.places = [], []
        if tag in BLOCKS:
            self.flush()
            self.room, self.level, self.kept = True, 0, self.kept and tag != "pre"
        if tag == "details" and self.folds:
            self.folds.pop()

    def handle_data(self, data: str) -> None:
        """Text: white space of any length is one space."""
        if self.hidden:
            return
        if self.kept:
            self._lines(data, self.place())
            return
        first, end = self.place(), 0
        for white in [*WHITE.finditer(data), None]:
            last = white.start() if white else len(data)
            self.letters.extend(data[end:last])
            self.places.extend(range(first + end, first + last))
            if white and self.letters and self.letters[-1] != " ":
                self.add(" ", first + last)
            end = white.end() if white else last

    def _lines(self, data: str, first: int) -> None:
        """Text whose line ends are kept; a blank line is room."""
        for part in data.splitlines(keepends=True):
            whole = part.rstrip("\r\n")
            self.letters.extend(whole)
            self.places.extend(range(first, first + len(whole)))
            first += len(part)
            if whole != part:
                blank = not "".join(self.letters).strip()
                self.flush()
                self.room = self.room or blank

    def handle_entityref(self, name: str) -> None:
        """A character by its name."""
        self._reference(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """A character by its number."""
        self._reference(f"&#{name};")

    def _reference(self, written: str) -> None:
        if self.hidden:
            return
        self.wide[self.place()] = len(written)
        self.add(unescape(written), self.place())

    def add(self, text: str, place: int) -> None:
        """Characters that stand for something at one place."""
        self.letters.extend(text)
        self.places.extend([place] * len(text))


def _unseen(given: dict[str, str]) -> bool:
    style = given.get("style", "").replace(" ", "").lower()
    return "hidden" in given or "display:none" in style or "visibility:hidden" in style


def starts_for_parser(source: str) -> list[int]:
    """Where lines begin as the parser counts them: at line feeds alone."""
    return [0, *(match.end() for match in re.finditer("\n", source))]
