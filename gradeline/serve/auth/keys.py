"""The public keys of a record system: from a file, or from the one address that the settings name."""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import orjson
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from gradeline.errors import UsageError
from gradeline.serve.client.addresses import Gatekeeper
from gradeline.serve.client.reader import Reader, UnreadError, parsed
from gradeline.serve.config import Client, Outgoing

FRESH = 600.0
"""Seconds for which a key set that was fetched is believed."""
AGAIN = 30.0
"""Seconds before an unknown key makes us fetch again."""
SMALLEST = 2048
"""Bits of the smallest RSA key that is believed."""
MOST = 100
"""Keys of one client."""
PRIVATE = ("d", "p", "q", "dp", "dq", "qi", "oth", "k")
Key = ECKey | RSAKey


class Keys:
    """The keys of one client."""

    def __init__(self, client: Client, outgoing: Outgoing, networks: tuple[str, ...]) -> None:
        self.client, self.outgoing, self.networks = client, outgoing, networks
        self.fetched_at = self.tried_at = -1e9
        self.known: dict[str, Key] = keyed(_file(Path(client.keys))) if client.keys else {}

    async def find(self, kid: str) -> Key | None:
        """The key with this id, fetched where that may help."""
        now = monotonic()
        stale = now - self.fetched_at > FRESH or kid not in self.known
        if self.client.jku and stale and now - self.tried_at > (AGAIN if self.known else 1.0):
            self.tried_at = now
            self.known = keyed(await self.fetch())
            self.fetched_at = now
        return self.known.get(kid)

    async def fetch(self) -> dict[str, Any]:
        """The key set of the client's address; no other is ever fetched."""
        parts = urlsplit(self.client.jku)
        origin = f"{parts.scheme}://{parts.netloc}"
        gatekeeper = Gatekeeper([origin], self.networks)
        async with Reader(origin, "", gatekeeper, self.outgoing) as reader:
            return parsed(await reader.fetched("GET", self.client.jku))


def keyed(document: Any) -> dict[str, Key]:
    """Keys by their ids; what is no sound public key for our algorithms is left out."""
    listed = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        raise UnreadError("the key set is none")
    found = {each.get("kid"): key(each) for each in listed[:MOST] if isinstance(each, dict)}
    return {kid: key for kid, key in found.items() if isinstance(kid, str) and key}


def key(given: dict[str, Any]) -> Key | None:
    """One key: an elliptic one of P-384, or an RSA one that is long enough."""
    kinds: dict[Any, type[ECKey] | type[RSAKey]] = {"EC": ECKey, "RSA": RSAKey}
    kind = kinds.get(given.get("kty"))
    sound = given.get("crv") == "P-384" if kind is ECKey else len(str(given.get("n"))) * 6 >= SMALLEST
    if kind is None or not sound:
        return None
    try:
        return kind.import_key({name: value for name, value in given.items() if name not in PRIVATE})
    except (JoseError, ValueError, TypeError, KeyError):
        return None


def _file(file: Path) -> Any:
    """A key set that lies in a file."""
    try:
        return orjson.loads(file.read_bytes())
    except (OSError, orjson.JSONDecodeError):
        raise UsageError(f"cannot read the key set {file}", "write the client's JWK set into it") from None
