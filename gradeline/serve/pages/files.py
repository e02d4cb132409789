"""Style, script and icon: their names change with what is in them, so a browser keeps them for good."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Response

from gradeline.serve.state import State
from gradeline.web.frame import files

TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
FOR_GOOD = {"Cache-Control": "public, max-age=31536000, immutable"}


def routes(state: State) -> APIRouter:
    """The one route."""
    router = APIRouter()

    @router.get("/static/{name}")
    async def file(name: str) -> Response:
        if name not in files():
            raise HTTPException(404)
        return Response(files()[name], media_type=TYPES[name.rpartition(".")[2]], headers=FOR_GOOD)

    return router
