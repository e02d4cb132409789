"""Who is asking: a cookie with a random id, and the token that every form of a patient page carries."""

from __future__ import annotations

from secrets import token_urlsafe

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from gradeline.serve.sessions import Session
from gradeline.serve.state import State

COOKIE = "gradeline"


def visitor(request: Request) -> str:
    """The id of the browser, a new one where it has none."""
    return request.cookies.get(COOKIE) or token_urlsafe(32)


def remember(request: Request, response: Response, id: str) -> None:
    """Give the browser its id, out of reach of scripts and of other sites."""
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, id, httponly=True, samesite="lax", secure=secure, path="/")


def session(request: Request, state: State) -> Session | None:
    """The session of the browser, where it has one."""
    return state.sessions.find(request.cookies.get(COOKIE, ""))


def check(request: Request, state: State, token: str) -> None:
    """Refuse a form that did not come from a page of ours."""
    if not state.sessions.holds(request.cookies.get(COOKIE, ""), token):
        raise HTTPException(403, "The form is not from a page of this server, or too old. Open the page again.")
