"""What the statuses of FHIR R4 mean: planned, done, negated, or no fact, and why. Data only."""

from __future__ import annotations

from typing import NamedTuple

from gradeline.records.facts import Status, Sureness


class Standing(NamedTuple):
    """What a status means: a fact, and how sure, or, with a `why`, no fact. `undone`: a refusal makes it declined."""

    status: Status = "done"
    sureness: Sureness = "sure"
    why: str = ""
    undone: bool = False
    declined: bool = False


PLANNED, DONE, NEGATED = Standing("planned"), Standing("done"), Standing("negated")
PERHAPS_PLANNED, PERHAPS_DONE = Standing("planned", "possible"), Standing("done", "possible")
NOT_DONE = Standing("negated", undone=True)
CANCELLED = Standing(why="cancelled", undone=True)
REVOKED = Standing(why="revoked", undone=True)
DRAFT = Standing(why="a draft")
PROPOSED = Standing(why="only proposed")
OPTION = Standing(why="one of several options")
IN_ERROR = Standing(why="entered in error")
NOT_YET = Standing(why="nothing is available yet")
MISSED = Standing(why="the patient did not come")
DECLINED = Standing("negated", declined=True)

Standings = dict[str, Standing]
REQUEST: Standings = {
    "draft": DRAFT, "active": PLANNED, "on-hold": PLANNED, "revoked": REVOKED, "completed": DONE,
    "entered-in-error": IN_ERROR, "unknown": PERHAPS_PLANNED,
}  # fmt: skip
EVENT: Standings = {
    "preparation": PLANNED, "in-progress": DONE, "not-done": NOT_DONE, "on-hold": DONE, "stopped": DONE,
    "completed": DONE, "entered-in-error": IN_ERROR, "unknown": PERHAPS_DONE,
}  # fmt: skip
RESULT: Standings = {
    "registered": NOT_YET, "preliminary": PERHAPS_DONE, "final": DONE, "amended": DONE, "corrected": DONE,
    "cancelled": CANCELLED, "entered-in-error": IN_ERROR, "unknown": PERHAPS_DONE,
}  # fmt: skip
REPORT: Standings = RESULT | {"partial": DONE, "preliminary": DONE, "appended": DONE}
INTENTS: Standings = {"proposal": PROPOSED, "option": OPTION}
NONE: Standings = {}
VERIFICATION: Standings = {
    "unconfirmed": PERHAPS_DONE, "provisional": PERHAPS_DONE, "differential": PERHAPS_DONE, "confirmed": DONE,
    "refuted": NEGATED, "entered-in-error": IN_ERROR,
}  # fmt: skip
PRESCRIPTION: Standings = {
    "active": PLANNED, "on-hold": PLANNED, "cancelled": CANCELLED, "completed": DONE, "stopped": DONE,
    "draft": DRAFT, "entered-in-error": IN_ERROR, "unknown": PERHAPS_PLANNED,
}  # fmt: skip
TAKING: Standings = {
    "active": DONE, "completed": DONE, "intended": PLANNED, "stopped": DONE, "on-hold": DONE,
    "not-taken": NOT_DONE, "entered-in-error": IN_ERROR, "unknown": PERHAPS_DONE,
}  # fmt: skip
STUDY: Standings = {
    "registered": PLANNED, "available": DONE, "cancelled": CANCELLED, "entered-in-error": IN_ERROR,
    "unknown": PERHAPS_DONE,
}  # fmt: skip
ACTIVITY: Standings = {
    "not-started": PLANNED, "scheduled": PLANNED, "in-progress": DONE, "on-hold": DONE, "completed": DONE,
    "stopped": DONE, "cancelled": CANCELLED, "entered-in-error": IN_ERROR, "unknown": PERHAPS_PLANNED,
}  # fmt: skip
ENCOUNTER: Standings = {
    "planned": PLANNED, "arrived": DONE, "triaged": DONE, "in-progress": DONE, "onleave": DONE,
    "finished": DONE, "cancelled": CANCELLED, "entered-in-error": IN_ERROR, "unknown": PERHAPS_DONE,
}  # fmt: skip
APPOINTMENT: Standings = {
    "proposed": PROPOSED, "pending": PERHAPS_PLANNED, "booked": PLANNED, "waitlist": PLANNED, "arrived": DONE,
    "checked-in": DONE, "fulfilled": DONE, "cancelled": CANCELLED, "noshow": MISSED,
    "entered-in-error": IN_ERROR,
}  # fmt: skip
RESPONSE: Standings = {
    "in-progress": PERHAPS_DONE, "completed": DONE, "amended": DONE, "stopped": DONE,
    "entered-in-error": IN_ERROR,
}  # fmt: skip
CONCLUSION: Standings = RESULT | {"partial": PERHAPS_DONE, "appended": DONE}
"""Of a conclusion, by the status of its report."""
