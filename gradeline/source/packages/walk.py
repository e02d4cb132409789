"""The PlanDefinitions of a package, in the order in which a reader meets them: from the whole to its parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gradeline.errors import DocumentError
from gradeline.source.packages.archive import DEEPEST, Entry, Json, Package

GRADING = ("cqf-strengthOfRecommendation", "cqf-qualityOfEvidence", "cpg-directionOfRecommendation")


class Found(NamedTuple):
    """A graded action: where it stands, under which heading, and the plan that it is of."""

    entry: Entry
    action: Json
    section: str


class Shelf:
    """The resources of a package by their address, and who refers to whom."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.plans = {_url(each): each for each in package.entries if each.resource["resourceType"] == "PlanDefinition"}
        self.activities = {
            _url(each): each for each in package.entries if each.resource["resourceType"] == "ActivityDefinition"
        }
        self.lost: dict[str, None] = {}
        self._met: dict[int, None] = {}

    def head(self) -> Json:
        """The plan that no other refers to and that most is reached from; the guideline itself, as a rule."""
        roots = self.roots()
        return max(roots, key=lambda each: len([*actions(each.resource)])).resource if roots else {}

    def roots(self) -> list[Entry]:
        """The plans that no other plan refers to; in a closed circle, none."""
        named = {url for each in self.plans.values() for url in map(_bare, _named(each.resource))}
        return [each for url, each in self.plans.items() if url not in named]

    def graded(self) -> Iterator[Found]:
        """Every graded action once, from the roots down; DocumentError where plans refer to each other in a circle."""
        for root in self.roots():
            yield from self._of(root, "", (_url(root),))
        for url, each in self.plans.items():
            if id(each) not in self._met:
                yield from self._of(each, "", (url,))

    def _of(self, entry: Entry, section: str, path: tuple[str, ...]) -> Iterator[Found]:
        if id(entry) in self._met:
            return
        self._met[id(entry)] = None
        own = section or _words(entry.resource)
        for action in entry.resource.get("action", []):
            yield from self._action(entry, action, own, path)

    def _action(self, entry: Entry, action: Json, section: str, path: tuple[str, ...]) -> Iterator[Found]:
        """An action if it is graded, then what it is made of or refers to."""
        if _is_graded(action):
            yield Found(entry, action, section)
        below = section if _is_graded(action) or not action.get("action") else _words(action) or section
        for each in action.get("action", []):
            yield from self._action(entry, each, below, path)
        url = _bare(str(action.get("definitionCanonical", "")))
        if url in path:
            circle = " -> ".join(each.rpartition("/")[2] for each in (*path[path.index(url) :], url))
            raise DocumentError(
                f"its plans refer to each other in a circle: {circle}", "tell its publisher", self.package.name
            )
        if len(path) > DEEPEST:
            raise DocumentError(
                f"its plans refer to each other more than {DEEPEST} deep", "tell its publisher", self.package.name
            )
        if url in self.plans:
            yield from self._of(self.plans[url], below, (*path, url))
        elif "/PlanDefinition/" in url:
            self.lost[url] = None

    def warnings(self) -> Iterator[str]:
        """What is referred to and is not in the package."""
        if self.lost:
            listed = ", ".join(each.rpartition("/")[2] for each in self.lost)
            yield f"{len(self.lost)} plans that are referred to are not in the package: {listed}"


def actions(node: Json) -> Iterator[Json]:
    """Every action below a plan or an action."""
    for each in node.get("action", []):
        yield each
        yield from actions(each)


def _named(resource: Json) -> Iterator[str]:
    for each in actions(resource):
        yield str(each.get("definitionCanonical", ""))


def _is_graded(action: Json) -> bool:
    return any(str(each.get("url", "")).endswith(GRADING) for each in action.get("extension", []))


def _words(node: Json) -> str:
    return shown(node.get("title"))


def shown(text: object) -> str:
    """Words of a package on one line, without the signs that would steer a terminal."""
    return " ".join("".join(each if each.isprintable() else " " for each in str(text or "")).split())


def _url(entry: Entry) -> str:
    """A resource's address; where it has none, its type and id."""
    resource = entry.resource
    return str(resource.get("url") or f"{resource['resourceType']}/{resource.get('id', entry.file)}")


def _bare(canonical: str) -> str:
    return canonical.partition("|")[0].partition("#")[0]
