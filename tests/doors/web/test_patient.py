"""The patient page: the clock, the advice with its reasons, a form for what is missing; seen by one browser alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import httpx
import pytest

from gradeline.records.facts import Patient, Record
from gradeline.serve.sessions import MOST_RECORDS, Opened, Sessions
from tests.doors.command import SAMPLES
from tests.doors.web.conftest import DESK, Server, Window

WEEK_NINE = "/guidelines/lumbar-nerve-root/samples/week-nine"


@pytest.fixture
def client(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.base) as opened:
        yield opened


def token(client: httpx.Client) -> str:
    """What a form of the patient pages carries."""
    found = re.search(r'name="token" value="(\w+)"', client.get("/patients").text)
    assert found
    return found[1]


def bring(client: httpx.Client, name: str = "week-nine", **more: str) -> httpx.Response:
    """Bring a sample as if it were a record of one's own."""
    file = {"file": ("record.json", (SAMPLES / f"{name}.json").read_bytes(), "application/json")}
    return client.post("/patients", data={"token": token(client), **more}, files=file)


class TestBringing:
    """A record comes in, stays in memory, and is its browser's alone."""

    def test_it_is_seen_under_a_random_address_by_who_brought_it(self, client: httpx.Client, server: Server) -> None:
        answer = bring(client)
        assert answer.status_code == 303
        address = answer.headers["location"]
        assert re.fullmatch(r"/patients/[\w-]{22}", address)
        page = client.get(address)
        assert "Woman, aged 46" in page.text
        assert page.headers["cache-control"] == "no-store"
        assert httpx.get(f"{server.base}{address}").status_code == 404
        assert "week-nine-condition" not in address

    def test_the_cookie_is_out_of_reach(self, client: httpx.Client) -> None:
        cookie = bring(client).headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie

    def test_a_form_of_another_site_is_refused(self, client: httpx.Client) -> None:
        for forged in ({}, {"token": "0" * 64}):
            assert client.post("/patients", data=forged, files={"file": b"{}"}).status_code == 403
        address = bring(client).headers["location"]
        assert client.post(address, data={"a.pain": "8"}).status_code == 403
        assert client.post(f"{address}/close", data={}).status_code == 403

    def test_it_is_forgotten_when_told(self, client: httpx.Client) -> None:
        address = bring(client).headers["location"]
        held = re.search(r'name="token" value="(\w+)"', client.get(address).text)
        assert held
        assert client.post(f"{address}/close", data={"token": held[1]}).status_code == 303
        assert client.get(address).status_code == 404

    def test_what_cannot_be_read_is_said_with_its_cure(self, client: httpx.Client) -> None:
        for data, says in ((b"%PDF-1.7", "JSON"), (b"\x1f\x8b\x08", "Unpack it first"), (b"", "Choose one")):
            answer = client.post("/patients", data={"token": token(client)}, files={"file": ("x", data)})
            assert answer.status_code == 422
            assert says in answer.text

    def test_of_several_patients_one_is_chosen(self, client: httpx.Client) -> None:
        bundles = [json.loads((SAMPLES / f"{name}.json").read_bytes()) for name in ("week-nine", "week-fourteen")]
        several = json.dumps([entry["resource"] for each in bundles for entry in each["entry"]]).encode()
        for chosen, status in ({}, 422), ({"patient": "week-fourteen"}, 303):
            sent = {"token": token(client), **chosen}
            assert client.post("/patients", data=sent, files={"file": ("x.json", several)}).status_code == status

    def test_too_much_is_refused(self, client: httpx.Client) -> None:
        files = {"file": ("x.json", b" " * 20_100_000)}
        answer = client.post("/patients", data={"token": token(client)}, files=files)
        assert answer.status_code in (413, 422)


class TestSessions:
    """Sessions are forgotten, the silent ones first."""

    OPENED = Opened(Record(Patient("somebody")), "lumbar-nerve-root", 1)

    def test_after_a_while(self) -> None:
        now = [0.0]
        sessions = Sessions(30, 2, lambda: now[0])
        session = sessions.begin()
        now[0] = 1799
        assert sessions.find(session.id) is session
        now[0] += 1801
        assert sessions.find(session.id) is None

    def test_where_there_are_too_many(self) -> None:
        now = [0.0]
        sessions = Sessions(30, 2, lambda: now[0])
        first, second = sessions.begin(), sessions.begin()
        now[0] = 1
        assert sessions.find(first.id)
        sessions.begin()
        assert sessions.find(first.id)
        assert sessions.find(second.id) is None

    def test_of_many_records_the_oldest_gives_way(self) -> None:
        session = Sessions(30, 2).begin()
        ids = [session.open(self.OPENED) for _ in range(MOST_RECORDS + 1)]
        assert len(set(ids)) == MOST_RECORDS + 1
        assert list(session.opened) == ids[1:]

    def test_a_token_is_one_browser_s_and_one_process_s(self) -> None:
        here, there = Sessions(30, 2), Sessions(30, 2)
        assert here.holds("a", here.token("a"))
        assert not here.holds("b", here.token("a"))
        assert not there.holds("a", here.token("a"))
        assert not here.holds("", here.token(""))


@pytest.mark.slow
class TestSeeing:
    """In a browser."""

    def test_the_clock_says_the_same_as_its_text(self, window: Window) -> None:
        page = window(WEEK_NINE, width=DESK)
        clock = page.get_by_role("img", name="Day 64 of 84 since the onset; the guideline's time is 12 weeks")
        letters = clock.locator(".moment text").all_text_contents()
        listed = page.locator("#clock-text li .letter").all_inner_texts()
        assert letters == [each for each in listed if each != "•"]
        assert clock.get_attribute("aria-describedby") == "clock-text"
        said = page.locator("#clock-text").inner_text()
        for line in (
            "Onset, Sun 20 Sep",
            "MRI of the lumbar spine ordered 2 Oct",
            "day 12",
            "due Sun 13 Dec",
            "20 days left",
        ):
            assert line in said

    def test_a_clock_counts_from_the_earliest_day_of_an_onset_that_is_not_exact(self, window: Window) -> None:
        page = window("/guidelines/lumbar-nerve-root/samples/l86-no-onset", width=DESK)
        assert page.locator(".clock").count() == 0
        page.locator("input[name='t.onset']").fill("about 4 weeks ago")
        page.get_by_role("button", name="See the advice with this").click()
        assert "Counted from the earliest possible day" in page.locator(".clock").inner_text()
        assert page.locator(".clock .number").text_content() == "31"

    def test_the_question_that_decides_leads_and_filling_it_in_counts_for_this_view(self, window: Window) -> None:
        page = window("/guidelines/lumbar-nerve-root/samples/l86-no-onset")
        assert "at least one sign of the nerve root" in page.locator(".lead-question").inner_text()
        page.locator("#field-root-sign").get_by_label("Yes").check()
        page.locator("input[name='t.onset']").fill("2026-11-01")
        page.get_by_role("button", name="See the advice with this").click()
        page.locator(".population.yes").wait_for()
        assert page.locator("#field-root-sign").get_by_label("Yes").is_checked()
        assert page.locator("input[name='t.onset']").input_value() == "2026-11-01"
        page.goto(page.url)
        assert page.locator(".population.yes").count() == 0

    def test_why_what_is_missing_and_what_would_change_it(self, window: Window) -> None:
        page = window(WEEK_NINE, width=DESK)
        due = page.locator(".group[class*=due]")
        assert "Because: pain 8 on 12 Oct and 8 on 16 Nov" in due.inner_text()
        assert "Missing: waiting time unknown" in due.inner_text()
        due.get_by_text("Why, and what would change it").click()
        assert "Another reading would change this:" in due.inner_text()
        assert "Observation/" in due.inner_text()

    def test_a_warning_sign_stands_in_place_of_all_advice(self, window: Window) -> None:
        page = window("/guidelines/lumbar-nerve-root/samples/warning-sign")
        assert "Stop: new trouble with bladder or bowel" in page.locator(".stop").inner_text()
        assert page.locator(".item").count() == 0

    def test_another_day_is_another_answer(self, window: Window) -> None:
        page = window(WEEK_NINE)
        page.get_by_label("The day asked").fill("2026-12-20")
        page.get_by_role("button", name="See the advice with this").click()
        page.locator(".overdue, [class*=overdue]").first.wait_for()
        page.get_by_label("The day asked").fill("1970-01-01")
        page.get_by_role("button", name="See the advice with this").click()
        assert "is born on 1980-02-03, after 1970-01-01" in page.locator(".fault").inner_text()

    def test_a_record_is_brought_seen_and_forgotten(self, window: Window) -> None:
        page = window("/patients")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.get_by_label("FHIR R4 as JSON").set_input_files(SAMPLES / "everything-in-place.json")
        page.get_by_role("button", name="Open").click()
        page.get_by_role("heading", level=1).get_by_text("aged").wait_for()
        page.get_by_role("button", name="See the advice with this").click()
        page.get_by_role("button", name="Forget this record now").click()
        page.get_by_role("heading", name="With a record").wait_for()
        assert not [url for url in asked if "everything" in url or "?" in url]
