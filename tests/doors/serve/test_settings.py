"""The configuration file: every setting has its words, and every fault is told at once, with its cure."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from gradeline.errors import UsageError
from gradeline.serve.config import Client, Config, Launcher, Limits, Outgoing, Store
from gradeline.serve.counted import Counted
from gradeline.serve.settings import LISTED, PARTS, load, over

EXAMPLES = Path(__file__).parents[3] / "examples"
WHOLE = """\
host = "127.0.0.1"
hosts = ["cds.example.org"]
address = "https://cds.example.org"
language = "da"
origins = ["https://record.example.org"]
tokens = ["token"]

[limits]
megabytes = 5
seconds = 2.5

[outgoing]
servers = ["https://record.example.org/fhir"]
networks = ["10.0.0.0/8"]

[store]
url = "sqlite://"

[adoptions.lumbar-nerve-root]
by = "Region X"
on = 2026-11-01
why = "nothing newer"
until = 2027-11-01

[clients.record]
issuer = "https://record.example.org"
jku = "https://record.example.org/jwks"

[launchers.record]
iss = "https://record.example.org/fhir"
client_id = "gradeline"
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "settings.toml"
    file.write_text(text, "utf-8")
    return file


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    config = load(written(tmp_path, WHOLE))
    assert config.limits == Limits(megabytes=5, seconds=2.5) and config.language == "da"
    assert config.adoptions["lumbar-nerve-root"].until == date(2027, 11, 1)
    assert config.clients["record"].jku.endswith("/jwks") and config.launchers["record"].client_id == "gradeline"
    assert over(config, {"port": 8000, "host": None, "demo": False}).port == 8000


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    text = 'hots = []\nport = "x"\nlanguage = "fr"\nhosts = [1]\n[limits]\nmegabytes = -1\ndeep = 3\n[adoptions.x]\nby = "me"\non = "soon"\n[store]\nshared = 1\n'
    with pytest.raises(UsageError) as caught:
        load(written(tmp_path, text))
    said = str(caught.value)
    for part in (
        "hots  there is no such setting", "did you mean `hosts`?", "port  is not a whole number", "language  cannot be 'fr'", "hosts  is not a list of texts",
        "limits.megabytes  cannot be negative", "limits.deep  there is no such setting", "`why` is missing", "adoptions.x.on  is not a date", "store.shared  is not true or false",
    ):  # fmt: skip
        assert part in said


@pytest.mark.parametrize("text", ["a = ", "limits = 3", "clients = 3", "[clients]\nx = 3", "\x00"])
def test_what_is_no_settings_file_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError):
        load(written(tmp_path, text))
    with pytest.raises(UsageError, match="cannot read"):
        load(tmp_path / "nothing.toml")


def test_the_example_holds(tmp_path: Path) -> None:
    """All but the token's file, which is each one's own."""
    config = load(EXAMPLES / "settings.toml")
    assert config.tokens and not config.loopback and config.secured and config.guarded
    Counted(config, lambda: 0.0).check()


@pytest.mark.parametrize("kind", [Config, Outgoing, Limits, Store, Client, Launcher])
def test_every_setting_says_what_it_is_for(kind: type) -> None:
    for each in fields(kind):
        assert each.metadata["says"] or each.name in (*PARTS, *LISTED)
