"""The guideline in layers, on paper, as Markdown, and the sheet for its review."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from gradeline.serve.pages.request.asked import page, shelved
from gradeline.serve.state import State
from gradeline.show import markdown, paper
from gradeline.show.content.review.review import review
from gradeline.source.kept import kept
from gradeline.web.frame import filled


def routes(state: State) -> APIRouter:
    """Four forms of the same guideline."""
    router, form = APIRouter(prefix="/guidelines/{id}"), Guide(state)
    router.add_api_route("", form.layers)
    router.add_api_route("/guide.pdf", form.paper)
    router.add_api_route("/guide.md", form.markdown)
    router.add_api_route("/review", form.review)
    return router


class Guide:
    """A guideline of the shelf in the form that is asked for; a public server keeps the publisher's words to itself."""

    def __init__(self, state: State) -> None:
        self.state = state

    async def layers(self, request: Request, id: str) -> HTMLResponse:
        """The quick guide as a page whose layers open."""
        found, shown = shelved(self.state, id), page(request, self.state)
        published = {} if self.state.config.public else kept(id, shown.language)
        return HTMLResponse(filled("guideline.html", shown, guide=found.guide(shown.language), published=published))

    async def paper(self, request: Request, id: str) -> Response:
        """The quick guide as PDF."""
        found, shown = shelved(self.state, id), page(request, self.state)
        pdf = await run_in_threadpool(paper.guide, found.guideline, shown.language)
        return Response(pdf, media_type="application/pdf", headers=named(id, shown.language, "pdf"))

    async def markdown(self, request: Request, id: str) -> Response:
        """The quick guide as Markdown."""
        found, shown = shelved(self.state, id), page(request, self.state)
        text = markdown.guide(found.guideline, shown.language)
        return Response(text, media_type="text/markdown", headers=named(id, shown.language, "md"))

    async def review(self, request: Request, id: str) -> HTMLResponse:
        """The sheet for those who approve the guideline."""
        found, shown = shelved(self.state, id), page(request, self.state)
        read = None if self.state.config.public else kept(id, shown.language)
        content = review(found.guideline, shown.language, read, found.cases)
        return HTMLResponse(filled("review.html", shown, review=content, guide=content.guide))


def named(id: str, language: str, ending: str) -> dict[str, str]:
    """The name under which a browser saves a file."""
    return {"Content-Disposition": f'inline; filename="{id}.{language}.{ending}"'}
