"""What tests of the server's doors share: servers that end with the module that made them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.doors.serve.calling import MADE


@pytest.fixture(scope="module", autouse=True)
def closed() -> Iterator[None]:
    """Close what a module opened: a store that nobody closes is a warning, and so an error, from Python 3.13."""
    before = len(MADE)
    yield
    while len(MADE) > before:
        MADE.pop().state.counted.close()
