"""Nothing is left out: each criterion, form and row of the plan has its page, words, strategy and grammar."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import get_args

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from gradeline.evaluate.audit.rows import FINAL
from gradeline.evaluate.patient.states import STATES
from gradeline.evaluate.sql.plan_tables.contents import COMPARED, LOOKS, TOLD
from gradeline.evaluate.words.sentences import WORDS, Sentences
from gradeline.logic import NO, UNKNOWN, YES, Truth
from gradeline.model.criteria import NODES, Criterion
from gradeline.model.forms import FORMS, Form
from gradeline.model.guideline import Guideline
from gradeline.model.words import LANGUAGES
from gradeline.plan.leaves import Shape
from gradeline.plan.plan import compile
from gradeline.source.grammar import cases as grammar
from gradeline.source.grammar import logic
from tests.agree import strategies_guideline as strategies
from tests.spec.engines import ENGINES, advised
from tests.spec.setting import FOLDER
from tests.spec.tables import ASKS, CHAPTERS, Table, chapters

TABLES = [table for chapter in chapters() for table in chapter.tables]
SHAPES: tuple[str, ...] = get_args(Shape)
NEVER_UNKNOWN = ("episode",)
"""An episode is open or not, be it only a possible one: how sure it is, another row says."""
LOOK = settings(max_examples=200, database=None, derandomize=True, deadline=None, phases=[Phase.generate])


def paged(subject: str) -> list[Table]:
    """The tables about a subject."""
    return [table for table in TABLES if table.subject == subject]


def criterion(node: type[Criterion]) -> list[Table]:
    """The tables whose criterion is of this kind."""
    return [table for table in paged("criterion") if isinstance(table.guideline.population, node)]


def form(kind: type[Form]) -> list[Table]:
    """The tables whose recommendation is of this form."""
    return [table for table in paged("recommendation") if isinstance(table.guideline.recommendations[0].form, kind)]


@cache
def reached() -> dict[str, set[Truth]]:
    """What each shape of row has answered in some case."""
    found: dict[str, set[Truth]] = defaultdict(set)
    for table in TABLES:
        for case in table.cases:
            advice = advised(table, case)
            for row, truth in advice.view.reached():
                found[advice.plan.rows[row].shape].add(truth)
    return found


class TestPages:
    """Each has a table, and each table is on a page."""

    def test_each_file_is_in_its_chapter(self) -> None:
        listed = {FOLDER / chapter / "chapter.yaml" for chapter in CHAPTERS} | {table.file for table in TABLES}
        assert listed == set(FOLDER.glob("*/*.yaml"))

    def test_no_heading_stands_twice_on_a_page(self) -> None:
        for chapter in chapters():
            titles = [table.title for table in chapter.tables]
            assert len(titles) == len(set(titles)), chapter.name

    @pytest.mark.parametrize("node", NODES, ids=lambda node: node.__name__)
    def test_a_criterion(self, node: type[Criterion]) -> None:
        assert criterion(node), "write a table whose `criterion` it is"

    @pytest.mark.parametrize("kind", FORMS, ids=lambda kind: kind.__name__)
    def test_a_form(self, kind: type[Form]) -> None:
        assert form(kind), "write a table whose `recommendation` has it"

    @pytest.mark.parametrize("shape", SHAPES)
    def test_a_row_of_the_plan(self, shape: str) -> None:
        """Each kind of row has been yes, no and unknown."""
        possible = {NO, YES} if shape in NEVER_UNKNOWN else {NO, UNKNOWN, YES}
        assert reached()[shape] == possible, "write a case that makes it so"

    @pytest.mark.parametrize("asks", ASKS)
    def test_what_can_be_asked(self, asks: str) -> None:
        assert [table for table in TABLES if table.asks == asks]

    def test_each_practice_is_an_answer(self) -> None:
        answers = [case.answer for table in TABLES for case in table.cases]
        assert {each for each in grammar.PRACTICES if not any(f", {each}" in answer for answer in answers)} == set()

    def test_every_engine_is_asked(self) -> None:
        for engine in ENGINES.values():
            assert set(engine.cannot) < set(ASKS)


class TestWords:
    """Each can be said in a sentence."""

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("node", NODES, ids=lambda node: node.__name__)
    def test_a_criterion(self, node: type[Criterion], language: str) -> None:
        for table in criterion(node):
            said = Sentences(table.guideline, language).say(table.guideline.population)
            assert said.strip() and said != WORDS[language]["warning sign"], "sentences.py does not know it"

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("kind", FORMS, ids=lambda kind: kind.__name__)
    def test_a_form(self, kind: type[Form], language: str) -> None:
        for table in form(kind):
            assert Sentences(table.guideline, language).form(table.guideline.recommendations[0].form).strip()


class TestStrategies:
    """Each is drawn, so that engines are held against one another on more than these cases."""

    def test_each_criterion_and_form(self) -> None:
        assert {*strategies.LEAVES, *strategies.JOINED} == set(NODES)
        assert set(strategies.FORM) == set(FORMS)

    def test_each_row_of_the_plan(self) -> None:
        found: set[str] = set()

        @LOOK
        @given(st.one_of([topic.guideline for topic in strategies.TOPICS.values()]))
        def draw(guideline: Guideline) -> None:
            found.update(row.shape for row in compile(guideline).rows)

        draw()
        assert found == set(SHAPES)


class TestSql:
    """Each is counted by SQL, too, and every page is run through it (`tests/agree/test_sql_tables.py`)."""

    def test_each_row_of_the_plan(self) -> None:
        assert sorted((*LOOKS, *TOLD, *COMPARED)) == sorted(SHAPES)

    def test_each_form(self) -> None:
        assert set(FINAL) == set(FORMS)


class TestGrammar:
    """Each can be written in a guideline file, and is evaluated."""

    def test_each_criterion(self) -> None:
        assert {part.node for part in logic.CRITERIA.values()} == set(NODES)

    def test_each_form(self) -> None:
        assert {part.node for part in logic.FORMS.values()} == set(FORMS)
        assert set(logic.FORMS) == {kind.words for kind in FORMS}

    def test_each_row_of_the_plan(self) -> None:
        assert set(STATES) == set(SHAPES)
