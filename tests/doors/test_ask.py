"""The dialogue: it works with no record at all, asks what decides most, and stops when nothing can change."""

from __future__ import annotations

import re

import pytest

import gradeline as gl
from tests.doors.command import ON, Said, gradeline

GROUPS = 6
NO_SIGN = "no\n" * GROUPS
BLADDER = "New trouble with bladder or bowel"
ROOT_SIGN = "Is there at least one sign of the nerve root"
ADULT = "When was the patient born?"
ONSET = "When did the leg pain start?"
KNOWN = f"{NO_SIGN}yes\n46\n2026-09-20\n"


def ask(answers: str, *more: str) -> Said:
    """A dialogue on a day, with what is typed."""
    said = gradeline("ask", *more, *(() if "--on" in more else ("--on", ON)), stdin=answers)
    assert said.code == 0, said.err
    return said


def questions(said: Said) -> list[str]:
    """The questions that were asked, in order."""
    asked = said.out.split("\n\n", 1)[1].split("Recent onset lumbar nerve root compression ")[0]
    parts = re.split(r"\n  \([^)]*\)\n> ", "\n" + asked)
    return [" ".join(part.split()) for part in parts[:-1]]


def test_nothing_known_at_all_begins_with_the_gate_then_root_sign_adult_onset() -> None:
    asked = questions(ask(KNOWN))
    assert asked[0].startswith(BLADDER)
    assert asked[GROUPS].startswith(ROOT_SIGN)
    assert asked[GROUPS + 1 : GROUPS + 3] == [ADULT, ONSET]


def test_nobody_who_answers_is_still_an_answer() -> None:
    """The input ends at once, as with `gradeline ask < /dev/null`."""
    said = ask("")
    assert "onset not recorded" in said.out
    assert "ASK FIRST" in said.out
    assert "CANNOT TELL YET (10)" in said.out


def test_dont_know_is_not_asked_again_and_it_ends_by_itself() -> None:
    asked = questions(ask("\n" * 60))
    assert len(asked) == len(set(asked)) < 30


def test_it_stops_when_nothing_can_change() -> None:
    said = ask(f"{NO_SIGN}no\n" + "yes\n" * 60)
    assert len(questions(said)) == GROUPS + 1, "without a root sign nothing else matters"
    assert "does not apply" in said.out.lower()


def test_every_answer_known_leaves_nothing_untold() -> None:
    """What settles nothing alone is asked as well, where it does together with others."""
    typed = {"yes or no": "no", "action": "no", "value": "2", "day": "2026-09-20", "birth": "46", "sex": "female"}
    dialogue, answers = gl.ask(gl.guideline("lumbar-nerve-root"), on=ON).answered("root-sign", "yes"), []
    while prompt := dialogue.next:
        answers.append(typed[prompt.answer])
        dialogue = dialogue.answered(prompt.id, answers[-1])
    assert not [each for each in dialogue.advice.recommendations if each.practice == "unknown"]
    said = ask("\n".join(answers), "--with", "root-sign=yes")
    assert len(questions(said)) == len(answers)
    assert "ASK NEXT" not in said.out
    assert "CANNOT TELL" not in said.out
    assert "Warning signs asked about: none." in said.out


def test_dont_know_is_not_the_end_of_what_can_still_be_settled() -> None:
    asked = questions(ask(KNOWN + "\n" * 60))
    assert any("supervised exercise" in each for each in asked)
    assert any("bed" in each.lower() for each in asked) or any("normal activity" in each for each in asked)


def test_a_warning_sign_ends_it_at_once() -> None:
    said = ask("yes\n" + "no\n" * 20)
    assert len(questions(said)) == 1
    assert "STOP  " in said.out
    assert "TO CONSIDER" not in said.out


@pytest.mark.parametrize("word", ["stop", "STOP", "quit", "q"])
def test_stop_ends_it_and_says_what_is_known_so_far(word: str) -> None:
    said = ask(f"{NO_SIGN}{word}\nyes\n")
    assert len(questions(said)) == GROUPS + 1
    assert "Warning signs asked about: none." in said.out


def test_back_takes_the_last_answer_back() -> None:
    asked = questions(ask(f"{NO_SIGN}no\nback\n"))
    assert asked == questions(ask(f"{NO_SIGN}no\n"))[: GROUPS + 1], "it had ended"
    asked = questions(ask(f"{NO_SIGN}yes\nback\nyes\n46\n"))
    assert [each.split(" ")[0] for each in asked[GROUPS:]] == ["Is", "When", "Is", "When", "When"]


def test_back_at_the_beginning_is_an_answer_that_cannot_be_read() -> None:
    said = ask("back\nno\n")
    assert questions(said)[0].startswith(BLADDER)
    assert "cannot read `back`" in said.out


@pytest.mark.parametrize(
    ("before", "answer", "cure"),
    [
        ("", "perhaps", "write yes, no or unknown"),
        (NO_SIGN + "yes\n", "old", "write a date of birth or an age in years"),
        (NO_SIGN + "yes\n", "2031-01-01", "write a date of birth or an age in years"),
        (NO_SIGN + "yes\n46\n", "soon", "write a date (2026-09-20, 2026-09) or how long ago"),
        (NO_SIGN + "yes\n46\n", "2026-02-30", "write a date (2026-09-20, 2026-09) or how long ago"),
        (NO_SIGN + "yes\n46\n", "2027-01-01", "write a date (2026-09-20, 2026-09) or how long ago"),
        (KNOWN, "8", "write yes, no, declined, ordered or unknown"),
    ],
)
def test_an_answer_that_cannot_be_read_is_asked_again_with_the_cure(before: str, answer: str, cure: str) -> None:
    said = ask(before + answer + "\n")
    asked = questions(said)
    said_of_it = f"cannot read `{answer}` as an answer to"
    assert said_of_it in " ".join(said.out.split())
    assert cure in " ".join(said.out.split())
    assert asked[-1].endswith(asked[-2].removesuffix("?").split("unknown ")[-1] + "?")


def test_bytes_that_are_no_utf_8_are_asked_again() -> None:
    said = gradeline("ask", "--on", ON, stdin=b"\xff\xfe\nno\n")
    assert said.code == 0
    assert "cannot read" in said.out


@pytest.mark.parametrize("onset", ["2026-09-20", "about nine weeks ago", "9 weeks ago", "2026-09"])
def test_an_onset_may_be_a_date_a_month_or_how_long_ago(onset: str) -> None:
    assert "onset" in ask(f"{NO_SIGN}yes\n46\n{onset}\n").out
    assert "cannot read" not in ask(f"{NO_SIGN}yes\n46\n{onset}\n").out


def test_danish_answers_to_danish_questions() -> None:
    said = ask("nej\n" * GROUPS + "ja\n46\nfor ca. ni uger siden\ntilbage\n2026-09-20\n", "--lang", "da")
    assert "Der er spurgt til faresignaler: ingen." in said.out
    assert "dag 64 af 84" in said.out
    assert "kan ikke læse" not in said.out


def test_what_is_known_already_is_not_asked() -> None:
    asked = questions(ask(NO_SIGN, "--with", "root-sign=yes", "--with", "birth=46"))
    assert asked[GROUPS] == ONSET


def test_another_day_is_another_answer() -> None:
    assert "day 64 of 84" in ask(KNOWN).out
    assert "TIME PASSED" in ask(KNOWN, "--on", "2026-12-20").out


def test_it_stores_nothing_and_says_so() -> None:
    assert "Nothing is stored" in ask("").out
