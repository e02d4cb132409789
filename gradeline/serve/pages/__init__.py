"""The pages: library, guideline, ask, patient, audits; each a module with its routes."""

from __future__ import annotations

from fastapi import APIRouter

from gradeline.serve.pages import ask, audits, files, guideline, library, patients
from gradeline.serve.state import State


def routes(state: State) -> APIRouter:
    """Every page that the settings allow."""
    router = APIRouter(include_in_schema=False)
    closed = () if state.config.public else (patients, audits)
    for part in (files, library, guideline, ask, *closed):
        router.include_router(part.routes(state))
    return router
