"""Which addresses may be called: a name is resolved first, every address that it has is checked, and one is called."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address


class RefusedError(Exception):
    """An address that may not be called; the message holds no address of ours."""


class Gatekeeper:
    """Knows the servers and the networks that the settings allow."""

    def __init__(self, servers: Sequence[str], networks: Sequence[str]) -> None:
        self.servers = tuple(normal(each) for each in servers)
        self.networks: tuple[Network, ...] = tuple(ip_network(each) for each in networks)

    def allows(self, base: str) -> bool:
        """Whether a FHIR server is on the list."""
        return normal(base) in self.servers

    def passes(self, address: Address) -> bool:
        """Whether an address may be called: a public one, or one of a network that the settings name."""
        plain = getattr(address, "ipv4_mapped", None) or address
        if any(plain in each for each in self.networks if each.version == plain.version):
            return True
        return bool(plain.is_global and not plain.is_multicast)

    async def resolved(self, url: str) -> str:
        """The one address to call; RefusedError where any that the name has may not be called."""
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            found = await asyncio.get_running_loop().getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise RefusedError("its name cannot be resolved") from None
        addresses = [str(each[4][0]).partition("%")[0] for each in found]
        if not addresses or not all(self.passes(ip_address(each)) for each in addresses):
            raise RefusedError("its address is in a network that [outgoing] networks does not allow")
        return addresses[0]


def normal(base: str) -> str:
    """A base address as it is compared: scheme and host in small letters, no slash at the end."""
    try:
        parts = urlsplit(base.strip())
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    if parts.username or parts.password or parts.query or parts.fragment or parts.scheme not in ("http", "https"):
        return ""
    return f"{parts.scheme}://{host}{port}{parts.path.rstrip('/')}"
