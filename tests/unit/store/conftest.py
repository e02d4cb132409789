"""A small simulated cohort, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradeline.cohort.simulate import simulate


@pytest.fixture(scope="session")
def sixty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bulk export of sixty patients."""
    return simulate(60, tmp_path_factory.mktemp("cohort") / "sixty", processes=1, truth=False).folder
