"""Sample records name the day that they are to be asked on; no real record does, however it is dated."""

from __future__ import annotations

from gradeline.dates import Day, interval

TEST_DATA = "http://terminology.hl7.org/CodeSystem/v3-ActReason", "HTEST"
"""The tag by which FHIR marks what was made for tests."""


def named_day(document: object) -> Day | None:
    """The day of a Bundle's timestamp where it is tagged as test data; a real one's only says when it was made."""
    if not isinstance(document, dict) or document.get("resourceType") != "Bundle":
        return None
    meta = document.get("meta")
    tags = meta.get("tag") if isinstance(meta, dict) else None
    listed = tags if isinstance(tags, list) else ()
    tagged = any((tag.get("system"), tag.get("code")) == TEST_DATA for tag in listed if isinstance(tag, dict))
    try:
        return interval(document["timestamp"]).first if tagged else None
    except (KeyError, TypeError, ValueError):
        return None
