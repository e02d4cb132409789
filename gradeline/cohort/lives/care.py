"""What is done in an episode: advice, treatment, MRI, the hospital, the surgeon, and what warns."""

from __future__ import annotations

from dataclasses import dataclass

from gradeline.cohort.chance import Weighted
from gradeline.cohort.lives.course import Course
from gradeline.cohort.lives.episode import CHIROPRACTOR, GP, HOSPITAL, PHYSIOTHERAPIST, Act, Finding, Score, Setting
from gradeline.cohort.parameters import Span
from gradeline.dates import Day

EVERY_SOON, EVERY_LATER = (7, 24), (18, 56)
"""Days between contacts in primary care: while it is new, and when it lasts."""
SESSIONS = (5, 10)
SURGERY = "lumbar-surgery"
REASONS = ("judged-persisting-severe-pain", "surgical-assessment")
"""The reasons for an MRI that are recorded most."""
IN_WORDS = {
    "judged-persisting-severe-pain": "Vedvarende stærke smerter trods behandling",
    "surgical-assessment": "Med henblik på rygkirurgisk vurdering",
    "individual-consideration": "Fordele og ulemper drøftet med patienten",
    "": "Rygsmerter med udstråling, obs. prolaps",
}
"""Reasons as they stand in free text; the last one is none."""


@dataclass(frozen=True)
class Sign:
    """A warning sign: how it shows, whether it comes from the roots, and whether surgeons act at once."""

    term: str
    of_the_root: bool = True
    acute: bool = True
    strength: bool = False

    @property
    def reason(self) -> str:
        """What the MRI is ordered for."""
        return "surgical-assessment" if self.strength else self.term


SIGNS = Weighted(
    (
        (25, Sign("bladder-or-bowel-trouble")),
        (15, Sign("cauda-equina")),
        (10, Sign("saddle-numbness")),
        (20, Sign("progressive-deficit")),
        (10, Sign("severe-leg-weakness")),
        (10, Sign("leg-strength", strength=True)),
        (6, Sign("vertebral-fracture", of_the_root=False, acute=False)),
        (3, Sign("unexplained-weight-loss", of_the_root=False, acute=False)),
        (1, Sign("spinal-cancer", of_the_root=False, acute=False)),
    )
)


def primary(course: Course) -> None:
    """The contacts in primary care and what follows from them."""
    course.look()
    course.ask()
    every = EVERY_SOON if course.soon else EVERY_LATER
    days = course.visits(course.first, course.setting, every, 12)
    if course.setting == CHIROPRACTOR:
        chiropractor(course, days)
    elif course.setting == GP:
        general_practice(course, days)
    if course.setting != HOSPITAL and course.chance.happens(course.practice.mri):
        scan(course, course.chance.one(days), course.setting)


def act(course: Course, term: str, setting: Setting, day: Day, recorded: bool) -> None:
    """Something done on a day, without an order."""
    course.episode.acts.append(Act(term, setting, done=day, recorded=recorded))


def general_practice(course: Course, days: list[Day]) -> None:
    """Advice, a referral to physiotherapy, acupuncture."""
    practice, chance, first = course.practice, course.chance, days[0]
    kept = course.reports and chance.happens(course.recording.advice)
    if chance.happens(practice.advice_by_the_general_practitioner):
        act(course, "activity-advice", GP, first, kept)
    elif chance.happens(practice.bed_rest):
        act(course, "bed-rest", GP, first, course.reports)
    if chance.happens(practice.exercise_declined):
        kept = chance.happens(course.recording.declined)
        declined = Act("supervised-exercise", GP, ordered=first, fate="declined", recorded=kept)
        course.episode.acts.append(declined)
    elif chance.happens(practice.physiotherapy):
        physiotherapy(course, chance.one(days[:2]))
    if chance.happens(practice.acupuncture):
        acupuncture(course, chance.one(days))


def acupuncture(course: Course, day: Day) -> None:
    """Needles, perhaps weighed for this patient."""
    done = Act("acupuncture", GP, done=day, recorded=course.reports)
    justify(course, done, ("individual-consideration",))
    course.episode.acts.append(done)


def physiotherapy(course: Course, day: Day) -> None:
    """A referral, and a course of sessions some days later."""
    start = day + course.days((3, 21))
    kept = course.chance.happens(course.recording.referral_to_physiotherapy)
    referral = Act("physiotherapy", GP, ordered=day, done=start, recorded=kept)
    course.episode.acts.append(referral)
    if start > course.last:
        referral.done, referral.fate = None, "planned"
        return
    terms = treatments(course, course.practice.exercise, course.practice.mobilisation)
    if course.chance.happens(course.practice.advice_by_the_physiotherapist):
        kept = course.codes(PHYSIOTHERAPIST) and course.chance.happens(course.recording.advice)
        act(course, "activity-advice", PHYSIOTHERAPIST, start, kept)
    for session in course.visits(start, PHYSIOTHERAPIST, SESSIONS, course.chance.whole(3, 8)):
        for term in terms:
            act(course, term, PHYSIOTHERAPIST, session, course.codes(PHYSIOTHERAPIST))


def treatments(course: Course, exercise: float, mobilisation: float) -> list[str]:
    """Which kinds of exercise are given, and whether joints are mobilised."""
    practice, found, terms = course.practice, course.chance.draw(), list[str]()
    if course.chance.happens(exercise):
        both = practice.directional_and_control
        if found < practice.directional + both:
            terms.append("directional-exercise")
        if found < both or practice.directional + both <= found < practice.directional + both + practice.control:
            terms.append("neuromuscular-control")
        terms = terms or ["supervised-exercise"]
    return [*terms, "joint-mobilisation"] if course.chance.happens(mobilisation) else terms


def chiropractor(course: Course, days: list[Day]) -> None:
    """Advice, mobilisation, manipulation, exercise, a radiograph."""
    practice, chance, coded = course.practice, course.chance, course.codes(CHIROPRACTOR)
    if chance.happens(practice.advice_by_the_chiropractor):
        act(course, "activity-advice", CHIROPRACTOR, days[0], coded and chance.happens(course.recording.advice))
    terms = treatments(course, practice.exercise_by_the_chiropractor, practice.mobilisation_by_the_chiropractor)
    if chance.happens(practice.manipulation_by_the_chiropractor):
        terms.append("spinal-manipulation")
    for day in days:
        for term in terms:
            act(course, term, CHIROPRACTOR, day, coded)
    if chance.happens(practice.radiograph):
        act(course, "lumbar-radiograph", CHIROPRACTOR, days[0], coded)


def order(course: Course, term: str, setting: Setting, day: Day, wait: Span) -> Act:
    """Something ordered on a day and done later, unless it is cancelled; such orders are always recorded."""
    done, chance, practice = day + course.days(wait), course.chance, course.practice
    ordered = Act(term, setting, ordered=day, done=done)
    if chance.happens(practice.order_cancelled) or (done > course.episode.over and chance.happens(0.5)):
        ordered.done = None
        ordered.fate = "declined" if chance.happens(practice.cancelled_by_the_patient) else "cancelled"
    course.episode.acts.append(ordered)
    return ordered


def justify(course: Course, ordered: Act, reasons: tuple[str, ...]) -> None:
    """Give an order a recorded reason, in code or in words, or words that are none."""
    chance = course.chance
    if chance.happens(course.practice.reason):
        reason = chance.one(reasons)
        ordered.reasons = (reason,)
        if chance.happens(0.4):
            ordered.words = IN_WORDS[reason]
    elif chance.happens(0.15):
        ordered.words = IN_WORDS[""]


def scan(course: Course, day: Day, setting: Setting) -> None:
    """An MRI ordered in primary care: a referral, with or without a reason."""
    course.contact(day, setting, referral=True)
    justify(course, order(course, "lumbar-mri", setting, day, course.practice.mri_wait), REASONS)


def hospital(course: Course) -> None:
    """A referral to the spine unit and what is done there, where it does not soon go over."""
    if course.setting == HOSPITAL:
        days = [each.day for each in course.episode.contacts]
    elif course.soon or not course.chance.happens(course.practice.hospital):
        return
    else:
        seen = [each.day for each in course.episode.contacts if each.day >= course.first + 14]
        referred = course.chance.one(seen or [course.episode.last])
        course.contact(referred, course.setting, referral=True)
        start = referred + course.days(course.practice.hospital_wait)
        days = course.visits(start, HOSPITAL, (21, 56), course.chance.whole(1, 4))
    if days:
        at_the_hospital(course, days)


def at_the_hospital(course: Course, days: list[Day]) -> None:
    """Exercise, injection, a judgement of the pain, the surgeon."""
    chance, practice = course.chance, course.practice
    if chance.happens(practice.hospital_exercise):
        for term in treatments(course, 1.0, 0.2):
            act(course, term, HOSPITAL, days[0], chance.happens(course.recording.hospital_codes))
    if course.stays and days[-1] >= course.first + 28 and chance.happens(0.5):
        judged = Finding("judged-persisting-severe-pain", days[-1], HOSPITAL)
        course.episode.findings.append(judged)
    if chance.happens(practice.injection):
        injection = order(course, "extraforaminal-injection", HOSPITAL, chance.one(days), (3, 28))
        justify(course, injection, ("individual-consideration",))
    surgeon(course, chance.one(days))


def surgeon(course: Course, day: Day) -> None:
    """The assessment, the pictures for it, and perhaps the operation."""
    practice = course.practice
    if not course.chance.happens(practice.assessment_when_severe if course.stays else practice.assessment_otherwise):
        return
    assessed = order(course, "surgical-assessment", HOSPITAL, day, practice.assessment_wait)
    if not any(each.term == "lumbar-mri" and each.done for each in course.episode.acts):
        pictures = order(course, "lumbar-mri", HOSPITAL, day, (2, 21))
        pictures.reasons = ("surgical-assessment",)
    if course.stays and assessed.done and course.chance.happens(practice.operation):
        operate(course, assessed.done + course.days((7, 60)))


def operate(course: Course, day: Day) -> None:
    """An operation, while it still hurts."""
    if day <= course.last:
        act(course, SURGERY, HOSPITAL, day, True)


def warn(course: Course) -> None:
    """A sign of serious disease: seen at the hospital, recorded, scanned, shown to a surgeon, perhaps operated."""
    chance, episode = course.chance, course.episode
    if not chance.happens(course.illness.warning_sign):
        return
    sign = chance.weighted(SIGNS)
    day = course.first + chance.early(0, course.last - course.first)
    episode.root = episode.root or sign.of_the_root
    if sign.strength:
        episode.scores.append(Score(sign.term, day, HOSPITAL, chance.whole(1, 3), recorded=True))
    else:
        episode.findings.append(Finding(sign.term, day, HOSPITAL))
    course.contact(day, HOSPITAL)
    episode.acts.append(Act("lumbar-mri", HOSPITAL, ordered=day, done=day + 1, reasons=(sign.reason,)))
    if sign.acute:
        episode.acts.append(Act("surgical-assessment", HOSPITAL, ordered=day, done=day + 1))
        if chance.happens(0.5):
            operate(course, day + course.days((1, 3)))
