"""A whole FHIR server, HAPI's: started, given a package and patients over HTTP, and asked by its operations."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

FOLDER = Path(__file__).parents[2] / "tools" / "engines" / "server"
CURE = "run tools/server.sh, which fetches it with mvn (300 MB) and needs a JDK"
QUICK = ("-XX:TieredStopAtLevel=1",)
"""For few patients: who asks for minutes leaves it out."""
Json = dict[str, Any]


def lacking() -> str:
    """What is missing to run it; nothing where all is there."""
    if shutil.which("java") is None:
        return "java is not installed"
    return "" if (FOLDER / "target" / ".installed").is_file() else "the FHIR server is not installed"


@contextmanager
def running(options: Sequence[str] = QUICK) -> Iterator[Server]:
    """A server of one's own, empty, on a free port; it ends with the block."""
    path = f"{FOLDER / 'target' / 'classes'}{os.pathsep}{(FOLDER / 'target' / 'classpath').read_text('utf-8').strip()}"
    command = ["java", *options, "-XX:+UseSerialGC", "-Xmx2g", "-cp", path, "FhirServer", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        try:
            address = process.stdout.readline().strip()
            assert address, "the FHIR server did not start: tools/server.sh says why"
            yield Server(address)
        finally:
            process.kill()


@dataclass(frozen=True)
class Server:
    """A server at its address."""

    address: str

    def ask(self, path: str, body: Json | None = None, method: str = "POST") -> Json:
        """What it answers; of an error, its own words."""
        data, head = json.dumps(body).encode() if body else None, {"Content-Type": "application/fhir+json"}
        request = Request(f"{self.address}{path}", data, head, method=method if body else "GET")
        try:
            with urlopen(request) as said:
                return dict(json.load(said))
        except HTTPError as error:
            raise AssertionError(error.read().decode()[:2000]) from None

    def load(self, bundle: Json) -> list[str]:
        """A transaction; of each resource, the version in which it is there now."""
        return [each["response"]["etag"] for each in self.ask("", bundle)["entry"]]

    def apply(self, plan: str, patient: str, on: str) -> Json:
        """What `$apply` makes of a plan for a patient, on a day."""
        return self.ask(f"/PlanDefinition/{plan}/$apply", asked(patient, on))

    def evaluate(self, library: str, patient: str, on: str) -> Json:
        """What the definition Answers of a library says of a patient, on a day."""
        question = asked(patient, on, {"name": "expression", "valueString": "Answers"})
        return dict(self.ask(f"/Library/{library}/$evaluate", question)["parameter"][0])

    def count(self, measure: str, period: tuple[str, str], of: str) -> Json:
        """The report of a measure, of a group of patients."""
        first, last = period
        question = f"periodStart={first}&periodEnd={last}&reportType=population&subject={quote(of)}"
        return self.ask(f"/Measure/{measure}/$evaluate-measure?{question}")


def asked(patient: str, on: str, *more: Json) -> Json:
    """A question about a patient on a day."""
    day = {"resourceType": "Parameters", "parameter": [{"name": "On", "valueDate": on}]}
    subject = {"name": "subject", "valueString": f"Patient/{patient}"}
    return {"resourceType": "Parameters", "parameter": [subject, *more, {"name": "parameters", "resource": day}]}


def transaction(resources: Sequence[Mapping[str, Any]], prefix: str) -> Json:
    """A patient's resources as a transaction, under ids that no other patient has."""
    ids = {f"{each['resourceType']}/{each['id']}": f"{prefix}-{number}" for number, each in enumerate(resources)}
    entries = []
    for each, (old, new) in zip(resources, ids.items(), strict=True):
        type = old.partition("/")[0]
        moved = {**_moved(each, ids), "id": new}
        entries.append({"resource": moved, "request": {"method": "PUT", "url": f"{type}/{new}"}})
    for each in sorted(_named(resources) - ids.keys()):
        type, _, id = each.partition("/")
        entries.append({"resource": {"resourceType": type, "id": id}, "request": {"method": "PUT", "url": each}})
    return {"resourceType": "Bundle", "type": "transaction", "entry": entries}


def _named(node: Any) -> set[str]:
    """What is referred to: what a patient's resources name and do not bring has to be there, if only by its id."""
    if isinstance(node, Mapping):
        own = {node["reference"]} if isinstance(node.get("reference"), str) else set()
        return own.union(*map(_named, node.values()))
    return set().union(*map(_named, node)) if isinstance(node, list | tuple) else set()


def _moved(node: Any, ids: Mapping[str, str]) -> Any:
    """The same, its references after the new ids."""
    if isinstance(node, list):
        return [_moved(each, ids) for each in node]
    if isinstance(node, dict):
        return {name: _moved(each, ids) for name, each in node.items()}
    return f"{node.partition('/')[0]}/{ids[node]}" if isinstance(node, str) and node in ids else node


# What it says, as the tests compare it


def value(parameter: Json) -> Any:
    """A parameter as what it means: a tuple, or a value; none where it says that it is absent."""
    if "part" in parameter:
        return [(each["name"], value(each)) for each in parameter["part"]]
    return next((said for name, said in parameter.items() if name.startswith("value")), None)


def answers(parameter: Json) -> Json:
    """What Answers says, in the shape of the other engines."""
    said = value(parameter)
    found: Json = {"recommendations": [dict(each) for name, each in said if name == "recommendations" and each]}
    return found | {name: each for name, each in said if name != "recommendations"}


def fired(plan: Json) -> Json:
    """Which plans of a CarePlan have actions, what their actions are called, and what is requested."""
    contained = plan["contained"]
    groups = [each for each in contained if each["resourceType"] == "RequestGroup"]
    said: Json = {
        "gate": titles(groups[0].get("action", [])),
        "fired": [
            each["instantiatesCanonical"][0].split("|")[0] for each in groups[1:] if titles(each.get("action", []))
        ],
        "requests": [request(each) for each in contained if each["resourceType"] == "ServiceRequest"],
    }
    faults = [each["issue"][0]["diagnostics"] for each in contained if each["resourceType"] == "OperationOutcome"]
    return said | ({"fault": faults[0]} if faults else {})


def titles(actions: Sequence[Json]) -> list[str]:
    """What actions are called, and the actions in them."""
    return [title for each in actions for title in (each.get("title", ""), *titles(each.get("action", [])))]


def request(each: Json) -> Json:
    """What is asked for, or not to be done."""
    return {"code": each["code"]["text"], "doNotPerform": each.get("doNotPerform", False), "intent": each["intent"]}
