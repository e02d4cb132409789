"""The tokens of CDS clients: signed by a key that we know, for this very address, now, and once."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Any

import orjson
from joserfc import jwt
from joserfc.errors import JoseError

from gradeline.serve.auth.keys import Keys
from gradeline.serve.client.reader import UnreadError
from gradeline.serve.config import Client, Config
from gradeline.serve.store.store import AwayError
from gradeline.serve.wire.outcomes import RefusalError

ALGORITHMS = ("ES384", "RS384")
SKEW = 60
"""Seconds by which clocks may differ."""
LONGEST = 3600
"""Seconds for which a token may hold; the specification advises five minutes."""
LARGEST = 16_000
Seen = Callable[[str, float, float], Awaitable[bool]]
"""Whether a token was used before, until when it counts, and the time now."""


class Tokens:
    """Checks the tokens of the clients that the settings name."""

    def __init__(self, config: Config, clock: Callable[[], float], seen: Seen) -> None:
        clients, outgoing = config.clients, config.outgoing
        self.clients = {client.issuer: (name, client) for name, client in clients.items()}
        self.keys = {client.issuer: Keys(client, outgoing, config.networks) for client in clients.values()}
        self.clock, self.seen = clock, seen

    async def check(self, authorization: str, url: str) -> str:
        """The name of the client that calls; RefusalError (401), with the setting that cures it."""
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise refusal("a token is needed", "send `Authorization: Bearer` and a JWT of a client in [clients]")
        if len(token) > LARGEST:
            raise refusal("the token is too long", "send a JWT of a client in [clients]")
        header, payload = unchecked(token)
        name, client = self.client(header, payload)
        claims = await self.signed(token, header, client)
        self.timely(claims)
        self.for_us(claims, url)
        await self.first(claims, client)
        return name

    def client(self, header: dict[str, Any], payload: dict[str, Any]) -> tuple[str, Client]:
        """The client that the token says it is from, if it is one of ours."""
        if header.get("alg") not in ALGORITHMS:
            raise refusal("the token's `alg` is not allowed", f"sign with {' or '.join(ALGORITHMS)}")
        if header.get("typ") not in (None, "JWT"):
            raise refusal("the token's `typ` is not JWT", "write `JWT` there")
        found = self.clients.get(payload.get("iss")) if isinstance(payload.get("iss"), str) else None  # type: ignore[arg-type]
        if found is None:
            raise refusal("the token's `iss` is not known", "name it as `issuer` of a client in [clients]")
        jku = header.get("jku")
        if jku is not None and jku != found[1].jku:
            raise refusal("the token's `jku` is not on the list", "name it as `jku` of this client in [clients]")
        return found

    async def signed(self, token: str, header: dict[str, Any], client: Client) -> dict[str, Any]:
        """The claims of a token whose signature holds."""
        if not isinstance(header.get("kid"), str):
            raise refusal("the token's header has no `kid`", "name the key by its `kid`")
        try:
            key = await self.keys[client.issuer].find(header["kid"])
        except UnreadError as fault:
            raise refusal(f"the client's keys cannot be read: {fault.why}", "check `jku` of this client") from None
        if key is None:
            raise refusal("the token's `kid` is none of the client's keys", "publish it in the key set of the client")
        try:
            return dict(jwt.decode(token, key, algorithms=list(ALGORITHMS)).claims)
        except (JoseError, ValueError, TypeError):
            raise refusal("the token's signature does not hold", "sign it with the key of its `kid`") from None

    def timely(self, claims: dict[str, Any]) -> None:
        """RefusalError where a token is not of now."""
        now, exp, iat = self.clock(), claims.get("exp"), claims.get("iat")
        if not numeric(exp) or not numeric(iat):
            raise refusal("the token has no `exp` or no `iat`", "write both, as seconds")
        assert isinstance(exp, (int, float)) and isinstance(iat, (int, float))
        if exp < now - SKEW:
            raise refusal("the token has expired", "make a token for each call; check the clocks")
        if iat > now + SKEW:
            raise refusal("the token is from the future", "check the clocks")
        if exp - iat > LONGEST:
            raise refusal("the token holds too long", "let it expire within five minutes")

    def for_us(self, claims: dict[str, Any], url: str) -> None:
        """RefusalError where a token is not for exactly this address."""
        audience = claims.get("aud")
        listed = audience if isinstance(audience, list) else [audience]
        if url not in listed:
            cure = f"write the address that is called as `aud`, which here is {url}; `address` sets its beginning"
            raise refusal("the token's `aud` is another address", cure)

    async def first(self, claims: dict[str, Any], client: Client) -> None:
        """RefusalError where a token was used before."""
        jti = claims.get("jti")
        if not isinstance(jti, str) or not jti:
            raise refusal("the token has no `jti`", "give each token an id of its own")
        used = sha256(f"{client.issuer}\0{jti}".encode("utf-8", "replace")).hexdigest()
        try:
            again = await self.seen(used, float(claims["exp"]) + SKEW, self.clock())
        except AwayError:
            raise RefusalError(503, "tokens cannot be checked now", "the shared database is away: try again") from None
        if again:
            raise refusal("the token was used before", "make a token for each call")


def numeric(value: object) -> bool:
    """Whether a claim is a number of seconds."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e12


def refusal(what: str, cure: str) -> RefusalError:
    """That a token will not do."""
    return RefusalError(401, what, cure)


def unchecked(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and payload of a token, before anything of it is believed."""
    try:
        header, payload, _ = token.split(".")
        found = [orjson.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))) for part in (header, payload)]
    except (ValueError, binascii.Error):
        raise refusal("the token is no JWT", "send a JWT of a client in [clients]") from None
    if not all(type(each) is dict for each in found):
        raise refusal("the token is no JWT", "send a JWT of a client in [clients]")
    return found[0], found[1]
