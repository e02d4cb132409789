"""Whatever is typed after `gradeline`, it ends with an answer or with one message: never as an error of ours."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.doors.command import ANSWERING, ON, SAMPLES, Said, gradeline, sample

CODES = {0, 1, 2, 3, 4, 5}
SAMPLE = str(SAMPLES / "fresh-episode.json")
TERMS = ["onset", "birth", "sex", "pain", "lumbar-mri", "root-sign", "cauda-equina", "supervised-exercise"]
VALUES = ["yes", "no", "8", "8,5", "8 kg", "yes 2026-10-05", "2026-09-20", "about three weeks ago", "46", "female", "?"]
TEXT = st.text(max_size=12)
DAYS = st.dates().map(str) | st.sampled_from(["2026-02-30", "9999-12-31", "0001-01-01", "2026-11", ""]) | TEXT
GIVEN = st.builds("{}={}".format, st.sampled_from(TERMS) | TEXT, st.sampled_from(VALUES) | TEXT | DAYS)
DATA = st.sampled_from([SAMPLE, "-", ".", "nobody.json", "", str(SAMPLES / "README.md")]) | TEXT
OPTIONS = st.one_of(
    st.sampled_from([
        ["--all"], ["--explain"], ["--note"], ["--json"], ["--verbose"], ["--plain"], ["--readings"], ["--list"],
        ["--lang", "da"], ["--as", "json"], ["--patient", "fresh-episode"], ["--guideline", "lumbar-nerve-root"],
    ]),
    DAYS.map(lambda day: ["--on", day]),
    GIVEN.map(lambda pair: ["--with", pair]),
    TEXT.map(lambda text: ["--patient", text]),
    TEXT.map(lambda text: ["--guideline", text]),
    TEXT.map(lambda text: [f"--{text}"]),
)  # fmt: skip
CALLS = st.builds(
    lambda verb, data, options: [verb, *data, *(word for option in options for word in option)],
    st.sampled_from([*ANSWERING, "advise", "advise"]) | TEXT,
    st.lists(DATA, max_size=2),
    st.lists(OPTIONS, max_size=4),
)


@pytest.fixture(autouse=True, scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What a call might write must not land here."""
    here = Path.cwd()
    os.chdir(tmp_path_factory.mktemp("elsewhere"))
    yield
    os.chdir(here)


def run(arguments: list[str], stdin: str | bytes = b"") -> Said | None:
    """Run the command; none where it showed its help."""
    try:
        return gradeline(*arguments, stdin=stdin)
    except SystemExit as ended:
        assert ended.code == 0
        return None


def sound(said: Said | None) -> None:
    """An answer, or one message and nothing else."""
    if said is None:
        return
    assert said.code in CODES, said.err
    assert "Traceback" not in said.err
    assert bool(said.err) is (said.code > 1) or "--all" in said.out or '"error"' in said.out


@given(CALLS)
def test_any_call(arguments: list[str]) -> None:
    if "--watch" not in arguments:
        sound(run(arguments))


@given(
    st.lists(
        st.sampled_from([*VALUES, "", "stop", "back", "tilbage", "ordered", "declined 2026-10"]) | TEXT, max_size=25
    )
)
def test_any_dialogue(answers: list[str]) -> None:
    said = gradeline("ask", "--on", ON, stdin="\n".join(answers).encode("utf-8", "surrogatepass"))
    assert said.code == 0, said.err
    assert "not a medical device" in " ".join(said.out.split())


@given(st.binary(max_size=40))
def test_any_bytes_as_a_record(data: bytes) -> None:
    said = gradeline("advise", "-", stdin=data)
    assert (said.code, said.out) == (4, "")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something stands in a document."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(place for key, value in inner for place in places(value, (*path, key)))]


BUNDLE = sample("week-nine")
PLACES = places(BUNDLE)[1:]


@given(st.sampled_from(PLACES), JSON)
def test_a_record_with_anything_anywhere(place: tuple[Any, ...], other: Any) -> None:
    """One element of a whole record is replaced by something else."""
    bundle = json.loads(json.dumps(BUNDLE))
    node = bundle
    for key in place[:-1]:
        node = node[key]
    node[place[-1]] = other
    said = gradeline("advise", "-", "--on", ON, "--explain", stdin=json.dumps(bundle).encode())
    assert said.code in (0, 4), (place, other, said.err)
    assert bool(said.out) is (said.code == 0)


@pytest.mark.parametrize("verb", ANSWERING)
def test_each_verb_alone(verb: str) -> None:
    sound(run([verb], stdin="stop\n"))
