"""The `source.yaml` that is true of a cohort: what it captures, what its own codes mean, and its zone."""

from __future__ import annotations

from gradeline.cohort.lives.episode import CHIROPRACTOR, GP, HOSPITAL, PHYSIOTHERAPIST
from gradeline.cohort.notes.codes import LOCAL_MEANINGS, REFUSED
from gradeline.cohort.notes.shapes import LOCAL
from gradeline.cohort.parameters import Period
from gradeline.dates import show

ANYWHERE = "anywhere"
COMPLETE = (
    "lumbar-mri", "extraforaminal-injection", "surgical-assessment", "lumbar-surgery",
    "cauda-equina", "bladder-or-bowel-trouble", "saddle-numbness", "severe-leg-weakness", "progressive-deficit",
    "spinal-cancer", "unexplained-weight-loss", "vertebral-fracture", "judged-persisting-severe-pain",
)  # fmt: skip
"""What is always recorded: hospitals must report what they do, and whoever sees a warning sign writes it down."""
PARTIAL = {
    "activity-advice": (GP, CHIROPRACTOR, PHYSIOTHERAPIST),
    "bed-rest": (GP,),
    "physiotherapy": (GP,),
    "supervised-exercise": (GP, CHIROPRACTOR, PHYSIOTHERAPIST, HOSPITAL),
    "directional-exercise": (CHIROPRACTOR, PHYSIOTHERAPIST, HOSPITAL),
    "neuromuscular-control": (CHIROPRACTOR, PHYSIOTHERAPIST, HOSPITAL),
    "joint-mobilisation": (CHIROPRACTOR, PHYSIOTHERAPIST, HOSPITAL),
    "spinal-manipulation": (CHIROPRACTOR,),
    "acupuncture": (GP,),
}
"""What is recorded here and there: its absence says nothing."""

HEAD = """\
# What this source captures, what its own codes mean, and its zone: what may be concluded from what is not recorded.
# The cohort is simulated: nobody in it is real. This file comes last: where it is, the cohort is whole.
#
# `how: complete` says that in this setting and these days every such thing is recorded; `partial` that some are.
# Where a term is partial in one of its settings, its absence tells nothing.

name: Simulated cohort, {size}, seed {seed}
simulated: yes
zone: Europe/Copenhagen
from: {first}
to: {last}

captures:
"""
ENTRY = """\
  - term: {term}
    setting: {setting}
    from: {first}
    to: {last}
    how: {how}
"""
CODES = """\

local codes:
{codes}
refusals:                                # an order revoked for this reason is the patient's own choice
  - system: {system}
    code: {refused}
"""
LOCAL_CODE = """\
  - system: {system}
    code: {code}
    means: {term}
"""


def yaml(size: int, seed: int, period: Period) -> str:
    """The text of the file."""
    first, last = show(period.from_), show(period.to)
    people = f"{size:,} patient{'' if size == 1 else 's'}"
    entries = [(term, ANYWHERE, "complete") for term in COMPLETE]
    entries += [(term, setting, "partial") for term, settings in PARTIAL.items() for setting in settings]
    return "".join([
        HEAD.format(size=people, seed=seed, first=first, last=last),
        *(ENTRY.format(term=term, setting=where, how=how, first=first, last=last) for term, where, how in entries),
        CODES.format(
            codes="".join(LOCAL_CODE.format(system=LOCAL, code=code, term=of) for code, of in LOCAL_MEANINGS.items()),
            system=LOCAL, refused=REFUSED.code,
        ),
    ])  # fmt: skip
