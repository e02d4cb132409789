"""The public keys of a record system: from a file, or from the one address that the settings name."""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import orjson
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey

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
Key = ECKey | RSAKey


class Keys:
    """The keys of one client."""

    def __init__(self, client: Client, outgoing: Outgoing) -> None:
        self.client, self.outgoing = client, outgoing
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
        gatekeeper = Gatekeeper([origin], self.outgoing.networks)
        async with Reader(origin, "", gatekeeper, self.outgoing) as reader:
            return parsed(await reader.fetched("GET", self.client.jku))


def keyed(document: Any) -> dict[str, Key]:
    """Keys by their ids; what is no public key for signing is left out."""
    try:
        found = KeySet.import_key_set(document).keys
    except (JoseError, ValueError, TypeError, KeyError, AttributeError):
        raise UnreadError("the key set is none") from None
    keys = {key.kid: key for key in found if isinstance(key, (ECKey, RSAKey)) and key.kid}
    return {kid: key for kid, key in keys.items() if not isinstance(key, RSAKey) or bits(key) >= SMALLEST}


def bits(key: RSAKey) -> int:
    """The length of an RSA key."""
    return int(key.public_key.key_size)


def _file(file: Path) -> Any:
    """A key set that lies in a file."""
    try:
        return orjson.loads(file.read_bytes())
    except (OSError, orjson.JSONDecodeError):
        raise UsageError(f"cannot read the key set {file}", "write the client's JWK set into it") from None
