"""HTTP with limited patience: who does not finish saying what they want, or says it at great length, is hung up on."""

from __future__ import annotations

from asyncio import BaseTransport

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LONGEST = 65_536
"""Bytes of a request before its body."""
TOO_LONG = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class Patient(HttpToolsProtocol):
    """HTTP over one connection, with no more patience than so many seconds for the head of a request."""

    seconds: float

    def connection_made(self, transport: BaseTransport) -> None:
        """Somebody calls, and has said nothing yet."""
        super().connection_made(transport)  # type: ignore[arg-type]
        self.begun, self.heard = self.loop.time(), 0
        self.loop.call_later(self.seconds, self.look)

    def look(self) -> None:
        """Hang up where a head was begun long ago; look again later otherwise."""
        if self.transport.is_closing():
            return
        if self.begun and self.loop.time() - self.begun >= self.seconds * 0.9:
            self.transport.close()
        else:
            self.loop.call_later(self.seconds, self.look)

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self.begun, self.heard = self.loop.time(), 0

    def on_headers_complete(self) -> None:
        """Its head is there; the body has a patience of its own, in `bodies`."""
        self.begun = 0.0
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        """Read on, unless a head has no end."""
        super().data_received(data)
        self.heard += len(data) if self.begun else 0
        if self.begun and self.heard > LONGEST and not self.transport.is_closing():
            self.transport.write(TOO_LONG)
            self.transport.close()


def patient(seconds: float) -> type[Patient]:
    """The protocol with that much patience."""
    return type("Patient", (Patient,), {"seconds": seconds})
