"""The command `gradeline audit`: an export in, a report out; every way to ask it wrongly; its page in a browser."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest

import gradeline as gl
from gradeline.cohort.simulate import simulate
from gradeline.show.audit.page import report
from tests.doors.command import Said, gradeline

pytest.importorskip("duckdb", reason="DuckDB is not installed")
pytest.importorskip("altair", reason="altair is not installed")

PARAMETERS = "illness:\n  adults a year: 25 %, assumed\nrecording:\n  root sign: 60 %, assumed\n"
PERIOD = "2024"
TABLES = ("recommendations", "strata", "missing", "terms", "codes")
TEACHING = str(Path(__file__).parents[1] / "guidelines" / "teaching")
WCAG = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small cohort in which many are ill."""
    folder = tmp_path_factory.mktemp("audit")
    (folder / "parameters.yaml").write_text(PARAMETERS, "utf-8")
    simulate(400, folder / "export", seed=3, parameters=folder / "parameters.yaml")
    return folder / "export"


@pytest.fixture(scope="module")
def made(export: Path) -> tuple[Said, Path]:
    """An audit of it, with all its files."""
    out = export.with_name("report")
    return gradeline("audit", export, "--period", PERIOD, "--out", out, "--lang", "en"), out


class TestOutput:
    """What comes out."""

    def test_its_first_lines_say_what_it_will_cost(self, made: tuple[Said, Path]) -> None:
        first = made[0].out.split("\n\n")[0].replace("\n", " ")
        assert re.fullmatch(
            r"\d+ files, \d+ MB: about [2-9] seconds to read and count, 1 MB of disk for the facts, about 1 GB of memory. "
            r"Facts are kept in \S+export.facts, for their owner alone.",
            first,
        )

    def test_the_terminal_has_80_columns_and_names_the_report(self, made: tuple[Said, Path]) -> None:
        ran, out = made
        assert ran.code == 0, ran.err
        lines = [line for line in ran.out.splitlines() if str(out) not in line and "export.facts" not in line]
        assert max(map(len, lines)) <= 80
        assert str(out / "report.html") in ran.out
        for words in ("NOT IN FORCE", "period is later", "Simulated data", "PATTERNS OF PRACTICE", "reviewed by no"):
            assert words in ran.out

    def test_everything_is_there_for_its_owner_alone(self, made: tuple[Said, Path]) -> None:
        _, out = made
        wanted = {"report.html", "audit.json", "measure-reports.json"} | {
            f"{name}.{kind}" for name in TABLES for kind in ("csv", "parquet", "arrow")
        }
        assert {path.name for path in out.iterdir()} == wanted
        assert {stat.S_IMODE(path.stat().st_mode) for path in out.iterdir()} == {0o600}
        assert stat.S_IMODE(out.stat().st_mode) == 0o700

    def test_the_json_holds_what_is_promised(self, made: tuple[Said, Path]) -> None:
        data = json.loads((made[1] / "audit.json").read_bytes())
        assert data["schema"] == 1
        assert {"guideline", "period", "patients", "episodes", "recommendations"} <= data.keys()
        for each in data["recommendations"]:
            assert each["applies"].keys() == {"yes", "no", "unknown"}
            wanted = {"followed", "declined", "departed", "justified", "open", "unknown", "alternative", "incomplete"}
            assert each["practice"].keys() == wanted
            assert {"id", "lowest", "highest"} <= each.keys()
            assert not each["indicator"], "only a strong recommendation has one"

    def test_no_patient_and_no_small_count_is_in_any_file(self, made: tuple[Said, Path]) -> None:
        for path in made[1].glob("*.csv"):
            for row in csv.DictReader(io.StringIO(path.read_text("utf-8"))):
                counts = {
                    name: value for name, value in row.items() if name in ("episodes", "patients", "followed", "open")
                }
                assert not [name for name, value in counts.items() if value and 0 < int(value) < 5], (path.name, row)
                assert not [value for value in row.values() if re.fullmatch(r"p\d+", value)], path.name

    def test_nothing_out_of_the_ordinary_is_said_of_anybody(self, made: tuple[Said, Path]) -> None:
        page = (made[1] / "report.html").read_text("utf-8").lower()
        assert not [word for word in ("outlier", "afviger", "worst", "best region", "target") if word in page]


class TestAsking:
    """How it is asked."""

    def test_twice_gives_the_same(self, export: Path) -> None:
        ways = [
            gradeline("audit", export, "--period", PERIOD, "--json", "--engine", name) for name in ("duckdb", "python")
        ]
        first, second = (json.loads(ran.out) for ran in ways)
        assert (first.pop("engine"), second.pop("engine")) == ("duckdb", "python")
        assert first == second

    def test_rechecking_finds_no_difference(self, export: Path) -> None:
        ran = gradeline("audit", export, "--period", "2023..2025", "--recheck", "200")
        assert ran.code == 0, ran.err
        assert re.search(r"\d\d+ patients, \d+ rows of duckdb: no difference", ran.out)

    def test_a_sample_is_labelled(self, export: Path) -> None:
        ran = gradeline("audit", export, "--period", PERIOD, "--sample", "50%", "--lang", "en")
        assert "SAMPLE of 50 % of the patients: first numbers, not the audit." in ran.out
        assert (
            json.loads(gradeline("audit", export, "--period", PERIOD, "--sample", "0.5", "--json").out)["sample"] == 0.5
        )

    def test_a_sample_of_what_was_never_read_reads_its_patients_alone(self, export: Path, tmp_path: Path) -> None:
        shutil.copytree(export, tmp_path / "export")
        ran = gradeline("audit", tmp_path / "export", "--period", PERIOD, "--sample", "50%", "--json")
        whole = gradeline("audit", export, "--period", PERIOD, "--sample", "50%", "--json")
        first, second = (json.loads(each.out) for each in (ran, whole))
        assert first["patients"] == second["patients"] and first["recommendations"] == second["recommendations"]
        assert (tmp_path / "export.sample.facts" / "manifest.json").is_file()
        assert not (tmp_path / "export.facts").exists(), "facts of a share must not stand where those of all would"

    def test_an_omop_database_and_facts_are_data_too(self, export: Path, tmp_path: Path) -> None:
        (tmp_path / "cdm").mkdir()
        (tmp_path / "cdm" / "person.csv").write_text("person_id,year_of_birth\n1,1980\n", "utf-8")
        ran = gradeline("audit", tmp_path / "cdm", "--period", PERIOD, "--lang", "en")
        assert ran.code == 0, ran.err
        assert "no table         care_site, concept, condition_occurrence" in ran.out
        kept = gl.facts(export).folder
        ready = gradeline("audit", kept, "--period", PERIOD, "--lang", "en")
        assert ready.out.startswith("Facts in ")
        again = gradeline("audit", export, "--period", PERIOD, "--lang", "en")
        assert "The facts of an earlier run" in again.out.split("\n\n")[0]

    def test_what_is_assumed_is_said(self, export: Path) -> None:
        ran = gradeline("audit", export, "--period", PERIOD, "--assume-captured", "--lang", "en")
        assert "ASSUMED: whatever is not recorded was not done" in ran.out

    def test_one_patient_has_the_advice_and_its_reasons(self, export: Path) -> None:
        facts = gl.facts(export).folder
        import duckdb

        query = f"SELECT patient FROM '{facts}/facts/*.parquet' WHERE code = 'L86' AND kind = 'condition' LIMIT 1"
        patient = duckdb.sql(query).fetchall()[0][0]
        ran = gradeline("audit", export, "--period", "2023..2025", "--patient", patient, "--lang", "en")
        assert ran.code == 0, ran.err
        assert "Episode first recorded" in ran.out
        assert "asks     Consider supervised exercise therapy" in ran.out, "each with its reasons, as advise --explain"

    def test_several_guidelines_at_once(self, export: Path) -> None:
        ran = gradeline(
            "audit", export, "--period", PERIOD, "--guideline", "lumbar-nerve-root", "--guideline", TEACHING, "--json"
        )
        assert [each["guideline"] for each in json.loads(ran.out)["audits"]] == ["lumbar-nerve-root", "teaching"]

    def test_nobody_at_all_gives_a_report_that_says_so(self, tmp_path: Path) -> None:
        simulate(0, tmp_path / "nobody")
        ran = gradeline("audit", tmp_path / "nobody", "--period", PERIOD, "--out", tmp_path / "out", "--lang", "en")
        assert ran.code == 0, ran.err
        assert "No episode of this condition began in the period" in " ".join(ran.out.split())
        assert "No episode of this condition began" in (tmp_path / "out" / "report.html").read_text("utf-8")

    def test_people_without_a_single_day_have_no_last_year(self, tmp_path: Path) -> None:
        (tmp_path / "people.ndjson").write_text('{"resourceType": "Patient", "id": "a"}\n', "utf-8")
        ran = gradeline("audit", tmp_path / "people.ndjson", "--lang", "en")
        assert (ran.code, "name one: --period 2025" in ran.err) == (2, True)
        ran = gradeline("audit", tmp_path / "people.ndjson", "--period", "9999", "--lang", "en")
        assert ran.code == 0, ran.err
        assert "no fact in it has a day" in " ".join(ran.out.split())

    def test_a_database_needs_a_folder_and_an_address_that_answers(self, tmp_path: Path) -> None:
        address = "postgresql://reader:secret@127.0.0.1:1/cdm"
        ran = gradeline("audit", address)
        assert (ran.code, "--facts DIR" in ran.err) == (2, True)
        ran = gradeline("audit", address, "--facts", tmp_path / "facts")
        assert ran.code in (2, 4)  # 2 where psycopg is not installed
        assert "secret" not in ran.out + ran.err

    def test_facts_of_another_version_are_told(self, export: Path, tmp_path: Path) -> None:
        folder = shutil.copytree(gl.facts(export).folder, tmp_path / "old")
        manifest = (folder / "manifest.json").read_text("utf-8").replace('"version": 1', '"version": 99', 1)
        (folder / "manifest.json").write_text(manifest, "utf-8")
        ran = gradeline("audit", folder, "--period", PERIOD)
        assert (ran.code, "facts of version 99" in ran.err) == (4, True)

    @pytest.mark.parametrize(
        ("how", "words"),
        [
            (["--engine", "abacus"], "there is no engine `abacus`"),
            (["--by", "moon"], "an audit is not broken down by moon"),
            (["--period", "2024-13"], "'2024-13' is no period"),
            (["--period", "2025..2024"], "ends before it begins"),
            (["--sample", "0%"], "is no share of the patients"),
            (["--patient", "nobody-of-this-name"], "there is no Patient/nobody-of-this-name"),
            (["--guideline", "nothing"], "nothing"),
            (["--engine", "spark", "--master", "moon://here"], "is no master of Spark"),
            (["--master", "local[2]"], "--master is of --engine spark"),
            (["--recheck", "-3"], "--recheck -3 checks nobody"),
        ],
    )
    def test_what_cannot_be_meant_is_refused(self, export: Path, how: list[str], words: str) -> None:
        ran = gradeline("audit", export, *how)
        assert ran.code in (2, 3, 4)
        assert words in ran.err
        assert "Traceback" not in ran.err


@pytest.fixture(scope="module")
def short(made: tuple[Said, Path], export: Path) -> str:
    """The report with one breakdown: every part of a page once."""
    facts, source = gl.facts(export.with_name("export.facts")), gl.data_source(export / "source.yaml")
    return report(gl.audit(gl.guideline("lumbar-nerve-root"), facts, PERIOD, source=source, by=["region"]))


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_the_report_is_for_everybody(browser: Any, short: str, width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True)
    page = context.new_page()
    page.set_content(short)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    found = axe.Axe().run(page, options={"runOnly": WCAG})
    assert found.violations_count == 0, found.generate_report()
    assert page.locator("svg.chart").count() > 1
    context.close()


@pytest.mark.slow
def test_the_printed_report_says_on_every_page_that_it_is_not_in_force(browser: Any, short: str) -> None:
    pdfplumber = pytest.importorskip("pdfplumber", reason="pdfplumber is not installed")
    page = browser.new_context(offline=True).new_page()
    page.set_content(short)
    with pdfplumber.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as paper:
        printed = [each.extract_text() for each in paper.pages]
    assert len(printed) > 3
    assert {text.splitlines()[0] for text in printed} == {"NOT IN FORCE since 22 Mar 2023"}
