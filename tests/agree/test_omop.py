"""OMOP in: what it can hold of a population comes back the same, out of files, DuckDB and PostgreSQL alike."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from pyarrow import csv, parquet

import gradeline as gl
from gradeline.cohort.simulate import simulate
from gradeline.errors import RecordError, UsageError
from gradeline.records.facts import Record
from gradeline.records.omop.tables import TABLES
from tests.agree.omop_copy import Copy, held, kept
from tests.agree.postgres import filled, server

Tables = dict[str, pa.Table]


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> list[Record]:
    return list(gl.patients(simulate(120, tmp_path_factory.mktemp("omop") / "cohort", seed=5, processes=1).folder))


@pytest.fixture(scope="module")
def tables(records: list[Record]) -> Tables:
    return Copy(records).tables()


def stored(tables: Tables, form: str, folder: Path) -> Path:
    """The tables as files, or as a DuckDB database."""
    if form == "duckdb":
        path = folder / "omop.duckdb"
        with duckdb.connect(str(path)) as connection:
            for name, table in tables.items():
                connection.register("given", table)
                connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given")
                connection.unregister("given")
        return path
    path = folder / form
    path.mkdir()
    for name, table in tables.items():
        if form == "csv":
            csv.write_csv(table, path / f"{name.upper()}.csv")
        else:
            parquet.write_table(table, path / f"{name}.parquet")
    return path


def same(found: gl.Facts | Any, records: list[Record]) -> None:
    """What OMOP can hold came back; what it cannot is a known number."""
    ours = {f"p{one.patient.id}": one for one in found.records()}
    assert ours.keys() == {one.patient.id for one in records}
    for theirs in records:
        one = ours[theirs.patient.id]
        assert one.patient.birth == theirs.patient.birth
        assert (one.patient.sex, one.patient.place) == (theirs.patient.sex, theirs.patient.place)
        assert bool(one.patient.death) == bool(theirs.patient.death)
        assert Counter(map(kept, one.facts)) == Counter(kept(fact) for fact in theirs.facts if held(fact))
        assert all(fact.no_onset for fact in one.facts)
        assert not [fact for fact in one.facts if fact.kind == "condition" and fact.until]


@pytest.mark.parametrize("form", ["parquet", "csv", "duckdb"])
def test_a_copy_comes_back(records: list[Record], tables: Tables, tmp_path: Path, form: str) -> None:
    same(gl.facts(stored(tables, form, tmp_path), tmp_path / "facts"), records)


def test_a_copy_in_postgresql_comes_back(records: list[Record], tables: Tables, tmp_path: Path) -> None:
    with server() as address:
        filled(address, tables)
        same(gl.facts(address, tmp_path / "facts"), records)
        with pytest.raises(UsageError, match="no place for facts"):
            gl.facts(address)
    with pytest.raises(RecordError, match="the database cannot be read"):
        gl.facts(address, tmp_path / "later")


def test_without_a_vocabulary_source_values_remain(tables: Tables, tmp_path: Path) -> None:
    fewer = {name: table for name, table in tables.items() if name not in ("concept", "death", "location")}
    facts = gl.facts(stored(fewer, "parquet", tmp_path), tmp_path / "facts")
    systems = {coding.system for one in facts.records() for fact in one.facts for coding in fact.codings}
    assert "urn:omop:concept" in systems
    assert any(system.startswith("urn:oid:1.2.208") for system in systems)
    assert "concept" in facts.manifest["account"]["missing tables"]


def test_what_is_no_omop_is_refused(tables: Tables, tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "other.duckdb")) as connection:
        connection.execute("CREATE TABLE sales (n INTEGER)")
    with pytest.raises(RecordError, match="there is no table person"):
        gl.facts(tmp_path / "other.duckdb", tmp_path / "facts")
    person = tables["person"].drop_columns(["year_of_birth"])
    with pytest.raises(RecordError, match="the table person has no column year_of_birth"):
        gl.facts(stored({"person": person}, "parquet", tmp_path), tmp_path / "facts")


def test_columns_of_the_wrong_type_are_all_told_with_counts(tmp_path: Path) -> None:
    (tmp_path / "cdm").mkdir()
    (tmp_path / "cdm" / "person.csv").write_text("person_id,year_of_birth\n1,1980\n2,long ago\n", "utf-8")
    rows = "1,1,L86,2024-13-01\n2,1,L86,2024-01-01\n"
    head = "condition_occurrence_id,person_id,condition_concept_id,condition_start_date\n"
    (tmp_path / "cdm" / "condition_occurrence.csv").write_text(head + rows, "utf-8")
    with pytest.raises(RecordError) as told:
        gl.facts(tmp_path / "cdm", tmp_path / "facts")
    assert set(told.value.what.splitlines()) == {
        "person.year_of_birth: 1 value is no BIGINT",
        "condition_occurrence.condition_start_date: 1 value is no DATE",
        "condition_occurrence.condition_concept_id: 2 values are no BIGINT",
    }
    assert not (tmp_path / "facts" / "manifest.json").exists()


def test_tables_of_omop_without_persons_are_no_fhir(tables: Tables, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="there is no table person, but death"):
        gl.facts(stored({"death": tables["death"]}, "parquet", tmp_path), tmp_path / "facts")


def test_values_answers_and_bounds(tmp_path: Path) -> None:
    concepts = [(1, "pain", "SNOMED", "22253000"), (2, "absent", "SNOMED", "2667000"), (3, "x", "Other", "7")]
    measured = [
        {"measurement_id": 1, "measurement_concept_id": 1, "value_as_number": 70.0, "unit_source_value": "mm"},
        {"measurement_id": 2, "measurement_concept_id": 1, "value_as_number": 7.0, "operator_concept_id": 4171756},
        {"measurement_id": 3, "measurement_concept_id": 1, "value_as_concept_id": 2},
        {"measurement_id": 4, "measurement_concept_id": 3, "value_as_number": 1.0, "unit_source_value": "furlong"},
        {"measurement_id": 5, "measurement_concept_id": 0},
    ]
    rows = [{"person_id": 1, "measurement_date": "2024-05-06", **each} for each in measured]
    said = [{"person_id": 1, "observation_id": 1, "observation_source_value": "local", "value_as_string": "perhaps"}]
    tables = {
        "person": pa.table({"person_id": [1], "year_of_birth": [1980]}),
        "concept": pa.table(dict(zip(TABLES["concept"], map(list, zip(*concepts, strict=True)), strict=True))),
        "measurement": pa.Table.from_pylist(rows, pa.schema([(name, pa.string() if name in ("measurement_date", "unit_source_value") else pa.float64()) for name in TABLES["measurement"]])),
        "observation": pa.Table.from_pylist(said),
    }  # fmt: skip
    facts = gl.facts(stored(tables, "parquet", tmp_path), tmp_path / "facts")
    found = {fact.key: fact for one in facts.records() for fact in one.facts}
    assert found["measurement/1"].value == (7.0, "cm")
    assert found["measurement/2"].value is None
    assert found["measurement/3"].status == "negated"
    assert found["measurement/4"].codings[0].system == "urn:omop:vocabulary:Other"
    assert (found["observation/1"].sureness, found["observation/1"].text) == ("possible", "perhaps")
    assert facts.manifest["account"]["unread"] == [
        {"type": "observation", "why": "a value in the unknown unit 'furlong'", "count": 1}
    ]
    assert facts.manifest["account"]["unused"] == [{"type": "measurement", "why": "no code", "count": 1}]
