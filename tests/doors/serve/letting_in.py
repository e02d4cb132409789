"""An authorisation server of the tests, beside the FHIR server: PKCE, states, scopes, and ways to misbehave."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlencode

from tests.doors.serve.record_system import TOKEN, Answer, RecordSystem

Plain = dict[str, Any]


@dataclass
class LettingIn:
    """Lets a user in at once, as the patient that is set."""

    system: RecordSystem
    patient: str
    client_id: str = "gradeline"
    scope: str = "patient/*.rs"
    more: Plain = field(default_factory=dict)
    """Laid over the answer of the token endpoint; None takes out."""
    configuration: Plain = field(default_factory=dict)
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    """By code, what was asked at the authorisation."""
    tokens: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.system.more |= {
            "/fhir/.well-known/smart-configuration": self.configure,
            "/authorize": self.authorize,
            "/token": self.token,
        }

    @property
    def origin(self) -> str:
        return self.system.base.removesuffix("/fhir")

    def configure(self, method: str, query: str, body: str) -> Answer:
        found = {
            "authorization_endpoint": f"{self.origin}/authorize",
            "token_endpoint": f"{self.origin}/token",
            "capabilities": ["launch-ehr", "launch-standalone", "client-public"],
            "code_challenge_methods_supported": ["S256"],
        }
        return 200, found | self.configuration, {}

    def authorize(self, method: str, query: str, body: str) -> Answer:
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        wrong = [
            asked.get("response_type") != "code", asked.get("client_id") != self.client_id,
            asked.get("aud") != self.system.base, asked.get("code_challenge_method") != "S256",
            len(asked.get("state", "")) < 20, not asked.get("redirect_uri"),
        ]  # fmt: skip
        if any(wrong):
            return 400, {"error": "invalid_request", "which": wrong}, {}
        code = f"code-{len(self.asked)}"
        self.asked[code] = asked
        back = f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
        return 303, b"", {"location": back}

    def token(self, method: str, query: str, body: str) -> Answer:
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self.tokens.append(form)
        asked = self.asked.pop(form.get("code", ""), None)
        hashed = base64.urlsafe_b64encode(sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        if asked is None or hashed != asked["code_challenge"] or form.get("redirect_uri") != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}, {}
        found: Plain = {
            "access_token": TOKEN, "token_type": "Bearer", "expires_in": 300, "scope": self.scope, "patient": self.patient,
            "need_patient_banner": True,
        }  # fmt: skip
        return 200, {key: value for key, value in (found | self.more).items() if value is not None}, {}
