"""The ten sample patients: each comes out as its README says, on every form of the output."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.doors.command import SAMPLE_NAMES, SAMPLES, gradeline

ALL = (
    "stay-active", "supervised-exercise", "exercise-choice", "combined-exercise", "joint-mobilisation",
    "acupuncture", "exercise-or-mobilisation", "mri", "extraforaminal-injection", "surgical-assessment",
)  # fmt: skip
DAY = r"\d{4}-\d{2}-\d{2}"


def advice(name: str) -> Any:
    """The advice for a sample, as data, on the day that it names."""
    said = gradeline("advise", SAMPLES / f"{name}.json", "--json")
    assert said.code == 0
    return said.json


def page(name: str, *options: str) -> list[str]:
    """The advice for a sample as a page."""
    return gradeline("advise", SAMPLES / f"{name}.json", *options).lines


def by_id(document: Any) -> dict[str, Any]:
    """The recommendations of an advice by their ids."""
    return {each["id"]: each for each in document["recommendations"]}


def answers(document: Any) -> dict[str, tuple[str, str | None]]:
    """Whether each recommendation applies, and what was done about it."""
    return {each["id"]: (each["applies"], each["practice"]) for each in document["recommendations"]}


def test_there_are_ten_and_the_readme_names_each_with_its_day() -> None:
    readme = (SAMPLES / "README.md").read_text("utf-8")
    named = dict(re.findall(rf"^\| `([\w-]+)` \|.*\| ({DAY}) \|$", readme, re.MULTILINE))
    assert sorted(named) == SAMPLE_NAMES
    assert len(named) == 10
    assert {name: advice(name)["on"] for name in named} == named


def test_a_fresh_episode_with_everything_open() -> None:
    document = advice("fresh-episode")
    found = answers(document)
    assert document["population"]["answer"] == "yes"
    offers = ("stay-active", "supervised-exercise", "exercise-choice", "joint-mobilisation", "exercise-or-mobilisation")
    assert {found[id] for id in offers} == {("yes", "open")}
    assert {found[id] for id in ("acupuncture", "mri", "extraforaminal-injection")} == {("yes", "followed")}
    assert found["combined-exercise"] == ("no", None)
    assert found["surgical-assessment"][0] == "unknown"


def test_l86_alone_leads_with_the_root_sign_then_the_onset() -> None:
    document = advice("l86-no-onset")
    assert document["population"]["answer"] == "unknown"
    assert document["gate"]["answer"] == "not asked"
    assert [each["id"] for each in document["questions"]][:2] == ["root-sign", "onset"]
    assert document["questions"][0]["settles"] == 9
    assert {applies for id, (applies, _) in answers(document).items() if id != "combined-exercise"} == {"unknown"}
    shown = page("l86-no-onset")
    asked = next(number for number, line in enumerate(shown) if line.startswith("ASK FIRST"))
    follows = next(number for number, line in enumerate(shown) if line.startswith("If so ("))
    assert asked < follows
    assert "onset on or after 31 Aug" in shown[follows]
    assert sum(line.startswith("CANNOT TELL YET") for line in shown) == 1


def test_an_mri_with_no_reason() -> None:
    mri = by_id(advice("mri-no-reason"))["mri"]
    assert (mri["applies"], mri["practice"], mri["place"]) == ("yes", "departed", "think twice")
    assert any("no reason recorded on or before 6 Nov" in because for because in mri["because"])
    shown = "\n".join(page("mri-no-reason"))
    assert "no reason recorded" in shown
    assert "without reason" not in shown


def test_week_nine_has_the_surgeon_due_and_the_mri_departed() -> None:
    found = by_id(advice("week-nine"))
    surgeon = found["surgical-assessment"]
    assert (surgeon["applies"], surgeon["practice"], surgeon["due"]) == ("yes", "open", "2026-12-13")
    assert surgeon["otherwise_if"], "another reading of `persists` would change it"
    assert found["mri"]["practice"] == "departed"
    assert found["supervised-exercise"]["practice"] == "followed"
    assert found["joint-mobilisation"]["alternative"] == ["exercise-or-mobilisation"]
    assert "DUE BY SUN 13 DEC, IN 20 DAYS" in page("week-nine")


def test_week_fourteen_says_first_on_which_day_the_time_passed() -> None:
    document = advice("week-fourteen")
    surgeon = by_id(document)["surgical-assessment"]
    assert document["population"]["answer"] == "no"
    assert (surgeon["applies"], surgeon["practice"], surgeon["due"]) == ("yes", "departed", "2026-11-12")
    assert {each["applies"] for each in document["recommendations"] if each is not surgeon} == {"no"}
    headings = [line for line in page("week-fourteen") if re.match(r"[A-Z]{4,} ", line) and "NOT IN FORCE" not in line]
    assert headings[0] == "OVERDUE SINCE THU 12 NOV: THE TIME PASSED 11 DAYS AGO"


def test_a_warning_sign_stands_in_place_of_all_advice() -> None:
    document = advice("warning-sign")
    assert document["gate"]["answer"] == "yes"
    assert document["gate"]["stop"]
    assert [each["id"] for each in document["gate"]["signs"]] == ["cauda-equina"]
    assert document["recommendations"] == document["questions"] == []
    for options in ((), ("--plain",), ("--note",), ("--explain",)):
        shown = "\n".join(page("warning-sign", *options))
        assert "STOP" in shown
        assert "acute" in shown
        assert "exercise" not in shown.replace("supervised exercise therapy ordered 3 Nov", "")


def test_directional_exercise_alone_leaves_the_combination_open() -> None:
    found = answers(advice("directional-alone"))
    assert found["combined-exercise"] == ("yes", "open")
    assert {found[id] for id in ("supervised-exercise", "exercise-choice", "exercise-or-mobilisation")} == {
        ("yes", "followed")
    }


def test_offered_and_declined_is_followed() -> None:
    found = by_id(advice("exercise-declined"))
    for id in ("supervised-exercise", "exercise-or-mobilisation"):
        assert (found[id]["practice"], found[id]["declined"]) == ("followed", True)
    assert found["combined-exercise"]["applies"] == "no"
    assert any("offered and" in line for line in page("exercise-declined"))


def test_a_recurrence_on_the_other_side_is_an_episode_of_its_own() -> None:
    document = advice("recurrence-other-side")
    assert document["episode"]["onset"] == ["2026-11-02", "2026-11-02"]
    assert document["episode"]["side"] == "right"
    assert document["population"]["answer"] == "yes"
    assert document["record"]["resources"] > 300
    assert by_id(document)["supervised-exercise"]["practice"] == "open", "what was done in spring is not done now"


def test_everything_in_place() -> None:
    document = advice("everything-in-place")
    found = answers(document)
    assert document["gate"]["answer"] == "no"
    assert document["questions"] == []
    assert found.pop("mri") == ("yes", "justified")
    assert set(found.values()) == {("yes", "followed")}
    assert not [line for line in page("everything-in-place") if line.startswith(("TO CONSIDER", "DUE", "THINK"))]


# What holds of every one


@pytest.mark.parametrize("name", SAMPLE_NAMES)
class TestEach:
    """What the design promises of every advice."""

    def test_json_has_what_is_promised(self, name: str) -> None:
        document = advice(name)
        assert document["schema"] == 1
        assert document["guideline"] == "lumbar-nerve-root"
        assert re.fullmatch(DAY, document["on"])
        assert document["patient"] == name
        assert document["currency"]["status"] == "not in force"
        assert document["gate"]["answer"] in ("yes", "no", "not asked")
        population = document["population"]
        assert population["answer"] in ("yes", "no", "unknown")
        assert isinstance(population["because"], list)
        assert bool(population["missing"]) is (population["answer"] == "unknown")
        assert isinstance(document["questions"], list)

    def test_every_recommendation_is_there_in_order_with_what_is_promised(self, name: str) -> None:
        document = advice(name)
        if document["gate"]["answer"] == "yes":
            return
        assert [each["id"] for each in document["recommendations"]] == list(ALL)
        for each in document["recommendations"]:
            assert each["applies"] in ("yes", "no", "unknown")
            assert each["practice"] in ("followed", "departed", "justified", "open", "unknown", None)
            assert (each["practice"] is None) is (each["applies"] == "no")
            assert each["due"] is None or re.fullmatch(DAY, each["due"])
            assert all(isinstance(reason, str) for reason in each["because"] + each["missing"])
            assert each["because"]

    def test_note_has_at_most_eight_lines_and_says_what_it_is(self, name: str) -> None:
        for lang in ("en", "da"):
            lines = page(name, "--note", "--lang", lang)
            assert 2 <= len(lines) <= 8
            assert "Recent onset" in lines[0] or "Nylig" in lines[0]
            assert ("NOT IN FORCE" in lines[0]) or ("IKKE GÆLDENDE" in lines[0])
            assert "Gradeline" in lines[-1]

    def test_every_form_names_its_day_its_status_and_what_it_is_not(self, name: str) -> None:
        for options in ((), ("--plain",), ("--explain",)):
            shown = " ".join(" ".join(page(name, *options)).split())
            assert "23 Nov 2026" in shown
            assert "NOT IN FORCE since 22 Mar 2023" in shown
            assert (
                "not endorsed by Danish Health Authority; reviewed by no clinician yet; not a medical device" in shown
            )

    def test_the_same_question_has_the_same_answer(self, name: str) -> None:
        assert page(name, "--json") == page(name, "--json", "--on", "2026-11-23")


def test_a_day_can_be_chosen() -> None:
    """Week nine, asked a day after its limit."""
    said = gradeline("advise", SAMPLES / "week-nine.json", "--on", "2026-12-14", "--json").json
    assert said["on"] == "2026-12-14"
    assert by_id(said)["surgical-assessment"]["practice"] == "departed"


def test_an_old_record_says_how_to_ask_as_of_its_day() -> None:
    said = gradeline("advise", SAMPLES / "week-nine.json", "--on", "2027-06-01")
    assert "write --on 2026-11-16" in " ".join(said.out.split())


def test_explain_says_why_what_is_missing_and_what_it_would_take() -> None:
    shown = " ".join(" ".join(page("fresh-episode", "--explain")).split())
    for word in ("asks ", "why ", "because ", "missing ", "would need ", "facts "):
        assert word in shown


def test_what_is_known_beside_the_record_settles_a_question() -> None:
    pain = gradeline("advise", SAMPLES / "fresh-episode.json", "--with", "pain=2", "--json").json
    assert by_id(pain)["surgical-assessment"]["applies"] == "no"
    assert pain["questions"] == []


def test_verbose_lists_what_was_not_used() -> None:
    shown = "\n".join(page("recurrence-other-side", "--verbose"))
    assert "family history is not the patient's own" in shown
    assert "entered in error" in shown


def test_several_records_come_out_one_after_the_other() -> None:
    said = gradeline("advise", *(SAMPLES / f"{name}.json" for name in SAMPLE_NAMES))
    assert said.code == 0
    assert said.out.count("Worded by Gradeline") == 10
