"""The pages on populations: the facts tables, and the file that describes a source."""

from __future__ import annotations

from gradeline.records.omop.tables import TABLES, VOCABULARIES
from gradeline.records.store.schema import FACTS, LAID, PATIENTS, Column
from gradeline.records.tables import MUST
from gradeline.source.grammar.kinds import Many, Part
from gradeline.source.grammar.sources import SOURCE
from tools.markdown import table

FACTS_PAGE = """\
# Facts tables

A population is two tables, facts and patients. `gl.facts` makes them of FHIR or OMOP, and takes them from whoever has
them already ([how to](../how-to/read-a-population.md)). They are kept in a folder:

| file | holds |
|---|---|
| `facts/*.parquet` | the facts, in buckets of patients, each ordered by kind and code |
| `patients.parquet` | the patients |
| `codings.parquet` | the codings of the facts, each once; without it they are looked for |
| `manifest.json` | where they are from, counts, the account, the version of the tables; it comes last |
| `unread.csv` | what could not be read, with file and line; the first 10,000 |

Only their owner may read them. A folder without its manifest is not whole and is never opened; a run that was killed
leaves what it had in `.unfinished`, and the next run clears it.

## facts

One row for each coding of a fact: rows with one `key` are one fact. A fact that carries no code is one row without.
"""
GIVEN = """\

## As an input

A table of yours needs fewer columns: of facts {facts}, of patients {patients}; what else is left out is as usual
(done, sure, known from its first day on). Days may be `DATE`, text as `2026-11-23`, `2026-11` or `2026`, or numbers;
a birth and a death may be one column each, `birth` and `death`. Values keep their units of UCUM and are made
canonical. Everything that cannot be meant is told at once, with counts and an example, and nothing is written.

## Of OMOP

Of the CDM 5.4 these tables are read, where they are there; only `person` must be: {tables}.

- A standard concept, a source concept and the source's own value are each a coding. The vocabularies {vocabularies}
  have their address of FHIR, any other `urn:omop:vocabulary:NAME`. Without `concept` a number is `urn:omop:concept`.
- A source value that is written `system|code` names its system; any other is in `urn:omop:source:COLUMN`. Name such
  codes under `local codes` of a [`source.yaml`](source-file.md).
- OMOP has no onset: the date of an occurrence is that of a contact, so it is an upper bound. The end of a condition
  is no abatement: often it is the end of a visit.
- The type concept *EHR order* makes a planned order, the status *Preliminary diagnosis* a possible condition. An
  operator other than `=` leaves a value unknown. There are no reasons, and nothing is negated but by the answer no.
"""
SOURCE_PAGE = """\
# The source file

`source.yaml` says of a source of patient data what is recorded there, what its own codes mean, and how it writes.
Absence means no only where it says so: an action that it does not capture completely may have been done all the same.
Give it to `gradeline advise --source FILE`, `gl.data_source`, or beside an export.

```yaml title="source.yaml"
{example}```

A term is captured where every setting that is named for it is `complete` on all days asked about. Name each setting
in which it is done: one that is not named counts as one in which it is not done. Of a measurement `complete` says
nothing: what was not measured has no value. Terms are those of any guideline; a code may mean one term of each.
"""


def facts_tables() -> str:
    """The page on the two tables."""
    musts = {name: ", ".join(f"`{column}`" for column in columns) for name, columns in MUST.items()}
    read = ", ".join(f"`{name}`" for name in TABLES)
    said = GIVEN.format(**musts, tables=read, vocabularies=", ".join(VOCABULARIES))
    return (
        FACTS_PAGE + "\n" + columns(FACTS) + "\n## patients\n\nOne row for each patient.\n\n" + columns(PATIENTS) + said
    )


def columns(listed: tuple[Column, ...]) -> str:
    """The columns of a table."""
    rows = [(f"`{each.name}`", each.type, "yes" if each.empty else "", says(each)) for each in listed]
    return table("column|type|may be empty|says", rows)


def says(column: Column) -> str:
    """What a column says, and whether it is only the layout's."""
    return column.says + (" (made by the writer)" if column.name in LAID else "")


def source_file() -> str:
    """The page on `source.yaml`."""
    parts = "\n".join(part(each, title) for title, each in inner(SOURCE))
    return SOURCE_PAGE.format(example=example()) + "\n## Keys\n\n" + keys(SOURCE) + "\n" + parts


def inner(whole: Part) -> list[tuple[str, Part]]:
    """The parts of the lists of a part."""
    return [
        (each.key, each.kind.of)
        for each in whole.keys
        if isinstance(each.kind, Many) and isinstance(each.kind.of, Part)
    ]


def part(each: Part, title: str) -> str:
    """The keys of one part."""
    return f"## An item of `{title}`\n\n{each.says}\n\n{keys(each)}"


def keys(each: Part) -> str:
    """The keys of a part as a table."""
    rows = [
        (f"`{key.key}`", "yes" if key.must else "", key.says, f"`{key.example}`" if key.example else "")
        for key in each.keys
    ]
    return table("key|must|says|example", rows)


def example() -> str:
    """A small file of all keys."""
    lines = [
        "name: Region North, hospitals and practices",
        "zone: Europe/Copenhagen",
        "from: 2023-01-01",
        "to: 2025-12-31",
    ]
    for title, each in inner(SOURCE):
        lines += ["", f"{title}:"]
        lines += [
            f"{'  - ' if key is each.keys[0] else '    '}{key.key}: {key.example}" for key in each.keys if key.example
        ]
    return "\n".join(lines) + "\n"
