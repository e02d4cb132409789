"""Tables in: facts and patients as somebody's own tables or queries, checked, completed and laid out."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from gradeline.dates import BEGINNING, END
from gradeline.errors import RecordError, UsageError
from gradeline.quantity import scale_of
from gradeline.records.bulk.sql.phrases import macros
from gradeline.records.habits import Habits
from gradeline.records.store import schema, write_manifest
from gradeline.records.store.engine import MEMORY, SPILL, connect, errors, text
from gradeline.records.store.facts import Facts
from gradeline.records.store.folder import unfinished
from gradeline.records.store.layout import lay_out
from gradeline.records.tables.columns import DAYS, Given, read, wanted

FACTS = tuple(column.name for column in schema.FACTS if column.name not in schema.LAID)
PATIENTS = (
    "id", "birth", "birth_first", "birth_last", "sex", "death", "death_first", "death_last", "place", "observed_first",
    "observed_last", "ended",
)  # fmt: skip
COLUMNS = {"facts": FACTS, "patients": PATIENTS}
MUST = {"facts": ("patient", "kind", "system", "code", "first"), "patients": ("id",)}
NEVER_EMPTY = {"facts": ("patient", "kind"), "patients": ("id",)}
SUFFIXES = {".parquet": "read_parquet({})", ".csv": "read_csv({}, all_varchar = true)",
            ".csv.gz": "read_csv({}, all_varchar = true)"}  # fmt: skip
QUERIES = ("select", "from", "with", "values")
LATE = ("last", "until", "birth_last", "death_last", "observed_last")
"""Days of which the last counts that they may mean."""


class Tables:
    """Two tables while they are read."""

    def __init__(self, connection: Any, habits: Habits, strict_units: bool = True) -> None:
        self.connection, self.habits, self.strict_units = connection, habits, strict_units
        self.unread: Counter[tuple[str, str]] = Counter()
        self.faults: list[str] = []
        self.left: dict[str, int] = {}
        for macro in macros(habits):
            connection.execute(macro)

    def give(self, name: str, given: Any) -> None:
        """Make a table known: a query, a file, or a table of Python."""
        source = self.source(name, given)
        try:
            self.connection.execute(f"CREATE VIEW given_{name} AS SELECT * FROM {source}")
        except errors() as error:
            raise RecordError(f"the table {name} cannot be read: {str(error).splitlines()[0]}", "look at it") from None

    def source(self, name: str, given: Any) -> str:
        """A table as a relation of SQL."""
        if isinstance(given, str) and (given.split(maxsplit=1) or [""])[0].lower() in QUERIES:
            return f"({given.rstrip().rstrip(';')})"
        if isinstance(given, (str, Path)):
            for suffix, reader in SUFFIXES.items():
                if str(given).endswith(suffix):
                    return reader.format(text(given))
            raise UsageError(f"{given} is no table", f"give {', '.join(SUFFIXES)}, a query, or a table of Python")
        arrow = getattr(given, "to_arrow_table", None)
        try:
            self.connection.register(f"python_{name}", arrow() if arrow else given)
        except (TypeError, errors()):
            what = f"the table {name} is a {type(given).__name__}, which is no table"
            raise UsageError(what, f"give {', '.join(SUFFIXES)}, a query, or a table of Python") from None
        return f"python_{name}"

    def columns(self, name: str) -> dict[str, Given]:
        """The columns of a table; what is missing or unknown is a fault."""
        found = {row[0]: Given(row[0], row[1]) for row in self.connection.execute(f"DESCRIBE given_{name}").fetchall()}
        for column in MUST[name]:
            if column not in found:
                self.faults.append(f"{name}: there is no column `{column}`, {wanted(column)}")
        for column in found.keys() - {*COLUMNS[name], *schema.LAID}:
            self.faults.append(f"{name}: the column `{column}` is not known; see the page on facts tables")
        return {column: each for column, each in found.items() if column in COLUMNS[name]}

    def checked(self, name: str) -> None:
        """Make the view of a table with our columns; every value that cannot be meant is counted."""
        found, phrases, checks = self.columns(name), [], []
        for column, given in found.items():
            phrase = read(column, given, column in LATE)
            if phrase is None:
                self.faults.append(f"{name}: the column `{column}` is {given.type}, and wants {wanted(column)}")
                continue
            phrases.append(f'{phrase} AS "{column}"')
            if column in DAYS:
                phrases.append(f'{read(column, given, last=True)} AS "{column}~last"')
            checks.append((column, given, phrase))
        if self.faults:
            return
        self.count(name, checks)
        self.connection.execute(f"CREATE VIEW read_{name} AS SELECT {', '.join(phrases)} FROM given_{name}")

    def count(self, name: str, checks: list[tuple[str, Given, str]]) -> None:
        """Count, in one pass, what of each column is empty and must not be, or cannot be read."""
        sums = []
        for column, given, phrase in checks:
            sums.append(f"count(*) FILTER ({given.words} IS NOT NULL AND ({phrase}) IS NULL)")
            sums.append(f"any_value({given.words}) FILTER ({given.words} IS NOT NULL AND ({phrase}) IS NULL)")
            empty = f"{given.words} IS NULL" if column in NEVER_EMPTY[name] else "false"
            sums.append(f"count(*) FILTER ({empty})")
        row = self.connection.execute(f"SELECT {', '.join(sums)} FROM given_{name}").fetchall()[0]
        for place, (column, *_) in enumerate(checks):
            wrong, example, empty = row[3 * place : 3 * place + 3]
            if wrong:
                self.faults.append(
                    f"{name}: {wrong} rows whose `{column}` is not {wanted(column)}, as {example[:40]!r}"
                )
            if empty:
                self.faults.append(f"{name}: {empty} rows without `{column}`")

    # What is left out is as usual

    def complete(self) -> None:
        """Make the views with every column, what is not given as usual."""
        self.complete_facts(self.names("read_facts"))
        self.complete_people(self.names("read_patients"))

    def complete_facts(self, given: set[str]) -> None:
        """Make the views `whole` and, with the codings of a fact numbered, `placed`."""
        order = ", ".join(f'"{name}"' for name in ("first", "kind", "system", "code") if name in given)
        usual = {
            "key": f"'row/' || row_number() OVER (PARTITION BY patient ORDER BY {order})",
            "status": "'done'",
            "sureness": "'sure'",
            "first": str(BEGINNING),
            "last": f'coalesce("first~last", {END})',
            "known": f'coalesce("first", {BEGINNING})',
            "assumed": "known IS NULL" if "known" in given else "true",
            **dict.fromkeys(("declined", "no_onset"), "false"),
            **dict.fromkeys(("time", "unit", "specialty", "text"), "''"),
        }
        columns = [self.column(each, given, usual) for each in FACTS if each != "place"]
        columns.append('try_cast("place" AS INTEGER) AS turn' if "place" in given else "0 AS turn")
        self.connection.execute(f"CREATE VIEW whole AS SELECT {', '.join(columns)} FROM read_facts")
        turn = 'row_number() OVER (PARTITION BY patient, "key" ORDER BY turn, system, code) - 1'
        place = f'({turn if "key" in given else "0"})::INTEGER AS "place"'
        self.connection.execute(f"CREATE VIEW placed AS SELECT *, {place} FROM whole")

    def complete_people(self, given: set[str]) -> None:
        """Make the view `people`; birth and death may be given as one date each."""
        first, last = self.habits.observed
        usual = {"place": "''", "ended": "''", "observed_first": str(first), "observed_last": str(last)}
        for what in {"birth", "death"} & given:
            usual |= {f"{what}_first": f'"{what}"', f"{what}_last": f'"{what}~last"'}
        columns = [self.column(each, given, usual) for each in PATIENTS if each not in ("birth", "death")]
        self.connection.execute(f"CREATE VIEW people AS SELECT {', '.join(columns)} FROM read_patients")

    def names(self, view: str) -> set[str]:
        """The columns of a view."""
        return {row[0] for row in self.connection.execute(f"DESCRIBE {view}").fetchall()}

    @staticmethod
    def column(name: str, given: set[str], usual: Mapping[str, str]) -> str:
        """A column, given or as usual."""
        kinds = {"value": "DOUBLE", "value_codes": "VARCHAR[]", "sites": "VARCHAR[]", "of": "VARCHAR[]"}
        kind = "INTEGER" if name in DAYS else kinds.get(name, "")
        otherwise = usual.get(name, f"NULL::{kind or 'VARCHAR'}")
        phrase = f'coalesce("{name}", {otherwise})' if name in given and name in usual else f'"{name}"'
        phrase = phrase if name in given else otherwise
        return f'({phrase}){f"::{kind}" if kind else ""} AS "{name}"'

    # Whether they fit

    def fit(self) -> None:
        """Find two patients with one id, and facts of nobody; bring values to their canonical units."""
        twice = "SELECT count(*), any_value(id) FROM (SELECT id FROM people GROUP BY id HAVING count(*) > 1)"
        count, example = self.connection.execute(twice).fetchall()[0]
        if count:
            self.faults.append(f"patients: {count} ids stand twice, as {example!r}")
        strange = "SELECT count(*), count(DISTINCT patient) FROM whole WHERE patient NOT IN (SELECT id FROM people)"
        facts, patients = self.connection.execute(strange).fetchall()[0]
        if facts:
            self.left = {"facts of patients who are not described": facts, "patients who are not described": patients}
        self.scale()

    def scale(self) -> None:
        """What makes each unit canonical; one that nobody knows is a fault, or leaves its values unknown."""
        units = "SELECT coalesce(value_unit, ''), count(*) FROM whole WHERE value IS NOT NULL GROUP BY 1 ORDER BY 1"
        counted = dict(self.connection.execute(units).fetchall())
        rows = [(unit, *(scale_of(unit) or (None, None, None))) for unit in counted]
        self.connection.execute("CREATE TABLE scale (written VARCHAR, unit VARCHAR, factor DOUBLE, plus DOUBLE)")
        if rows:
            self.connection.executemany("INSERT INTO scale VALUES (?, ?, ?, ?)", rows)
        unknown = [unit for unit, canonical, *_ in rows if canonical is None]
        for unit in unknown:
            self.unread["observation", f"a value in the unknown unit {unit[:20]!r}"] = counted[unit]
        if unknown and self.strict_units:
            self.faults.append(f"facts: `value_unit` is no unit of UCUM that is known: {', '.join(unknown[:10])}")

    @property
    def facts(self) -> str:
        """The facts of patients who are described, with canonical values."""
        value = "CASE WHEN factor = 1 AND plus = 0 THEN value ELSE format('{:.12g}', value * factor + plus)::DOUBLE END"
        return (
            f"(SELECT placed.* REPLACE ({value} AS value, scale.unit AS value_unit) FROM placed LEFT JOIN scale ON "
            "placed.value IS NOT NULL AND coalesce(placed.value_unit, '') = scale.written "
            "WHERE patient IN (SELECT id FROM people))"
        )

    def stop(self) -> None:
        """Stop where anything is wrong; all of it is told at once."""
        if self.faults:
            raise RecordError("\n".join(self.faults), "see the page on facts tables")


def write(
    tables: Mapping[str, Any], folder: Path, habits: Habits, memory: str = MEMORY, said: Mapping[str, Any] | None = None
) -> Facts:
    """Make a facts folder of two tables; RecordError with everything that is wrong with them, counted."""
    missing = [name for name in COLUMNS if name not in tables]
    if missing:
        raise UsageError(f"there is no table {' and no table '.join(missing)}", "give both, facts and patients")
    with unfinished(folder) as work:
        connection = connect(work / SPILL, memory)
        try:
            counts, left = lay(Tables(connection, habits), tables, work)
        finally:
            connection.close()
        shutil.rmtree(work / SPILL, ignore_errors=True)
        write_manifest(work, **(said or {}), counts=counts, account={"unused": [], "unread": [], "faults": left})
    return Facts.open(folder)


def lay(read: Tables, tables: Mapping[str, Any], work: Path) -> tuple[dict[str, int], dict[str, int]]:
    """Check and lay out; gives the counts, and what was left out."""
    for stage in stages(read, tables):
        for step in stage:
            step()
        read.stop()
    return lay_out(read.connection, read.facts, "people", work), read.left


def stages(read: Tables, tables: Mapping[str, Any]) -> Iterator[list[Callable[[], None]]]:
    """What is done, stage by stage; after each everything that is wrong is told."""
    yield [partial(read.give, name, tables[name]) for name in COLUMNS]
    yield [partial(read.checked, name) for name in COLUMNS]
    yield [read.complete, read.fit]
