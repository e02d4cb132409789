"""The settings of the server, checked once at the start; each says what it is for, and the manual is made of that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from gradeline.model.words import Language
from gradeline.show.cards.occasion import Adoption

DEMO = ("127.0.0.0/8", "::1/128")
"""In a demo, this machine's own servers may be called."""


def setting(default: Any, says: str) -> Any:
    """A setting with its default, and what it is for."""
    make: dict[str, Any] = {"default_factory": default} if callable(default) else {"default": default}
    return field(metadata={"says": says}, **make)


@dataclass(frozen=True)
class Outgoing:
    """Which FHIR servers we may read, and how much of our time and memory they may take."""

    servers: tuple[str, ...] = setting((), "the base addresses of FHIR servers that may be read; no other is called")
    networks: tuple[str, ...] = setting(
        (), "private networks in which such a server may stand, as `10.0.0.0/8`; else public addresses only"
    )
    seconds: float = setting(3.0, "how long one call may wait for a FHIR server, all requests together")
    megabytes: int = setting(20, "how much one FHIR server may send for one call")
    pages: int = setting(40, "how many pages of searches are read for one call")


@dataclass(frozen=True)
class Limits:
    """What one client may ask of the server."""

    megabytes: int = setting(20, "the largest body of a call")
    depth: int = setting(64, "how deeply a body's JSON may be nested")
    seconds: float = setting(10.0, "how long a client may take to send its headers, and then its body")
    calls: int = setting(6000, "calls a minute from one client or address; above that it is told to wait")
    refused: int = setting(300, "refused tokens a minute from one address; above that none from there is looked at")


@dataclass(frozen=True)
class Store:
    """Where feedback and what was shown are kept: no patient, but a keyed hash."""

    url: str = setting(
        "", "an SQLAlchemy URL, as `postgresql+psycopg://user@host/name`; else a SQLite file in your state folder"
    )
    key: str = setting("", "a file with the secret of the hash; else one is made beside the SQLite file")
    repeat_hours: int = setting(24, "how long a card that was accepted or overridden is not repeated for its patient")
    shared: bool = setting(
        False, "several processes behind a proxy: replays of tokens and limits are then kept in the database"
    )


@dataclass(frozen=True)
class Client:
    """A record system that calls the hooks, and how its tokens are checked."""

    issuer: str = setting("", "the `iss` of its tokens")
    jku: str = setting("", "the address of its key set; only this one is ever fetched")
    keys: str = setting("", "a file with its key set, where it has no address")


@dataclass(frozen=True)
class Launcher:
    """A record system from which our page may be launched (SMART App Launch 2.2)."""

    iss: str = setting("", "the base address of its FHIR server")
    client_id: str = setting("", "the id under which we are registered there; we are a public client with PKCE")
    name: str = setting("", "its name, for people")


def local(host: str) -> bool:
    """Whether a name or an address is of this machine alone."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True)
class Config:
    """How the server is run; every setting has a default that is safe on one's own machine."""

    host: str = setting("127.0.0.1", "the address to listen on")
    port: int = setting(0, "the port; 0 takes a free one")
    public: bool = setting(False, "only library, guideline and ask: no record, upload or hook, and nothing kept")
    demo: bool = setting(False, "to try it: adopts every guideline for the day, openly, keeps nothing, has `/calls`")
    guidelines: tuple[str, ...] = setting((), "guidelines beside those that are shipped: ids, or paths")
    audits: Path | None = setting(None, "a folder of reports of `gradeline audit`")
    hosts: tuple[str, ...] = setting((), "the names under which the server may be reached, beside its address")
    session_minutes: int = setting(30, "how long a session that is silent is remembered")
    most_sessions: int = setting(1000, "how many sessions are remembered")
    address: str = setting("", "our address as others see it, behind a proxy: `https://cds.example.org`")
    certificate: str = setting("", "a file with the server's certificate, in PEM, where no proxy speaks TLS for it")
    certificate_key: str = setting("", "a file with the key of the certificate")
    language: Language = setting("en", "the language of cards where a call asks for none: en or da")
    authentication: Literal["auto", "on", "off"] = setting(
        "auto", "whether hooks need a token of a known client; auto: wherever not only this machine can call"
    )
    tokens: tuple[str, ...] = setting(
        (), "files with a bearer token each, for audits, feedback, metrics and /fhir beyond this machine"
    )
    origins: tuple[str, ...] = setting((), "the origins of browser-based record systems (CORS)")
    outgoing: Outgoing = setting(Outgoing, "")
    limits: Limits = setting(Limits, "")
    store: Store = setting(Store, "")
    adoptions: Mapping[str, Adoption] = setting(dict, "")
    clients: Mapping[str, Client] = setting(dict, "")
    launchers: Mapping[str, Launcher] = setting(dict, "")

    @cached_property
    def loopback(self) -> bool:
        """Whether only this machine can reach the server: it listens here, and no proxy is named that others reach."""
        named = urlsplit(self.address).hostname if self.address else None
        return local(self.host) and (named is None or local(named))

    @property
    def networks(self) -> tuple[str, ...]:
        """The networks in which servers may stand that we call; in a demo this machine too."""
        return (*self.outgoing.networks, *(DEMO if self.demo else ()))

    @property
    def secured(self) -> bool:
        """Whether others reach the server by TLS, its own or a proxy's."""
        return bool(self.certificate) or self.address.startswith("https://")

    @property
    def guarded(self) -> bool:
        """Whether the hooks need a token."""
        return self.authentication == "on" or (self.authentication == "auto" and not self.loopback)
