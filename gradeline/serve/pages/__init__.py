"""The pages: library, guideline, ask, patient, audits; each a module with its routes."""

from __future__ import annotations

from fastapi import APIRouter

from gradeline.serve.pages import ask, files, guideline, library, patients
from gradeline.serve.state import State


def routes(state: State) -> APIRouter:
    """Every page that the settings allow."""
    router = APIRouter(include_in_schema=False)
    for part in (files, library, guideline, ask, *(() if state.config.public else (patients,))):
        router.include_router(part.routes(state))
    return router
