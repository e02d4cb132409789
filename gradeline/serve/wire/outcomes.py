"""Errors as FHIR has them: an OperationOutcome that says what is wrong and what cures it."""

from __future__ import annotations

from typing import Any

import orjson
from starlette.responses import Response

from gradeline.errors import GradelineError

CODES = {
    400: "invalid", 401: "login", 403: "forbidden", 404: "not-found", 405: "not-supported", 406: "not-supported",
    408: "timeout", 412: "required", 413: "too-long", 415: "structure", 421: "security", 422: "processing",
    429: "throttled", 500: "exception", 502: "transient", 503: "transient", 504: "timeout",
}  # fmt: skip
FHIR, JSON = "application/fhir+json", "application/json"
BESIDE = {
    401: {"WWW-Authenticate": "Bearer"},
    408: {"Connection": "close"},
    413: {"Connection": "close"},
    429: {"Retry-After": "5"},
    503: {"Retry-After": "5"},
}
"""Headers that go with a status: what is left of a body that was not read is not waited for."""


class RefusalError(GradelineError):
    """A call that cannot be answered: the HTTP status, what is wrong, and what cures it."""

    def __init__(self, status: int, what: str, cure: str = "", where: str = "") -> None:
        super().__init__(what, cure, where)
        self.status = status


def outcome(status: int, what: str, cure: str = "", where: str = "") -> dict[str, Any]:
    """An OperationOutcome of one issue."""
    issue: dict[str, Any] = {"severity": "error", "code": CODES.get(status, "processing")}
    issue["diagnostics"] = f"{what}. Cure: {cure}." if cure else what
    if where:
        issue["expression"] = [where]
    return {"resourceType": "OperationOutcome", "issue": [issue]}


def refused(status: int, what: str, cure: str = "", where: str = "") -> Response:
    """The answer that carries it."""
    return answered(outcome(status, what, cure, where), status, FHIR, BESIDE.get(status))


def answered(
    document: Any, status: int = 200, media: str = JSON, headers: dict[str, str] | None = None
) -> Response:  # fmt: skip
    """A JSON answer."""
    return Response(orjson.dumps(document), status, headers, media)
