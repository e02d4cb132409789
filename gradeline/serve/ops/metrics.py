"""What is counted for Prometheus: requests, how long they took, cards, what waits for the store; no patient."""

from __future__ import annotations

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.types import Scope

from gradeline.serve.state import State

BUCKETS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """The counters of one server."""

    media = CONTENT_TYPE_LATEST

    def __init__(self, state: State) -> None:
        self.state, self.registry = state, CollectorRegistry()
        self.requests = Counter(
            "gradeline_requests", "Requests answered", ["door", "method", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "gradeline_seconds", "How long requests took", ["door"], buckets=BUCKETS, registry=self.registry
        )
        waiting = Gauge("gradeline_store_waiting", "Cards that wait for the store", registry=self.registry)
        waiting.set_function(lambda: len(state.counted.opened.waiting) if state.counted.opened else 0)
        lost = Gauge("gradeline_store_lost", "Cards that the store never saw", registry=self.registry)
        lost.set_function(lambda: state.counted.opened.lost if state.counted.opened else 0)

    def told(self, scope: Scope, status: int, seconds: float) -> None:
        """Count one request, by its door and never by its address, which may name a patient; and log it."""
        route = scope.get("route")
        door = getattr(route, "path", "none")
        method = scope["method"] if scope["method"] in ("GET", "POST", "HEAD", "OPTIONS") else "other"
        self.requests.labels(door, method, str(status)).inc()
        self.seconds.labels(door).observe(seconds)
        self.state.log.request(method, door, status, seconds)

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        return generate_latest(self.registry)
