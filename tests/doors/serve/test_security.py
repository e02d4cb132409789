"""What every door holds to: hosts, origins, headers, limits; and that no log names a patient or a token."""

from __future__ import annotations

import gzip
import io
import json

import pytest

from gradeline.serve.config import Config, Limits, Outgoing, Store
from tests.doors.serve.calling import PATIENT, Plain, Server, bundle, call
from tests.doors.serve.record_system import TOKEN, RecordSystem, serving

requirement = pytest.mark.requirement
ORIGIN = "https://record.example"
PATHS = [
    "/",
    "/cds-services",
    "/fhir/metadata",
    "/healthz",
    "/metrics",
    "/feedback",
    "/calls",
    "/nowhere",
    "/guidelines/lumbar-nerve-root",
]
CALL = f"/cds-services/{PATIENT}"


@pytest.fixture(scope="module")
def server() -> Server:
    return Server(origins=(ORIGIN,), hosts=("cds.example",), limits=Limits(megabytes=1))


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_headers_of_safety(server: Server, path: str) -> None:
    headers = server("GET", path).headers
    assert (
        headers["content-security-policy"].startswith("default-src 'none'")
        and "unsafe" not in headers["content-security-policy"]
    )
    assert headers["cache-control"] == "no-store" and headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY" and headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("host", "status"), [("evil.example", 421), ("evil.example:80", 421), ("cds.example.evil.example", 421), ("", 421)]
)
def test_a_foreign_name_is_not_answered(server: Server, path: str, host: str, status: int) -> None:
    assert server("GET", path, headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8000", "127.0.0.1:1", "[::1]:80", "cds.example", "CDS.example:443"]
)
def test_our_own_names_are(server: Server, host: str) -> None:
    assert server("GET", "/healthz", headers={"Host": host}).status_code == 200


class TestOrigins:
    @requirement("CH-208")
    @pytest.mark.parametrize(("path", "method"), [("/cds-services", "GET"), (CALL, "POST")])
    def test_a_preflight_of_a_browser_is_answered(self, server: Server, path: str, method: str) -> None:
        asked = {
            "Origin": ORIGIN,
            "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": "authorization,content-type",
        }
        answer = server("OPTIONS", path, headers=asked)
        assert answer.status_code == 204 and answer.headers["access-control-allow-origin"] == ORIGIN
        assert method in answer.headers["access-control-allow-methods"]
        assert {"authorization", "content-type"} <= set(answer.headers["access-control-allow-headers"].split(", "))

    @requirement("CH-208")
    def test_its_answers_can_be_read(self, server: Server) -> None:
        assert (
            server("GET", "/cds-services", headers={"Origin": ORIGIN}).headers["access-control-allow-origin"] == ORIGIN
        )

    @pytest.mark.parametrize(
        "origin", ["https://evil.example", "null", "*", "http://record.example", f"{ORIGIN}.evil.example"]
    )
    def test_no_other_origin_is(self, server: Server, origin: str) -> None:
        for method in ("GET", "OPTIONS"):
            answer = server(method, "/cds-services", headers={"Origin": origin, "Access-Control-Request-Method": "GET"})
            assert "access-control-allow-origin" not in answer.headers

    def test_pages_are_for_nobodys_scripts(self, server: Server) -> None:
        assert "access-control-allow-origin" not in server("GET", "/patients", headers={"Origin": ORIGIN}).headers


@requirement("CH-111")
def test_no_icon_is_sent(server: Server) -> None:
    assert "icon" not in json.dumps(server.cards("week-nine"))


class TestLimits:
    @pytest.mark.parametrize(
        ("body", "headers", "status"),
        [
            (b" " * 1_100_000, {}, 413),
            (gzip.compress(b"{}", mtime=0), {"Content-Encoding": "gzip"}, 415),
            (b"{}", {"Content-Type": "text/plain"}, 415),
            (b'{"a":' * 100 + b"1" + b"}" * 100, {}, 400),
            (b"[" * 100_000, {}, 400),
            (b'{"a": "\xff"}', {}, 400),
            (b'{"a": NaN}', {}, 400),
            (b"", {}, 400),
            (b"null", {}, 400),
            (b"[]", {}, 400),
        ],
    )
    def test_a_body_that_will_not_do(self, server: Server, body: bytes, headers: Plain, status: int) -> None:
        sent = {"Content-Type": "application/json"} | headers
        for path in (CALL, f"{CALL}/feedback", f"/fhir/PlanDefinition/{PATIENT}/$apply"):
            answer = server("POST", path, content=body, headers=sent)
            assert answer.status_code == status and answer.json()["resourceType"] == "OperationOutcome"
        assert server.hook("week-nine").status_code == 200

    def test_brackets_in_texts_are_no_depth(self, server: Server) -> None:
        assert server.hook("week-nine", extension={"x": "[{" * 500}).status_code == 200

    def test_too_many_calls_are_told_to_wait(self) -> None:
        server = Server(limits=Limits(calls=3))
        answers = [server("GET", "/cds-services") for _ in range(5)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429] and answers[-1].headers[
            "retry-after"
        ]
        server.now += 60
        assert server("GET", "/cds-services").status_code == 200

    def test_pages_are_counted_too(self) -> None:
        server = Server(limits=Limits(calls=3))
        ask = "/guidelines/lumbar-nerve-root/ask"
        answers = [server("POST", ask) for _ in range(5)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
        assert "too many calls" in answers[-1].text.lower() and answers[-1].headers["content-type"].startswith(
            "text/html"
        )
        assert server("GET", "/healthz").status_code == 200


class TestPublic:
    def test_serves_no_door_for_records(self) -> None:
        server = Server(Config(public=True))
        for path in (
            "/cds-services",
            "/fhir/metadata",
            "/feedback",
            "/metrics",
            "/smart/launch",
            "/calls",
            "/openapi.json",
            "/patients",
        ):
            assert server("GET", path).status_code == 404
        assert server("POST", CALL, json=call("week-nine")).status_code in (404, 405)
        assert server("GET", "/healthz").status_code == server("GET", "/").status_code == 200


class TestLog:
    """What is logged names doors, and no patient, no CPR number, no token, no body."""

    SECRETS = ("week-nine", "0101701234", TOKEN, "Hansen", "1980-", "Bearer")

    def test_no_line_names_a_patient_or_a_token(self, capfd: pytest.CaptureFixture[str]) -> None:
        with serving(RecordSystem(bundle("week-nine"))) as system:
            server = Server(
                Config(
                    store=Store(url="sqlite://"), outgoing=Outgoing(servers=(system.base,), networks=("127.0.0.0/8",))
                )
            )
            lines = io.StringIO()
            server.state.log.write = lines.write
            access = {"fhirServer": system.base, "fhirAuthorization": {"access_token": TOKEN}}
            for change in (
                {},
                {"prefetch": ...} | access,
                {"context": {"patientId": "0101701234"}},
                {"hook": "0101701234"},
            ):
                server.hook("week-nine", **dict(change))
            server("GET", "/patients/0101701234")
            server("GET", "/fhir/PlanDefinition?url=Hansen")
            server("GET", "/smart/launch?iss=Hansen&launch=0101701234")
            server("POST", f"{CALL}/feedback", json={"feedback": [{"card": "0101701234"}]})
            server.app.router.add_api_route("/broken", broken)
            assert server("GET", "/broken").status_code == 500
        said = lines.getvalue() + "".join(capfd.readouterr())
        assert '"door": "/cds-services/{id}"' in said and '"kind": "ValueError"' in said
        assert not [secret for secret in self.SECRETS if secret in said]
        assert not [secret for secret in self.SECRETS if secret in server("GET", "/metrics").text]


def broken() -> None:
    raise ValueError("the patient 0101701234 Hansen")


def test_the_store_holds_no_patient() -> None:
    server = Server()
    (card,) = server.cards("week-nine")
    server.heard(card, overrideReason={"userComment": "Hansen, 0101701234"})
    with server.state.counted.store.engine.connect() as connection:
        kept = [
            str(row) for table in ("shown", "feedback") for row in connection.exec_driver_sql(f"SELECT * FROM {table}")
        ]
    assert len(kept) == 2 and not [row for row in kept if "week-nine" in row or "Hansen" in row or "0101701234" in row]
