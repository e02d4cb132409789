"""Whatever is sent or written into a guideline is text: nothing of it runs, nothing breaks, nothing is a 500."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradeline.serve.config import Config
from tests.doors.web.asking import ASK
from tests.doors.web.conftest import TEACHING, Server, serving

HOSTILE = "\"'><script>alert(1)</script><b onmouseover=alert(1)>"
KEYS = st.sampled_from(
    ["cauda-equina", "weakness", "root-sign", "onset", "birth", "sex", "pain", "disability", "lumbar-mri", "__proto__"]
)
SAID = st.one_of(
    st.sampled_from(
        ["yes", "no", "unknown", "declined", "ordered", "8", "1e999", "-3", "18+", "<18", "about 3 weeks ago"]
    ),
    st.sampled_from(["yes 2026-13-45", "8 9999-12-31", "0001-01-01", "2026", HOSTILE, "٣", "yes\x00", "a" * 5000]),
    st.text(max_size=40),
)
FIELDS = st.sampled_from(["answer", "text", "day", "asked", "change", "role", "all", "shared"])
FORMS = st.dictionaries(KEYS.map("a.{}".format) | FIELDS, SAID, max_size=8)
VIEWS = st.dictionaries(st.builds("{}.{}".format, st.sampled_from("atd"), KEYS) | st.just("on"), SAID, max_size=8)
WEEK_NINE = "/guidelines/lumbar-nerve-root/samples/week-nine"


def answered(server: Server, path: str, form: dict[str, str]) -> httpx.Response:
    """What comes back for a form; a text that has no UTF-8 never leaves a browser."""
    sent = {key: value.encode("utf-8", "replace").decode() for key, value in form.items()}
    return httpx.post(f"{server.base}{path}", data=sent)


@settings(max_examples=60)
@given(form=FORMS)
def test_no_form_breaks_the_ask_page(server: Server, form: dict[str, str]) -> None:
    answer = answered(server, ASK, form)
    assert answer.status_code in (200, 422), form
    assert "<script>alert" not in answer.text


@settings(max_examples=40)
@given(form=VIEWS)
def test_no_form_breaks_the_patient_page(server: Server, form: dict[str, str]) -> None:
    answer = answered(server, WEEK_NINE, form)
    assert answer.status_code in (200, 422), form
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("body", [b"\xff\xfe=%zz", b"a" * 300_000, b"&".join(b"x=1" for _ in range(1000)), b""])
def test_no_body_breaks_the_ask_page(server: Server, body: bytes) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert httpx.post(f"{server.base}{ASK}", content=body, headers=headers).status_code in (200, 400, 413, 422)


def test_a_broken_upload_is_said(server: Server) -> None:
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "text/plain"):
        answer = httpx.post(f"{server.base}/patients", content=b"--x\r\nnonsense", headers={"content-type": kind})
        assert answer.status_code in (400, 403, 422), kind


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A guideline whose every text says something that a browser might run."""
    folder = tmp_path_factory.mktemp("hostile")
    shutil.copytree(TEACHING, folder, dirs_exist_ok=True)
    file = folder / "guideline.yaml"
    text = file.read_text("utf-8").replace("id: teaching", "id: hostile", 1)
    text = re.sub(r"^( +(?:en|da): )(\w.*)$", r"\1\2 <script>alert(1)</script>", text, flags=re.MULTILINE)
    assert text.count("<script>") > 100
    file.write_text(text, "utf-8")
    with serving(Config(demo=True, guidelines=(str(folder),))) as running:
        yield running


@pytest.mark.parametrize("path", ["", "/ask", "/review", "/guide.md"])
def test_a_guideline_s_words_are_text(hostile: Server, path: str) -> None:
    answer = httpx.get(f"{hostile.base}/guidelines/hostile{path}")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "&lt;script" in answer.text


def test_the_publisher_s_words_are_shown_where_they_were_read_and_never_in_public(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRADELINE_DATA", str(tmp_path))
    kept = {
        "source": {"publisher": "Nobody", "title": "An invented document"},
        "statements": {"mri": {"text": "Invented words of a publisher.", "where": "page 1"}},
    }
    (tmp_path / "wording").mkdir()
    (tmp_path / "wording" / "lumbar-nerve-root.en.json").write_text(json.dumps(kept), "utf-8")
    for public in (False, True):
        with serving(Config(public=public, demo=not public)) as running:
            text = httpx.get(f"{running.base}/guidelines/lumbar-nerve-root").text
        assert ("Invented words of a publisher." in text) is not public
        assert ("Nobody, An invented document, page 1" in text) is not public
