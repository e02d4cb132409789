"""The table's rows for `source.yaml`, which describes where patient data come from."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from gradeline.model.data_source import Capture, DataSource, LocalCode, Refusal
from gradeline.source.grammar import phrases as say
from gradeline.source.grammar.kinds import Amiss, Key, Many, Names, Part, Phrase


def zone(text: str, names: Names) -> str:
    """A time zone by its place."""
    try:
        return ZoneInfo(text).key
    except (ValueError, OSError, KeyError):
        raise Amiss(f"there is no time zone `{text}`", "write its area and city, as Europe/Copenhagen") from None


def in_order(made: Any, **fields: Any) -> Any:
    """A part whose days are in their order."""
    first, last = fields.get("from_"), fields.get("to")
    if isinstance(first, date) and isinstance(last, date) and last < first:
        raise Amiss(f"`to` is {last}, before `from`", "exchange the two days")
    return made(**fields)


def capture(**fields: Any) -> Capture:
    """What is said of one term."""
    return in_order(Capture, **fields)  # type: ignore[no-any-return]


def source(**fields: Any) -> DataSource:
    """The whole file."""
    return in_order(DataSource, **fields)  # type: ignore[no-any-return]


ZONE = Phrase("a time zone", "Europe/Copenhagen", r"[A-Za-z_]+(/[A-Za-z0-9_+-]+)*", zone)
FROM = Key("from", say.DAY, "the first day", field="from_", example="2023-01-01")
TO = Key("to", say.DAY, "the last day", example="2025-12-31")
SYSTEM = Key("system", say.LINE, "the address of the code system", must=True, example="urn:oid:1.2.208.176.2.4")
# fmt: off
CAPTURE = Part(
    "capture", Capture, "That a term is recorded in a setting, between two days.",
    (
        Key("term", say.ID, "the term, as guidelines call it", must=True, example="lumbar-mri"),
        Key("setting", say.LINE, "where: `anywhere`, or as you call it", example="anywhere"),
        FROM, TO,
        Key("how", say.words("how much is recorded", "complete", "partial"), "complete, where every such thing is "
            "recorded, else partial", must=True, example="complete"),
    ),
    makes=capture,
)
LOCAL = Part(
    "local code", LocalCode, "A code of the source's own, and the term that it means.",
    (
        SYSTEM,
        Key("code", say.LINE, "the code as it is written", must=True, example="INJ-EXF"),
        Key("means", say.ID, "the term", must=True, example="extraforaminal-injection"),
    ),
)
REFUSAL = Part(
    "refusal", Refusal, "A code that says that the patient did not want it.",
    (SYSTEM, Key("code", say.LINE, "the code as it is written", must=True, example="PT-OENSKE")),
)
SOURCE = Part(
    "source", DataSource, "Where patient data come from: what is recorded there, its own codes, its zone.",
    (
        Key("name", say.LINE, "what it is called", must=True, example="Region North, hospitals and practices"),
        Key("simulated", say.YES, "nobody in it is real"),
        Key("zone", ZONE, "its time zone, where it writes instants in universal time (`Z`)"),
        FROM, TO,
        Key("captures", Many(CAPTURE), "what may be concluded from what is not recorded"),
        Key("local codes", Many(LOCAL), "what its own codes mean"),
        Key("refusals", Many(REFUSAL), "further codes by which a patient refuses"),
    ),
    makes=source,
)
# fmt: on
