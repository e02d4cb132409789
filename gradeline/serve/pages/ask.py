"""The ask page: answers travel in the form and are never stored; each one changes the advice at once."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from gradeline.errors import UsageError
from gradeline.evaluate.dialogue import Dialogue
from gradeline.evaluate.dialogue.typed import keys
from gradeline.model.words import Language
from gradeline.serve.pages.request.asked import page, shelved
from gradeline.serve.pages.request.forms import form
from gradeline.serve.state import Shelved, State
from gradeline.web.ask import answers, ask, unshared
from gradeline.web.frame import filled
from gradeline.web.parts.question import Unread, answer, unread
from gradeline.web.parts.roles import NAMES, role


def routes(state: State) -> APIRouter:
    """The page, and the same page with one more answer."""
    router = APIRouter()

    @router.get("/guidelines/{id}/ask")
    async def begin(request: Request, id: str) -> HTMLResponse:
        return _page(request, state, shelved(state, id), {})

    @router.post("/guidelines/{id}/ask")
    async def go_on(request: Request, id: str) -> HTMLResponse:
        return _page(request, state, shelved(state, id), await form(request))

    return router


def _page(request: Request, state: State, found: Shelved, sent: Mapping[str, str]) -> HTMLResponse:
    """The page as far as the answers go; one that cannot be read is asked again, with the cure."""
    shown, plan = page(request, state), found.dialogue
    known = answers(sent, keys(plan)) | (unshared(plan, sent["shared"]) if "shared" in sent else {})
    known.pop(sent.get("change", ""), None)
    begun, fault = _read(Dialogue(plan, state.today()), known, shown.language)
    if "all" in sent:
        begun = _all(begun)
    elif "asked" in sent and "change" not in sent:
        begun, fault = _read(begun, {sent["asked"]: answer(sent)}, shown.language) if answer(sent) else (begun, fault)
    chosen = role(sent.get("role"))
    content = ask(begun, shown.language, chosen)
    values = {"ask": content, "guideline": found.guideline, "role": chosen, "roles": NAMES, "fault": fault}
    return HTMLResponse(filled("ask.html", shown, answers=begun.answers, **values), 422 if fault else 200)


def _read(dialogue: Dialogue, given: Mapping[str, str], language: Language) -> tuple[Dialogue, Unread | None]:
    """The dialogue with what can be read of some answers, and what is wrong with one that cannot."""
    fault = None
    for key, text in given.items():
        try:
            dialogue = dialogue.answered(key, text)
        except UsageError:
            fault = unread(dialogue.plan, key, text, language)
    return dialogue, fault


def _all(dialogue: Dialogue) -> Dialogue:
    """All groups of warning signs asked and denied, by who says so."""
    for group in dialogue.plan.groups:
        dialogue = dialogue.answered(group.group.id, "no")
    return dialogue
