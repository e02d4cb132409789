"""What was prefetched, completed from the FHIR server of the call; what stays unread is told, never taken for a no."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from gradeline.serve.config import Outgoing
from tests.doors.serve.calling import Plain, Server, bundle, call, drafts, order, prefetch, searchset
from tests.doors.serve.record_system import TOKEN, RecordSystem, always, serving, slow

requirement = pytest.mark.requirement
FAILED: Plain = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "exception"}]}
REST = [key for key in prefetch(bundle("week-nine")) if key not in ("patient", "conditions")]
DUE = "Due by Sun 13 Dec, in 20 days: Assessment by a spine surgeon (good practice for)"


@pytest.fixture
def system() -> Iterator[RecordSystem]:
    with serving(RecordSystem(bundle("week-nine"))) as made:
        yield made


@pytest.fixture
def server(system: RecordSystem) -> Server:
    return Server(outgoing=Outgoing(servers=(system.base,), seconds=1.0))


def access(system: RecordSystem, token: str = TOKEN) -> Plain:
    """What a call says of its FHIR server."""
    authorization = {
        "access_token": token,
        "token_type": "Bearer",
        "expires_in": 300,
        "scope": "patient/*.rs",
        "subject": "gradeline",
    }
    return {"fhirServer": system.base, "fhirAuthorization": authorization}


def summary(server: Server, **changes: Any) -> str:
    (card,) = server.cards("week-nine", **changes)
    return str(card["summary"])


class TestWithoutServer:
    @requirement("CH-54")
    @pytest.mark.parametrize("key", ["patient", "conditions"])
    @pytest.mark.parametrize("value", [..., None, FAILED])
    def test_the_two_that_are_required_are_named(self, key: str, value: object) -> None:
        server, document = Server(), call("week-nine")
        document["prefetch"][key] = value
        if value is ...:
            del document["prefetch"][key]
        answer = server("POST", "/cds-services/lumbar-nerve-root", json=document)
        assert answer.status_code == 412
        (issue,) = answer.json()["issue"]
        assert f"`{key}`" in issue["diagnostics"] and issue["expression"] == [f"prefetch.{key}"]

    @pytest.mark.parametrize("value", [None, FAILED])
    def test_what_else_is_not_delivered_is_unknown_and_said(self, value: object) -> None:
        server = Server()
        (card,) = server.cards("week-nine", prefetch={"observations": value})
        assert "Not read: observations" in card["detail"] and not card["summary"].startswith("Due")
        assert set(server.state.calls[0]["unread"]) == {"observations"}

    def test_nothing_but_the_two_never_says_that_nothing_was_done(self) -> None:
        server = Server()
        (card,) = server.cards("everything-in-place", prefetch=dict.fromkeys(REST))
        assert "Not read: observations, questionnaires, procedures, orders" in card["detail"]
        assert not card["summary"].startswith("Due")

    @requirement("CH-52")
    def test_an_error_inside_a_search_is_seen(self) -> None:
        server, given = Server(), prefetch(bundle("week-nine"))["orders"]
        given["entry"].append({"resource": FAILED, "search": {"mode": "outcome"}})
        server.cards("week-nine", prefetch={"orders": given})
        assert server.state.calls[0]["unread"] == {"orders": "the search failed in part"}

    def test_a_page_alone_is_a_part(self) -> None:
        server, given = Server(), prefetch(bundle("week-nine"))["orders"]
        given["link"] = [{"relation": "next", "url": "http://elsewhere.example/fhir/ServiceRequest?page=2"}]
        (card,) = server.cards("week-nine", prefetch={"orders": given})
        assert "Not read: orders" in card["detail"]


class TestCompleted:
    @requirement("CH-34", "CH-60", "CH-61", "CH-35")
    def test_all_of_it_with_the_token_of_the_call(self, server: Server, system: RecordSystem) -> None:
        assert summary(server, prefetch=..., **access(system)) == DUE
        assert {each.token for each in system.asked} == {TOKEN} and len(system.asked) == 12

    @pytest.mark.parametrize("value", [None, FAILED])
    def test_what_is_missing(self, server: Server, system: RecordSystem, value: object) -> None:
        assert summary(server, prefetch={"observations": value, "conditions": value}, **access(system)) == DUE
        assert {each.path.partition("?")[0] for each in system.asked} == {"/fhir/Observation", "/fhir/Condition"}

    def test_the_pages_after_the_first(self, server: Server, system: RecordSystem) -> None:
        system.page = 1
        first = system.searched("Observation", {"patient": ["week-nine"]}, "")
        assert summary(server, prefetch={"observations": first}, **access(system)) == DUE
        assert all("start=" in each.path for each in system.asked) and len(system.asked) > 2

    def test_a_token_that_is_refused_is_told(self, server: Server, system: RecordSystem) -> None:
        answer = server.hook("week-nine", prefetch={"conditions": None}, **access(system, "another"))
        assert answer.status_code == 412 and "answers 401" in answer.json()["issue"][0]["diagnostics"]

    @pytest.mark.parametrize("status", [401, 403, 404, 500])
    def test_a_failure_leaves_the_rest_unread(self, server: Server, system: RecordSystem, status: int) -> None:
        system.trouble = always(status)
        (card,) = server.cards("week-nine", prefetch={"observations": None}, **access(system))
        assert "Not read: observations" in card["detail"]
        assert f"answers {status}" in server.state.calls[0]["unread"]["observations"]

    def test_a_server_that_hangs_is_not_waited_for(self, system: RecordSystem) -> None:
        server = Server(outgoing=Outgoing(servers=(system.base,), seconds=0.2))
        system.trouble = slow(1.0)
        (card,) = server.cards("week-nine", prefetch={"observations": None, "orders": None}, **access(system))
        assert "Not read: observations, orders" in card["detail"]
        assert server.cards("warning-sign")[0]["summary"].startswith("STOP")


class TestHostile:
    """A server that is not on the list, or that sends us elsewhere, gets nothing from us."""

    @pytest.mark.parametrize(
        "base",
        [
            "http://elsewhere.example/fhir",
            "http://127.0.0.1:1/fhir",
            "file:///etc",
            "http://user@127.0.0.1/fhir",
            "gopher://x",
            "http://[::1",
            "",
        ],
    )
    def test_no_other_server_is_called(self, server: Server, system: RecordSystem, base: str) -> None:
        answer = server.hook("week-nine", prefetch=..., **(access(system) | {"fhirServer": base}))
        assert answer.status_code in (400, 412) and not system.asked

    def test_an_address_that_is_not_allowed_is_not_called(self, system: RecordSystem) -> None:
        from gradeline.serve.config import Config, Store

        server = Server(
            Config(
                store=Store(url="sqlite://"),
                outgoing=Outgoing(servers=(system.base,)),
                adoptions=Server().state.config.adoptions,
            )
        )
        assert not server.state.gatekeeper.networks
        for address in (
            "127.0.0.1",
            "10.1.2.3",
            "169.254.169.254",
            "::1",
            "::ffff:127.0.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "fe80::1",
        ):
            from ipaddress import ip_address

            assert not server.state.gatekeeper.passes(ip_address(address))
        assert server.state.gatekeeper.passes(ip_address("93.184.216.34"))

    def test_redirects_are_not_followed(self, server: Server, system: RecordSystem) -> None:
        system.trouble = always(302, location=f"{system.base}/Patient/other")
        answer = server.hook("week-nine", prefetch=..., **access(system))
        assert answer.status_code == 412 and "redirects" in answer.json()["issue"][0]["diagnostics"]

    @pytest.mark.parametrize(
        "url",
        ["http://elsewhere.example/fhir/x", "//elsewhere.example/x", "/other/x", "../../x", "\\\\elsewhere.example"],
    )
    def test_a_next_page_elsewhere_is_refused(self, server: Server, system: RecordSystem, url: str) -> None:
        page = searchset([]) | {"link": [{"relation": "next", "url": url}]}
        system.trouble = lambda method, path: (200, page, {}) if "Observation" in path else None
        (card,) = server.cards("week-nine", prefetch={"observations": None}, **access(system))
        assert "Not read: observations" in card["detail"]
        assert "another server" in server.state.calls[0]["unread"]["observations"]

    def test_pages_without_end_are_not(self, server: Server, system: RecordSystem) -> None:
        page = searchset([]) | {"link": [{"relation": "next", "url": f"{system.base}/Observation?patient=week-nine"}]}
        system.trouble = lambda method, path: (200, page, {}) if "Observation" in path else None
        server.cards("week-nine", prefetch={"observations": None}, **access(system))
        assert "too many pages" in server.state.calls[0]["unread"]["observations"]

    @pytest.mark.parametrize("kind", ["Patient", "Condition", "Observation"])
    def test_another_patient_is_refused(self, server: Server, system: RecordSystem, kind: str) -> None:
        other = {"resourceType": kind, "id": "other", "subject": {"reference": "Patient/other"}, "code": {}}
        found: Plain = other if kind == "Patient" else searchset([other])
        system.trouble = lambda method, path: (200, found, {}) if f"/{kind}" in path else None
        answer = server.hook("week-nine", prefetch=..., **access(system))
        assert answer.status_code == 502 and answer.json()["issue"][0]["diagnostics"].startswith("the FHIR server:")

    @pytest.mark.parametrize("data", [b"", b"<html>", b"[]", b'{"a": 1}', b'{"resourceType": "Bundle"', b"\xff"])
    def test_what_is_no_fhir_is_unread(self, server: Server, system: RecordSystem, data: bytes) -> None:
        system.trouble = lambda method, path: (200, data, {}) if "Observation" in path else None
        (card,) = server.cards("week-nine", prefetch={"observations": None}, **access(system))
        assert "Not read: observations" in card["detail"]

    def test_too_much_and_packed_data_are_not_read(self, system: RecordSystem) -> None:
        server = Server(outgoing=Outgoing(servers=(system.base,), megabytes=1))
        system.trouble = lambda method, path: (200, b" " * 2_000_000, {}) if "Observation" in path else None
        server.cards("week-nine", prefetch={"observations": None}, **access(system))
        assert "too much" in server.state.calls[0]["unread"]["observations"]
        system.trouble = always(200, b"bomb", **{"content-encoding": "gzip"})
        server.cards("week-nine", prefetch={"observations": None}, **access(system))
        assert "packed" in server.state.calls[0]["unread"]["observations"]


def test_the_order_hooks_complete_it_too(server: Server, system: RecordSystem) -> None:
    (card,) = server.cards(
        "week-nine", "order-sign", prefetch=..., context=drafts(order("week-nine")), **access(system)
    )
    assert card["summary"].endswith("a reason is in the record")
