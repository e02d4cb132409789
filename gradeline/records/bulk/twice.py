"""Resources that come more than once: the same line counts once; of different ones `fhir/` takes the newest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from gradeline.records.bulk.lines import Lines, source, typed
from gradeline.records.bulk.select import COLUMNS, FACT, LATER, UNUSED

SHARE = 4_000_000
"""Keys that are counted at once; memory stays flat."""
READ = f"(outcome IN ('{FACT}', '{LATER}') OR (outcome = '{UNUSED}' AND patient IS NOT NULL))"
FIRST = f'"place" = 0 AND "key" IS NOT NULL AND NOT contains("key", \'#\') AND {READ}'
"""One row of each resource that may make facts."""
ONCE = """
CREATE VIEW once AS
SELECT * FROM lines WHERE split_part("key", '#', 1) NOT IN (SELECT "key" FROM twice) OR "key" IS NULL
UNION ALL BY NAME
SELECT * FROM fetched
UNION ALL BY NAME
SELECT DISTINCT ON ("key", "place") * FROM lines WHERE split_part("key", '#', 1) IN (SELECT "key" FROM twice WHERE same)
"""


def settle(lines: Lines, files: Iterable[Path]) -> Counter[tuple[str, str]]:
    """Make the view `once`, in which every resource is there once, and `later`; tells what was left out."""
    lines.name()
    lines.connection.execute('CREATE TABLE twice ("key" VARCHAR, same BOOLEAN, type VARCHAR, times BIGINT)')
    shares = 1 + lines.all(f"SELECT count(*) FROM lines WHERE {FIRST}")[0][0] // SHARE
    for share in range(shares):
        some = f'{FIRST} AND hash("key") % {shares} = {share} GROUP BY hash("key") HAVING count(*) > 1'
        counted = 'min("key"), min(digest) = max(digest), min(type), count(*)'
        lines.connection.execute(f"INSERT INTO twice SELECT {counted} FROM lines WHERE {some}")
    if lines.all("SELECT count(*) FROM twice")[0][0]:
        fetch(lines, list(files))
        lines.connection.execute(ONCE)
    else:
        lines.connection.execute("CREATE VIEW once AS SELECT * FROM lines")
    lines.connection.execute(f"CREATE VIEW later AS SELECT * FROM once WHERE outcome = '{LATER}'")
    same = lines.all("SELECT type, sum(times - 1) FROM twice WHERE same GROUP BY type")
    return Counter({(kind, "the same resource again"): int(times) for kind, times in same})


def fetch(lines: Lines, files: list[Path]) -> None:
    """Read the lines again whose resources differ."""
    if not lines.all("SELECT count(*) FROM twice WHERE NOT same")[0][0]:
        lines.connection.execute("CREATE TABLE fetched AS SELECT * FROM lines WHERE false")
        return
    said = {"key": "k", "patient": "'~' || k", "type": "type", "place": "0"}
    said |= {"outcome": f"'{LATER}'", "raw": "json", "file": "file"}
    columns = ", ".join(f'({said.get(name, "NULL")})::{kind} AS "{name}"' for name, kind in COLUMNS.items())
    again = f"SELECT *, type || '/' || id AS k FROM ({typed(source(files))})"
    lines.connection.execute(
        f'CREATE TABLE fetched AS SELECT {columns} FROM ({again}) WHERE k IN (SELECT "key" FROM twice WHERE NOT same)'
    )
