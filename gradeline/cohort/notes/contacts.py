"""The contacts of an episode as records have them: encounters, diagnoses, findings and scores."""

from __future__ import annotations

from orjson import Fragment

from gradeline.cohort.lives.episode import (
    CHIROPRACTOR,
    GP,
    HOSPITAL,
    PHYSIOTHERAPIST,
    Contact,
    Episode,
    Finding,
    Score,
    Setting,
)
from gradeline.cohort.notes.background import AMBULATORY, DIAGNOSIS, PROBLEM, SERVICES, diagnosis
from gradeline.cohort.notes.chart import Chart
from gradeline.cohort.notes.codes import (
    DIAGNOSED,
    L86,
    OTHER_DIAGNOSES,
    PAIN_ON_SOME_SCALE,
    ROOT_DIAGNOSES,
    SCIATICA,
    SCORES,
    SIDES,
    own,
)
from gradeline.cohort.notes.shapes import Code, Resource, concept, day, moment, month, quantity, reference, status
from gradeline.cohort.parameters import Recording

SCORE_UNIT = "{score}"
LEG = [concept(own("leg"))]
NO = concept(Code("snomed", "373067005", "No"))
IN_ERROR, RESOLVED = status("condition-ver-status", "entered-in-error"), status("condition-clinical", "resolved")
SURVEY, EXAMINATION = [status("observation-category", "survey")], [status("observation-category", "exam")]
CHIROPRACTIC = concept(text="kiropraktik")


class Notes:
    """Writes one episode into a chart; remembers each setting's diagnosis, so that later contacts can name it."""

    def __init__(self, chart: Chart, episode: Episode, recording: Recording) -> None:
        self.chart, self.chance, self.episode, self.recording = chart, chart.chance, episode, recording
        self.diagnoses: dict[Setting, str] = {}
        self.units: dict[Setting, Fragment] = {}
        self.root = self.chance.weighted(ROOT_DIAGNOSES)
        self.some_scale = self.chance.happens(recording.unknown_scale)

    def write(self) -> None:
        """Every contact, finding and score that is recorded by the end of the extract."""
        for contact in self.episode.contacts:
            if contact.recorded and contact.day <= self.chart.end:
                self.contact(contact)
        for finding in self.episode.findings:
            if finding.recorded and finding.day <= self.chart.end:
                self.finding(finding)
        for score in self.episode.scores:
            if score.recorded and score.day <= self.chart.end:
                self.score(score)
        if self.diagnoses and self.chance.happens(self.recording.in_error):
            self.mistake()

    def unit(self, setting: Setting) -> Fragment:
        """Where the patient is seen; the same unit through the episode."""
        if setting not in self.units:
            self.units[setting] = self.chart.unit(self.episode.region, setting)
        return self.units[setting]

    def contact(self, contact: Contact) -> None:
        """A referral's diagnosis; a visit with a diagnosis of its own; or one that names an earlier diagnosis."""
        known = self.diagnoses.get(contact.setting)
        if contact.referral:
            self.diagnose(contact, "")
        elif contact.setting == PHYSIOTHERAPIST:
            self.visit(contact, {"reasonCode": [concept(SCIATICA)]})
        elif known and self.chance.happens(0.6):
            self.visit(contact, {"reasonReference": [reference("Condition", known)]})
        else:
            self.diagnose(contact, self.visit(contact, {}))

    def visit(self, contact: Contact, reason: Resource) -> str:
        """The encounter."""
        start = self.chart.minute()
        body = {
            "status": "finished", "class": AMBULATORY, "serviceType": SERVICES.get(contact.setting, CHIROPRACTIC),
            "period": {"start": moment(contact.day, start), "end": moment(contact.day, start + 20)},
            "serviceProvider": self.unit(contact.setting),
        }  # fmt: skip
        return self.chart.state("Encounter", body | reason, self.recording)

    def diagnose(self, contact: Contact, encounter: str) -> None:
        """The diagnosis at a contact, with an onset in few."""
        body = diagnosis(self.code(contact.setting), contact.day, DIAGNOSIS, encounter) | self.onset(contact)
        first = not self.diagnoses
        if first and self.episode.end_recorded and self.episode.over <= self.chart.end:
            body |= {"clinicalStatus": RESOLVED, "abatementDateTime": day(self.episode.over)}
        self.diagnoses[contact.setting] = self.chart.state("Condition", body, self.recording)
        if first and contact.setting == GP and self.chance.happens(self.recording.problem_list):
            self.chart.add("Condition", diagnosis(concept(L86), contact.day, PROBLEM))

    def code(self, setting: Setting) -> Fragment:
        """The general practitioner has L86 alone; a hospital says whether it is a root, and often on which side."""
        if setting == GP:
            return concept(L86)
        if setting == CHIROPRACTOR:
            return self.chart.coded((L86, SCIATICA), self.recording)
        codes = self.root if self.episode.root else self.chance.weighted(OTHER_DIAGNOSES)
        if self.episode.sided and codes[0].system == "sks":
            sided = codes[0]._replace(code=f"{codes[0].code}+{SIDES[self.episode.side]}")
            codes = (sided, *codes[1:])
        return self.chart.coded(codes, self.recording)

    def onset(self, contact: Contact) -> Resource:
        """The onset, in few; in a referral in half; sometimes only as a month, sometimes it is no more than today."""
        found, recording = self.chance.draw(), self.recording
        given = recording.onset_in_referrals if contact.referral else recording.onset
        if found < given:
            rough = self.chance.happens(recording.onset_month_only)
            return {"onsetDateTime": (month if rough else day)(self.episode.onset)}
        if not contact.referral and found < given + recording.onset_repeats_the_day:
            return {"onsetDateTime": day(contact.day)}
        return {}

    def finding(self, finding: Finding) -> None:
        """A sign: a diagnosis where there is a code for one, else an observation that says yes or no."""
        code = DIAGNOSED.get(finding.term)
        if code and finding.present:
            body = diagnosis(self.chart.coded((code,), self.recording), finding.day, DIAGNOSIS)
            self.chart.state("Condition", body, self.recording)
            return
        body = {
            "status": "final", "category": EXAMINATION, "code": concept(own(finding.term)),
            "effectiveDateTime": moment(finding.day, self.chart.minute()),
        }  # fmt: skip
        if finding.present or self.chance.happens(0.5):
            body["valueBoolean"] = finding.present
        else:
            body["valueCodeableConcept"] = NO
        self.chart.state("Observation", body, self.recording)

    def score(self, score: Score) -> None:
        """A measurement; pain also on a scale that its code does not tell."""
        code, value, site = SCORES[score.term], score.value, self.chance.happens(0.5)
        if score.term == "pain" and self.some_scale:
            code, value = PAIN_ON_SOME_SCALE, 10 * score.value
        body: Resource = {
            "status": "final", "category": SURVEY, "code": concept(code),
            "effectiveDateTime": moment(score.day, self.chart.minute()),
            "valueQuantity": quantity(value, SCORE_UNIT, SCORE_UNIT),
        }  # fmt: skip
        if score.term == "pain" and site:
            body["bodySite"] = LEG[0]
        self.chart.state("Observation", body, self.recording)

    def mistake(self) -> None:
        """Something that was entered in error: it says nothing."""
        on = self.episode.onset - 200
        if self.chance.happens(0.5):
            wrong = diagnosis(self.code(HOSPITAL), on, DIAGNOSIS) | {"verificationStatus": IN_ERROR}
            wrong.pop("clinicalStatus")
            self.chart.add("Condition", wrong)
        else:
            code = concept(own("cauda-equina"))
            body = {"status": "entered-in-error", "code": code, "effectiveDateTime": day(self.episode.first)}
            self.chart.add("Observation", body | {"valueBoolean": True})
