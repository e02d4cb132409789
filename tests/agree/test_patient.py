"""Whatever Hypothesis draws, the advice for one patient is what the oracle reads from the page."""

from __future__ import annotations

from hypothesis import given, settings

from tests.agree.engines import answers
from tests.agree.naive import advise
from tests.agree.strategies import Case, cases

SEVERAL = 3 * settings().max_examples
"""The more the profile draws, the more are drawn here: this is where two readings of the page meet."""


@settings(max_examples=SEVERAL, deadline=None)
@given(cases())
def test_advice_is_what_the_oracle_reads(case: Case) -> None:
    assert answers(*case) == advise(*case)
