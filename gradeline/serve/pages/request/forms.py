"""Forms as they come in: read to a limit, in memory alone, and only from a page of ours."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from gradeline.errors import UsageError

MOST_FIELDS = 300
LONGEST_FORM, LONGEST_UPLOAD = 200_000, 20_000_000


@dataclass(frozen=True)
class Sent:
    """What a form sent: its fields, of two with one name the last, and its file."""

    fields: dict[str, str]
    file: bytes = b""


async def form(request: Request) -> dict[str, str]:
    """The fields of a form."""
    body = b"".join([part async for part in limited(request, LONGEST_FORM)])
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        raise HTTPException(400, "The form cannot be read.") from None


async def upload(request: Request) -> Sent:
    """The fields of a form and its file, which never touches a disk."""
    parser = MultiPartParser(request.headers, limited(request, LONGEST_UPLOAD), max_files=1, max_fields=20)
    parser.spool_max_size = LONGEST_UPLOAD
    try:
        sent = await parser.parse()
    except (MultiPartException, KeyError):
        raise HTTPException(400, "The form cannot be read.") from None
    fields = {key: value for key, value in sent.items() if isinstance(value, str)}
    file = sent.get("file")
    data = await file.read() if isinstance(file, UploadFile) else b""
    await sent.close()
    return Sent(fields, data)


async def limited(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    """The body of a request; UsageError where it is longer than anybody needs."""
    length = 0
    async for part in request.stream():
        length += len(part)
        if length > most:
            raise UsageError("what you sent is too large", f"send at most {most // 1_000_000 or 1} MB")
        yield part
