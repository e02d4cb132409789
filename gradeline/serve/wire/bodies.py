"""Bodies of calls: within size, time and depth, as JSON."""

from __future__ import annotations

import asyncio
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request

from gradeline.serve.config import Limits
from gradeline.serve.wire.outcomes import RefusalError

MEGABYTE = 1_000_000
BRACKETS = bytes(set(range(256)) - set(b"{}[]"))


async def body(request: Request, limits: Limits) -> bytes:
    """The bytes of a body; RefusalError where they are packed, too many, or too slow."""
    most = limits.megabytes * MEGABYTE
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise RefusalError(415, "a packed body is not read", "send the JSON as it is, without Content-Encoding")
    too_long = RefusalError(413, f"the body is over {limits.megabytes} MB", "[limits] megabytes sets it")
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > most:
        raise too_long
    pieces, size = [], 0
    try:
        async with asyncio.timeout(limits.seconds):
            async for piece in request.stream():
                size += len(piece)
                if size > most:
                    raise too_long
                pieces.append(piece)
    except TimeoutError:
        raise RefusalError(408, "the body came too slowly", "[limits] seconds sets how long it may take") from None
    except ClientDisconnect:
        raise RefusalError(400, "the body was cut off") from None
    return b"".join(pieces)


async def document(request: Request, limits: Limits) -> Any:
    """The JSON of a body; RefusalError where it is none, or too deep."""
    kind = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if kind not in ("application/json", "application/fhir+json"):
        raise RefusalError(415, "the body is not said to be JSON", "send Content-Type: application/json")
    return parsed(await body(request, limits), limits.depth)


def parsed(data: bytes, depth: int) -> Any:
    """JSON that is no deeper than it may be."""
    try:
        found = orjson.loads(data)
    except orjson.JSONDecodeError as fault:
        raise RefusalError(400, f"the body is no JSON: {fault.msg}", "send one JSON object, in UTF-8") from None
    if perhaps_deep(data, depth) and deep(found, depth):
        raise RefusalError(400, f"the JSON is nested over {depth} deep", "[limits] depth sets it")
    return found


def perhaps_deep(data: bytes, depth: int) -> bool:
    """Whether brackets alone, those in texts too, leave it open that JSON is too deep: a no is sure."""
    left = data.translate(None, BRACKETS)
    for _ in range(depth // 2):
        if not left:
            return False
        left = left.replace(b"{}", b"").replace(b"[]", b"")
    return bool(left)


def deep(found: Any, depth: int) -> bool:
    """Whether JSON is nested deeper than so."""
    level = [found]
    for _ in range(depth):
        level = [
            inner
            for one in level
            if type(one) in (dict, list)
            for inner in (one.values() if type(one) is dict else one)
            if type(inner) in (dict, list)
        ]
        if not level:
            return False
    return True
