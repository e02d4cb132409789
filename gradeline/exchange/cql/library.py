"""The library as a whole: its head, the guideline in its order, then how days and records are read."""

from __future__ import annotations

from collections.abc import Iterator

from gradeline.dates import Duration
from gradeline.exchange.canonical import Canonical, named, version_of
from gradeline.exchange.cql.terms import value_sets
from gradeline.exchange.cql.text import amount, comment, name, quoted, span
from gradeline.model.guideline import Guideline

NOTICE = (
    "Written by Gradeline from its guideline file. Worded by Gradeline, not endorsed by {publisher}; reviewed by: "
    "{reviewers}. Not a medical device as shipped."
)


def files(guideline: Guideline, canonical: Canonical | None = None) -> dict[str, bytes]:
    """What `gradeline export --as cql` writes: the library, by its file's name."""
    return {f"{named(guideline)}.cql": library(guideline, canonical or Canonical()).encode()}


def library(guideline: Guideline, canonical: Canonical) -> str:
    """The whole library as text."""
    return "\n\n".join([_head(guideline, canonical), *_declared(guideline, canonical), "context Patient\n"])


def _head(guideline: Guideline, canonical: Canonical) -> str:
    """What this is, whose it is, and what it is not."""
    reviewers = ", ".join(guideline.encoding.reviewed_by) or "nobody yet"
    notice = NOTICE.format(publisher=guideline.publisher.name.en, reviewers=reviewers)
    said = [guideline.title.en, f"{guideline.publisher.name.en}, version {guideline.currency.version}", notice]
    library = f"library {named(guideline)} version {quoted(version_of(guideline, canonical))}"
    return "\n".join(map(comment, said)) + f"\n\n{library}\n\nusing FHIR version '4.0.1'"


def _declared(guideline: Guideline, canonical: Canonical) -> Iterator[str]:
    """Value sets by their addresses, and parameters."""
    yield "\n".join(
        f"valueset {name(each.title)}: {quoted(canonical.url('ValueSet', each.id))}" for each in value_sets(guideline)
    )
    yield "\n".join(_parameter(id, value) for id, value in guideline.parameters.items())


def _parameter(id: str, value: object) -> str:
    written = span(value) if isinstance(value, Duration) else amount(value)  # type: ignore[arg-type]
    return f"parameter {name(id)} System.Quantity default {written}"
