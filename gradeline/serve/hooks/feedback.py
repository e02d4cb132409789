"""Feedback: what a clinician did with a card, kept before it is acknowledged, each outcome once."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from starlette.responses import Response

from gradeline.serve.hooks.call.calls import Plain, table, text, wrong
from gradeline.serve.state import State
from gradeline.serve.store.store import AwayError
from gradeline.serve.wire.outcomes import RefusalError, answered
from gradeline.show.cards.words import REASONS

OUTCOMES = ("accepted", "overridden")
MOST = 500
OTHER = "another reason"
"""A reason that is none of ours is not kept in its own words."""


async def kept(state: State, id: str, document: Any) -> Response:
    """Keep all outcomes of one message, or none; only then is it acknowledged."""
    rows = [row(each, number, id, state.clock()) for number, each in enumerate(listed(document))]
    try:
        await asyncio.to_thread(state.counted.store.keep, rows)
    except AwayError:
        what, cure = "feedback cannot be kept now: the database is away", "send it again later; nothing was kept"
        raise RefusalError(503, what, cure) from None
    return answered({})


def listed(document: Any) -> list[Any]:
    """The entries of one message."""
    if type(document) is not dict or type(document.get("feedback")) is not list:
        raise wrong("`feedback` is missing, or is no list", "feedback")
    if not 0 < len(document["feedback"]) <= MOST:
        raise wrong(f"`feedback` holds none, or more than {MOST}", "feedback")
    return list(document["feedback"])


def row(given: Any, number: int, service: str, received: float) -> dict[str, Any]:
    """One entry as it is kept; words of the clinician are not, for they may name the patient."""
    where = f"feedback[{number}]"
    if type(given) is not dict:
        raise wrong(f"`{where}` is no object", where)
    outcome = text(given, "outcome", f"{where}.outcome")
    if outcome not in OUTCOMES:
        raise wrong(f"`{where}.outcome` is neither accepted nor overridden", f"{where}.outcome")
    accepted = suggestions(given, where) if outcome == "accepted" else []
    return {
        "card": uuid(given.get("card"), f"{where}.card"),
        "service": service[:128],
        "outcome": outcome,
        "at": moment(text(given, "outcomeTimestamp", f"{where}.outcomeTimestamp"), where),
        "received": received,
        "accepted": json.dumps(accepted),
        "reason": reason(given) if outcome == "overridden" else "",
    }


def uuid(value: Any, where: str) -> str:
    """The id of a card or of a suggestion."""
    try:
        return str(UUID(value))
    except (ValueError, TypeError, AttributeError):
        raise wrong(f"`{where}` is no UUID", where, "send the uuid that the card carries") from None


def suggestions(given: Plain, where: str) -> list[str]:
    """The suggestions that were accepted; a link or a card without any has none."""
    listed = given.get("acceptedSuggestions")
    if type(listed) is not list or not all(type(each) is dict for each in listed):
        raise wrong(f"`{where}.acceptedSuggestions` is missing, or is no list of objects", where)
    return [uuid(each.get("id"), f"{where}.acceptedSuggestions.id") for each in listed[:20]]


def reason(given: Plain) -> str:
    """Why a card was overridden: one of the reasons that it offered, else only that there was another."""
    if given.get("overrideReason") is None:
        return ""
    told = table(given, "overrideReason")
    coding = told.get("reason")
    code = coding.get("code") if type(coding) is dict else None
    if code in {each for each, _ in REASONS}:
        return str(code)
    return OTHER if code or told.get("userComment") else ""


def moment(text: str, where: str) -> str:
    """When it was, in UTC, so that the same moment is the same text."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise wrong(f"`{where}.outcomeTimestamp` is no instant", where, "write it as 2026-11-23T12:00:00Z") from None
    if found.tzinfo is None:
        found = found.replace(tzinfo=UTC)
    try:
        return found.astimezone(UTC).isoformat(timespec="milliseconds")
    except OverflowError:
        raise wrong(f"`{where}.outcomeTimestamp` is no instant", where) from None
