"""The order of definitions: each stands before those that use it, as the reference translator wants it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gradeline.errors import UsageError

CURE = "rename the criterion, term or recommendation of that name in the guideline file"
DEFINED = re.compile(r'^define (?:function )?"([^"]+)"', re.M)
NAMED = re.compile(r'"([^"\n]+)"')


def definitions(text: str) -> Iterator[str]:
    """Each definition of a text, with the comment that stands before it."""
    yield from (each.strip("\n") for each in re.split(r"\n\n+(?=//|define )", text.strip("\n")))


def ordered(texts: Iterable[str]) -> list[str]:
    """The definitions in their order, but each after those that it uses."""
    found: dict[str, str] = {}
    loose = ""
    for each in (one for text in texts for one in definitions(text)):
        called = DEFINED.search(each)
        if called is None:
            loose += each + "\n\n"
            continue
        if called[1] in found:
            raise UsageError(f"two things of the library would be called {called[1]!r}", CURE)
        found[called[1]] = loose + each
        loose = ""
    done: dict[str, str] = {}
    for called_ in found:
        _take(called_, found, done)
    return list(done.values())


def _take(called: str, found: dict[str, str], done: dict[str, str]) -> None:
    """A definition, after all that it uses."""
    if called in done:
        return
    code = "\n".join(line for line in found[called].splitlines() if not line.startswith("//"))
    for used in dict.fromkeys(NAMED.findall(code)):
        if used in found and used != called:
            _take(used, found, done)
    done[called] = found[called]
