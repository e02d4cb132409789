"""What the reader makes of a file: the whole guideline, defaults, every fault at once."""

from __future__ import annotations

import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gradeline.codes import Pattern
from gradeline.dates import Duration
from gradeline.errors import Fault, GuidelineError
from gradeline.logic import NO, UNKNOWN
from gradeline.model import criteria as c
from gradeline.model import forms as f
from gradeline.model.criteria import Comparison, Parameter, Window
from gradeline.model.guideline import Guideline, Scale, children
from gradeline.model.words import Text
from gradeline.quantity import Quantity
from gradeline.source.reader import Manuscript, read

Faults = Callable[[str], tuple[Fault, ...]]
FOUR_WEEKS_BEFORE = Window(start=Duration(days=-28))


class TestWhole:
    def test_text_is_text(self, whole: Guideline) -> None:
        assert whole.about.en == "Norway has no part in it; no is a word here, and so are 1e3 and on."
        assert (whole.currency.version, whole.sources[0].year, whole.invented) == ("1.10", "2016", True)
        assert whole.title == Text(
            "Recent onset nerve root compression, an example", "Nylig nerverodspåvirkning, et eksempel"
        )

    def test_days_and_people(self, whole: Guideline) -> None:
        assert whole.currency.published == date(2016, 2, 29)
        assert whole.encoding.reviewed_by == ("The first reader", "The second reader")

    def test_the_index_and_its_episodes(self, whole: Guideline) -> None:
        index = whole.index
        assert (index.term, index.confirmed_by, index.gap) == (
            "nerve-root-compression",
            "root-sign",
            Duration(months=4),
        )
        assert index.ended_by == ("lumbar-surgery",)
        assert index.onset_ask and index.onset_ask.da == "Hvornår begyndte bensmerterne?"

    def test_parameters(self, whole: Guideline) -> None:
        assert whole.parameters["oldest-onset"] == Duration(days=84)
        assert whole.parameters["severe-pain"] == Quantity(7.0, "1")

    def test_terms(self, whole: Guideline) -> None:
        term = whole.terms["nerve-root-compression"]
        assert term.codes == (Pattern("sks", "DM511*"), Pattern("icd10", "G551"))
        assert (term.without, term.wider) == ((Pattern("sks", "DM511H"),), (Pattern("icpc2", "L86"),))
        pain = whole.terms["pain"]
        assert (pain.unit, pain.scale, pain.sites) == ("{score}", Scale(0, 10), (Pattern("own", "leg"),))
        assert whole.terms["leg-pain"].source == "other"

    def test_criteria(self, whole: Guideline) -> None:
        assert whole.population == c.All(
            (
                c.Age(Comparison.AT_LEAST, Parameter("youngest")),
                c.Onset(Comparison.AT_MOST, Parameter("oldest-onset")),
                c.AnyOf((c.Sex("female"), c.Sex("male"))),
                c.Named("adult"),
            )
        )
        assert whole.criteria["root-sign"] == c.AtLeast(
            2,
            (
                c.Recorded("leg-pain"),
                c.Recorded("weakness", absence=UNKNOWN),
                c.Recorded("nerve-root-compression", Window(start=Duration())),
            ),
        )
        assert whole.criteria["severe"] == c.Latest(
            "pain",
            Comparison.AT_LEAST,
            Parameter("severe-pain"),
            window=Window(back=Duration(days=90)),
            absence=NO,
        )
        assert whole.criteria["lasting-pain"] == c.Persisting(
            c.Latest("pain", Comparison.OVER, Quantity(6.5, "1")), Parameter("persists-for"), "supervised-exercise"
        )
        assert whole.criteria["feels-bad"] == c.Latest(
            "feeling", one_of=("own:bad", "own:worse", "snomed:162056003"), window=c.EVER
        )

    def test_a_sign_without_a_window_counts_from_28_days_before_the_onset(self, whole: Guideline) -> None:
        assert whole.gate
        (group,) = whole.gate.groups
        assert group.signs == (
            c.Recorded("bladder-trouble", FOUR_WEEKS_BEFORE),
            c.Recorded("weakness", Window(back=Duration(days=14)), times=2),
        )
        assert group.questions == (
            c.Recorded("cancer", c.EVER),
            c.Latest("pain", Comparison.UNDER, Quantity(1.0, "1"), window=FOUR_WEEKS_BEFORE),
            c.Named("feels-bad"),
        )

    def test_forms(self, whole: Guideline) -> None:
        assert [each.form for each in whole.recommendations] == [
            f.InsteadOf("normal-activity", "bed-rest"),
            f.Do("supervised-exercise"),
            f.Either(("supervised-exercise", "joint-mobilisation")),
            f.Together("supervised-exercise", "joint-mobilisation"),
            f.NotRoutine(
                "lumbar-mri",
                (
                    c.Named("severe"),
                    c.Named("lasting-pain"),
                    c.Recorded(
                        "surgical-assessment",
                        Window(start=Duration(days=-28), stop=Duration(days=84)),
                        doing="planned",
                        by="orthopaedics",
                    ),
                ),
            ),
            f.Avoid("bed-rest"),
            f.NotRoutine("bed-rest"),
            f.ByATime("surgical-assessment", Parameter("assessment-limit"), Duration(days=14)),
        ]

    def test_every_criterion_form_and_grade_is_used(self, whole: Guideline) -> None:
        """Else this file would not show that they are read."""
        waiting = [whole.population, *whole.criteria.values()]
        met = set()
        while waiting:
            criterion = waiting.pop()
            met.add(type(criterion))
            waiting += children(criterion)
        assert met >= set(c.NODES) - {c.Latest} and type(whole.criteria["severe"]) is c.Latest
        assert {type(each.form) for each in whole.recommendations} == set(f.FORMS)
        assert len({(each.grade.strength, each.grade.direction) for each in whole.recommendations}) == 6

    def test_aliases_alternatives_timings(self, whole: Guideline) -> None:
        assert whole.recommendation("stay-active").aliases == {"quick-guide": "statement 1", "other": "PICO 11"}
        first, second = whole.interpretations[0].alternatives
        assert first.parameters == {"oldest-onset": Duration(days=83)}
        assert second.criteria == {"adult": c.Age(Comparison.OVER, Parameter("youngest"))}
        assert whole.timings[0].touches == ("mri",)

    def test_what_is_left_out(self, faults: Faults, text: str) -> None:
        for passage in ("    wider:\n      icpc2:\n        - L86\n", "  place: Nowhere\n", "invented: yes\n"):
            assert faults(text.replace(passage, "")) == ()


def test_all_faults_are_told_at_once(text: str, faults: Faults) -> None:
    wrong = text.replace("DM511H", "DM 511H").replace("form: do", "form: does").replace("- lumbar-surgery", "- surgery")
    wrong = wrong.replace("status: not in force", "stauts: not in force").replace("since: 2023", "since: 2023-02-30 #")
    found = faults(wrong)
    assert [fault.what for fault in found] == [
        "the currency has no `status`",
        "unknown key `stauts` in the currency",
        "`since`: there is no day 2023-02-30",
        "`ended by`: there is no term called `surgery`",
        "`sks`: `DM 511H` is no code",
        "`form`: `does` is not a form",
    ]
    lines = [int(fault.where.removeprefix("g.yaml:")) for fault in found]
    assert lines == sorted(lines)


def test_an_error_shows_where_what_and_the_cure(broken: Callable[[str, str], tuple[str, int]]) -> None:
    text, line = broken("  gap: 4", "  gapp: 4")
    with pytest.raises(GuidelineError) as error:
        read(text, "whole.yaml")
    indent = " " * len(f"whole.yaml:{line}  ")
    assert str(error.value) == (f"whole.yaml:{line}  unknown key `gapp` in the episode\n{indent}did you mean `gap`?")
    assert error.value.exit_code == 3


def test_faults_without_end_come_to_an_end(faults: Faults, text: str) -> None:
    wrong = text + "timings-of-others:\n" + "".join(f"key-{n}: x\n" for n in range(300))
    found = faults(wrong)
    assert len(found) == 201
    assert found[-1].what == "more than 200 faults"


def test_a_chain_of_names_too_long_is_refused(faults: Faults, text: str) -> None:
    chain = "".join(f"  step-{n}:\n    all:\n      - step-{n + 1}\n" for n in range(40)) + "  step-40: leg-pain\n"
    (fault,) = faults(text.replace("criteria:\n  adult", f"criteria:\n{chain}  adult", 1))
    assert fault.what == "25 criteria that name one another in a row"


@pytest.mark.parametrize("text", ["", "a", "- a\n", "[]", "{}", "1", "id: x\n", "~", '""'])
def test_what_is_no_guideline_is_said_to_be_none(text: str, faults: Faults) -> None:
    assert faults(text)


class TestFile:
    def test_a_file_is_read(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "guideline.yaml"
        path.write_text("\ufeff" + text.replace("\n", "\r\n"), "utf-8")
        assert read(path).id == "lumbar-example"
        assert read(path).file == str(path)

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(GuidelineError, match=r"(?s)none.yaml  cannot be read: no such file.+look at the path"):
            read(tmp_path / "none.yaml")

    def test_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(GuidelineError, match="cannot be read: is a directory"):
            read(tmp_path)

    def test_a_file_that_may_not_be_read(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "guideline.yaml"
        path.write_text(text, "utf-8")
        path.chmod(0)
        if path.stat().st_mode & stat.S_IRUSR or _readable(path):
            pytest.skip("who may do everything may read it")
        with pytest.raises(GuidelineError, match="cannot be read: permission denied"):
            read(path)

    def test_a_file_that_is_not_utf8(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "guideline.yaml"
        path.write_bytes(text.encode("latin-1"))
        with pytest.raises(GuidelineError, match=r"guideline.yaml:5  a character that is not UTF-8"):
            read(path)


def _readable(path: Path) -> bool:
    try:
        path.read_bytes()
    except OSError:
        return False
    return True


class TestManuscript:
    def test_lines(self, written: Manuscript) -> None:
        lines = Path(__file__).with_name("whole.yaml").read_text("utf-8").splitlines()
        for path, key in {
            ("terms", "pain", "scale"): "scale: 0 to 10",
            ("recommendations", "mri"): "- id: mri",
            ("population", "all", "2", "onset"): "onset: at most $oldest-onset ago",
        }.items():
            assert lines[written.lines[path] - 1].strip(" -") == key.strip(" -")

    def test_the_nearest_line_above_where_there_is_none(self, written: Manuscript) -> None:
        assert written.where("terms", "pain", "nothing") == written.where("terms", "pain")
        assert written.where("nothing") == "whole.yaml:1"

    def test_names_that_nothing_uses(self, text: str) -> None:
        from gradeline.source.reader import manuscript

        lonely = "parameters:\n  lonely: 3 days\n"
        found = manuscript(text.replace("parameters:\n", lonely, 1)).unused
        assert [each for each in found if each[0] != "recommendation"] == [("parameter", "lonely")]

    def test_texts_that_are_not_in_danish(self, written: Manuscript) -> None:
        assert ("about",) in written.english and ("title",) not in written.english
        assert ("terms", "feeling", "ask") in written.english and ("terms", "feeling") not in written.english
