"""What all tests share: how hard Hypothesis tries, and the folder of real records that may lie beside the checkout."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from gradeline.errors import UsageError
from gradeline.exchange.engines import Engines
from gradeline.exchange.engines import engines as found

ROOT = Path(__file__).parents[1]

settings.register_profile("test", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("agree", settings.get_profile("test"), derandomize=False, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "test"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real records and published documents beside the checkout; they are not ours to commit."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder ../shared is not there")
    return folder


@pytest.fixture(scope="session")
def engines() -> Engines:
    """Other people's engines; where CI=true they must be there."""
    try:
        return found()
    except UsageError as missing:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(missing))
