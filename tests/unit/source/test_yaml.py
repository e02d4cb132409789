"""YAML as text with lines: nothing is guessed, nothing hides, nothing explodes."""

from __future__ import annotations

import pytest

from gradeline.source.yaml import DEEPEST, LONGEST, Block, Items, Tree, Word, decode, tree


def read(text: str) -> Tree:
    return tree(text, "g.yaml")


def test_every_scalar_is_text_and_knows_its_line() -> None:
    found = read("a: no\nb:\n  - 1.10\n  - 2026-11-23\nc:\n  d: 1e3\ne: ~\nf:\n")
    assert found.faults == []
    assert found.node == Block(
        {
            "a": Word("no", 1),
            "b": Items([Word("1.10", 3), Word("2026-11-23", 4)], 3),
            "c": Block({"d": Word("1e3", 6)}, {"d": 6}, 6),
            "e": Word("~", 7),
            "f": Word("", 8),
        },
        {"a": 1, "b": 2, "c": 5, "e": 7, "f": 8},
        1,
    )


def test_folded_and_quoted_text() -> None:
    node = read("a: >-\n  one\n  two\nb: \"x: # y\"\nc: 'it''s'\n").node
    assert isinstance(node, Block)
    assert [word.text for word in node.keys.values() if isinstance(word, Word)] == ["one two", "x: # y", "it's"]


FAULTS = {
    "a key twice": ("a: 1\nb: 2\na: 3\n", 3, "`a` stands twice", "the first is on line 1"),
    "a tab that indents": ("a:\n\tb: 1\n", 2, "a tab", "write spaces"),
    "a tab within": ("a:\tb\n", 1, "a tab", "write spaces"),
    "an anchor": ("a: &x 1\n", 1, "an anchor, `&x`", "write it out"),
    "an alias": ("b: 1\na: *x\n", 2, "an alias, `*x`", "write it out"),
    "a merge": ("a:\n  <<: *x\n", 2, "an alias, `*x`", "write it out"),
    "a tag": (
        "a: 1\nb: !!python/object:os.system x\n",
        2,
        "a tag, `tag:yaml.org,2002:python/object:os.system`",
        "delete",
    ),
    "a key that is a list": ("? [a]\n: 1\n", 1, "a key that is no word", "write `key: value`"),
    "a key that is empty": ('b: 1\n"": 1\n', 2, "a key that is no word", "write `key: value`"),
    "too deep": ("a: " + "[" * (DEEPEST + 1), 1, "nested more than 40 deep", "name its parts"),
    "too large": ("a" * (LONGEST + 1), 1, "a file of 2,000,001 characters", "is it the right file?"),
    "an empty file": ("", 1, "the file is empty", "begin with `id:`"),
    "only a comment": ("# nothing\n", 1, "the file is empty", "begin with `id:`"),
    "two documents": ("a: 1\n---\nb: 1\n", 2, "a second document begins", "delete the line `---`"),
    "a colon in a text": (
        "a: 1\nb: c: d\n",
        2,
        "mapping values are not allowed",
        "put quotes around text that has `: `",
    ),
    "a quote left open": ("a: 1\nb: 'x\nc: 2\n", 2, "unexpected end of stream", "close the quote or the bracket"),
    "a bracket left open": ("a: [1, 2\nb: 2\n", 1, "did not find expected ',' or ']'", "close the list or the braces"),
    "a sign that begins a text": (
        "a: @b\n",
        1,
        "cannot start any token",
        "put quotes around text that begins with a sign",
    ),
    "a line indented otherwise": ("a: 'b'\n  c: 1\n", 2, "this is no YAML", "align"),
    "an invisible character": ("a: 1\nb: \x07\n", 2, "an invisible character, U+0007", "delete it"),
    "a line separator": ("a: 1\u2028b: 2\n", 1, "an invisible character, U+2028", "delete it"),
    "half a character": ("a: \ud83d\n", 1, "an invisible character, U+D83D", "save the file as UTF-8"),
    "hidden behind a backslash": ('a: "\\u0000"\n', 1, "an invisible character behind a backslash", "delete it"),
}


@pytest.mark.parametrize(("text", "line", "what", "cure"), FAULTS.values(), ids=FAULTS)
def test_a_fault_says_where_what_and_what_to_do(text: str, line: int, what: str, cure: str) -> None:
    (fault,) = read(text).faults
    assert fault.where == f"g.yaml:{line}"
    assert what in fault.what
    assert cure in fault.cure


def test_faults_are_told_at_once() -> None:
    found = read("a: &x 1\na: 2\nb: !t 3\n").faults
    assert [fault.where for fault in found] == ["g.yaml:1", "g.yaml:2", "g.yaml:3"]
    assert [fault.where for fault in read("a:\tb\nc: d\ne:\tf\n").faults] == ["g.yaml:1", "g.yaml:3"]


def test_an_anchor_that_would_explode_costs_nothing() -> None:
    """A billion laughs: every line names the line before nine times."""
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30))]
    assert len(read("\n".join(lines)).faults) == 30 + 29 * 9


def test_depth_is_seen_before_it_costs() -> None:
    assert len(read("- " * 300_000).faults) == 1
    assert len(read("{a: " * 300_000).faults) == 1


def test_utf8_with_or_without_its_mark() -> None:
    assert decode("\ufeffa: æ".encode(), "g.yaml") == ("a: æ", [])
    text, (fault,) = decode("a: 1\nb: æ\n".encode("latin-1"), "g.yaml")
    assert (text, fault.where, fault.cure) == ("", "g.yaml:2", "save the file as UTF-8")
