"""Tokens of CDS clients: what is believed, and all that is not; and who else must show a credential."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from gradeline.errors import UsageError
from gradeline.serve.config import Client, Config, Limits, Store
from tests.doors.serve.calling import NOW, PATIENT, Plain, Server, call
from tests.doors.serve.record_system import RecordSystem, serving

requirement = pytest.mark.requirement
ISSUER = "https://record.example"
URL = f"http://localhost/cds-services/{PATIENT}"
ELLIPTIC = ECKey.generate_key("P-384", {"kid": "ec"})
RSA = RSAKey.generate_key(2048, {"kid": "rsa"})
STRANGER = ECKey.generate_key("P-384", {"kid": "ec"})
with warnings.catch_warnings(action="ignore"):
    SMALL = RSAKey.generate_key(1024, {"kid": "small"})


def key_set() -> Plain:
    return {"keys": [key.as_dict(private=False) for key in (ELLIPTIC, RSA, SMALL)]}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Server:
    file = tmp_path_factory.mktemp("keys") / "jwks.json"
    file.write_text(json.dumps(key_set()), "utf-8")
    client = Client(issuer=ISSUER, keys=str(file))
    return Server(authentication="on", clients={"record": client})


def token(key: Any = ELLIPTIC, algorithm: str = "ES384", header: Plain | None = None, **claims: Any) -> str:
    """A token that holds, but for what is said otherwise; `...` leaves a claim out."""
    whole = {
        "iss": ISSUER,
        "aud": URL,
        "iat": int(NOW),
        "exp": int(NOW) + 300,
        "jti": f"{id(claims)}-{len(USED)}",
    } | claims
    USED.append(whole["jti"])
    made = {"alg": algorithm, "typ": "JWT", "kid": getattr(key, "kid", "ec")} | (header or {})
    said = {name: value for name, value in whole.items() if value is not ...}
    with warnings.catch_warnings(action="ignore"):
        return jwt.encode({k: v for k, v in made.items() if v is not ...}, said, key, algorithms=[algorithm])


USED: list[Any] = []


def status(server: Server, bearer: str, path: str = f"/cds-services/{PATIENT}") -> int:
    answer = server("POST", path, json=call("week-nine"), headers={"Authorization": f"Bearer {bearer}"})
    if answer.status_code == 401:
        assert "Cure:" in answer.json()["issue"][0]["diagnostics"] and answer.headers["www-authenticate"] == "Bearer"
    return answer.status_code


@requirement("CH-176", "CH-199", "CH-205")
def test_good_tokens_are_believed(server: Server) -> None:
    assert status(server, token()) == 200
    assert status(server, token(RSA, "RS384")) == 200
    assert status(server, token(aud=["https://other.example", URL])) == 200


@requirement("CH-177")
def test_without_a_token_nothing_is_answered(server: Server) -> None:
    assert server.hook("week-nine").status_code == 401
    assert server("GET", "/cds-services").status_code == 401
    assert server("POST", f"/cds-services/{PATIENT}/feedback", json={}).status_code == 401


@requirement("CH-201", "CH-203", "CH-195")
@pytest.mark.parametrize(
    "claims",
    [
        {"exp": int(NOW) - 3600}, {"exp": ...}, {"iat": ...}, {"iat": int(NOW) + 3600, "exp": int(NOW) + 3700},
        {"exp": int(NOW) + 86_400}, {"aud": "http://localhost/cds-services"}, {"aud": URL + "/"}, {"aud": ...}, {"aud": []},
        {"iss": "https://another.example"}, {"iss": ...}, {"iss": ["x"]}, {"jti": ...}, {"jti": ""}, {"exp": "soon"}, {"exp": True},
        {"header": {"jku": "https://evil.example/jwks"}}, {"header": {"kid": "unknown"}}, {"header": {"kid": ...}},
        {"header": {"typ": "at+jwt"}}, {"key": STRANGER},
    ],
)  # fmt: skip
def test_others_are_not(server: Server, claims: Plain) -> None:
    assert status(server, token(**claims)) == 401


@requirement("CH-201", "CH-203")
def test_no_signature_and_no_shared_secret_will_do(server: Server) -> None:
    secret = OctKey.import_key(json.dumps(key_set()["keys"][0]).encode())
    assert status(server, token(secret, "HS256", {"kid": "ec"})) == 401
    header, payload, signature = token().split(".")
    none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIiwia2lkIjoiZWMifQ"
    for forged in (
        f"{none}.{payload}.",
        f"{none}.{payload}.{signature}",
        f"{header}.{payload}.",
        "a.b.c",
        "",
        "a" * 20_000,
        f"{header}.{payload}.{signature}x",
    ):
        assert status(server, forged) == 401
    assert status(server, token(SMALL, "RS384")) == 401
    assert status(server, token(RSA, "RS256")) == 401


def test_a_token_is_used_once_and_for_one_address(server: Server) -> None:
    made = token()
    assert status(server, made) == 200 and status(server, made) == 401
    assert status(server, token(), f"/cds-services/{PATIENT}-orders") == 401


class TestFetched:
    """Keys at the address that the settings name, and at no other."""

    @pytest.fixture
    def system(self) -> Iterator[RecordSystem]:
        with serving(RecordSystem([], token="")) as made:
            made.more["/jwks"] = lambda method, query, body: (200, key_set(), {})
            yield made

    def test_are_fetched_once(self, system: RecordSystem) -> None:
        jku = system.base.replace("/fhir", "/jwks")
        server = Server(authentication="on", clients={"record": Client(issuer=ISSUER, jku=jku)})
        assert [status(server, token(header={"jku": jku})) for _ in range(3)] == [200, 200, 200]
        assert len(system.asked) == 1
        assert status(server, token(header={"jku": jku + "?x"})) == 401 and len(system.asked) == 1
        assert [status(server, token(header={"kid": f"k{number}"})) for number in range(5)] == [401] * 5
        assert len(system.asked) <= 2

    def test_an_address_that_is_not_allowed_is_not_called(self, system: RecordSystem) -> None:
        jku = system.base.replace("/fhir", "/jwks")
        config = Config(
            authentication="on", store=Store(url="sqlite://"), clients={"r": Client(issuer=ISSUER, jku=jku)}
        )
        assert status(Server(config), token()) == 401 and not system.asked


class TestBeyondThisMachine:
    def config(self, tmp_path: Path, **more: Any) -> Config:
        (tmp_path / "token").write_text("a-token-that-is-long-enough", "utf-8")
        (tmp_path / "jwks.json").write_text(json.dumps(key_set()), "utf-8")
        client = Client(issuer=ISSUER, keys=str(tmp_path / "jwks.json"))
        settings: Plain = {
            "host": "192.0.2.1", "address": "https://cds.example", "hosts": ("localhost",), "tokens": (str(tmp_path / "token"),),
            "clients": {"record": client}, "store": Store(url="sqlite://"),
        }  # fmt: skip
        return Config(**(settings | more))

    @requirement("CH-176", "CH-177")
    def test_tokens_are_asked_for_by_default(self, tmp_path: Path) -> None:
        server = Server(self.config(tmp_path))
        assert server.hook("week-nine").status_code == 401
        made = token(aud=f"https://cds.example/cds-services/{PATIENT}")
        assert status(server, made) == 200

    @pytest.mark.parametrize("path", ["/metrics", "/feedback", "/feedback.csv", "/fhir/metadata"])
    def test_what_tells_of_patients_or_practice_needs_a_credential(self, tmp_path: Path, path: str) -> None:
        server = Server(self.config(tmp_path))
        assert server("GET", path).status_code == 401
        for given, expected in (("a-token-that-is-long-enough", 200), ("another-token-that-is-long", 401), ("", 401)):
            assert server("GET", path, headers={"Authorization": f"Bearer {given}"}).status_code == expected

    @pytest.mark.parametrize("path", ["/cds-services", "/metrics"])
    def test_who_guesses_is_not_listened_to(self, tmp_path: Path, path: str) -> None:
        server = Server(self.config(tmp_path, limits=Limits(refused=3)))
        right = "a-token-that-is-long-enough" if path == "/metrics" else token(aud=f"https://cds.example{path}")
        guesses = [server("GET", path, headers={"Authorization": f"Bearer guess-{n}"}).status_code for n in range(5)]
        assert guesses == [401, 401, 401, 429, 429]
        assert server("GET", path, headers={"Authorization": f"Bearer {right}"}).status_code == 429
        server.now += 60
        assert server("GET", path, headers={"Authorization": f"Bearer {right}"}).status_code == 200

    def test_a_proxy_on_this_machine_opens_nothing(self, tmp_path: Path) -> None:
        """Bound to loopback, and reached by others through the proxy that is named."""
        server = Server(self.config(tmp_path, host="127.0.0.1"))
        assert server.hook("week-nine").status_code == server("GET", "/fhir/metadata").status_code == 401
        with pytest.raises(UsageError, match="need a credential"):
            Server(self.config(tmp_path, host="127.0.0.1", tokens=()))

    @requirement("CH-2", "CH-168")
    def test_does_not_start_without_tls(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="TLS"):
            Server(self.config(tmp_path, address="http://cds.example"))

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            ({"clients": {}}, "need clients"),
            ({"tokens": ()}, "need a credential"),
            ({"store": Store(shared=True)}, "needs a database"),
            ({"store": Store(shared=True, url="sqlite:///x")}, "cannot use SQLite"),
            ({"store": Store(url="nothing://x")}, "cannot be used"),
            ({"store": Store(url="postgresql+psycopg://nobody@127.0.0.1:1/x", key="")}, "cannot be opened"),
        ],
    )
    def test_does_not_start_on_settings_that_would_not_hold(self, tmp_path: Path, change: Plain, why: str) -> None:
        with pytest.raises(UsageError, match=why):
            Server(self.config(tmp_path, **change))
