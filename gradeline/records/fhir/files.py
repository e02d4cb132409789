"""Opening patient data: a file, a folder, standard input, bytes or objects, gzip or plain; read page by page.

A page is one JSON text: a whole file, or a line of one. Files of lines are never loaded: pages are found again by
their place, so that a patient whose resources lie far apart can be put together.
"""

from __future__ import annotations

import os
import sys
import zlib
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import orjson

from gradeline.errors import RecordError

if TYPE_CHECKING:
    from gzip import GzipFile

Source = str | os.PathLike[str] | bytes | dict[str, Any] | list[Any]
FORMATS = "Gradeline reads FHIR R4 as JSON (.json, .ndjson, also gzipped)"
LINES, NAMES = (".ndjson", ".jsonl"), (".json", ".ndjson", ".jsonl")
GZIP, BOM = b"\x1f\x8b", b"\xef\xbb\xbf"
IN_MEMORY = 8_000_000
"""So many bytes that were unpacked, or came by standard input, are held before a temporary file takes them."""
OPEN = 200
"""So many files of lines are kept open at once."""


class Page(NamedTuple):
    """One JSON document and where it stands, or the error of a page that cannot be read."""

    number: int
    where: str
    document: Any = None
    fault: RecordError | None = None


class Text(NamedTuple):
    """A stretch of bytes, of a file or of what was unpacked: one document, or lines of documents."""

    name: str
    path: Path | None
    start: int
    stop: int
    lines: bool


class Pages:
    """All pages of a source, in order, and again by number."""

    def __init__(self, source: Source) -> None:
        self.objects = source if isinstance(source, (dict, list)) else None
        self.name = "" if isinstance(source, (dict, list, bytes)) else str(source)
        self.faults: list[RecordError] = []
        self.skipped: Counter[str] = Counter()
        """Lines and files of a folder that are no FHIR, by file."""
        self.texts: list[Text] = []
        self.firsts: list[int] = []
        self.places = array("Q")
        self.handles: dict[Path, IO[bytes]] = {}
        self.unpacked: IO[bytes] = BytesIO()
        self.folder = False
        with ExitStack() as opened:
            opened.callback(self.close)
            if not isinstance(source, (dict, list)):
                self.open(source)
            opened.pop_all()

    # Opening

    def open(self, source: str | os.PathLike[str] | bytes) -> None:
        """Find the texts of a source."""
        if isinstance(source, bytes):
            self.unpack("the data", BytesIO(source))
        elif source == "-":
            raw = spool()
            copy(sys.stdin.buffer, raw)
            self.unpack("standard input", raw)
        elif source and is_folder(source):
            self.folder = True
            self.unpacked = spool()
            for path in sorted(path for path in Path(source).rglob("*") if path.is_file()):
                self.try_file(path)
        else:
            self.file(Path(source), source)

    def try_file(self, path: Path) -> None:
        """Take a file of a folder; one that cannot be read is an error of its own."""
        try:
            self.file(path, path)
        except RecordError as fault:
            self.faults.append(fault)

    def file(self, path: Path, name: object) -> None:
        """Take one file, as it is or unpacked."""
        try:
            with path.open("rb") as handle:
                if handle.read(2) != GZIP:
                    self.take(str(name), path, handle, 0, os.fstat(handle.fileno()).st_size)
                    return
                handle.seek(0)
                if not self.folder:
                    self.unpacked = spool()
                self.unzip(str(name), handle)
        except (OSError, ValueError) as fault:
            why = getattr(fault, "strerror", None) or "there is no such file"
            what, where = f"cannot read it: {why.lower()}", str(name)[:100]
            raise RecordError(what, "check the name and your rights; JSON itself is given as bytes", where) from None

    def unpack(self, name: str, raw: IO[bytes]) -> None:
        """Take bytes that are held, unpacking them first where they are gzip."""
        raw.seek(0)
        if raw.read(2) != GZIP:
            self.unpacked = raw
            self.take(name, None, raw, 0, raw.seek(0, os.SEEK_END))
            return
        self.unpacked = spool()
        with raw:
            raw.seek(0)
            self.unzip(name, raw)

    def unzip(self, name: str, raw: IO[bytes]) -> None:
        """Unpack gzip behind what is unpacked already."""
        from gzip import BadGzipFile, GzipFile  # seldom needed, and slow to import

        start = self.unpacked.seek(0, os.SEEK_END)
        try:
            with GzipFile(fileobj=raw, mode="rb") as plain:
                copy(plain, self.unpacked)
        except (EOFError, zlib.error, BadGzipFile):
            raise RecordError("its gzip is damaged or cut off", "fetch the file again", name) from None
        self.take(name, None, self.unpacked, start, self.unpacked.tell())

    def take(self, name: str, path: Path | None, handle: IO[bytes], start: int, stop: int) -> None:
        """Take a stretch of bytes, if it looks like JSON, as a document or as lines."""
        suffix = os.path.splitext(name.removesuffix(".gz"))[1].lower()
        handle.seek(start)
        head = first_line(handle, stop)
        if not head.startswith((b"{", b"[")) and suffix not in LINES:
            if self.folder and suffix not in NAMES:
                self.skipped[name] += 1
                return
            raise not_json(head, name)
        lines = suffix in LINES or (handle.tell() < stop and is_json(head) and bool(first_line(handle, stop)))
        self.texts.append(Text(name, path, start, stop, lines))

    # Reading

    def __iter__(self) -> Iterator[Page]:
        self.firsts, self.places = [], array("Q")
        yield from (Page(-1, fault.where, None, fault) for fault in self.faults)
        if self.objects is not None:
            yield Page(0, "", self.objects)
        for text in self.texts:
            self.firsts.append(len(self.places))
            for page in self.lines(text) if text.lines else self.whole(text):
                if self.folder and type(page.document) is dict and "resourceType" not in page.document:
                    self.skipped[text.name] += 1
                else:
                    yield page

    def whole(self, text: Text) -> Iterator[Page]:
        """The one page of a document."""
        self.places.append(text.start)
        yield self[len(self.places) - 1]

    def lines(self, text: Text) -> Iterator[Page]:
        """Every line as a page; empty ones are passed over."""
        handle, place, line = self.handle(text), text.start, 0
        while place < text.stop:
            handle.seek(place)
            data = handle.readline()
            self.places.append(place)
            place, line = place + len(data), line + 1
            if not data.isspace():
                yield parsed(data, len(self.places) - 1, text.name, line)

    def __getitem__(self, number: int) -> Page:
        if self.objects is not None:
            return Page(0, "", self.objects)
        at = bisect_right(self.firsts, number) - 1
        text = self.texts[at]
        handle = self.handle(text)
        handle.seek(self.places[number])
        if text.lines:
            return parsed(handle.readline(), number, text.name, number - self.firsts[at] + 1)
        return parsed(handle.read(text.stop - text.start), number, text.name, 0)

    def handle(self, text: Text) -> IO[bytes]:
        """An open file; of many the one that was opened first is closed."""
        if text.path is None:
            return self.unpacked
        if text.path not in self.handles:
            if len(self.handles) >= OPEN:
                self.handles.pop(next(iter(self.handles))).close()
            self.handles[text.path] = text.path.open("rb")
        return self.handles[text.path]

    def close(self) -> None:
        """Close every file."""
        for handle in (*self.handles.values(), self.unpacked):
            handle.close()


def spool() -> IO[bytes]:
    """A place for bytes that must be read again: memory, then a temporary file."""
    from tempfile import SpooledTemporaryFile  # seldom needed, and slow to import

    return SpooledTemporaryFile(max_size=IN_MEMORY)


def copy(source: IO[bytes] | GzipFile, target: IO[bytes]) -> None:
    """All bytes of one into the other, a piece at a time."""
    while piece := source.read(1 << 20):
        target.write(piece)


def is_folder(source: str | os.PathLike[str]) -> bool:
    """Whether it is a folder; what is no name at all is none."""
    try:
        return Path(source).is_dir()
    except (OSError, ValueError):
        return False


def first_line(handle: IO[bytes], stop: int) -> bytes:
    """The next line that is not empty."""
    while handle.tell() < stop:
        line = handle.readline().removeprefix(BOM).strip()
        if line:
            return line
    return b""


def is_json(text: bytes) -> bool:
    """Whether a line is a JSON document by itself."""
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return False
    return True


def parsed(data: bytes, number: int, name: str, line: int) -> Page:
    """A page out of its bytes."""
    where = f"{name}:{line}" if line else name
    try:
        return Page(number, where, orjson.loads(data[3:] if data.startswith(BOM) else data))
    except orjson.JSONDecodeError as fault:
        return Page(number, where, None, not_json(data, name, fault, line))


def not_json(data: bytes, name: str, fault: orjson.JSONDecodeError | None = None, line: int = 0) -> RecordError:
    """What is wrong with bytes that are no JSON, and where."""
    where = f"{name}:{line or (fault.lineno if fault else 1)}"
    if not data.strip():
        return RecordError("there is nothing in it", FORMATS, name)
    try:
        data.decode()
    except UnicodeDecodeError as bad:
        return RecordError(f"not UTF-8 at byte {bad.start + 1}", "save it as UTF-8", where)
    said = fault.msg if fault else "it begins otherwise"
    for sign, what, cure in JSON_FAULTS:
        if sign in said or (fault and data[fault.pos :].lstrip(b"-").startswith(sign.encode())):
            return RecordError(what, cure, where)
    return RecordError(f"not JSON: {said}", FORMATS, where)


JSON_FAULTS = (
    ("depth limit", "JSON nested too deeply, over 1024 levels", "no FHIR resource is so deep: export it anew"),
    ("end of data", "JSON that is cut off", "fetch the whole file"),
    ("EOF", "JSON that is cut off", "fetch the whole file"),
    ("infinity", "a number that is not finite", "JSON knows no infinite numbers: leave the value out"),
    ("NaN", "a number that is NaN", "JSON knows no NaN: leave the value out"),
    ("Infinity", "a number that is not finite", "JSON knows no infinite numbers: leave the value out"),
)
"""What the JSON reader says, or stumbles over; what that means; and the cure."""
