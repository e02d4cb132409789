"""Resources that come more than once: the same line counts once; of different ones `fhir/` takes the newest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from gradeline.records.bulk.lines.lines import Lines, typed
from gradeline.records.bulk.sql.select import FACT, LATER, PERSON, SHARED, UNUSED, columns

SHARE = 4_000_000
"""Keys that are counted at once; memory stays flat."""
READ = (
    f"(outcome IN ('{FACT}', '{LATER}', '{PERSON}') OR (outcome IN ('{UNUSED}', '{SHARED}') AND patient IS NOT NULL))"
)
FIRST = f'"key" IS NOT NULL AND {READ}'
"""What may make facts."""
LEFT = "coalesce(patient IN (SELECT id FROM left_out), false)"
"""That a line is of a patient who is left out."""
LEFT_OUT = "of a patient who is left out"
UNSORTED = "(coalesce(patient, '') = '' OR patient[1] = '~')"
"""Lines that do not say plainly whose they are: `fhir/` finds that out, and what comes twice among them."""
WANTED = "(k IN (FROM wanted)) IS TRUE AND md5(json) NOT IN (FROM broken)"
"""Lines of wanted keys that are JSON. IS TRUE keeps DuckDB, to which files seem small, from holding all of them."""
ONCE = """
CREATE VIEW once AS
SELECT * FROM lines WHERE "key" NOT IN (SELECT "key" FROM twice) OR "key" IS NULL
UNION ALL BY NAME
SELECT * FROM fetched
UNION ALL BY NAME
SELECT DISTINCT ON ("key") * FROM lines WHERE "key" IN (SELECT "key" FROM twice WHERE same)
"""


def settle(lines: Lines, files: Iterable[Path]) -> None:
    """Make the view `once`, in which every resource is there once, and `later`."""
    lines.name()
    lines.connection.execute('CREATE TABLE twice ("key" VARCHAR, same BOOLEAN, type VARCHAR, times BIGINT)')
    shares = 1 + lines.all(f"SELECT count(*) FROM {lines.rows()}")[0][0] // SHARE
    hashes: list[int] = []
    found: list[str] = []
    for share in range(shares):
        some = f'SELECT hash("key") AS h FROM lines WHERE {FIRST} AND h % {shares} = {share} GROUP BY h'
        hashes += [each for (each,) in lines.all(f"{some} HAVING count(*) > 1")]
    if hashes:
        # Different keys may have one hash: of six million a thousand pairs have.
        keys = f'SELECT "key" FROM lines WHERE {FIRST} AND hash("key") IN (SELECT unnest(?::UBIGINT[])) GROUP BY "key"'
        found = [key for (key,) in lines.all(f"{keys} HAVING count(*) > 1", hashes)]
    if found:
        compare(lines, list(files), found)
        lines.connection.execute(ONCE)
    else:
        lines.connection.execute("CREATE VIEW once AS SELECT * FROM lines")
    lines.connection.execute(f"CREATE VIEW later AS SELECT * FROM once WHERE outcome = '{LATER}'")


def again(lines: Lines) -> Counter[tuple[str, str]]:
    """How often the same resource came again, of the patients who are used."""
    same = f'SELECT t.type, {LEFT}, sum(t.times - 1) FROM twice t JOIN once USING ("key") WHERE t.same GROUP BY ALL'
    return Counter({
        (kind, LEFT_OUT if left_out else "the same resource again"): int(times)
        for kind, left_out, times in lines.all(same)
    })  # fmt: skip


def compare(lines: Lines, files: list[Path], keys: list[str]) -> None:
    """Read again the lines of these keys; keep those that differ for `fhir/`."""
    lines.connection.execute("CREATE TABLE wanted AS SELECT unnest(?::VARCHAR[]) AS k", [keys])
    again = f"SELECT *, type || '/' || id AS k FROM ({typed(lines.again(files))})"
    lines.connection.execute(f"CREATE TABLE read_again AS SELECT * FROM ({again}) WHERE {WANTED}")
    unsorted = f"SELECT \"key\" FROM lines WHERE outcome = '{LATER}' AND {UNSORTED}"
    same = f'count(DISTINCT json) = 1 AND k NOT IN ({unsorted} AND "key" IS NOT NULL)'
    lines.connection.execute(f"INSERT INTO twice SELECT k, {same}, min(type), count(*) FROM read_again GROUP BY k")
    said = {"key": "k", "patient": "'~' || k", "type": "type", "outcome": f"'{LATER}'", "raw": "json", "file": "file"}
    those = 'k IN (SELECT "key" FROM twice WHERE NOT same)'
    made = columns(said, "NULL")
    lines.connection.execute(f"CREATE TABLE fetched AS SELECT {made} FROM read_again WHERE {those}")
