"""A FHIR server of the tests: reads, searches, pages, and every way of failing; it notes who asked for what."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Plain = dict[str, Any]
TOKEN = "a-token-of-the-record-system"
Answer = tuple[int, Plain | bytes, dict[str, str]]


@dataclass
class Asked:
    """One request that was made."""

    method: str
    path: str
    token: str
    host: str


@dataclass
class RecordSystem:
    """What the server holds and how it behaves; `trouble` may answer in place of it."""

    resources: list[Plain]
    token: str = TOKEN
    page: int = 0
    trouble: Callable[[str, str], Answer | None] = lambda method, path: None
    asked: list[Asked] = field(default_factory=list)
    base: str = ""
    more: dict[str, Callable[[str, str, str], Answer]] = field(default_factory=dict)

    def answer(self, method: str, target: str, body: str) -> Answer:
        parts = urlsplit(target)
        troubled = self.trouble(method, target)
        if troubled is not None:
            return troubled
        for path, door in self.more.items():
            if parts.path == path:
                return door(method, parts.query, body)
        steps = parts.path.removeprefix("/fhir/").split("/")
        if len(steps) == 2 and steps[1] != "_search":
            found = [one for one in self.resources if [one["resourceType"], one["id"]] == steps]
            return (200, found[0], {}) if found else (404, {"resourceType": "OperationOutcome", "issue": []}, {})
        query = parse_qs(body if steps[-1] == "_search" else parts.query)
        return 200, self.searched(steps[0], query, parts.query), {}

    def searched(self, kind: str, query: dict[str, list[str]], text: str) -> Plain:
        """A page of a search by patient."""
        patient = query.get("patient", [""])[0].removeprefix("Patient/")
        found = [one for one in self.resources if one["resourceType"] == kind and patient in json.dumps(one)]
        start = int(query.get("start", ["0"])[0])
        shown = found[start : start + self.page] if self.page else found
        made: Plain = {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": one} for one in shown]}
        if self.page and start + self.page < len(found):
            link = f"{self.base}/{kind}?patient={patient}&start={start + self.page}"
            made["link"] = [{"relation": "next", "url": link}]
        return made


@contextmanager
def serving(system: RecordSystem) -> Iterator[RecordSystem]:
    """The server on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.reply("GET")

        def do_POST(self) -> None:
            self.reply("POST")

        def reply(self, method: str) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
            token = self.headers.get("authorization", "").removeprefix("Bearer ")
            system.asked.append(Asked(method, self.path, token, self.headers.get("host", "")))
            open_doors = urlsplit(self.path).path in system.more or ".well-known" in self.path
            if system.token and token != system.token and not open_doors:
                status, document, headers = 401, {"resourceType": "OperationOutcome", "issue": []}, {}
            else:
                status, document, headers = system.answer(method, self.path, body)
            data = document if isinstance(document, bytes) else json.dumps(document).encode()
            try:
                self.send_response(status)
                self.send_header("Content-Type", "application/fhir+json")
                self.send_header("Content-Length", str(len(data)))
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)
            except OSError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    system.base = f"http://127.0.0.1:{server.server_port}/fhir"
    try:
        yield system
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def slow(seconds: float) -> Callable[[str, str], Answer | None]:
    """A server that takes its time."""

    def trouble(method: str, path: str) -> Answer | None:
        time.sleep(seconds)
        return None

    return trouble


def always(status: int, document: Plain | bytes | None = None, **headers: str) -> Callable[[str, str], Answer | None]:
    """A server that has one answer to everything."""
    return lambda method, path: (status, document or {"resourceType": "OperationOutcome", "issue": []}, headers)
