"""The audits: the reports of a folder, and one patient of an audit on the same page as any other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson
from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from gradeline import api
from gradeline.errors import GradelineError, UsageError
from gradeline.evaluate.advice import Advice
from gradeline.model.words import Text
from gradeline.serve.pages.request.asked import page
from gradeline.serve.pages.request.browser import check, remember, session, visitor
from gradeline.serve.pages.request.forms import form
from gradeline.serve.sessions import Opened
from gradeline.serve.state import State
from gradeline.serve.wire.outcomes import RefusalError
from gradeline.web.audits import Listed
from gradeline.web.frame import filled

REPORT, DATA, FACTS, SOURCE = "report.html", "audit.json", "facts", "source.yaml"
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; base-uri 'none'; frame-ancestors 'none'"
)
"""A report is one file with its style inside; it runs no script, and may fetch and send nothing."""
AS_COUNTED = Text(
    "Read as the audit reads it: on the day on which it reads practice, with what its source captures.",
    "Læst, som auditten læser det: på den dag, den aflæser praksis, med det, dens kilde registrerer.",
)


def routes(state: State) -> APIRouter:
    """The list, each report, and one patient of it."""
    router, audits = APIRouter(prefix="/audits"), Audits(state)
    router.add_api_route("", audits.list)
    router.add_api_route("/{name}/report", audits.report)
    router.add_api_route("/{name}/patient", audits.patient, methods=["POST"])
    return router


class Audits:
    """The reports of the folder that the settings name."""

    def __init__(self, state: State) -> None:
        self.state = state

    async def list(self, request: Request) -> Response:
        """Every report with its period and its source; 404 where no folder of them is named."""
        if self.state.config.audits is None:
            raise RefusalError(404, "no folder of audits is named", "start with --audits DIR")
        return self._list(request)

    async def report(self, request: Request, name: str) -> Response:
        """A report as it was made."""
        return FileResponse(self._folder(name) / REPORT, headers={"Content-Security-Policy": POLICY})

    async def patient(self, request: Request, name: str) -> Response:
        """One patient of an audit; the id travels in the form, and the page stands under a random one."""
        sent = await form(request)
        check(request, self.state, sent.get("token", ""))
        try:
            advice = await run_in_threadpool(drilled, self._folder(name), sent.get("patient", "").strip())
        except GradelineError as fault:
            return self._list(request, fault)
        mine = session(request, self.state) or self.state.sessions.begin()
        kept = Opened(advice.record, advice.guideline.id, advice.on, "audited", advice.plan, (AS_COUNTED,))
        response = RedirectResponse(page(request, self.state).to(f"/patients/{mine.open(kept)}"), 303)
        remember(request, response, mine.id)
        return response

    def _list(self, request: Request, fault: GradelineError | None = None) -> Response:
        shown, id = page(request, self.state), visitor(request)
        titles = {key: each.guideline.title.in_(shown.language) for key, each in self.state.shelf.items()}
        values = {"titles": titles, "token": self.state.sessions.token(id), "fault": fault}
        reports = [listed(name, folder) for name, folder in folders(self.state.config.audits)]
        response = HTMLResponse(filled("audits.html", shown, reports=reports, **values), 422 if fault else 200)
        remember(request, response, id)
        return response

    def _folder(self, name: str) -> Path:
        """The folder of a report by its name in the list; 404 for any other."""
        found = dict(folders(self.state.config.audits))
        if name not in found:
            raise HTTPException(404)
        return found[name]


def folders(audits: Path | None) -> Iterator[tuple[str, Path]]:
    """Every folder with a report, by its name: the one of the settings, and those in it."""
    inside = sorted(audits.iterdir()) if audits and audits.is_dir() else []
    for folder in [*([audits] if audits else []), *inside]:
        if (folder / REPORT).is_file() and (folder / DATA).is_file():
            yield folder.resolve().name, folder


def listed(name: str, folder: Path) -> Listed:
    """A report in the list."""
    parts, first = parts_of(folder), parts_of(folder)[0]
    return Listed(
        name,
        tuple(each["guideline"] for each in parts),
        first["period"]["from"],
        first["period"]["to"],
        first["source"],
        first["patients"],
        sum(each["episodes"] or 0 for each in parts),
        first["simulated"],
        (folder / FACTS).is_dir(),
    )


def parts_of(folder: Path) -> list[Mapping[str, Any]]:
    """What an audit says of each of its guidelines."""
    try:
        found = orjson.loads((folder / DATA).read_bytes())
    except ValueError:
        raise UsageError(f"{folder.name}: its {DATA} cannot be read", "make the audit again") from None
    return list(found.get("audits", [found]))


def drilled(folder: Path, patient: str) -> Advice:
    """The advice of the last episode of a patient that an audit counts, read as it reads it."""
    from gradeline.evaluate.audit.drill import drill
    from gradeline.records.store import Facts

    facts, part, source = Facts.open(folder / FACTS), parts_of(folder)[0], folder / SOURCE
    captured = api.data_source(source) if source.is_file() else None
    period = f"{part['period']['from']}..{part['period']['to']}"
    asked = api.asked([api.guideline(part["guideline"])], facts, period, source=captured)
    return list(drill(asked, facts, patient))[-1].advice
