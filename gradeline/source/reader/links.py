"""What names what: circles of criteria and of terms, chains too long, and a `not` that a reason reaches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

LONGEST = 25
"""Names that lead to names: no reader follows more."""

Edges = Mapping[str, Mapping[str, int]]
"""Who names whom, and on which line."""
Wrong = tuple[int, str, str]
"""A line, what is wrong there, and its cure."""


@dataclass
class Links:
    """What named criteria name in turn: the first graph is the guideline's, each other one an alternative's."""

    graphs: list[dict[str, dict[str, int]]] = field(default_factory=lambda: [{}])
    negated: set[str] = field(default_factory=set)
    """The criteria that say `not`."""
    reasons: list[tuple[str, int]] = field(default_factory=list)
    """The criteria that are named within `unless`."""

    def add(self, owner: str, name: str, line: int) -> None:
        """A criterion, or none in particular, names another one."""
        if owner:
            self.graphs[-1].setdefault(owner, {})[name] = line

    def faults(self) -> Iterator[Wrong]:
        """Circles first: where there is one, nothing else can be followed."""
        found = list(circles(self.graphs[0], "criteria"))
        for other in self.graphs[1:]:
            found += circles({**self.graphs[0], **other}, "criteria") if other and not found else ()
        yield from found or self.negations()

    def negations(self) -> Iterator[Wrong]:
        """A reason that says `not` by way of the criteria that it names."""
        for reason, line in self.reasons:
            for name in sorted(reached(reason, self.graphs) & self.negated):
                yield line, f"`{reason}` is a reason, and `{name}` says `not`", REASONS


REASONS = "a reason is something recorded: say it without `not`"


def reached(start: str, graphs: list[dict[str, dict[str, int]]]) -> set[str]:
    """A criterion and all that it names, in any reading."""
    found, open_ = set(), [start]
    while open_:
        name = open_.pop()
        if name not in found:
            found.add(name)
            open_ += [other for graph in graphs for other in graph.get(name, ())]
    return found


def circles(edges: Edges, what: str) -> Iterator[Wrong]:
    """Each circle once, at the line that closes it, and each chain that is too long."""
    height: dict[str, int] = {}
    on_path: set[str] = set()
    for start in edges:
        path = [start] if start not in height else []
        on_path.update(path)
        waiting = [iter(edges[start].items())] if path else []
        while path:
            name, line = next(waiting[-1], ("", 0))
            if not name:
                waiting.pop()
                on_path.discard(done := path.pop())
                height[done] = 1 + max((height.get(each, 0) for each in edges.get(done, ())), default=0)
                if height[done] == LONGEST:
                    yield min(edges[done].values()), f"{LONGEST} {what} that name one another in a row", "name fewer"
            elif name in on_path:
                yield line, f"a circle of {what}: {_shown(path, name)}", _cure(path, name, what)
            elif name not in height and name in edges:
                path.append(name)
                on_path.add(name)
                waiting.append(iter(edges[name].items()))


def _shown(path: list[str], name: str) -> str:
    return " → ".join(f"`{each}`" for each in [*path[path.index(name) :], name])


def _cure(path: list[str], name: str, what: str) -> str:
    if path[-1] == name and what == "criteria":
        return f"if the term is meant, write `recorded: {name}`"
    return "one of them has to stand on its own"
