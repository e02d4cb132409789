"""The table's rows for logic: the criteria, in the order of the model, and the forms of recommendations."""

from __future__ import annotations

from gradeline.model import criteria, forms
from gradeline.source.grammar import nodes
from gradeline.source.grammar import phrases as say
from gradeline.source.grammar.kinds import Key, Logic, Many, Part

N_OF = "at least ([0-9]{1,4}) of"
"""How `at least N of` looks with its number; it is the one key that holds a value."""

CLAIM = Logic()
REASON = Logic(reason=True)

# fmt: off
WINDOW = (
    Key("within", say.WITHIN, "only so long back from the day asked; `of onset`: from the onset until so long after"),
    Key("from", say.FROM, "the window begins at the onset, or so long before it", field="from_"),
    Key("ever", say.YES, "any time in the record counts"),
)
ABSENCE = Key(
    "if nothing is recorded", say.TRUTH,
    "what it means that no fact is found. By default: of a finding no, of a measurement unknown, of an action no in "
    "advice and unknown in an audit", field="absence",
)

AGE = Part("age", criteria.Age, "How old the patient is.", (
    Key("age", say.AGE, "the limit: `at least 18 years` holds from the 18th birthday, `over 18 years` from the day "
        "after", must=True, field="limit"),
), makes=lambda limit: criteria.Age(*limit))

SEX = Part("sex", criteria.Sex, "The sex that is recorded.", (
    Key("sex", say.SEX, "the sex", must=True, field="is_"),
))

ONSET = Part("onset", criteria.Onset, "How long ago the episode began.", (
    Key("onset", say.AGO, "the limit: 12 weeks are 84 days, and day 84 is still `at most 12 weeks ago`",
        must=True, field="limit"),
), makes=lambda limit: criteria.Onset(*limit))

RECORDED = Part(
    "recorded", criteria.Recorded,
    "A term is in the record. A bare name, `leg-pain`, says the same as `recorded: leg-pain`, unless a criterion is "
    "called so.",
    (
        Key("recorded", say.TERM, "the term", must=True, field="term"),
        *WINDOW,
        Key("doing", say.DOING, "of an action: whether a planned one counts, a done one, or both (the default)"),
        Key("times", say.COUNT, "on at least so many different days"),
        Key("by", say.LINE, "only where this specialty recorded it", example="orthopaedics"),
        ABSENCE,
    ),
    makes=nodes.recorded, placed=True,
    sample="""\
recorded: surgical-assessment
within: 12 weeks of onset
from: 28 days before onset
doing: planned
times: 2
by: orthopaedics
if nothing is recorded: unknown
""",
)

LATEST = Part(
    "latest", criteria.Latest, "The newest value of a term compares with a limit, or is one of a list.",
    (
        Key("latest", say.TERM, "the term", must=True, field="term", example="pain"),
        Key("is", say.LIMIT, "how the value compares with its limit, in a unit that goes with the term's"),
        Key("is one of", Many(say.CODED), "in place of `is`: the values, as codes"),
        *WINDOW,
        ABSENCE,
    ),
    makes=nodes.latest, placed=True,
    sample="""\
latest: pain
is: at least 7 {score}
within: 90 days
""",
)

PERSISTING = Part(
    "persisting", criteria.Persisting,
    "The newest value says so, and values have said so for a length of time, with none between that says otherwise.",
    (
        Key("persisting", LATEST, "what has to hold: a `latest`", must=True, field="latest",
            example="latest: pain\nis: at least 7 {score}"),
        Key("for", say.SPAN, "how far apart the first and the last day on which it held are, at least", must=True,
            field="span", example="28 days"),
        Key("despite", say.ACTION, "an action that has to have begun before the last of those days",
            example="supervised-exercise"),
    ),
)

BOTH = "- leg-pain\n- sex: female"

ALL = Part("all", criteria.All, "Every one of them holds.", (
    Key("all", Many(CLAIM), "the criteria", must=True, field="of", example=BOTH),
))
ANY = Part("any", criteria.AnyOf, "At least one of them holds.", (
    Key("any", Many(CLAIM), "the criteria", must=True, field="of", example=BOTH),
))
NOT = Part(
    "not", criteria.Not,
    "It does not hold; unknown stays unknown. Within `unless` it is an error: a reason is something that is recorded.",
    (Key("not", CLAIM, "the criterion", must=True, field="of", example="leg-pain"),),
)
AT_LEAST = Part("at least N of", criteria.AtLeast, "So many of them hold.", (
    Key("at least N of", Many(CLAIM), "the criteria; the number stands in the key", must=True, field="of",
        example=BOTH),
), makes=nodes.at_least)
NAMED = Part("criterion", criteria.Named, "A criterion of `criteria`, by its name. The bare name says the same.", (
    Key("criterion", say.CRITERION, "the name", must=True, field="name"),
))

CRITERIA = {part.called: part for part in (
    AGE, SEX, ONSET, RECORDED, LATEST, PERSISTING, ALL, ANY, NOT, AT_LEAST, NAMED,
)}


def _action(example: str) -> Key:
    return Key("action", say.ACTION, "the action: a term", must=True, example=example)


EXERCISES = "- supervised-exercise\n- joint-mobilisation"

DO = Part("do", forms.Do, "Offer, consider or add the action.", (
    _action("supervised-exercise"),
))
EITHER = Part("either", forms.Either, "Any one of the actions; none is preferred.", (
    Key("actions", Many(say.ACTION), "the actions: terms", must=True, example=EXERCISES),
))
INSTEAD_OF = Part("instead of", forms.InsteadOf, "The action rather than another one; the latest of them decides.", (
    _action("normal-activity"),
    Key("instead of", say.ACTION, "what it replaces: a term", must=True, field="comparator", example="bed-rest"),
))
TOGETHER = Part("together", forms.Together, "The action combined with another one, for those who get the action.", (
    _action("directional-exercise"),
    Key("with", say.ACTION, "what it is combined with: a term", must=True, field="with_", example="control-training"),
))
NOT_ROUTINE = Part("not routine", forms.NotRoutine, "The action only for a reason recorded on its day or before.", (
    _action("lumbar-mri"),
    Key("unless", Many(REASON), "the reasons: criteria, or bare names", example="- surgical-assessment"),
))
AVOID = Part("avoid", forms.Avoid, "The action is not to be taken.", (
    _action("bed-rest"),
))
BY_A_TIME = Part("by a time", forms.ByATime, "The action done within a length of time after the onset.", (
    _action("surgical-assessment"),
    Key("within", say.OF_ONSET, "the limit", must=True),
    Key("lead", say.SPAN, "how long before the limit one has to act: for a waiting time, say", example="2 weeks"),
))

FORMS = {part.called: part for part in (DO, EITHER, INSTEAD_OF, TOGETHER, NOT_ROUTINE, AVOID, BY_A_TIME)}
# fmt: on
