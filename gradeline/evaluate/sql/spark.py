"""The rows of an audit by Spark: the same steps over the same Parquet, on this machine or on a cluster."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from gradeline.errors import UsageError
from gradeline.evaluate.audit.engines import Leg, Progress
from gradeline.evaluate.audit.kept import take
from gradeline.evaluate.sql.doubtful import DOUBTED, RESULTS, by_record
from gradeline.evaluate.sql.plan_tables.given import arrow, tables_of
from gradeline.evaluate.sql.plan_tables.preparing import sheet
from gradeline.evaluate.sql.text.rendering import Step, steps
from gradeline.evaluate.sql.text.spelling import SPARK
from gradeline.records.store import Facts

if TYPE_CHECKING:
    import duckdb

MASTER = "GRADELINE_SPARK_MASTER"
"""The environment variable that names the cluster; without it Spark runs on this machine."""
MISSING, CURE = "Spark is not installed", "pip install 'gradeline[spark]', and Java 17 or newer"
SETTINGS = {
    "spark.log.level": "OFF",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.ansi.enabled": "true",
    # Where a step is kept, Spark 4.3 carries over what it knows of columns that are no longer there, and fails.
    "spark.sql.constraintPropagation.enabled": "false",
}
LOOPBACK = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
"""Of a Spark that runs on this machine alone: nothing listens elsewhere."""
FEW = 20_000
SMALL = {
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}
"""For fewer patients than that: compiling would take longer than counting."""


def engine(legs: Sequence[Leg], facts: Facts, connection: duckdb.DuckDBPyConnection, progress: Progress) -> None:
    """Fill the tables `episodes` and `findings`."""
    master = os.environ.get(MASTER, "local[*]")
    with said_by(master):
        count(session(master), legs, facts, connection, progress)


def count(
    spark: Any, legs: Sequence[Leg], facts: Facts, connection: duckdb.DuckDBPyConnection, progress: Progress
) -> None:
    """The steps on a Spark that runs."""
    for name, value in SMALL.items():
        if facts.patients < FEW:
            spark.conf.set(name, value)
        else:
            spark.conf.unset(name)
    opened(spark, facts, connection)
    made = sheet(legs, SPARK, lambda query: [tuple(row) for row in spark.sql(query).collect()])
    if not any(row["opens"] for row in made.codes):
        return
    run = steps(made)
    for name, columns in tables_of(made).items():
        spark.createDataFrame(arrow(name, columns)).createOrReplaceTempView(name)
    used = Counter(name for step in run for name in step.reads)
    for number, step in enumerate(run):
        view(spark, step, kept=step.kept and used[step.name] > 1)
        progress(number + 1, len(run))
    for name, step_name in RESULTS.items():
        connection.register(f"given_{name}", spark.table(step_name).toArrow())
    take(connection, {name: f"given_{name}" for name in RESULTS})
    for name in RESULTS:
        connection.unregister(f"given_{name}")
    by_record(legs, facts, connection, spark.sql(DOUBTED).collect())


@contextmanager
def said_by(master: str) -> Iterator[None]:
    """What Spark stumbles over, in one line of ours."""
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
    except ModuleNotFoundError:
        raise UsageError(MISSING, CURE) from None
    try:
        yield
    except (Py4JError, PySparkException) as error:
        lines = [line.strip(" :") for line in str(error).splitlines() if line.strip()] or ["it stopped"]
        why = next((line for line in lines if "Exception" in line or "Error" in line), lines[0])
        what = f"Spark at {master} does not answer, or has stopped: {why[:160]}"
        raise UsageError(what, "look whether the master and its workers run; without --master it runs here") from None


@cache
def session(master: str) -> Any:
    """Spark on a master; UsageError where it is not installed or does not start."""
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError:
        raise UsageError(MISSING, CURE) from None
    builder = SparkSession.builder.master(master).appName("gradeline")
    here = master.startswith("local") or "//127.0.0.1" in master
    for name, value in {**SETTINGS, **(LOOPBACK if here else {})}.items():
        builder = builder.config(name, value)
    made = builder.getOrCreate()
    made.sparkContext.setLogLevel("ERROR")
    return made


def opened(spark: Any, facts: Facts, connection: duckdb.DuckDBPyConnection) -> None:
    """The two tables as Spark reads them; of a sample, its patients alone."""
    for name, files in facts.files.items():
        spark.read.parquet(str(files)).createOrReplaceTempView(name)
    codings = connection.execute("FROM codings").to_arrow_table()
    spark.createDataFrame(codings, "system STRING, code STRING").createOrReplaceTempView("codings")
    (patients,) = connection.execute("SELECT count(*) FROM patients").fetchall()[0]
    if patients == facts.patients:
        return
    ids = connection.execute("SELECT id FROM patients").to_arrow_table()
    spark.createDataFrame(ids).createOrReplaceTempView("sampled")
    for name, id in (("facts", "patient"), ("patients", "id")):
        part = spark.sql(f"SELECT * FROM {name} WHERE {id} IN (SELECT id FROM sampled)")
        part.createOrReplaceTempView(name)


def view(spark: Any, step: Step, kept: bool) -> None:
    """One step as a view; what is read more than once is worked out once."""
    frame = spark.sql(step.query)
    (frame.localCheckpoint() if kept else frame).createOrReplaceTempView(step.name)
