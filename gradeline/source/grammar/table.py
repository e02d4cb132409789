"""The table of the guideline file: every part and key, from which reader, JSON Schema and manual are made."""

from __future__ import annotations

from gradeline.dates import Duration
from gradeline.model import guideline as model
from gradeline.model.criteria import Window
from gradeline.source.grammar import nodes
from gradeline.source.grammar import phrases as say
from gradeline.source.grammar.kinds import Entries, Key, Logic, Many, Part, Words
from gradeline.source.grammar.logic import CLAIM, FORMS

TEXT = Words()
CODES = Entries("for each code system a list of codes", say.SYSTEM, Many(say.CODE), makes=nodes.patterns)
# Signs count from 28 days before the onset where no window is written: meaning.md, section 5.
SIGN = Logic(window=Window(start=-Duration(days=28)))
TOUCHES = Key("touches", Many(say.RECOMMENDATION), "the recommendations that it is shown with", example="- mri")
ONE_ID = Key("id", say.ID, "its id", must=True)

PARAMETERS = Entries("for each parameter a length of time or a quantity", say.PARAMETER, say.NUMBER)
OTHERS = Entries("for each criterion another one", say.CRITERION, CLAIM, defines="criterion")
NUMBERING = Entries("for each source a line of text", say.SOURCE, say.LINE)


def _both(en: str, da: str) -> str:
    return f"en: {en}\nda: {da}"


# fmt: off
PUBLISHER = Part("publisher", model.Publisher, "Who publishes the guideline.", (
    Key("name", TEXT, "the publisher's name", must=True, example=_both("Danish Health Authority", "Sundhedsstyrelsen")),
    Key("place", TEXT, "where it is published, if that helps to find it", example="Copenhagen"),
))

CURRENCY = Part(
    "currency", model.Currency,
    "Which version this is and whether it is in force. It travels into every output.",
    (
        Key("version", say.LINE, "the publisher's version; in quotes, or an editor takes it for a number", must=True,
            example='"1.1"'),
        Key("published", say.DAY, "the day of publication", example="2019-02-28"),
        Key("status", say.STATUS, "whether it is in force", must=True, example="not in force"),
        Key("since", say.DAY, "since when it has had this status", example="2023-03-22"),
        Key("review by", say.DAY, "the day after which `gradeline check` asks for a review", example="2022-02-28"),
        Key("meaning", TEXT, "one sentence: what the status means for the reader",
            example=_both(
                "The search is over three years old; it may still be good practice.",
                "Søgningen er over tre år gammel; det kan stadig være god praksis.",
            )),
    ),
)

ENCODING = Part("encoding", model.Encoding, "The version of this file, apart from the guideline's own.", (
    Key("version", say.LINE, "the version of the file, in quotes", must=True, example='"0.1"'),
    Key("date", say.DAY, "the day of that version", must=True),
    Key("reviewed by", Many(say.LINE, none="nobody yet"), "the clinicians who have reviewed it, or `nobody yet`",
        must=True, example="nobody yet"),
    Key("licence", say.LINE, "the licence of the file", example="CC-BY-4.0"),
))

EPISODE = Part("episode", dict, "What opens, confirms and ends an episode of the index condition.", (
    Key("gap", say.LENGTH, "the silence after which an episode is over; three months where nothing is written"),
    Key("confirmed by", say.CLAIM, "what settles a merely possible index condition: a criterion or a term",
        example="root-sign"),
    Key("ended by", Many(say.TERM), "what ends an episode, beside abatement and death", example="- lumbar-surgery"),
    Key("asks", TEXT, "the question for the onset", field="onset_ask",
        example=_both("When did the leg pain start?", "Hvornår begyndte bensmerterne?")),
))

TERM = Part(
    "term", model.Term, "One idea of the clinic and the codes that say it.",
    (
        Key("en", say.LINE, "its name in English", must=True),
        Key("da", say.LINE, "its name in Danish"),
        Key("kind", say.SUBJECT, "what it is; it decides which facts are looked at and what absence means", must=True),
        Key("codes", CODES, "the codes that surely say it, by code system; in sks, icd10, icpc2 and atc a `*` at the "
            "end takes all codes that begin so. Without codes, a record says it with the term's own id"),
        Key("wider", CODES, "codes of something wider: they make it possible, never sure"),
        Key("nearest", CODES, "codes that come nearest where no exact one exists: possible, never sure"),
        Key("without", CODES, "codes that a `*` would take in wrongly"),
        Key("includes", Many(say.TERM), "more special terms, each of which is also this one"),
        Key("unit", say.UNIT, "of a measurement: its unit"),
        Key("scale", say.SCALE, "of a score: its lowest and highest value; a value off the scale is unknown"),
        Key("sites", CODES, "of a measurement: the body sites at which it counts"),
        Key("ask", TEXT, "the question that `gradeline ask` puts"),
        Key("note", TEXT, "what a reviewer should know of the codes"),
        Key("source", say.SOURCE, "where the term is taken from, if not from the guideline"),
    ),
    makes=nodes.term,
    sample="""\
nerve-root-compression:
  en: Lumbar nerve root compression
  da: Lumbal nerverodspåvirkning
  kind: finding
  codes:
    sks:
      - DM511*
    icd10:
      - G55.1
  without:
    sks:
      - DM511H
  wider:
    icpc2:
      - L86
  ask: Is there a sign that a nerve root is pressed?
pain:
  en: Pain score
  da: Smertescore
  kind: measurement
  codes:
    loinc:
      - 72514-3
  nearest:
    snomed:
      - "225908003"
  includes:
    - leg-pain-score
  unit: "{score}"
  scale: 0 to 10
  sites:
    own:
      - leg
  note: The codes name no site.
  source: quick-guide
""",
)

GROUP = Part("group of signs", model.Signs, "Warning signs that are asked together and settled by one negative.", (
    Key("id", say.ID, "its id", must=True, example="cauda-equina"),
    Key("ask", TEXT, "the question", must=True,
        example=_both("Trouble with bladder or bowel?", "Problemer med blære eller tarm?")),
    Key("signs", Many(SIGN), "what surely is a warning", must=True, example="- bladder-trouble"),
    Key("questions", Many(SIGN), "what only raises the question", example="- recorded: cancer\n  ever: yes"),
))

GATE = Part(
    "gate", model.Gate,
    "Signs of serious disease: where one is sure, one message stands in place of all advice. A sign without a window "
    "counts from 28 days before the onset.",
    (
        Key("id", say.ID, "its id", must=True, example="warning-signs"),
        Key("groups", Many(GROUP), "the groups of signs", must=True),
        Key("stop", TEXT, "the message", must=True,
            example=_both("Warning sign. Acute assessment.", "Advarselstegn. Akut vurdering.")),
        Key("source", say.SOURCE, "where the signs are taken from: they are not the guideline's words", must=True),
    ),
)

CAUTION = Part("caution", model.Caution, "What should be known beside a recommendation; it changes no answer.", (
    Key("id", say.ID, "its id", must=True, example="pregnancy"),
    Key("when", CLAIM, "when it is shown", must=True, example="pregnancy"),
    Key("says", TEXT, "what it says", must=True,
        example=_both("Pregnant. Ask before an MRI.", "Gravid. Spørg før en MR-skanning.")),
    TOUCHES,
    Key("source", say.SOURCE, "where it is taken from", must=True),
))

SECTION = Part("section", model.Section, "A heading of the guideline; recommendations are shown under it.", (
    Key("id", say.ID, "its id", must=True, example="imaging"),
    Key("title", TEXT, "the heading", must=True, example=_both("MRI", "MR-skanning")),
))

RECOMMENDATION = Part(
    "recommendation", model.Recommendation, "One graded statement, in the encoder's own words.",
    (
        Key("id", say.ID, "its id, which tables, cases and programs use", must=True, example="mri"),
        Key("name", TEXT, "a short name for lists", must=True,
            example=_both("MRI of the lumbar spine", "MR-skanning af lænden")),
        Key("section", say.SECTION, "the section that it stands in", must=True),
        Key("grade", say.GRADE, "strength and direction, then the certainty; good practice has none", must=True),
        Key("form", say.words("a form", *FORMS), "what it asks of practice; each form brings further keys", must=True,
            example="not routine"),
        Key("when", CLAIM, "for whom, beside the population, it is meant", example="severe-pain"),
        Key("says", TEXT, "the statement", must=True,
            example=_both("Offer an MRI only for a reason.", "Tilbyd kun MR-skanning med en grund.")),
        Key("why", TEXT, "its reason", must=True, example=_both("The benefit is uncertain.", "Gavnen er usikker.")),
        Key("population", TEXT, "whom the evidence is about", example="Adults with recent onset"),
        Key("intervention", TEXT, "what was studied", example="MRI"),
        Key("comparator", TEXT, "what it was compared with", example="No MRI"),
        Key("caveat", TEXT, "what to bear in mind", example="An MRI shows changes in people without pain, too."),
        Key("evidence", TEXT, "what the evidence is", example="One trial."),
        Key("source", NUMBERING, "the publisher's own numbering, by the id of the source",
            example="quick-guide: statement 8"),
    ),
    makes=nodes.recommendation, forms=FORMS,
)

ALTERNATIVE = Part("alternative", model.Alternative, "Another way to read it; computed if it can be.", (
    Key("says", TEXT, "the reading in words", must=True, example=_both("Before the 84th day.", "Før dag 84.")),
    Key("parameters", PARAMETERS, "parameters as this reading has them", example="oldest-onset: 83 days"),
    Key("criteria", OTHERS, "criteria as this reading has them",
        example="adult:\n  age: over 18 years"),
), makes=nodes.alternative, placed=True)

INTERPRETATION = Part("interpretation", model.Interpretation, "What the document leaves open and logic needs.", (
    Key("id", say.ID, "its id", must=True, example="recent"),
    Key("question", TEXT, "what is left open", must=True,
        example=_both("How long is recent?", "Hvor længe er nylig?")),
    Key("reading", TEXT, "how it is read here", must=True, example=_both("Up to 12 weeks.", "Op til 12 uger.")),
    Key("reason", TEXT, "why", must=True, example=_both("The full text says so.", "Det står i den fulde tekst.")),
    Key("alternatives", Many(ALTERNATIVE), "other ways to read it"),
    TOUCHES,
))

TIMING = Part("timing", model.Timing, "What another source says of time: shown beside the guideline, never merged.", (
    Key("says", TEXT, "what it says", must=True,
        example=_both("MRI after four weeks at the earliest.", "MR-skanning tidligst efter fire uger.")),
    Key("source", say.SOURCE, "which source", must=True),
    TOUCHES,
))

SOURCE = Part("source", model.Source, "A document that something here is taken from.", (
    Key("id", say.ID, "its id", must=True, example="quick-guide"),
    Key("title", say.LINE, "its title", must=True, example="Quick guide"),
    Key("year", say.LINE, "its year", example="2016"),
    Key("locator", say.LINE, "a DOI, an ISBN or an address", example="doi:10.1007/s00586-017-5099-2"),
))

NUMBERS = Entries("for each id a length of time or a quantity", say.ID, say.NUMBER, defines="parameter")
NAMED = Entries("for each id a criterion", say.ID, CLAIM, defines="criterion")
TERMS = Entries("for each id the keys of [term](#term)", say.ID, TERM, defines="term")

GUIDELINE = Part(
    "guideline", model.Guideline, "The keys of the file itself.",
    (
        Key("id", say.ID, "the id of the guideline", must=True, example="lumbar-nerve-root"),
        Key("title", TEXT, "its title", must=True),
        Key("publisher", PUBLISHER, "who publishes it", must=True),
        Key("scheme", say.SCHEME, "the scheme by which it is graded", must=True),
        Key("currency", CURRENCY, "its version and whether it is in force", must=True),
        Key("encoding", ENCODING, "the version of this file and its reviewers", must=True),
        Key("invented", say.YES, "for a guideline that teaches or tests, and that no publisher stands behind"),
        Key("translation", TEXT, "who made the translation"),
        Key("scope", TEXT, "what the guideline covers, and what it does not", must=True),
        Key("about", TEXT, "where it comes from and how it is meant", must=True),
        Key("parameters", NUMBERS, "numbers that an overlay may change; a criterion writes `$` and the name",
            example="oldest-onset: 12 weeks\nsevere-pain: 7 {score}"),
        Key("index", say.FINDING, "the condition that the guideline is about: a term", must=True),
        Key("episode", EPISODE, "what opens, confirms and ends an episode of it"),
        Key("population", CLAIM, "whom it is for, beside having the index condition", must=True),
        Key("criteria", NAMED, "criteria by name, used elsewhere by the bare name"),
        Key("terms", TERMS, "the ideas of the clinic that it speaks of, with their codes", must=True),
        Key("gate", GATE, "signs of serious disease, which stop all advice"),
        Key("cautions", Many(CAUTION), "what should be known beside some recommendations"),
        Key("sections", Many(SECTION), "its headings, in their order", must=True),
        Key("recommendations", Many(RECOMMENDATION), "its statements, in their order", must=True),
        Key("interpretations", Many(INTERPRETATION), "how it is read where it leaves something open"),
        Key("timings", Many(TIMING), "what other sources say of time"),
        Key("sources", Many(SOURCE), "the documents that something here is taken from"),
    ),
    makes=nodes.whole,
)
# fmt: on
