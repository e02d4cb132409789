"""Tables in: days of every spelling, what is left out as usual, and everything that is wrong told at once."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

import gradeline as gl
from gradeline.codes import Coding
from gradeline.dates import BEGINNING, END, Interval, day
from gradeline.errors import RecordError, UsageError
from gradeline.quantity import Quantity
from gradeline.records import store
from gradeline.records.facts import Fact, Patient

PEOPLE = {"id": ["a", "b"], "birth": ["1980-02-03", "1979"], "sex": ["female", None]}


def read(folder: Path, facts: Any, patients: Any = None) -> dict[str, Any]:
    tables = {"facts": facts, "patients": pa.table(PEOPLE) if patients is None else patients}
    return {one.patient.id: one for one in gl.facts(tables, folder).records()}


def one(**columns: Any) -> pa.Table:
    usual = {"patient": "a", "kind": "condition", "system": "s", "code": "c", "first": "2024-05-06"}
    return pa.table({name: [value] for name, value in {**usual, **columns}.items()})


@pytest.mark.parametrize(
    ("first", "when"),
    [
        ("2024-05-06", ("2024-05-06", "2024-05-06")),
        ("2024-05", ("2024-05-01", "2024-05-31")),
        ("2024", ("2024-01-01", "2024-12-31")),
        ("2024-05-06T10:30:00Z", ("2024-05-06", "2024-05-06")),
        (date(2024, 5, 6), ("2024-05-06", "2024-05-06")),
        (datetime(2024, 5, 6, 23, 59), ("2024-05-06", "2024-05-06")),  # noqa: DTZ001
        (day("2024-05-06"), ("2024-05-06", "2024-05-06")),
        (str(day("2024-05-06")), ("2024-05-06", "2024-05-06")),
    ],
)
def test_days_of_every_spelling(tmp_path: Path, first: object, when: tuple[str, str]) -> None:
    fact = read(tmp_path, one(first=first))["a"].facts[0]
    assert fact.when == Interval(*map(day, when))
    assert (fact.known, fact.assumed) == (day(when[0]), True)


def test_what_is_left_out_is_as_usual(tmp_path: Path) -> None:
    found = read(tmp_path, one())
    when = Interval(day("2024-05-06"), day("2024-05-06"))
    usual = Fact("row/1", "condition", (Coding("s", "c"),), when=when, known=when.first, assumed=True)
    assert found["a"].facts == (usual,)
    assert found["a"].patient == Patient("a", Interval(day("1980-02-03"), day("1980-02-03")), "female")
    assert found["b"].patient == Patient("b", Interval(day("1979-01-01"), day("1979-12-31")))


def test_every_column_is_taken(tmp_path: Path) -> None:
    everything = one(
        key="Observation/1", kind="observation", status="negated", sureness="possible", last="2024-06", known="2024-05-07",
        assumed=False, until="2025", value=70.0, value_unit="mm", declined=True, no_onset=True, time="10:00", unit="Organization/1",
        specialty="s|1", sites=["s|2"], side="left", of="Procedure/1;Procedure/2", text="words",
    )  # fmt: skip
    assert read(tmp_path, everything)["a"].facts == (
        Fact(
            "Observation/1", "observation", (Coding("s", "c"),), "negated", "possible",
            Interval(day("2024-05-06"), day("2024-06-30")), day("2024-05-07"), False, day("2025-12-31"), Quantity(7.0, "cm"),
            True, True, "10:00", "Organization/1", "s|1", (Coding("s", "2"),), "left", ("Procedure/1", "Procedure/2"), "words",
        ),
    )  # fmt: skip


def test_rows_with_one_key_are_one_fact(tmp_path: Path) -> None:
    two = pa.concat_tables([one(key="k", code="c"), one(key="k", code="d"), one(key="l", code="c")])
    facts = read(tmp_path, two)["a"].facts
    assert [[coding.code for coding in fact.codings] for fact in facts] == [["c", "d"], ["c"]]


def test_our_own_tables_come_in_again(tmp_path: Path, sixty: Path) -> None:
    first = gl.facts(sixty, tmp_path / "first")
    again = gl.facts(
        {"facts": f"FROM read_parquet('{first.files['facts']}')", "patients": first.files["patients"]},
        tmp_path / "again",
    )
    assert list(again.records()) == list(first.records())


@pytest.mark.parametrize("form", ["pandas", "arrow", "csv", "parquet", "query", "relation"])
def test_the_same_from_every_form(tmp_path: Path, form: str) -> None:
    import duckdb
    from pyarrow import csv, parquet

    table = one(value=3.5, value_unit="kg", kind="observation")
    file = tmp_path / f"facts.{form}"
    given: Any = {"pandas": table.to_pandas(), "arrow": table, "csv": file, "parquet": file}.get(form)
    if form == "csv":
        csv.write_csv(table, file)
    parquet.write_table(table, file if form == "parquet" else tmp_path / "x.parquet")
    if form == "query":
        given = f"SELECT * FROM '{tmp_path / 'x.parquet'}'"
    if form == "relation":
        connection = duckdb.connect()
        given = connection.sql("SELECT 'a' AS patient, 'observation' AS kind, 's' AS system, 'c' AS code, "
                               "DATE '2024-05-06' AS first, 3.5 AS value, 'kg' AS value_unit")  # fmt: skip
    assert read(tmp_path / "facts", given)["a"].facts[0].value == Quantity(3500.0, "g")


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    wrong = pd.DataFrame({
        "patient": ["a", None, "a"], "kind": ["condition", "wish", "condition"], "system": "s", "code": "c",
        "first": ["2024-13-01", "2024-05-06", "soon"], "value": ["x", "7", None], "status": ["done", "perhaps", None],
    })  # fmt: skip
    with pytest.raises(RecordError) as caught:
        read(tmp_path, wrong)
    told = str(caught.value)
    for part in (
        "1 rows without `patient`", "1 rows whose `kind` is not one of", "2 rows whose `first` is not days",
        "1 rows whose `value` is not a number, as 'x'", "1 rows whose `status` is not one of planned, done, negated, as 'perhaps'",
    ):  # fmt: skip
        assert part in told
    assert not list(tmp_path.glob("*.parquet"))


@pytest.mark.parametrize(
    ("facts", "what"),
    [
        (pa.table({"patient": ["a"]}), "there is no column `kind`"),
        (one(colour="red"), "the column `colour` is not known"),
        (one(first=[["2024"]]), "the column `first` is VARCHAR"),
        (one(first=True), "the column `first` is BOOLEAN, and wants days"),
        (one(first=0), "1 rows whose `first`"),
        (one(value=float("nan")), "whose `value` is not a number"),
        (one(value=1.0, value_unit="furlong"), "no unit of UCUM that is known: furlong"),
        ("SELECT nonsense", "the table facts cannot be read"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, facts: Any, what: str) -> None:
    with pytest.raises(RecordError, match=what):
        read(tmp_path, facts)


def test_two_patients_with_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="1 ids stand twice, as 'a'"):
        read(tmp_path, one(), pa.table({"id": ["a", "a"]}))


def test_facts_of_nobody_are_left_out_and_counted(tmp_path: Path) -> None:
    facts = gl.facts({"facts": one(patient="zoe"), "patients": pa.table(PEOPLE)}, tmp_path)
    assert facts.manifest["account"]["faults"]["facts of patients who are not described"] == 1
    assert [len(one.facts) for one in facts.records()] == [0, 0]


def test_a_fact_without_a_day_may_be_any_day(tmp_path: Path) -> None:
    fact = read(tmp_path, one(first=None).cast(pa.schema([(name, pa.string()) for name in one().column_names])))[
        "a"
    ].facts[0]
    assert (fact.when, fact.known) == (Interval(BEGINNING, END), BEGINNING)


def test_both_tables_are_wanted(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no table patients"):
        gl.facts({"facts": one()}, tmp_path)
    assert isinstance(store.write([], tmp_path), store.Facts)


@pytest.mark.parametrize("given", [None, 5, "", "notes.txt"])
def test_what_is_no_table_is_told(tmp_path: Path, given: object) -> None:
    with pytest.raises(UsageError, match="no table"):
        gl.facts({"facts": given, "patients": given}, tmp_path / "facts")
