"""The audits: reports of a folder, and one patient of an audit, read as the audit reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.doors.command import gradeline
from tests.doors.web.conftest import Server, serving

duckdb = pytest.importorskip("duckdb", reason="the extra `population` is not installed")

from gradeline.serve.config import Config  # noqa: E402

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one audit of a small cohort, its facts and its source beside it."""
    folder = tmp_path_factory.mktemp("audits")
    data, report = folder / "cohort", folder / "reports" / "last-year"
    assert gradeline("simulate", 300, "--out", data).code == 0
    report.mkdir(parents=True)
    said = gradeline("audit", data, "--period", "2025", "--out", report, "--facts", report / "facts")
    assert said.code == 0, said.err
    (report / "source.yaml").write_bytes((data / "source.yaml").read_bytes())
    return folder / "reports"


@pytest.fixture(scope="module")
def audits(reports: Path) -> Iterator[Server]:
    with serving(Config(demo=True, audits=reports)) as running:
        yield running


@pytest.fixture
def client(audits: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=audits.base) as opened:
        yield opened


def test_each_report_is_listed_and_opens_without_running_anything(client: httpx.Client, reports: Path) -> None:
    text = client.get("/audits").text
    assert "2025-01-01 – 2025-12-31" in text
    assert "Simulated cohort" in text
    report = client.get("/audits/last-year/report")
    assert report.text == (reports / "last-year" / "report.html").read_text("utf-8")
    policy = report.headers["content-security-policy"]
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert report.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ["nobody", "..", "%2e%2e", "facts", "last-year%2ffacts"])
def test_nothing_else_of_the_disk_can_be_reached(client: httpx.Client, name: str) -> None:
    assert client.get(f"/audits/{name}/report").status_code == 404


def token(client: httpx.Client) -> str:
    """What the forms of the page carry."""
    found = re.search(r'name="token" value="(\w+)"', client.get("/audits").text)
    assert found
    return found[1]


def test_a_patient_of_an_audit_stands_on_the_same_page_read_as_the_audit_reads_it(
    client: httpx.Client, reports: Path
) -> None:
    facts = str(reports / "last-year" / "facts" / "patients.parquet")
    with duckdb.connect() as connection:
        (id,) = connection.execute("SELECT id FROM read_parquet(?) ORDER BY id LIMIT 1", [facts]).fetchone()
    answer = client.post("/audits/last-year/patient", data={"token": token(client), "patient": id})
    assert answer.status_code == 303
    assert id not in answer.headers["location"]
    assert "Read as the audit reads it" in client.get(answer.headers["location"]).text
    other = client.post("/audits/last-year/patient", data={"token": token(client), "patient": "nobody"})
    assert other.status_code == 422
    assert "Patient/nobody" in other.text
    assert client.post("/audits/last-year/patient", data={"patient": id}).status_code == 403


def test_a_report_that_cannot_be_read_is_an_error_with_its_cure(client: httpx.Client, reports: Path) -> None:
    broken = reports / "broken"
    broken.mkdir()
    (broken / "report.html").write_text("<p>", "utf-8")
    (broken / "audit.json").write_text(json.dumps({})[:1], "utf-8")
    try:
        answer = client.get("/audits")
        assert answer.status_code == 422
        assert "Make the audit again" in answer.text
    finally:
        for file in (*broken.iterdir(),):
            file.unlink()
        broken.rmdir()


def test_without_a_folder_there_is_no_such_page(server: Server) -> None:
    for language, told in (("en", "with --audits DIR"), ("da", "med --audits MAPPE")):
        answer = httpx.get(f"{server.base}/audits", params={"lang": language})
        assert answer.status_code == 404 and told in answer.text
    assert "/audits" not in httpx.get(server.base).text
