"""The server as a record system calls it, without a network; and sample patients as a prefetch."""

from __future__ import annotations

import asyncio
import copy
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import httpx

from gradeline.serve.app import create
from gradeline.serve.config import Config
from gradeline.serve.hooks.call.keys import KEYS

DAY = date(2026, 11, 23).toordinal()
NOW = 1795435200.0  # 2026-11-23T12:00:00Z
SAMPLES = Path(__file__).parents[3] / "gradeline" / "guidelines" / "lumbar-nerve-root" / "samples"
TEACHING = str(Path(__file__).parents[2] / "guidelines" / "teaching")
PATIENT, ORDERS = "lumbar-nerve-root", "lumbar-nerve-root-orders"
SNOMED = "http://snomed.info/sct"
MRI, ACUPUNCTURE = "241648005", "44868003"
OWN = "https://gradeline.example/CodeSystem/terms"
Plain = dict[str, Any]


MADE: list[Server] = []
"""Every server that was made; those of a module are closed with it."""


class Server:
    """One application and its clock."""

    def __init__(self, config: Config | None = None, **settings: Any) -> None:
        self.now, self.day = NOW, DAY
        made = config or Config(**{"demo": True, **settings})
        self.app = create(made, today=lambda: self.day, clock=lambda: self.now)
        self.state = self.app.state.gradeline
        MADE.append(self)

    def __call__(self, method: str, path: str, **given: Any) -> httpx.Response:
        return asyncio.run(self.asked(method, path, **given))

    async def asked(self, method: str, path: str, **given: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.request(method, path, **given)

    def hook(self, sample: str, hook: str = "patient-view", **changes: Any) -> httpx.Response:
        """Call a hook with a sample patient."""
        order = hook.startswith("order")
        document = call(sample, hook, **changes)
        return self("POST", f"/cds-services/{ORDERS if order else PATIENT}", json=document)

    def cards(self, sample: str, hook: str = "patient-view", **changes: Any) -> list[Plain]:
        """The cards of a call that is answered."""
        answer = self.hook(sample, hook, **changes)
        assert answer.status_code == 200, answer.text
        return list(answer.json()["cards"])

    def heard(self, card: Plain, outcome: str = "overridden", **more: Any) -> httpx.Response:
        """Tell what became of a card."""
        entry = {"card": card["uuid"], "outcome": outcome, "outcomeTimestamp": "2026-11-23T12:00:00Z", **more}
        return self("POST", f"/cds-services/{ORDERS}/feedback", json={"feedback": [entry]})

    def why(self) -> list[str]:
        """Why the last call brought no card, or no more."""
        return [str(each) for each in self.state.calls[0]["why"]]


def bundle(sample: str) -> list[Plain]:
    """The resources of a sample patient."""
    document = json.loads((SAMPLES / f"{sample}.json").read_bytes())
    return [entry["resource"] for entry in document["entry"]]


def searchset(resources: list[Plain]) -> Plain:
    """Resources as the answer to a search."""
    return {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": one} for one in resources]}


def prefetch(resources: list[Plain]) -> Plain:
    """All that a patient has, under our keys."""
    found: Plain = {}
    for key in KEYS:
        kind = key.query.partition("?")[0].partition("/")[0]
        some = [one for one in resources if one["resourceType"] == kind]
        found[key.name] = some[0] if key.read and some else searchset(some)
    return found


def call(sample: str, hook: str = "patient-view", **changes: Any) -> Plain:
    """A whole call; `context` and `prefetch` are laid over, everything else replaced."""
    context: Plain = {"userId": "Practitioner/1", "patientId": sample}
    if hook == "encounter-start":
        context["encounterId"] = "e1"
    document: Plain = {
        "hook": hook,
        "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "context": context | changes.pop("context", {}),
        "prefetch": laid(prefetch(bundle(sample)), changes.pop("prefetch", {})),
    }
    return {key: value for key, value in (document | changes).items() if value is not ...}


def order(patient: str, code: str = MRI, id: str = "draft-1", **more: Any) -> Plain:
    """A draft order of a patient."""
    return {
        "resourceType": "ServiceRequest",
        "id": id,
        "status": "draft",
        "intent": "order",
        "subject": {"reference": f"Patient/{patient}"},
        "code": {"coding": [{"system": OWN if "-" in code else SNOMED, "code": code}]},
        **more,
    }


def drafts(*orders: Plain, selected: int = -1) -> Plain:
    """The context of draft orders; all are selected, or one."""
    listed = [f"{one['resourceType']}/{one['id']}" for one in orders]
    return {
        "draftOrders": {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in orders]},
        "selections": listed if selected < 0 else [listed[selected]],
    }


def changed(document: Plain, change: Callable[[Plain], object]) -> Plain:
    """A copy of a document with something done to it."""
    made = copy.deepcopy(document)
    change(made)
    return made


def laid(whole: Plain, over: Any) -> Any:
    """A prefetch with changes; `...` leaves it out."""
    return over if over is ... else whole | over
