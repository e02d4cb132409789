"""The file of parameters: the shipped one is whole and documented; a wrong one is refused with line and cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from gradeline.cohort.parameters import REGIONS
from gradeline.cohort.reading import parse, read
from gradeline.cohort.sheet import SECTIONS, SHIPPED, Sheet, kinds
from gradeline.cohort.simulate import simulate
from gradeline.errors import UsageError


def test_the_shipped_file_gives_every_parameter_once() -> None:
    sheet = Sheet(SHIPPED.read_text("utf-8"), SHIPPED.name)
    assert not sheet.faults
    assert sheet.entries.keys() == {(title, key) for title in (*SECTIONS, "regions") for key in kinds(title)}


def test_what_was_measured_is_what_the_source_says() -> None:
    """The figures of the audits that the clinical facts name."""
    region = next(each for each in parse("").regions if each.name == "Region Midtjylland")
    assert region.practice.reason == 0.245
    assert region.recording.onset_in_referrals == 0.51
    assert region.recording.onset == 0.05
    assert region.practice.advice_by_the_general_practitioner == 0.44
    assert region.practice.advice_by_the_chiropractor == 0.76
    assert region.practice.advice_by_the_physiotherapist == 0.74
    assert region.practice.radiograph == 0.08
    assert region.illness.recover_soon == 0.7


def test_a_file_changes_what_it_names_and_no_more(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(
        "practice:\n  mri:\n    everywhere: 10 %, assumed\n    Region Sjælland: 90 %, mine\nsources:\n  mine: me\n"
    )
    changed, shipped = read(file), read()
    scans = {region.name: region.practice.mri for region in changed.regions}
    assert scans == {name: 0.9 if name == "Region Sjælland" else 0.1 for name in REGIONS}
    assert [each.recording for each in changed.regions] == [each.recording for each in shipped.regions]


def test_a_value_for_everywhere_sets_every_region() -> None:
    assert {region.practice.mri for region in parse("practice:\n  mri: 10 %, assumed\n").regions} == {0.1}


WRONG = {
    "practice:\n  mry: 10 %, assumed\n": ("mine.yaml:2", "unknown parameter `mry`", "did you mean `mri`?"),
    "practise:\n  mri: 10 %, assumed\n": ("mine.yaml:2", "unknown section `practise`", "did you mean `practice`?"),
    "practice:\n  mri: 10 %\n": ("mine.yaml:2", "`value, source`", "assumed"),
    "practice:\n  mri: 10 %, hearsay\n": ("mine.yaml:2", "unknown source `hearsay`", "mri-referrals-2022"),
    "practice:\n  mri: 0.1, assumed\n": ("mine.yaml:2", "`0.1`", "a share is written `24.5 %`"),
    "practice:\n  mri: 110 %, assumed\n": ("mine.yaml:2", "`110 %`", "from 0 % to 100 %"),
    "practice:\n  mri: -1 %, assumed\n": ("mine.yaml:2", "`-1 %`", "from 0 % to 100 %"),
    "practice:\n  mri: nan %, assumed\n": ("mine.yaml:2", "`nan %`", "from 0 % to 100 %"),
    "practice:\n  mri wait: 42 to 5 days, assumed\n": ("mine.yaml:2", "`42 to 5 days`", "the shorter first"),
    "practice:\n  mri wait: 5 days, assumed\n": ("mine.yaml:2", "`5 days`", "`7 to 42 days`"),
    "background:\n  contacts a year of the old: many, assumed\n": ("mine.yaml:2", "`many`", "`2.5`"),
    "period:\n  to: 2025-13-01, assumed\n": ("mine.yaml:2", "`2025-13-01`", "`2025-12-31`"),
    "period:\n  to: 2023-02-01, assumed\n": ("mine.yaml:2", "shorter than a year", "a year or more"),
    "period:\n  to:\n    everywhere: 2025-01-01, assumed\n": ("mine.yaml:3", "the same everywhere", "one line"),
    "practice:\n  mri:\n    Region Skåne: 5 %, assumed\n    everywhere: 5 %, assumed\n": (
        "mine.yaml:3", "unknown region `Region Skåne`", "Region S"),
    "practice:\n  mri:\n    Region Sjælland: 5 %, assumed\n": ("mine.yaml:3", "no value for the other", "everywhere"),
    "practice:\n  mri: 5 %, assumed\n  mri: 6 %, assumed\n": ("mine.yaml:3", "`mri` stands here twice", "once"),
    "regions:\n  Region Sjælland: 50 %, assumed\n": ("parameters.yaml:", "not 100 % in all", "change the others"),
    "recording:\n  scores once: 90 %, assumed\n": ("parameters.yaml:", "`scores once`, `scores always`", "smaller"),
    "practice: none\n": ("mine.yaml:1", "a block of keys", "`key: value`"),
    "- mri\n": ("mine.yaml:1", "a block of keys", "`key: value`"),
    "practice:\n  mri: [5 %, assumed\n": ("mine.yaml:", "", "indentation and the quotes"),
    "practice: \x07\n": ("mine.yaml:1", "", "plain UTF-8"),
}  # fmt: skip


@pytest.mark.parametrize("text", WRONG)
def test_wrong_parameters_are_refused_with_line_and_cure(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse(text, "mine.yaml")
    for part in WRONG[text]:
        assert part in str(refused.value)


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(UsageError) as refused:
        parse("practice:\n  mry: 10 %, assumed\n  mri: much, assumed\n", "mine.yaml")
    assert "mine.yaml:2" in str(refused.value)
    assert "mine.yaml:3" in str(refused.value)


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        simulate(1, tmp_path / "out", parameters=tmp_path / "none.yaml")
    (tmp_path / "latin.yaml").write_bytes("practice:\n  # Sjælland".encode("latin-1"))
    with pytest.raises(UsageError, match="not UTF-8"):
        simulate(1, tmp_path / "out", parameters=tmp_path / "latin.yaml")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("share", ["0 %", "100 %"])
def test_the_ends_of_every_share_can_be_lived(share: str) -> None:
    """All practice and all recording at once, at nothing and at everything."""
    from tests.unit.cohort.conftest import written

    parts = ("directional", "control", "directional and control", "scores once", "onset repeats the day")
    text = "illness:\n  adults a year: 33 %, assumed\n"
    for title in ("practice", "recording"):
        text += f"{title}:\n"
        text += "".join(
            f"  {key}: {'0 %' if key in parts else share}, assumed\n"
            for key, kind in kinds(title).items()
            if kind == "Share"
        )
    found = written(text, 1, 60)
    assert found.truth
    assert found.resources["Condition"]
