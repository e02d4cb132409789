"""Feedback and what was shown: each once, kept before it is acknowledged, through a kill and a database that is away."""

from __future__ import annotations

import csv
import io
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import create_engine, inspect

from gradeline.serve.config import Config, Store
from gradeline.serve.store.tables import METADATA, SHOWN
from tests.agree import postgres
from tests.doors.serve.calling import ORDERS, PATIENT, Plain, Server, call, searchset

requirement = pytest.mark.requirement


def entry(card: str = "", outcome: str = "overridden", **more: Any) -> Plain:
    return {"card": card or str(uuid4()), "outcome": outcome, "outcomeTimestamp": "2026-11-23T12:00:00Z", **more}


def tell(server: Server, *entries: Plain) -> httpx.Response:
    return server("POST", f"/cds-services/{PATIENT}/feedback", json={"feedback": list(entries)})


def rows(server: Server) -> int:
    with server.state.counted.store.engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM feedback").scalar() or 0)


class TestFeedback:
    @requirement("CH-148")
    def test_is_kept_once_however_often_it_is_sent(self) -> None:
        server, said = Server(), entry()
        same = said | {"outcomeTimestamp": "2026-11-23T13:00:00+01:00"}
        answers = [tell(server, said), tell(server, said), tell(server, same), tell(server, said, said)]
        assert {(answer.status_code, answer.text) for answer in answers} == {(200, "{}")} and rows(server) == 1

    def test_all_of_a_message_or_nothing(self) -> None:
        server = Server()
        assert tell(server, entry(), entry(outcome="ignored")).status_code == 400 and rows(server) == 0

    @pytest.mark.parametrize(
        "wrong",
        [
            {"card": "x"}, {"card": None}, {"outcome": None}, {"outcomeTimestamp": "today"}, {"outcomeTimestamp": ...},
            {"outcome": "accepted"}, {"outcome": "accepted", "acceptedSuggestions": [{"id": "x"}]}, {"overrideReason": "no"},
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_told(self, wrong: Plain) -> None:
        server = Server()
        given = {key: value for key, value in (entry() | wrong).items() if value is not ...}
        answer = tell(server, given)
        diagnostics = answer.json()["issue"][0]["diagnostics"]
        assert answer.status_code == 400 and ("feedback[0]" in diagnostics or "overrideReason" in diagnostics)

    def test_an_unknown_service_is_not(self) -> None:
        assert Server()("POST", "/cds-services/x/feedback", json={"feedback": [entry()]}).status_code == 404

    def test_the_page_and_the_table_count_it(self) -> None:
        server = Server()
        for sample, outcome in (("week-nine", "overridden"), ("week-fourteen", "accepted"), ("l86-no-onset", "")):
            (card,) = server.cards(sample)
            if outcome:
                more: Plain = (
                    {"acceptedSuggestions": []}
                    if outcome == "accepted"
                    else {"overrideReason": {"reason": {"code": "patient-refuses", "system": "x"}}}
                )
                assert tell(server, entry(card["uuid"], outcome, **more)).status_code == 200
        tell(server, entry())
        lines = {
            line["recommendation"]: line for line in csv.DictReader(io.StringIO(server("GET", "/feedback.csv").text))
        }
        due = lines["surgical-assessment"]
        assert [due[name] for name in ("shown", "accepted", "overridden", "ignored")] == ["2", "1", "1", "0"]
        assert due["reasons"] == "patient-refuses 1" and lines["question"]["ignored"] == "1"
        page = server("GET", "/feedback").text
        assert "patient-refuses 1" in page and "Feedback about cards that we do not know: 1." in page


def test_migrations_lead_to_the_tables(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.sqlite3'}"
    for _ in range(2):
        Server(Config(store=Store(url=url))).state.counted.close()
    engine = create_engine(url)
    found = inspect(engine)
    assert set(found.get_table_names()) == {*METADATA.tables, "alembic_version"}
    for name, table in METADATA.tables.items():
        assert {column["name"] for column in found.get_columns(name)} == set(table.columns.keys())
        assert {index["name"] for index in found.get_indexes(name)} == {index.name for index in table.indexes}
    engine.dispose()
    assert (tmp_path / "x.key").stat().st_mode & 0o077 == 0


@pytest.mark.slow
def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    """A server is killed while feedback comes in: each that was acknowledged is there when it starts again."""
    settings = tmp_path / "settings.toml"
    settings.write_text(f'[store]\nurl = "sqlite:///{tmp_path / "kept.sqlite3"}"\n', "utf-8")
    acknowledged: list[str] = []
    with started(settings) as (process, base), httpx.Client(base_url=base) as client:
        while len(acknowledged) < 25:
            said = entry()
            assert client.post(f"/cds-services/{ORDERS}/feedback", json={"feedback": [said]}).status_code == 200
            acknowledged.append(said["card"])
        process.send_signal(signal.SIGKILL)
    assert len(acknowledged) == 25
    assert set(acknowledged) <= set(cards(tmp_path / "kept.sqlite3", "feedback"))


def cards(file: Path, table: str) -> list[str]:
    """The cards that a database tells of."""
    with closing(sqlite3.connect(file)) as connection:
        return [card for (card,) in connection.execute(f"SELECT card FROM {table}")]


@pytest.mark.slow
def test_an_orderly_end_writes_what_waits(tmp_path: Path) -> None:
    kept = tmp_path / "kept.sqlite3"
    settings = tmp_path / "settings.toml"
    adoption = '[adoptions.lumbar-nerve-root]\nby = "a test"\non = 2020-01-01\nwhy = "to test"\nuntil = 2999-12-31\n'
    settings.write_text(f'[store]\nurl = "sqlite:///{kept}"\n{adoption}', "utf-8")
    with started(settings) as (process, base):
        asked = call("l86-no-onset", prefetch={"conditions": searchset([seen_today()])})
        answer = httpx.post(f"{base}/cds-services/{PATIENT}", json=asked, timeout=30)
        assert len(answer.json()["cards"]) == 1
        process.send_signal(signal.SIGTERM)
        process.wait(30)
    assert cards(kept, "shown") == [card["uuid"] for card in answer.json()["cards"]]


def seen_today() -> Plain:
    """A general practitioner's code, recorded today."""
    code = {"coding": [{"system": "urn:oid:1.2.208.176.2.31", "code": "L86"}]}
    subject, today = {"reference": "Patient/l86-no-onset"}, time.strftime("%Y-%m-%d")
    return {"resourceType": "Condition", "id": "c", "code": code, "subject": subject, "recordedDate": today}


class started:
    """A server as a process of its own."""

    def __init__(self, settings: Path) -> None:
        command = [sys.executable, "-m", "gradeline.cli", "serve", "--config", str(settings), "--port", str(free())]
        self.base = f"http://127.0.0.1:{command[-1]}"
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def __enter__(self) -> tuple[subprocess.Popen[bytes], str]:
        for _ in range(300):
            try:
                httpx.get(f"{self.base}/healthz")
                return self.process, self.base
            except httpx.TransportError:
                assert self.process.poll() is None, "the server did not start"
                time.sleep(0.1)
        raise AssertionError("the server does not answer")

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()


def free() -> int:
    """A port that is free."""
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        return int(some.getsockname()[1])


@pytest.fixture(scope="module")
def database() -> Iterator[postgres.Database]:
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    with postgres.database() as made:
        yield made


@pytest.mark.slow
class TestPostgreSQL:
    def server(self, database: postgres.Database, tmp_path: Path, **more: Any) -> Server:
        (tmp_path / "key").write_text("k" * 40, "utf-8")
        return Server(
            demo=True,
            store=Store(
                url=database.address.replace("postgresql", "postgresql+psycopg", 1), key=str(tmp_path / "key"), **more
            ),
        )

    def test_goes_away_and_comes_back(self, database: postgres.Database, tmp_path: Path) -> None:
        server = self.server(database, tmp_path)
        (card,) = server.cards("week-nine")
        said = entry(card["uuid"])
        assert tell(server, said).status_code == 200
        database.stop()
        answer = tell(server, entry(card["uuid"], "accepted", acceptedSuggestions=[]))
        assert answer.status_code == 503 and answer.headers["retry-after"]
        (again,) = server.cards("week-fourteen")
        assert server("GET", "/readyz").status_code == 503 and server("GET", "/healthz").status_code == 200
        database.start()
        later = entry(again["uuid"])
        for _ in range(50):
            if tell(server, later).status_code == 200:
                break
            time.sleep(0.1)
        store, shown = server.state.counted.store, {card["uuid"], again["uuid"]}
        for _ in range(100):
            if store.known(shown) == shown:
                break
            time.sleep(0.1)
        assert store.known(shown) == shown
        assert rows(server) == 2 and server("GET", "/readyz").status_code == 200

    def test_several_processes_share_what_they_count(self, database: postgres.Database, tmp_path: Path) -> None:
        import asyncio

        one, other = (self.server(database, tmp_path, shared=True).state.counted for _ in range(2))
        assert not asyncio.run(one.replay.seen("t", 2e9, 1e9)) and asyncio.run(other.replay.seen("t", 2e9, 1e9))
        assert [asyncio.run(each.replay.count("c")) for each in (one, other, one)] == [1, 2, 3]
        assert one.store.hashed("x") == other.store.hashed("x")


def test_in_memory_too_feedback_is_kept_while_cards_are_written() -> None:
    """A demo has one connection for all: nobody may come between."""
    server = Server()
    (card,) = server.cards("week-nine")
    store = server.state.counted.store
    (shown,) = [dict(row._mapping) for row in shown_rows(server)]
    for number in range(300):
        store.show([shown | {"card": str(uuid4())}])
        assert (
            tell(
                server, entry(card["uuid"], outcomeTimestamp=f"2026-11-23T12:{number // 60:02}:{number % 60:02}Z")
            ).status_code
            == 200
        )


def shown_rows(server: Server) -> Any:
    """What was shown."""
    store = server.state.counted.store
    store.flush()
    with store.connection() as connection:
        return connection.execute(SHOWN.select()).all()
