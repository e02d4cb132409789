"""What a hook call costs over loopback, one worker: percentiles, many clients at once, and memory.

GRADELINE_BENCH_CALLS says over how many calls memory is watched (else 20,000; the goal speaks of 100,000).
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter, sleep

from tools.bench.measuring import SAMPLES, Row, measurement

SERVICE = "/cds-services/lumbar-nerve-root"
HEADERS = {"Content-Type": "application/json"}
CALLS = "GRADELINE_BENCH_CALLS"
CALL = SAMPLES.parent / "calls" / "patient-view.json"


class Process:
    """A demo server as a process of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        settings = folder / "settings.toml"
        store = f'[store]\nurl = "sqlite:///{folder / "kept.sqlite3"}"\n'
        settings.write_text(f"demo = true\n{store}[limits]\ncalls = 1000000000\n", "utf-8")
        command = [sys.executable, "-m", "gradeline.cli", "serve", "--config", str(settings), "--port", str(self.port)]
        begun = perf_counter()
        self.child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        while not self.answers():
            sleep(0.02)
        self.started = perf_counter() - begun

    def answers(self) -> bool:
        """Whether it answers yet."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def connection(self) -> http.client.HTTPConnection:
        """A connection that is kept."""
        made = http.client.HTTPConnection("127.0.0.1", self.port)
        made.connect()
        made.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return made

    def memory(self) -> float:
        """Megabytes that it holds."""
        status = Path(f"/proc/{self.child.pid}/status")
        lines = status.read_text("utf-8").splitlines() if status.exists() else ()
        return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)

    def end(self) -> None:
        """End it."""
        self.child.terminate()
        self.child.wait()


def times(connection: http.client.HTTPConnection, body: bytes, count: int) -> list[float]:
    """How long each of some calls takes, in order of length."""
    taken = []
    for _ in range(count):
        begun = perf_counter()
        connection.request("POST", SERVICE, body, HEADERS)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            sys.exit(f"a call was answered with {answer.status}")
        taken.append(perf_counter() - begun)
    return sorted(taken)


def said(taken: list[float]) -> str:
    """The median and the tail."""
    at = {
        name: taken[int(len(taken) * share) - 1] * 1e3 for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))
    }
    return ", ".join(f"{name} {value:.1f} ms" for name, value in at.items())


def call(size: int) -> bytes:
    """The shipped patient-view, which brings a card, with measurements added until it has so many resources."""
    document = json.loads(CALL.read_bytes())
    prefetch, patient = document["prefetch"], {"reference": f"Patient/{document['context']['patientId']}"}
    known = sum(len(each.get("entry", ())) or 1 for each in prefetch.values() if each)
    more = [{"resource": measurement(number, patient)} for number in range(size - known)]
    prefetch["observations"]["entry"] += more
    return json.dumps(document).encode()


def at_once(server: Process, body: bytes, clients: int, seconds: float) -> tuple[int, float]:
    """How many calls some clients at once get answered, and in how long."""
    counts, begun = [0] * clients, perf_counter()

    def client(number: int) -> None:
        connection = server.connection()
        while perf_counter() - begun < seconds:
            counts[number] += len(times(connection, body, 10))

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts), perf_counter() - begun


def remembered(server: Process, body: bytes, calls: int) -> Iterator[Row]:
    """What it holds before and after so many calls; it has already answered many."""
    before, done = server.memory(), 0
    while done < calls:
        done += at_once(server, body, 4, 10)[0]
    yield f"  memory over {done:,} calls more", f"{before:.0f} MB, then {server.memory():.0f} MB", "flat over 100,000"


def hooks(folder: Path) -> Iterator[Row]:
    """What record systems wait for; it needs the extra `web`."""
    if find_spec("uvicorn") is None:
        return iter([("hooks", "needs gradeline[web]", "")])
    return rows(call(60), call(2000), folder)


def rows(small: bytes, large: bytes, folder: Path) -> Iterator[Row]:
    """Every row; the client shares the machine with the server."""
    server = Process(folder)
    try:
        yield "gradeline serve: until it answers", f"{server.started:.1f} s", "2 s"
        connection = server.connection()
        times(connection, small, 200)
        taken = times(connection, small, 2000)
        rate = f"; {len(taken) / sum(taken):,.0f} calls/s"
        yield "patient-view, 60 resources, 1 client", said(taken) + rate, "p50 2, p95 5 ms; 1,000/s"
        yield "patient-view, 2,000 resources, 1 client", said(times(connection, large, 100)), "p95 40 ms"
        count, span = at_once(server, small, 4, 10)
        yield "  4 clients for 10 s", f"{count / span:,.0f} calls/s", "1,000/s"
        count, span = at_once(server, small, 50, 60)
        yield "50 clients for 60 s", f"{count / span:,.0f} calls/s, no error", "no error"
        yield from remembered(server, small, int(os.environ.get(CALLS, "20000")))
    finally:
        server.end()
