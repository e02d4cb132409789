"""SMART App Launch 2.2: both launches, and everything that may be wrong on the way."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from gradeline.serve.config import Launcher, Outgoing
from tests.doors.serve.calling import Plain, Server, bundle
from tests.doors.serve.letting_in import LettingIn
from tests.doors.serve.record_system import TOKEN, RecordSystem, always, serving, slow


class Browser:
    """Follows a launch as a browser does, keeping our cookie."""

    def __init__(self, server: Server) -> None:
        self.server, self.cookies = server, dict[str, str]()

    def get(self, path: str) -> httpx.Response:
        answer = self.server("GET", path, headers={"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())})
        self.cookies |= dict(answer.cookies)
        return answer

    def launch(self, letting: LettingIn, query: str) -> httpx.Response:
        """Begin a launch, be let in, and come back."""
        begun = self.get(f"/smart/launch?{query}")
        if begun.status_code != 303:
            return begun
        let_in = httpx.get(begun.headers["location"])
        if let_in.status_code != 303:
            return let_in
        back = urlsplit(let_in.headers["location"])
        return self.get(f"{back.path}?{back.query}")


@pytest.fixture
def letting() -> Iterator[LettingIn]:
    with serving(RecordSystem(bundle("week-nine"))) as system:
        yield LettingIn(system, "week-nine")


@pytest.fixture
def server(letting: LettingIn) -> Server:
    launcher = Launcher(iss=letting.system.base, client_id="gradeline", name="Test")
    return Server(launchers={"test": launcher}, outgoing=Outgoing(seconds=2.0))


def ehr(letting: LettingIn) -> str:
    return f"iss={letting.system.base}&launch=opaque"


@pytest.mark.parametrize("how", ["ehr", "standalone"])
def test_both_launches_end_on_the_patients_page(server: Server, letting: LettingIn, how: str) -> None:
    browser = Browser(server)
    answer = browser.launch(letting, ehr(letting) if how == "ehr" else f"iss={letting.system.base}")
    assert answer.status_code == 303 and answer.headers["location"].startswith("/patients/")
    page = browser.get(answer.headers["location"])
    assert page.status_code == 200 and "Assessment by a spine surgeon" in page.text
    (form,) = letting.tokens
    assert form["grant_type"] == "authorization_code" and form["client_id"] == "gradeline"


def test_what_is_asked_at_the_authorisation(server: Server, letting: LettingIn) -> None:
    begun = Browser(server).get(f"/smart/launch?{ehr(letting)}")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(begun.headers["location"]).query).items()}
    assert (
        asked["aud"] == letting.system.base and asked["launch"] == "opaque" and asked["code_challenge_method"] == "S256"
    )
    assert asked["scope"].startswith("launch patient/Patient.r patient/Condition.rs") and "write" not in asked["scope"]
    assert len(asked["state"]) > 40 and asked["redirect_uri"] == "http://localhost/smart/callback"


def test_the_token_goes_to_its_own_server_alone_and_is_forgotten(server: Server, letting: LettingIn) -> None:
    browser = Browser(server)
    page = browser.get(browser.launch(letting, ehr(letting)).headers["location"])
    for each in letting.system.asked:
        assert each.token == (TOKEN if each.path.startswith("/fhir/") and ".well-known" not in each.path else "")
    assert (
        TOKEN not in page.text and TOKEN not in repr(vars(server.state.sessions)) and TOKEN not in str(browser.cookies)
    )


def test_less_than_was_asked_is_told(server: Server, letting: LettingIn) -> None:
    letting.scope = "patient/Patient.r patient/Condition.rs launch"
    browser = Browser(server)
    page = browser.get(browser.launch(letting, ehr(letting)).headers["location"])
    assert {each.path.partition("?")[0] for each in letting.system.asked if each.token} == {
        "/fhir/Patient/week-nine",
        "/fhir/Condition",
    }
    assert "Not read: observations" in page.text


@pytest.mark.parametrize(
    ("said", "shown"), [({}, True), ({"need_patient_banner": False}, False), ({"need_patient_banner": None}, True)]
)
def test_whose_record_it_is_is_shown_where_that_is_needed(
    server: Server, letting: LettingIn, said: Plain, shown: bool
) -> None:
    letting.more = said
    browser = Browser(server)
    page = browser.get(browser.launch(letting, ehr(letting)).headers["location"])
    assert (", week-nine</p>" in page.text) is shown


@pytest.mark.parametrize(
    ("context", "shown"),
    [
        ('{"guideline":"lumbar-nerve-root","lang":"da"}', "Kvinde"),
        ('{"guideline":"x","lang":"fr"}', "Woman"),
        ("{", "Woman"),
        (7, "Woman"),
    ],
)
def test_what_the_card_said_of_the_launch_is_heeded(
    server: Server, letting: LettingIn, context: object, shown: str
) -> None:
    letting.more = {"appContext": context}
    browser = Browser(server)
    assert f"<h1>{shown}" in browser.get(browser.launch(letting, ehr(letting)).headers["location"]).text


def test_another_browser_sees_nothing_of_it(server: Server, letting: LettingIn) -> None:
    where = Browser(server).launch(letting, ehr(letting)).headers["location"]
    assert Browser(server).get(where).status_code == 404


class TestRefused:
    def refused(self, answer: httpx.Response, status: int) -> None:
        assert answer.status_code == status, answer.text
        assert "Traceback" not in answer.text

    @pytest.mark.parametrize("iss", ["https://elsewhere.example/fhir", "", "file:///etc", "//x"])
    def test_a_record_system_that_is_not_named(self, server: Server, iss: str) -> None:
        server.state.config.launchers["other"] = Launcher(iss="https://other.example/fhir", client_id="x")  # type: ignore[index]
        self.refused(Browser(server).get(f"/smart/launch?iss={iss}&launch=x"), 403)

    def test_a_launch_that_was_not_begun_here(self, server: Server, letting: LettingIn) -> None:
        self.refused(Browser(server).get("/smart/callback?code=x&state=y"), 400)
        begun = Browser(server).get(f"/smart/launch?{ehr(letting)}")
        back = urlsplit(httpx.get(begun.headers["location"]).headers["location"])
        self.refused(Browser(server).get(f"{back.path}?{back.query}"), 400)
        assert not letting.tokens

    def test_the_same_launch_twice_or_too_late(self, server: Server, letting: LettingIn) -> None:
        browser = Browser(server)
        begun = browser.get(f"/smart/launch?{ehr(letting)}")
        back = urlsplit(httpx.get(begun.headers["location"]).headers["location"])
        server.now += 3600
        self.refused(browser.get(f"{back.path}?{back.query}"), 400)

    def test_whoever_is_not_let_in(self, server: Server, letting: LettingIn) -> None:
        browser = Browser(server)
        begun = browser.get(f"/smart/launch?{ehr(letting)}")
        state = parse_qs(urlsplit(begun.headers["location"]).query)["state"][0]
        self.refused(browser.get(f"/smart/callback?error=access_denied&state={state}"), 403)

    @pytest.mark.parametrize(
        "configuration",
        [
            {"code_challenge_methods_supported": ["plain"]}, {"code_challenge_methods_supported": ["S256", "plain"]},
            {"code_challenge_methods_supported": None}, {"authorization_endpoint": None}, {"token_endpoint": "ftp://x/y"},
            {"authorization_endpoint": "javascript:alert(1)"},
        ],
    )  # fmt: skip
    def test_a_configuration_that_will_not_do(self, server: Server, letting: LettingIn, configuration: Plain) -> None:
        letting.configuration = configuration
        self.refused(Browser(server).get(f"/smart/launch?{ehr(letting)}"), 502)

    @pytest.mark.parametrize(
        "more",
        [
            {"access_token": None},
            {"token_type": "mac"},
            {"patient": None},
            {"patient": "../x"},
            {"patient": "nobody"},
            {"scope": "openid"},
            {"access_token": 7},
        ],
    )
    def test_a_token_that_will_not_do(self, server: Server, letting: LettingIn, more: Plain) -> None:
        letting.more = more
        self.refused(Browser(server).launch(letting, ehr(letting)), 502)

    @pytest.mark.parametrize("status", [401, 403, 404, 500])
    def test_a_fhir_server_that_fails(self, server: Server, letting: LettingIn, status: int) -> None:
        failing = always(status)
        letting.system.trouble = lambda method, path: failing(method, path) if "/Condition" in path else None
        self.refused(Browser(server).launch(letting, ehr(letting)), 502)

    def test_a_record_system_that_drips(self, letting: LettingIn) -> None:
        launcher = Launcher(iss=letting.system.base, client_id="gradeline")
        server = Server(launchers={"test": launcher}, outgoing=Outgoing(seconds=0.2))
        letting.system.trouble = slow(1.0)
        answer = Browser(server).get(f"/smart/launch?{ehr(letting)}")
        self.refused(answer, 502)
        assert "did not answer in time" in answer.text

    def test_a_guideline_that_nobody_has_adopted(self, letting: LettingIn) -> None:
        from gradeline.serve.config import Config, Store

        launcher = Launcher(iss=letting.system.base, client_id="gradeline")
        off = Server(
            Config(
                launchers={"t": launcher}, store=Store(url="sqlite://"), outgoing=Outgoing(networks=("127.0.0.0/8",))
            )
        )
        self.refused(Browser(off).get(f"/smart/launch?{ehr(letting)}"), 403)
