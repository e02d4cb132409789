"""The shapes of calls and answers, for our OpenAPI; what is checked of a call is in `calls`."""

from __future__ import annotations

from typing import Any

Plain = dict[str, Any]
FHIR_ID = r"^[A-Za-z0-9\-.]{1,64}$"
UUID: Plain = {"type": "string", "format": "uuid"}
WORDS: Plain = {"type": "string", "pattern": r"\S"}
CODING: Plain = {
    "type": "object",
    "required": ["system", "code"],
    "properties": {"system": {"type": "string"}, "code": {"type": "string"}, "display": {"type": "string"}},
}
RESOURCE: Plain = {"type": "object", "required": ["resourceType"], "properties": {"resourceType": {"type": "string"}}}
OUTCOME: Plain = {
    "type": "object",
    "required": ["resourceType", "issue"],
    "properties": {"resourceType": {"const": "OperationOutcome"}, "issue": {"type": "array", "minItems": 1}},
}
SERVICE: Plain = {
    "type": "object",
    "required": ["hook", "id", "description"],
    "properties": {
        "hook": {"type": "string"},
        "id": {"type": "string"},
        "title": {"type": "string"},
        "description": {"type": "string"},
        "prefetch": {"type": "object", "additionalProperties": {"type": "string"}},
        "usageRequirements": {"type": "string"},
    },
}
ACTION: Plain = {
    "type": "object",
    "required": ["type", "description"],
    "properties": {
        "type": {"enum": ["create", "update", "delete"]},
        "description": {"type": "string"},
        "resource": RESOURCE,
        "resourceId": {"type": "string"},
    },
}
SUGGESTION: Plain = {
    "type": "object",
    "required": ["label", "uuid", "actions"],
    "properties": {"label": {"type": "string"}, "uuid": UUID, "actions": {"type": "array", "items": ACTION}},
}
CARD: Plain = {
    "type": "object",
    "required": ["summary", "indicator", "source", "uuid"],
    "properties": {
        "uuid": UUID,
        "summary": {"type": "string", "maxLength": 139},
        "detail": {"type": "string"},
        "indicator": {"enum": ["info", "warning"]},
        "source": {"type": "object", "required": ["label"]},
        "suggestions": {"type": "array", "minItems": 1, "items": SUGGESTION},
        "selectionBehavior": {"const": "at-most-one"},
        "overrideReasons": {"type": "array", "items": CODING},
        "links": {"type": "array", "minItems": 1},
    },
}
REQUEST: Plain = {
    "type": "object",
    "required": ["hook", "hookInstance", "context"],
    "properties": {
        "hook": {"enum": ["patient-view", "encounter-start", "order-select", "order-sign"]},
        "hookInstance": UUID,
        "fhirServer": {"type": "string"},
        "fhirAuthorization": {"type": "object", "required": ["access_token"]},
        "context": {
            "type": "object",
            "required": ["userId", "patientId"],
            "properties": {
                "userId": WORDS,
                "patientId": {"type": "string", "pattern": FHIR_ID},
                "encounterId": {"type": "string", "pattern": FHIR_ID},
                "selections": {"type": "array", "items": {"type": "string"}},
                "draftOrders": {"type": "object"},
            },
        },
        "prefetch": {"type": "object"},
    },
}
ACCEPTED: Plain = {
    "required": ["acceptedSuggestions"],
    "properties": {
        "outcome": {"const": "accepted"},
        "acceptedSuggestions": {
            "type": "array",
            "items": {"type": "object", "required": ["id"], "properties": {"id": UUID}},
        },
    },
}
OVERRIDDEN: Plain = {"properties": {"outcome": {"const": "overridden"}, "overrideReason": {"type": "object"}}}
HEARD: Plain = {
    "type": "object",
    "required": ["feedback"],
    "properties": {
        "feedback": {
            "type": "array",
            "minItems": 1,
            "maxItems": 500,
            "items": {
                "type": "object",
                "required": ["card", "outcome", "outcomeTimestamp"],
                "properties": {"card": UUID, "outcomeTimestamp": {"type": "string", "format": "date-time"}},
                "oneOf": [ACCEPTED, OVERRIDDEN],
            },
        }
    },
}
ERRORS = {
    400: "The call is not what its standard says.",
    401: "A token is missing or does not hold.",
    406: "Only JSON is spoken.",
    404: "There is nothing of this name.",
    408: "The body came too slowly.",
    412: "What is required could not be read; it names the key.",
    413: "The body is too large.",
    415: "The body is no JSON, or is packed.",
    421: "This is not a name under which the server answers.",
    422: "It is sound, and cannot be done.",
    429: "Too many calls.",
    502: "The FHIR server sends what cannot be used.",
    503: "What must be kept cannot be kept now.",
}


def door(request: Plain | None, answer: Plain, words: str, media: str = "application/json") -> Plain:
    """What FastAPI is told of one door."""
    problem = {"application/fhir+json": {"schema": OUTCOME}}
    responses: dict[int, Plain] = {200: {"description": words, "content": {media: {"schema": answer}}}}
    responses |= {status: {"description": said, "content": problem} for status, said in ERRORS.items()}
    body = {"required": True, "content": {"application/json": {"schema": request}}} if request else None
    return {"responses": responses, "openapi_extra": {"requestBody": body} if body else {}}


def listed(name: str, items: Plain) -> Plain:
    """An object with one list."""
    return {"type": "object", "required": [name], "properties": {name: {"type": "array", "items": items}}}


DISCOVERY = door(None, listed("services", SERVICE), "The services.")
CALL = door(REQUEST, listed("cards", CARD), "The cards; an empty list where there is nothing to say.")
FEEDBACK = door(HEARD, {"type": "object"}, "The feedback is kept.")
