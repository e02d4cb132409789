"""A guideline in the shape of EBMonFHIR, as R5 has it: experimental, and labelled so in every resource.

The standard itself is written for R6, whose resources differ. The codes are those of its draft; the shape is of R5,
which can be checked, and is.
"""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from gradeline.exchange.ebm.assessments import justification, rating
from gradeline.exchange.ebm.compositions import guideline_composition, recommendation_composition
from gradeline.exchange.ebm.parts import citation, group
from gradeline.exchange.fhir.edition import Edition, different
from gradeline.exchange.fhir.elements import Json


def files(edition: Edition) -> dict[str, bytes]:
    """Each resource as a file, and all of them as one Bundle."""
    made = different([*resources(edition)])
    entries = [{"fullUrl": edition.url(each["resourceType"], each["id"]), "resource": each} for each in made]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    named = {f"ebm/{each['resourceType']}-{each['id']}.json": _written(each) for each in made}
    return {"ebm.json": _written(bundle), **dict(sorted(named.items()))}


def resources(edition: Edition) -> Iterator[Json]:
    """The guideline, then each recommendation with its population, its grade and its reasons, then the sources."""
    yield guideline_composition(edition)
    for each in edition.guideline.recommendations:
        yield recommendation_composition(edition, each)
        yield group(edition, each)
        yield rating(edition, each)
        yield justification(edition, each)
    for source in edition.guideline.sources:
        yield citation(edition, source)


def _written(resource: object) -> bytes:
    return orjson.dumps(resource, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
