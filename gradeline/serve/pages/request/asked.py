"""What a request for a page says: its language, and the page that its answer stands on."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from gradeline.errors import GradelineError
from gradeline.model.words import LANGUAGES, Language
from gradeline.serve.state import Shelved, State
from gradeline.web.frame import Page, filled


def page(request: Request, state: State) -> Page:
    """The page that is asked for."""
    chosen = next((each for each in LANGUAGES if each == request.query_params.get("lang")), None)
    language = chosen or preferred(request.headers.get("accept-language", ""))
    config = state.config
    return Page(
        language, request.url.path, chosen is not None, config.public, config.audits is not None and not config.public
    )


def preferred(accepted: str) -> Language:
    """The language that a browser likes best of ours.

    >>> preferred("da-DK,da;q=0.9,en;q=0.8"), preferred("de, en;q=0.5"), preferred("")
    ('da', 'en', 'en')
    """
    found: list[tuple[float, Language]] = []
    for part in accepted.lower().split(",")[:20]:
        tag, _, weight = part.strip().partition(";q=")
        language = next((each for each in LANGUAGES if each == tag.partition("-")[0]), None)
        if language:
            found.append((-_number(weight), language))
    return min(found, key=lambda each: each[0])[1] if found else "en"


def _number(weight: str) -> float:
    try:
        return float(weight or 1)
    except ValueError:
        return 0.0


def shelved(state: State, id: str) -> Shelved:
    """A guideline of the shelf; 404 where there is none."""
    if id not in state.shelf:
        raise HTTPException(404)
    return state.shelf[id]


def failed(request: Request, state: State, error: GradelineError | str, status: int) -> HTMLResponse:
    """An error as a page: what is wrong, and what to do."""
    shown = page(request, state)
    what, cure = (error.what, error.cure) if isinstance(error, GradelineError) else (shown.words[error], "")
    return HTMLResponse(filled("error.html", shown, what=what, cure=cure), status)
