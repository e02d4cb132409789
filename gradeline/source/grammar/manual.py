"""The table as a manual: what may stand in a guideline file and in its cases, key by key, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import indent

from gradeline.codes import SYSTEMS
from gradeline.source.facts import QUALIFIERS
from gradeline.source.grammar import table
from gradeline.source.grammar.cases import CASE
from gradeline.source.grammar.kinds import Entries, Key, Kind, Logic, Many, Part, Phrase, Words
from gradeline.source.grammar.logic import CRITERIA, FORMS
from gradeline.source.grammar.phrases import LINE

INTRODUCTION = f"""\
# The guideline file

A guideline is one file, `guideline.yaml`. It is meant to be read aloud to a clinician who has never seen YAML.

- Write a key, a colon and its value; what belongs to a key stands below it, two spaces further in. A list has an item
  on each line, after `- `. Spaces count; tabs are errors.
- Every value is text: `no`, `on`, `1.10` and `2026-11-23` stay what you wrote. Put quotes around a text that has `: `
  or ` #` in it, or that begins with a sign.
- A long text stands below `>-`, indented. What stands after ` #` is for the people who read the file.
- **Ids** are small letters, digits and hyphens: `leg-pain`. Every name that is used must be defined in the file.
- **Text** for people is a line of English, or a block with `en:` and `da:`.
- **Lengths of time** are `28 days`, `12 weeks`, `3 months`, `18 years`. A week is seven days, a month that of the
  calendar.
- **Quantities** are a number and a unit of UCUM: `7 {{score}}`, `140 mm[Hg]`.
- **Parameters** are numbers with a name; where a number may stand, `$` and the name may stand.
- **Code systems** are {", ".join(f"`{system}`" for system in SYSTEMS)}; `own` is for a code that no system has.

`gradeline check` reads the file and says everything that is wrong at once, with the line and what to do.
"""
SAMPLE_SAYS = """\
A small whole file, of an invented guideline; a new one may begin as a copy of it:

"""
CRITERIA_SAY = """\
## Criteria

A criterion is a claim about a patient on a day; its answer is yes, no or unknown. One key says which it is, and its
options stand beside that key. A bare name is a criterion of `criteria`, or else a term that is recorded. Where no
window is written, a criterion looks at the episode, from the onset on.
"""
FORMS_SAY = """\
## Forms

The form of a recommendation is what it asks of practice. Each brings keys of its own, which stand beside the others.
"""
CASES_SAY = """\
## Cases

Beside the guideline stands `cases.yaml`, a list of cases. `gradeline check` runs them.
"""
FACTS_SAY = """\
### Facts in clinical words

A fact is a term, perhaps a value with its unit (`-` for a value that is missing), and a date: `leg-pain 2026-10-01`,
`pain 8 {score} 2026-10-12`, `lumbar-mri 2026-10`. The date may be partial, or `undated`. A finding is a diagnosis, a
measurement an observation, and an action has been done, unless what follows says otherwise. The word `contact` with a
date is a contact that names no term. After the date, each after a comma, may stand:
"""
PARTS = (
    table.PUBLISHER, table.CURRENCY, table.ENCODING, table.EPISODE, table.TERM, table.GATE, table.GROUP, table.CAUTION,
    table.SECTION, table.RECOMMENDATION, table.INTERPRETATION, table.ALTERNATIVE, table.TIMING, table.SOURCE,
)  # fmt: skip


def manual() -> str:
    """The manual of the guideline file and of its cases."""
    chapters = [INTRODUCTION, *chapter(table.GUIDELINE, "##"), f"{SAMPLE_SAYS}```yaml\n{whole()}```\n"]
    for part in PARTS:
        chapters += chapter(part, "##")
    for says, parts in ((CRITERIA_SAY, CRITERIA), (FORMS_SAY, FORMS)):
        chapters.append(says)
        for part in parts.values():
            chapters += chapter(part, "###")
    chapters += [CASES_SAY, *chapter(CASE, "###"), FACTS_SAY, qualifiers()]
    return "\n".join(chapters)


def whole() -> str:
    """A small guideline file that is complete."""
    return Path(__file__).with_name("sample.yaml").read_text(encoding="utf-8")


def chapter(part: Part, level: str) -> Iterator[str]:
    """What a part is, its keys, and an example."""
    title = f"`{part.called}`" if part.called in CRITERIA or part.called in FORMS else part.called.capitalize()
    yield f"{level} {title}\n\n{part.says}\n"
    rows = ((f"`{key.key}`{' (required)' if key.must else ''}", stands(key), sentence(key.says)) for key in part.keys)
    yield rows_of(("Key", "What stands there", "What it means"), rows)
    if part is not table.GUIDELINE:
        form = f"form: {part.called}\n" if part.called in FORMS else ""
        file = "cases" if part is CASE else "guideline"
        yield f'```yaml title="{file}.yaml"\n{form}{sample(part)}```\n'


def qualifiers() -> str:
    """What may stand after the date of a fact."""
    return rows_of(("Words", "What they mean"), ((f"`{each.example}`", sentence(each.says)) for each in QUALIFIERS))


def rows_of(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table in Markdown."""
    lines = [heads, ("---",) * len(heads), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def sentence(says: str) -> str:
    """A capital letter first."""
    return says[:1].upper() + says[1:]


def stands(key: Key) -> str:
    """What stands behind a key, with an example where it is one line."""
    example = key.example if "\n" not in key.example and not key.example.startswith("- ") else ""
    if isinstance(key.kind, Phrase) and not key.kind.choices:
        example = example or (key.kind.example if key.kind is not LINE else "")
        return called(key.kind) + (f": `{plain(example)}`" if example else "")
    return called(key.kind)


def called(kind: Kind) -> str:
    """What a kind is called."""
    match kind:
        case Phrase(name, _, _, _, choices):
            return " or ".join(f"`{each}`" for each in choices) if choices else name
        case Many(of, none):
            return f"a list, each {called(of)}" + (f"; or `{none}`" if none else "")
        case Entries(name):
            return name
        case Part(part):
            return f"the keys of [{part}](#{part.replace(' ', '-')})"
        case Words():
            return "text"
        case Logic():
            return "a criterion"


def plain(example: str) -> str:
    """An example without the quotes that YAML wants."""
    return example.strip('"')


def sample(part: Part) -> str:
    """An example of a part, made of the examples of its keys."""
    if part.sample:
        return part.sample
    keys = [*part.keys, *forms_keys(part)]
    written = [entry(key) for key in keys]
    return "".join(line for line in written if line)


def forms_keys(part: Part) -> tuple[Key, ...]:
    """The keys that the example's form brings with it."""
    form = part.by_name.get("form")
    return part.forms[form.example].keys if form else ()


def entry(key: Key) -> str:
    """One key with its example."""
    name = key.key.replace("N", "2") if key.key == "at least N of" else key.key
    value = key.example or shown(key.kind)
    if (
        "\n" in value
        or value.startswith("- ")
        or (not isinstance(key.kind, Phrase | Words | Logic | Many) and ": " in value)
    ):
        return f"{name}:\n{indent(value.rstrip(), '  ')}\n"
    return f"{name}: {value}\n"


def shown(kind: Kind) -> str:
    """An example of what may stand behind a key."""
    match kind:
        case Phrase(_, example):
            return example
        case Many(of):
            return "- " + indent(shown(of), "  ").strip()
        case Part():
            return sample(kind)
        case Logic():
            return "leg-pain"
        case Entries(_, key, of):
            return f"{key.example}: {shown(of)}"
        case Words():
            return "Words for people"
