"""Bad input: calls bent in every way never break the server, and the next call is answered."""

from __future__ import annotations

import copy
import os
import socket
import time
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gradeline.serve.config import Limits
from tests.doors.serve.calling import ORDERS, PATIENT, Plain, Server, bundle, call, drafts, order, searchset
from tests.doors.serve.running import running

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

SERVER = Server(limits=Limits(calls=10_000_000))
FUZZED = 5000 if os.environ.get("HYPOTHESIS_PROFILE") == "agree" else 100
"""Of each of four kinds of calls."""
JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=8),
    st.sampled_from(["", "Patient/other", "2026-13-45", "Patient/week-nine", "http://[::1", "Bundle", "\u0000", "९", "-", "T"]),
    st.lists(st.integers(), max_size=2), st.dictionaries(st.sampled_from(["resourceType", "reference", "coding", "x"]), st.text(max_size=5), max_size=2),
)  # fmt: skip


def places(document: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of a document."""
    pairs = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    )
    return [path, *(place for name, value in pairs for place in places(value, (*path, name)))]


def bent(document: Plain, path: tuple[Any, ...], how: str, junk: Any) -> Any:
    """A document with one place changed, taken out, doubled or wrapped."""
    made = copy.deepcopy(document)
    if not path:
        return junk
    parent: Any = made
    for name in path[:-1]:
        parent = parent[name]
    if how == "out":
        del parent[path[-1]]
    elif how == "double" and isinstance(parent, list):
        parent.append(copy.deepcopy(parent[path[-1]]))
    elif how == "wrap":
        parent[path[-1]] = [parent[path[-1]]]
    else:
        parent[path[-1]] = junk
    return made


def parameter(name: str, **value: Any) -> Plain:
    return {"name": name, **value}


FEEDBACK, APPLY = f"/cds-services/{PATIENT}/feedback", f"/fhir/PlanDefinition/{PATIENT}/$apply"
HEARD = {
    "card": "e3e70682-c209-4cac-a29f-6fbed82c07cd", "outcome": "accepted", "outcomeTimestamp": "2026-11-23T12:00:00Z",
    "acceptedSuggestions": [{"id": "e3e70682-c209-4cac-a29f-6fbed82c07cd"}], "overrideReason": {"reason": {"code": "patient-refuses"}},
}  # fmt: skip
ASKED = [
    parameter("subject", valueString="Patient/week-nine"), parameter("output", valueCode="careplan"),
    parameter("data", resource=searchset(bundle("week-nine"))),
    parameter("prefetchData", part=[parameter("key", valueString="orders"), parameter("data", resource=searchset([]))]),
    parameter("dataEndpoint", resource={"resourceType": "Endpoint", "address": "https://record.example/fhir", "header": ["Authorization: Bearer x"]}),
]  # fmt: skip
CALLS = {
    f"/cds-services/{PATIENT}": call("week-nine"),
    f"/cds-services/{ORDERS}": call("fresh-episode", "order-select", context=drafts(order("fresh-episode"))),
    FEEDBACK: {"feedback": [HEARD]},
    APPLY: {"resourceType": "Parameters", "parameter": ASKED},
}
PLACES = {path: places(document) for path, document in CALLS.items()}


@pytest.mark.parametrize("path", CALLS)
@settings(max_examples=FUZZED, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_a_bent_call_is_answered_or_refused(path: str, data: st.DataObject) -> None:
    document: Any = CALLS[path]
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from(PLACES[path]))
        how = data.draw(st.sampled_from(["junk", "junk", "out", "double", "wrap"]))
        try:
            document = bent(document, place, how, data.draw(JUNK))
        except (KeyError, IndexError, TypeError):
            continue
    answer = SERVER("POST", path, json=document)
    assert answer.status_code in (200, 400, 404, 412, 422), (answer.status_code, answer.text)
    if answer.status_code != 200:
        assert answer.json()["issue"][0]["diagnostics"]


# What only its meaning makes wrong no schema can tell: a hook of another service, a patient who is not in the data.
MEANT = {"positive_data_acceptance": {"expected-statuses": ["2xx", "400", "404", "412", "422"]}}
CHECKED = schemathesis.config.SchemathesisConfig.from_dict({"checks": MEANT})
ATTACKED = Server(limits=Limits(calls=10_000_000))
"""A server of its own: it ends with each client that schemathesis makes, and with it what it kept in memory."""
schema = schemathesis.openapi.from_asgi("/openapi.json", ATTACKED.app, headers={"Host": "localhost"}, config=CHECKED)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.slow
@settings(max_examples=100 if FUZZED > 1000 else 12, suppress_health_check=list(HealthCheck), deadline=None)
@schema.parametrize()
def test_schemathesis_finds_nothing(case: Any) -> None:
    case.call_and_validate(headers={"Host": "localhost"})


@pytest.mark.slow
class TestSlow:
    """Over a real socket: who dawdles is hung up on, and meanwhile others are served."""

    @pytest.mark.parametrize(
        "begun",
        [
            b"", b"POST /cds-services/lumbar-nerve-root HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
            b"POST /cds-services/lumbar-nerve-root HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
            b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\nHo",
        ],
    )  # fmt: skip
    def test_slow_loris(self, begun: bytes) -> None:
        with running(SERVER.state.config, Limits(seconds=0.5)) as base:
            port = int(base.rpartition(":")[2])
            held = [socket.create_connection(("127.0.0.1", port)) for _ in range(40)]
            for each in held:
                each.sendall(begun)
            assert httpx.get(f"{base}/healthz").status_code == 200
            for each in held:
                each.settimeout(20)
                received = b""
                while piece := each.recv(65536):
                    received += piece
                each.close()
                assert not received or b" 408 " in received or b" 200 " in received
            assert httpx.get(f"{base}/healthz").status_code == 200

    def test_a_hundred_megabytes(self) -> None:
        with running(SERVER.state.config, Limits(megabytes=1)) as base:

            def endless() -> Any:
                for _ in range(100):
                    yield b" " * 1_000_000

            try:
                answer = httpx.post(
                    f"{base}/cds-services/{PATIENT}", content=endless(), headers={"Content-Type": "application/json"}
                )
                assert answer.status_code == 413
            except (httpx.WriteError, httpx.ReadError, httpx.RemoteProtocolError):
                time.sleep(0)  # Hung up on while it was still sending.
            assert (
                httpx.post(f"{base}/cds-services/{PATIENT}", json=CALLS[f"/cds-services/{PATIENT}"]).status_code == 200
            )

    @pytest.mark.parametrize("endless", [b"x", b"x\r\nX-More: "], ids=["one header", "many headers"])
    def test_a_head_without_end(self, endless: bytes) -> None:
        with running(SERVER.state.config) as base:
            with socket.create_connection(("127.0.0.1", int(base.rpartition(":")[2])), timeout=20) as one:
                one.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ")
                with pytest.raises(ConnectionError):  # Hung up on while it is still sending.
                    for _ in range(1000):
                        one.sendall(endless * 10_000)
            assert httpx.get(f"{base}/healthz").status_code == 200

    @pytest.mark.parametrize(
        "raw",
        [
            b"\x00\xff\xfe",
            b"GET\r\n\r\n",
            b"GET / HTTP/9.9\r\n\r\n",
            b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        ],
    )
    def test_what_is_no_http(self, raw: bytes) -> None:
        with running(SERVER.state.config, Limits(seconds=0.5)) as base:
            with socket.create_connection(("127.0.0.1", int(base.rpartition(":")[2]))) as one:
                one.sendall(raw)
                one.settimeout(20)
                while one.recv(65536):
                    pass
            assert httpx.get(f"{base}/healthz").status_code == 200
