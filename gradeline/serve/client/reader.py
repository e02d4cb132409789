"""Reads a FHIR server with the token of one call: no redirects, no other server, within time and size."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import httpx
import orjson

from gradeline.serve.client.addresses import Gatekeeper, RefusedError, normal
from gradeline.serve.config import Outgoing

MEGABYTE = 1_000_000
Resource = dict[str, Any]


class UnreadError(Exception):
    """What a server was asked for and did not give; the message is for people and holds no patient data."""

    def __init__(self, why: str, status: int = 0) -> None:
        self.why, self.status = why, status
        super().__init__(why)


@cache
def trusted() -> ssl.SSLContext:
    """The certificates that this machine trusts; reading them takes a while."""
    return ssl.create_default_context()


class Reader:
    """One FHIR server, for one call: its token goes nowhere else."""

    def __init__(self, base: str, token: str, gatekeeper: Gatekeeper, limits: Outgoing) -> None:
        if not gatekeeper.allows(base):
            raise UnreadError("the FHIR server is not on the list [outgoing] servers")
        self.base, self.token, self.gatekeeper, self.limits = normal(base), token, gatekeeper, limits
        self.left, self.pages = limits.megabytes * MEGABYTE, limits.pages

    async def __aenter__(self) -> Reader:
        timeout = httpx.Timeout(self.limits.seconds, connect=min(self.limits.seconds, 2.0))
        self.client = httpx.AsyncClient(
            timeout=timeout, follow_redirects=False, trust_env=False, verify=self.verify()
        )  # fmt: skip
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.aclose()

    def verify(self) -> ssl.SSLContext | bool:
        """Certificates are checked wherever there are any."""
        return trusted() if self.base.startswith("https:") else False

    async def read(self, path: str) -> Resource:
        """One resource, `Patient/7`."""
        return await self.get(f"{self.base}/{path}")

    async def search(self, query: str) -> list[Resource]:
        """All pages of a search, `Condition?patient=7`, as Bundles."""
        return await self.follow(await self.get(f"{self.base}/{query}"))

    async def follow(self, bundle: Resource) -> list[Resource]:
        """A page of a search and all pages after it; a next page elsewhere is refused."""
        found, seen = [bundle], set[str]()
        while following := next_page(found[-1]):
            url = urljoin(f"{self.base}/", following)
            self.pages -= 1
            if not self.within(url):
                raise UnreadError("the next page of a search lies on another server")
            if url in seen or self.pages < 0:
                raise UnreadError("a search has too many pages")
            seen.add(url)
            found.append(await self.get(url))
        return found

    def within(self, url: str) -> bool:
        """Whether an address is of this server: a token goes nowhere else."""
        parts, own = urlsplit(url), urlsplit(self.base)
        if ".." in parts.path or "\\" in url or parts.username:
            return False
        same = (parts.scheme, parts.hostname, parts.port) == (own.scheme, own.hostname, own.port)
        return same and (parts.path.rstrip("/") == own.path or parts.path.startswith(f"{own.path}/"))

    async def get(self, url: str) -> Resource:
        """One answer, as a FHIR resource."""
        return whole(await self.fetched("GET", url))

    async def post(self, url: str, form: Mapping[str, str]) -> Resource:
        """The answer to a form; it need be no resource."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return parsed(await self.fetched("POST", url, urlencode(form).encode(), headers))

    async def fetched(
        self, method: str, url: str, body: bytes | None = None, more: Mapping[str, str] | None = None
    ) -> bytes:  # fmt: skip
        """The bytes of one answer, from an address that was checked."""
        if not self.within(url):
            raise UnreadError("the address is not of this FHIR server")
        try:
            async with asyncio.timeout(self.limits.seconds):
                return await self.exchanged(method, url, body, {**self.headers(), **(more or {})})
        except TimeoutError:
            raise UnreadError("the server did not answer in time") from None
        except RefusedError as refused:
            raise UnreadError(f"the FHIR server may not be called: {refused}") from None
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError) as fault:
            raise UnreadError(f"the FHIR server cannot be read: {type(fault).__name__}") from None

    async def exchanged(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> bytes:
        """One request to an address that was checked, and the body of its answer."""
        address = await self.gatekeeper.resolved(url)
        answer = await self.client.send(self.request(method, (url, address), body, headers), stream=True)
        try:
            return await self.taken(answer)
        finally:
            await answer.aclose()

    def request(
        self, method: str, where: tuple[str, str], body: bytes | None, headers: Mapping[str, str]
    ) -> httpx.Request:  # fmt: skip
        """A request to the checked address, under the server's own name."""
        url, address = httpx.URL(where[0]), where[1]
        named = {"Host": url.netloc.decode(), **headers}
        sni = {"sni_hostname": url.host}
        return self.client.build_request(
            method, url.copy_with(host=address), content=body, headers=named, extensions={**sni, **self.timeouts()}
        )

    def timeouts(self) -> dict[str, Any]:
        """How long each step may take."""
        return {"timeout": self.client.timeout.as_dict()}

    def headers(self) -> dict[str, str]:
        """What we send: the token, and that nothing is to be packed, for what is packed may be a bomb."""
        sent = {"Accept": "application/fhir+json, application/json", "Accept-Encoding": "identity"}
        return sent | ({"Authorization": f"Bearer {self.token}"} if self.token else {})

    async def taken(self, answer: httpx.Response) -> bytes:
        """The body of a good answer, no larger than is left."""
        if answer.is_redirect or answer.has_redirect_location:
            raise UnreadError("the FHIR server redirects, which is not followed", answer.status_code)
        if answer.status_code != 200:
            raise UnreadError(f"the FHIR server answers {answer.status_code}", answer.status_code)
        if answer.headers.get("content-encoding", "identity") != "identity":
            raise UnreadError("the FHIR server sends packed data, which was not asked for")
        pieces = []
        async for piece in answer.aiter_raw():
            self.left -= len(piece)
            if self.left < 0:
                raise UnreadError("the FHIR server sends too much")
            pieces.append(piece)
        return b"".join(pieces)


def parsed(data: bytes) -> Resource:
    """A JSON object."""
    try:
        found = orjson.loads(data)
    except orjson.JSONDecodeError:
        raise UnreadError("the server sends no JSON") from None
    if type(found) is not dict:
        raise UnreadError("the server sends no JSON object")
    return found


def whole(data: bytes) -> Resource:
    """A FHIR resource."""
    found = parsed(data)
    if type(found.get("resourceType")) is not str:
        raise UnreadError("the FHIR server sends no FHIR")
    return found


def next_page(bundle: Resource) -> str:
    """The address of the next page of a search; empty on the last."""
    links = bundle.get("link")
    for link in links if isinstance(links, list) else ():
        if isinstance(link, dict) and link.get("relation") == "next" and isinstance(link.get("url"), str):
            return str(link["url"])
    return ""
