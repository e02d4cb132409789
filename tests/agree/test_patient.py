"""Whatever Hypothesis draws, the advice for one patient is what the oracle reads from the page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from gradeline.source.reader import read
from tests.agree.account import MANY
from tests.agree.engines import answers
from tests.agree.least import least
from tests.agree.mixed import mixed
from tests.agree.naive import advise
from tests.agree.people import FILES
from tests.agree.strategies import Case, cases
from tests.agree.strategies_guideline import TOPICS

HALF = settings().max_examples // 2
"""Each draw is several patients, asked on several days."""


@pytest.mark.parametrize("topic", TOPICS)
@settings(deadline=None, max_examples=HALF, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.data())
def test_advice_is_what_the_oracle_reads(topic: str, data: st.DataObject) -> None:
    for case in data.draw(cases(topic)):
        assert not differs(case), told(least(case, differs))


@pytest.mark.parametrize("id", FILES)
def test_cases_run_into_one_another(id: str) -> None:
    """The guidelines themselves, with their codes, on records that no case foresaw."""
    asked = read(FILES[id])
    for each in mixed(asked, FILES[id], 1000 if MANY else 40):
        case = Case(asked, each.record, each.days[0], "record")
        assert not differs(case), told(least(case, differs))


def differs(case: Case) -> bool:
    return answers(*case) != advise(*case)


def told(case: Case) -> str:
    return f"{case}\n  the evaluator says {answers(*case)}\n  the oracle reads   {advise(*case)}"


@pytest.mark.parametrize("topic", TOPICS)
@settings(deadline=None, max_examples=HALF, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.data())
def test_the_order_of_a_record_decides_nothing(topic: str, data: st.DataObject) -> None:
    for case in data.draw(cases(topic)):
        assert not turns(case), both(least(case, turns))


def both(case: Case) -> str:
    return f"{case}\n  as it stands {answers(*case)}\n  turned round {answers(*turned(case))}"


def turns(case: Case) -> bool:
    return answers(*case) != answers(*turned(case))


def turned(case: Case) -> Case:
    return case._replace(record=replace(case.record, facts=case.record.facts[::-1]))
