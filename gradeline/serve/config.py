"""The settings of the server, checked once at the start."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path


@dataclass(frozen=True)
class Config:
    """How the server is run; every setting has a default that is safe on one's own machine."""

    host: str = "127.0.0.1"
    port: int = 0
    """0 takes a free one."""
    public: bool = False
    """Only library, guideline and ask: no record, upload or hook, and nothing kept."""
    demo: bool = False
    guidelines: tuple[str, ...] = ()
    """Beside those that are shipped: ids, or paths."""
    audits: Path | None = None
    """A folder of reports of `gradeline audit`."""
    hosts: tuple[str, ...] = ()
    """The names under which the server may be reached, beside its address."""
    session_minutes: int = 30
    most_sessions: int = 1000

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"
