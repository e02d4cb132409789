"""The patient pages: samples, a record that somebody brings, or one of a launch; seen by its own browser alone."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from gradeline.dates import Day, show
from gradeline.errors import GradelineError, UsageError
from gradeline.model.words import Text
from gradeline.records import fhir
from gradeline.records.facts import Record
from gradeline.serve.pages.request.asked import page, shelved
from gradeline.serve.pages.request.browser import check, remember, session, visitor
from gradeline.serve.pages.request.forms import Sent, form, upload
from gradeline.serve.pages.view import View, day_asked, viewed
from gradeline.serve.sessions import Opened, Session
from gradeline.serve.state import Shelved, State
from gradeline.web.frame import filled

GZIP = b"\x1f\x8b"


def routes(state: State) -> APIRouter:
    """The list, the samples, and each record that was opened."""
    router, patients = APIRouter(), Patients(state)
    router.add_api_route("/patients", patients.list)
    router.add_api_route("/patients", patients.bring, methods=["POST"])
    router.add_api_route("/patients/{opened}", patients.see, methods=["GET", "POST"])
    router.add_api_route("/patients/{opened}/close", patients.close, methods=["POST"])
    router.add_api_route("/guidelines/{id}/samples/{name}", patients.sample, methods=["GET", "POST"])
    return router


def opened(state: State, session: Session, record: Record, guideline: str, on: Day, source: str = "launched") -> str:
    """Keep a record for a session, and say under which address its page stands; a launch calls this too."""
    fhir.check_birth(record, on)
    return f"/patients/{session.open(Opened(record, guideline, on, source))}"


class Patients:
    """The pages of records."""

    def __init__(self, state: State) -> None:
        self.state = state

    async def list(self, request: Request) -> Response:
        """What can be opened, and what is open."""
        return self._list(request)

    async def bring(self, request: Request) -> Response:
        """A record comes in, and its page follows; one that cannot be read is said so, with the cure."""
        try:
            sent = await upload(request)
            check(request, self.state, sent.fields.get("token", ""))
            path, mine = await run_in_threadpool(self._open, session(request, self.state), sent)
        except GradelineError as fault:
            return self._list(request, fault)
        response = RedirectResponse(page(request, self.state).to(path), 303)
        remember(request, response, mine.id)
        return response

    async def see(self, request: Request, opened: str) -> Response:
        """The page of a record that this browser brought."""
        mine = session(request, self.state)
        found = mine.opened.get(opened) if mine else None
        if mine is None or found is None:
            raise HTTPException(404)
        shown = page(request, self.state)
        sent = await form(request) if request.method == "POST" else {}
        if request.method == "POST":
            check(request, self.state, sent.get("token", ""))
        token = self.state.sessions.token(mine.id)
        kept = shelved(self.state, found.guideline)
        view = View(found.record, kept, found.on, shown.words[found.source], found.plan, found.said)
        return viewed(shown, view, sent, {"token": token, "close": f"{request.url.path}/close"})

    async def close(self, request: Request, opened: str) -> Response:
        """Forget a record."""
        check(request, self.state, (await form(request)).get("token", ""))
        mine = session(request, self.state)
        if mine:
            mine.opened.pop(opened, None)
        return RedirectResponse(page(request, self.state).to("/patients"), 303)

    async def sample(self, request: Request, id: str, name: str) -> Response:
        """The page of an invented patient: nobody's data, so that it has an address for everybody."""
        found = shelved(self.state, id)
        if name not in found.samples:
            raise HTTPException(404)
        record = fhir.record(found.samples[name])
        shown = page(request, self.state)
        sent = await form(request) if request.method == "POST" else {}
        label = shown.words["sample"].format(name=name)
        view = View(record, found, record.day or self.state.today(), label)
        return viewed(shown, view, sent, {"token": "", "close": ""})

    def _list(self, request: Request, fault: GradelineError | None = None) -> Response:
        shown, mine, id = page(request, self.state), session(request, self.state), visitor(request)
        shelf = self.state.shelf
        values = {
            "samples": [(key, [(name, named(each, name)) for name in each.samples]) for key, each in shelf.items()],
            "guidelines": [each.guideline for each in shelf.values()],
            "opened": [(key, _said(each, shown.words)) for key, each in mine.opened.items()] if mine else [],
            "token": self.state.sessions.token(id),
            "on": show(self.state.today()),
        }
        response = HTMLResponse(filled("patients.html", shown, fault=fault, **values), 422 if fault else 200)
        remember(request, response, id)
        return response

    def _open(self, mine: Session | None, sent: Sent) -> tuple[str, Session]:
        """Read a record and keep it, in a session that begins with it."""
        if sent.file.startswith(GZIP):
            raise UsageError("the file is packed", "unpack it first")
        if not sent.file.strip():
            raise UsageError("there is no file", "choose one")
        guideline = sent.fields.get("guideline") or next(iter(self.state.shelf))
        shelved(self.state, guideline)
        record = fhir.record(sent.file, patient=sent.fields.get("patient", "").strip() or None)
        on = record.day or day_asked(sent.fields.get("on", ""), self.state.today())
        mine = mine or self.state.sessions.begin()
        return opened(self.state, mine, record, guideline, on, "uploaded"), mine


def named(found: Shelved, name: str) -> Text:
    """Who a sample is, as the table beside it says, else by its file's name."""
    return found.described.get(name) or Text(name.replace("-", " "))


def _said(each: Opened, words: Mapping[str, str]) -> str:
    """An opened record by where it came from and its day, never by whose it is."""
    return f"{words[each.source]}, {show(each.on)}"
