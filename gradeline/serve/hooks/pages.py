"""Pages about the hooks: what became of the cards; in a demo, the last calls and a first card to look at."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from gradeline.model.words import Language
from gradeline.serve.hooks.answer import Answer, answer
from gradeline.serve.hooks.call import calls
from gradeline.serve.hooks.discovery import ORDER_HOOKS, ORDERS, PATIENT_HOOKS
from gradeline.serve.hooks.noting import note, rows
from gradeline.serve.hooks.routes import base
from gradeline.serve.hooks.wording import WORDS
from gradeline.serve.pages.request.asked import page
from gradeline.serve.state import State
from gradeline.serve.store.report import report
from gradeline.show.cards.building import QUESTION, SIGNS
from gradeline.web.frame import filled

COUNTS = ("shown", "accepted", "overridden", "ignored")


def routes(state: State) -> APIRouter:
    """Feedback for all; calls and the first card for a demo on this machine."""
    router = APIRouter(include_in_schema=False)

    @router.get("/feedback")
    async def feedback(request: Request) -> Response:
        found = await asyncio.to_thread(report, state.counted.store)
        shown = page(request, state)
        values = {"names": names(state, shown.language), "counts": COUNTS, "say": WORDS[shown.language]}
        return HTMLResponse(filled("feedback.html", shown, report=found, **values))

    @router.get("/feedback.csv")
    async def table() -> Response:
        found = await asyncio.to_thread(report, state.counted.store)
        return PlainTextResponse(found.csv(), media_type="text/csv")

    if state.config.demo and state.config.loopback:
        router.add_api_route("/calls", Demo(state).last)
        router.add_api_route("/calls/{guideline}/{name}.json", Demo(state).file)
        router.add_api_route("/calls/{guideline}/{name}", Demo(state).sample)
    return router


def names(state: State, language: Language) -> Mapping[tuple[str, str], str]:
    """The names of all recommendations, by the ids of guideline and recommendation."""
    each = ((key, one) for key, shelved in state.shelf.items() for one in shelved.guideline.recommendations)
    return {(key, one.id): one.name.in_(language) for key, one in each} | {
        (key, about): WORDS[language][about] for key in state.shelf for about in (SIGNS, QUESTION)
    }


class Demo:
    """What an integrator looks at, on their own machine."""

    def __init__(self, state: State) -> None:
        self.state = state

    async def last(self, request: Request) -> Response:
        """The last calls, and sample calls to send."""
        shown = page(request, self.state)
        samples = [
            (key, name, self.service(key, name)) for key, each in self.state.shelf.items() for name in each.sample_calls
        ]
        values = {"calls": self.state.calls, "samples": samples, "base": base(request, self.state)}
        return HTMLResponse(filled("calls.html", shown, say=WORDS[shown.language], **values))

    async def sample(self, request: Request, guideline: str, name: str) -> Response:
        """A sample call sent for you, and the cards that come back."""
        shown, shelved = page(request, self.state), self.state.shelf.get(guideline)
        read = calls.read(orjson.loads(self.data(guideline, name)), PATIENT_HOOKS + ORDER_HOOKS)
        service = self.service(guideline, name)
        assert shelved
        found = await answer(self.state, shelved, read, (shown.language, base(request, self.state)))
        self.noted(service, read, found)
        values: dict[str, Any] = {"cards": [card.plain() for card in found.cards], "why": found.why}
        values["details"] = [list(paragraphs(card.detail)) for card in found.cards]
        more = {"base": base(request, self.state), "service": service, "name": name, "guideline": guideline}
        return HTMLResponse(filled("first-card.html", shown, say=WORDS[shown.language], **values, **more))

    def noted(self, service: str, call: calls.Call, found: Answer) -> None:
        """The call counts as any other."""
        note(self.state, service, call, found)
        self.state.counted.store.show(rows(self.state, service, call, found))

    async def file(self, guideline: str, name: str) -> Response:
        """A sample call as a file, to send as it is."""
        return Response(self.data(guideline, name), media_type="application/json")

    def data(self, guideline: str, name: str) -> bytes:
        """A sample call; 404 where there is none."""
        shelved = self.state.shelf.get(guideline)
        if shelved is None or name not in shelved.sample_calls:
            raise HTTPException(404)
        return shelved.sample_calls[name].read_bytes()

    def service(self, guideline: str, name: str) -> str:
        """The service that a sample call is for."""
        return guideline + (ORDERS if orjson.loads(self.data(guideline, name))["hook"] in ORDER_HOOKS else "")


def paragraphs(markdown: str) -> Iterator[list[tuple[bool, str]]]:
    """The little Markdown that cards are written in, as paragraphs of plain and bold text.

    >>> list(paragraphs("**a** b\\n\\nc\\\\*"))
    [[(True, 'a'), (False, ' b')], [(False, 'c*')]]
    """
    for block in markdown.replace("\n- ", "\n\n- ").split("\n\n"):
        parts = enumerate(BOLD.split(block.strip().removeprefix("- ")))
        yield [(bool(number % 2), ESCAPED.sub(r"\1", part)) for number, part in parts if part]


BOLD, ESCAPED = re.compile(r"(?<!\\)\*\*(.+?)(?<!\\)\*\*"), re.compile(r"\\([^\w\s])")
