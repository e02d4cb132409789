"""The doors for whoever runs the server: whether it lives and is ready, and what it measures."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter
from starlette.responses import Response

from gradeline.serve.ops.metrics import Metrics
from gradeline.serve.state import State
from gradeline.serve.wire.outcomes import answered


def routes(state: State, metrics: Metrics) -> APIRouter:
    """The doors for whoever runs the server."""
    router = APIRouter(include_in_schema=False)

    @router.get("/healthz")
    async def alive() -> Response:
        return answered({"status": "ok"})

    @router.get("/readyz")
    async def ready() -> Response:
        store = state.counted.opened
        good = store is None or await asyncio.to_thread(store.ready)
        return answered({"status": "ok" if good else "the store is away"}, 200 if good else 503)

    if not state.config.public:

        @router.get("/metrics")
        async def measured() -> Response:
            return Response(metrics.text(), media_type=metrics.media)

    return router
