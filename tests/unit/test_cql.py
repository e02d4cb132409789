"""What can be seen of an exported library without an engine: names, order, codes, and what cannot be exported."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

import gradeline as gl
from gradeline.codes import Coding, Pattern
from gradeline.dates import Duration
from gradeline.errors import UsageError
from gradeline.exchange.canonical import Canonical
from gradeline.exchange.cql import files, library
from gradeline.exchange.cql.order import DEFINED, NAMED, ordered
from gradeline.exchange.cql.reading.records import READ, UNREAD
from gradeline.exchange.cql.says.criteria import Criteria, unit_function
from gradeline.exchange.cql.terms import value_sets
from gradeline.model.criteria import NODES, Named, Recorded
from gradeline.model.forms import FORMS
from gradeline.model.guideline import Guideline, children
from gradeline.plan.terms import Terms
from gradeline.records.mapping import TYPES

TEACHING = Path(__file__).parents[1] / "guidelines" / "teaching"


@pytest.fixture(scope="module")
def lumbar() -> Guideline:
    return gl.guideline("lumbar-nerve-root")


@pytest.fixture(scope="module")
def teaching() -> Guideline:
    return gl.guideline(TEACHING)


def test_it_is_the_same_whenever_it_is_made(lumbar: Guideline) -> None:
    assert files(lumbar) == files(lumbar)


def test_each_definition_stands_after_those_that_it_uses(lumbar: Guideline) -> None:
    text = library(lumbar, Canonical())
    known = set(DEFINED.findall(text))
    seen: set[str] = set()
    for each in re.split(r"\n\n(?=//|define )", text):
        called = DEFINED.search(each)
        code = "\n".join(line for line in each.splitlines() if not line.startswith("//"))
        used = known.intersection(NAMED.findall(code)) if called else set()
        assert called is None or used <= seen | {called[1]}, called[1]
        seen |= {called[1]} if called else set()


def test_the_teaching_guideline_has_every_criterion_and_form(teaching: Guideline) -> None:
    """So that the library made of it, which other tests run, shows each."""
    criteria = [teaching.population, *teaching.criteria.values()]
    criteria += [each.when for each in teaching.recommendations if each.when]
    found = set()
    while criteria:
        each = criteria.pop()
        found.add(type(each))
        criteria += children(each)
    assert found | {Named} == set(NODES)
    assert {type(each.form) for each in teaching.recommendations} == set(FORMS)


def test_recommendations_stand_in_the_guidelines_order_under_its_headings(lumbar: Guideline) -> None:
    text = library(lumbar, Canonical())
    places = [
        text.index(f'define function "{each.id.replace("-", " ").capitalize()} applies"')
        for each in lumbar.recommendations
    ]
    assert places == sorted(places)
    assert [text.index(f"// ==== {each.title.en}\n") for each in lumbar.sections]
    assert all(" ".join(each.says.en.split())[:40] in text for each in lumbar.recommendations)


def test_numbers_that_may_change_are_parameters(lumbar: Guideline) -> None:
    text = library(lumbar, Canonical())
    assert 'parameter "oldest-onset" System.Quantity default 84 days\n' in text
    assert '"Since onset"(ask, "oldest-onset")' in text
    assert "'at least', \"severe-pain\".value, 0.0, 10.0" in text


def test_an_address_and_a_version_of_ones_own(lumbar: Guideline) -> None:
    made = files(lumbar, Canonical("https://example.org/fhir/", "2"))
    assert made["LumbarNerveRoot.cql"].decode().count("https://example.org/fhir/ValueSet/lumbar-nerve-root-pain'") == 1
    assert "library LumbarNerveRoot version '2'" in made["LumbarNerveRoot.cql"].decode()
    sets = json.loads(made["LumbarNerveRoot.valuesets.json"])
    assert {each["resource"]["version"] for each in sets["entry"]} == {"2"}


@pytest.mark.parametrize("id", ["lumbar-nerve-root", str(TEACHING)])
def test_each_listed_code_says_its_term_to_us_too(id: str) -> None:
    guideline = gl.guideline(id)
    terms = Terms(guideline.terms)
    sets = {each.id: each for each in value_sets(guideline)}
    for term in guideline.terms:
        for system, code in sets[f"{guideline.id}-{term}"].codes:
            assert any(each.term == term and each.sure for each in terms.of(Coding(system, code))), (term, code)


def test_an_id_of_fhir_has_64_characters_at_most(lumbar: Guideline) -> None:
    long = replace(lumbar.terms["pain"], id="a-term-whose-name-goes-on-and-on-and-on-until-nobody-remembers")
    made = value_sets(replace(lumbar, terms={**lumbar.terms, long.id: long}))
    assert len({each.id for each in made}) == len(made)
    assert max(len(each.id) for each in made) <= 64


def test_every_type_of_fact_is_read_or_named_as_unread(lumbar: Guideline) -> None:
    text = library(lumbar, Canonical())
    assert set(READ) | set(UNREAD) == set(TYPES)
    assert all(f'define "Statements of {each}":' in text for each in READ)
    assert all(each in text for each in UNREAD)


# What cannot be exported


def test_a_name_that_is_no_name_of_fhir(lumbar: Guideline) -> None:
    with pytest.raises(UsageError, match="gives no name that FHIR accepts"):
        files(replace(lumbar, id="7-days"))


def test_two_things_of_one_name(lumbar: Guideline) -> None:
    criteria = {**lumbar.criteria, "population": Recorded("pain")}
    with pytest.raises(UsageError, match="would be called 'Population'"):
        files(replace(lumbar, criteria=criteria, population=Named("population")))


def test_a_text_cannot_leave_its_quotes(lumbar: Guideline) -> None:
    """A code that a file may hold is a text of the library, whatever it says."""
    odd = replace(lumbar.terms["pain"], wider=(Pattern("snomed", '1\' or "Stop"\\'), Pattern("sks", "X'*")))
    text = library(replace(lumbar, terms={**lumbar.terms, "pain": odd}), Canonical())
    assert "StartsWith(Coded.code, 'X\\'')" in text or "'X\\''" in text


# Small parts


def test_definitions_are_put_in_order() -> None:
    texts = ['define "A":\n  "B"\n\n// Why.\ndefine "B":\n  1', 'define "C":\n  "A"']
    assert [DEFINED.search(each)[1] for each in ordered(texts)] == ["B", "A", "C"]  # type: ignore[index]


def test_a_unit_is_brought_to_another_exactly() -> None:
    made = unit_function("Time in its unit", "s", score=False)
    assert "when unit in { 's' } then number\n" in made
    assert "when unit in { 'min' } then number * 60.0\n" in made


def test_a_place_says_what_absence_means(teaching: Guideline) -> None:
    """A reason that is not recorded is no reason; for the confirmation it is unknown."""
    text = library(teaching, Canonical())
    assert '"Taught, as a reason"' in text
    assert '"Caught dancing, to confirm"' in text
    assert Criteria(teaching).span(Duration(days=-28)) == "-28 days"
