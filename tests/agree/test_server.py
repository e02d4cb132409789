"""A whole FHIR server that has loaded our package says what we say: `$apply`, `$evaluate` and `$evaluate-measure`.

It is asked over HTTP, as the page load-into-a-fhir-server.md tells a reader to.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from gradeline.dates import show
from gradeline.exchange import agreement
from gradeline.exchange.agreement import Asked
from gradeline.exchange.canonical import Canonical, named
from gradeline.exchange.package import package
from gradeline.plan.plan import compile
from gradeline.source.reader import read
from tests.agree import test_apply, test_measures
from tests.agree.account import MANY, same
from tests.agree.conftest import Exported
from tests.agree.people import FILES, Json, dancers, of_cases, of_samples
from tests.docs.blocks import RUNNERS, Desk, blocks, run
from tests.engines.server import CURE, QUICK, Server, answers, fired, lacking, running, transaction

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "load-into-a-fhir-server.md"
ENGINE = "HAPI FHIR server"
LARGE = 100
"""Resources of a patient; `$apply` reads all of them for each recommendation, so of one who has more it is slow."""


@pytest.mark.slow
def test_a_server_says_what_we_do(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """One server, since it takes a while to start; as a reader loads it: without ELM, and twice."""
    if lacking():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{lacking()}: {CURE}")
    with running(() if MANY else QUICK) as server:
        for one in [exported(id, tmp_path) for id in FILES]:
            made = json.loads(one.transaction.read_bytes())
            assert {*server.load(made), *server.load(made)} == {"1"}, "what is there already is not written anew"
            for patients, what in people(one):
                held(server, one, loaded(server, patients, what), what)
        plans = sum(1 + len(read(file).recommendations) for file in FILES.values())
        assert server.ask("/PlanDefinition?_summary=count")["total"] == plans
        if MANY:
            some = loaded(server, request.getfixturevalue("cohort")[::10], "simulated")
            answered(server, exported("lumbar-nerve-root", tmp_path), some, "simulated patients")
        followed(server, tmp_path / "page")


def followed(server: Server, folder: Path) -> None:
    """The page that tells a reader how: what it says to type is typed, and must print what it shows."""
    folder.mkdir()
    desk = Desk(folder)
    for block in blocks(PAGE):
        if block.title == "on a server":
            typed = replace(block, text=block.text.replace("http://localhost:8080/fhir", server.address))
            RUNNERS["console"](typed, desk)
        else:
            run(block, desk)


def exported(id: str, folder: Path) -> Exported:
    """A package as `gradeline export --as fhir` makes it, without ELM."""
    guideline, target = read(FILES[id]), folder / f"{id}.json"
    target.write_bytes(package(guideline, FILES[id].read_bytes(), Canonical())["transaction.json"])
    return Exported(id, compile(guideline), target)


def people(one: Exported) -> Iterator[tuple[list[Asked], str]]:
    """The samples or the dancers; with `make agree` the cases too."""
    yield list(of_samples() if one.id == "lumbar-nerve-root" else dancers()), f"samples of {one.id}"
    if MANY:
        yield list(of_cases(one.plan.guideline, FILES[one.id])), f"cases of {one.id}"


def loaded(server: Server, patients: Sequence[Asked], what: str) -> dict[str, Asked]:
    """Patients put on the server, by the ids that they have there."""
    there = {}
    for number, each in enumerate(patients):
        prefix = f"{what.replace(' ', '-')}-{number}"
        bundle = transaction(each.resources, prefix)
        server.load(bundle)
        there[
            next(row["resource"]["id"] for row in bundle["entry"] if row["resource"]["resourceType"] == "Patient")
        ] = each
    return there


def held(server: Server, one: Exported, patients: dict[str, Asked], what: str) -> None:
    """What it answers, fires and counts."""
    answered(server, one, patients, what)
    short = [id for id, each in patients.items() if len(each.resources) < LARGE]
    few = patients if MANY else {id: patients[id] for id in short[::3]}
    said = [fired(server.apply(one.id, id, show(each.days[0]))) | {"id": each.id} for id, each in few.items()]
    same(f"{ENGINE} `$apply`", what, test_apply.compared(one, list(few.values()), said, told=True))
    if MANY and what.startswith("samples"):
        counted(server, one, few)


def answered(server: Server, one: Exported, patients: dict[str, Asked], what: str) -> None:
    """What the CQL says of each, on the day."""
    library = named(one.plan.guideline)
    said = [{"answers": [answers(server.evaluate(library, id, show(each.days[0])))]} for id, each in patients.items()]
    same(f"{ENGINE} `$evaluate`", what, agreement.compared(one.plan, patients.values(), said))


def counted(server: Server, one: Exported, patients: dict[str, Asked]) -> None:
    """The measures, of these patients as a group."""
    members = [{"entity": {"reference": f"Patient/{id}"}} for id in patients]
    group = {"resourceType": "Group", "id": one.id, "type": "person", "actual": True, "member": members}
    server.ask(f"/Group/{one.id}", group, "PUT")
    ids = [each.id for each in one.plan.guideline.recommendations]
    reports = [report(server.count(f"{one.id}-{id}", test_measures.PERIOD, f"Group/{one.id}")) for id in ids]
    tally = test_measures.compared(one, list(patients.values()), ids, reports)
    same(f"{ENGINE} `$evaluate-measure`", f"measures of {one.id}", tally)


def report(said: Json) -> Json:
    """A MeasureReport, in the shape of the other engine."""
    counts = {each["id"]: {row["code"]["coding"][0]["code"]: row["count"] for row in each["population"]}
              for each in said["group"]}  # fmt: skip
    return {"counts": counts, "score": said["group"][0].get("measureScore", {}).get("value")}


def test_a_patient_moves_with_all_that_is_named() -> None:
    """Two patients of one id do not lie over each other, and a server that wants every reference answered gets it."""
    ordered = {"resourceType": "ServiceRequest", "id": "one", "subject": {"reference": "Patient/hi"},
               "requester": {"reference": "Organization/gp"}}  # fmt: skip
    moved = transaction([{"resourceType": "Patient", "id": "hi"}, ordered], "a")["entry"]
    assert [each["request"]["url"] for each in moved] == ["Patient/a-0", "ServiceRequest/a-1", "Organization/gp"]
    assert moved[1]["resource"]["subject"] == {"reference": "Patient/a-0"}
