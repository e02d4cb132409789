"""What else people have: problems, medicines, blood tests and examinations, by their codes.

ICPC-2 as translated for Denmark (HL7 Denmark's core profiles), ICD-10 and with it SKS (D before the code), ATC, and
NPU (MedCom's list of laboratory observations, and published register code). None of these codes surely means a term of
the lumbar guideline.
"""

from __future__ import annotations

from typing import NamedTuple

from orjson import Fragment

from gradeline.cohort.notes.shapes import Code, concept


class Problem(NamedTuple):
    """A problem: how often, its concept, and the medicine that goes with it."""

    weight: float
    concept: Fragment
    medicine: Fragment | None = None


class Chronic(NamedTuple):
    """A problem that stays: from which age, in how many, its concept and its medicine."""

    age: int
    share: float
    problem: Problem


class Analyte(NamedTuple):
    """A blood test: its concept, unit and usual range, with how many decimals."""

    concept: Fragment
    unit: str
    low: float
    high: float
    decimals: int


def icpc(code: str, display: str) -> Fragment:
    """A problem as a general practitioner codes it."""
    return concept(Code("icpc2", code, display))


def sks(code: str, display: str) -> Fragment:
    """A code of a hospital's."""
    return concept(Code("sks", code, display))


def atc(code: str, display: str) -> Fragment:
    """A medicine."""
    return concept(Code("atc", code, display))


def npu(code: str, display: str) -> Fragment:
    """A blood test."""
    return concept(Code("npu", code, display))


PARACETAMOL = atc("N02BE01", "paracetamol")
IBUPROFEN = atc("M01AE01", "ibuprofen")
PENICILLIN = atc("J01CE02", "phenoxymethylpenicillin")

ACUTE = (
    Problem(16, icpc("R74", "Akut øvre luftvejsinfektion")),
    Problem(4, icpc("R76", "Akut tonsillit"), PENICILLIN),
    Problem(3, icpc("R81", "Lungebetændelse"), PENICILLIN),
    Problem(6, icpc("U71", "Blærebetændelse/urinvejsinfekt IKA"), atc("J01CA08", "pivmecillinam")),
    Problem(5, icpc("R05", "Hoste")),
    Problem(4, icpc("S74", "Hudsvamp")),
    Problem(4, icpc("S88", "Allergisk/toksisk kontaktdermatit")),
    Problem(3, icpc("S18", "Laceration/snitsår")),
    Problem(4, icpc("H71", "Akut mellemørebetændelse/myringit")),
    Problem(3, icpc("H81", "Voksprop i øregang")),
    Problem(3, icpc("F70", "Infektiøs konjunktivit")),
    Problem(5, icpc("L92", "Skuldersyndrom"), PARACETAMOL),
    Problem(4, icpc("L15", "Symptom/klage fra knæ"), IBUPROFEN),
    Problem(3, icpc("L83", "Cervikalsyndrom"), IBUPROFEN),
    Problem(3, icpc("L93", "Tennisalbue"), IBUPROFEN),
    Problem(4, icpc("N01", "Hovedpine"), PARACETAMOL),
    Problem(3, icpc("N17", "Svimmelhed")),
    Problem(6, icpc("A04", "Almen svækkelse/træthed")),
    Problem(4, icpc("P06", "Søvnforstyrrelse")),
    Problem(4, icpc("P02", "Akut belastningsreaktion")),
    Problem(4, icpc("D73", "Formodet infektiøs gastroenterit")),
    Problem(3, icpc("D12", "Forstoppelse"), atc("A06AD65", "macrogol, kombinationer")),
    Problem(2, icpc("L77", "Forstuvning af ankel")),
    Problem(2, icpc("S70", "Herpes zoster")),
    Problem(3, icpc("A97", "Ingen sygdom")),
)
BACK_PAIN = (
    Problem(60, icpc("L84", "Rygsyndrom uden smerteudstråling"), PARACETAMOL),
    Problem(40, icpc("L03", "Symptom/klage fra lænd"), PARACETAMOL),
)
"""The low back pain of another guideline."""
CHRONIC = (
    Chronic(45, 0.3, Problem(1, icpc("K86", "Ukompliceret hypertension"), atc("C08CA01", "amlodipin"))),
    Chronic(45, 0.22, Problem(1, icpc("T93", "Lipidforstyrrelse"), atc("C10AA05", "atorvastatin"))),
    Chronic(45, 0.09, Problem(1, icpc("T90", "Diabetes type 2"), atc("A10BA02", "metformin"))),
    Chronic(55, 0.09, Problem(1, icpc("R95", "Kronisk obstruktiv lungesygdom"), atc("R03BB04", "tiotropium"))),
    Chronic(5, 0.07, Problem(1, icpc("R96", "Astma"), atc("R03AC02", "salbutamol"))),
    Chronic(18, 0.07, Problem(1, icpc("P76", "Depression"), atc("N06AB06", "sertralin"))),
    Chronic(50, 0.12, Problem(1, icpc("L90", "Artrose i knæ"), PARACETAMOL)),
    Chronic(30, 0.04, Problem(1, icpc("T86", "Myksødem"), atc("H03AA01", "levothyroxin"))),
    Chronic(65, 0.09, Problem(1, icpc("K78", "Atrieflimren/flagren"), atc("B01AF02", "apixaban"))),
    Chronic(18, 0.06, Problem(1, icpc("N89", "Migræne"), atc("N02CC01", "sumatriptan"))),
)
HOSPITAL_DIAGNOSES = (
    sks("DJ189", "Pneumoni UNS"), sks("DS525", "Fraktur af distale radius"), sks("DI489", "Atrieflimren UNS"),
    sks("DM171", "Primær knæartrose"), sks("DK802", "Galdesten uden betændelse"), sks("DH259", "Senil katarakt UNS"),
    sks("DJ449", "Kronisk obstruktiv lungesygdom UNS"), sks("DE119", "Type 2-diabetes uden komplikationer"),
    sks("DN201", "Sten i urinleder"), sks("DI509", "Hjertesvigt UNS"), sks("DZ039", "Observation pga. mistanke UNS"),
    sks("DM545", "Lændesmerter UNS"),
)  # fmt: skip
OPERATIONS = (
    sks("KJEA01", "Laparoskopisk appendektomi"), sks("KJKA21", "Laparoskopisk kolecystektomi"),
    sks("KNGB40", "Primær total knæalloplastik med cement"), sks("KCJE20", "Fakoemulsifikation med kunstig linse"),
)  # fmt: skip
IMAGES = (
    (sks("UXRC00", "Røntgenundersøgelse af thorax"), "CR"),
    (sks("UXCE30", "CT-skanning af columna lumbalis"), "CT"),
    (sks("UXRE30", "Røntgenundersøgelse af columna lumbalis"), "CR"),
    (sks("UXME00", "MR-skanning af columna"), "MR"),
)
BLOOD = (
    Analyte(npu("NPU02319", "Hæmoglobin;B"), "mmol/L", 7.3, 10.5, 1),
    Analyte(npu("NPU02593", "Leukocytter;B"), "10*9/L", 3.5, 11.0, 1),
    Analyte(npu("NPU19748", "C-reaktivt protein;P"), "mg/L", 1, 12, 0),
    Analyte(npu("NPU18016", "Kreatinin;P"), "umol/L", 45, 110, 0),
    Analyte(npu("NPU03429", "Natrium;P"), "mmol/L", 136, 145, 0),
    Analyte(npu("NPU03230", "Kalium;P"), "mmol/L", 3.4, 4.8, 1),
    Analyte(npu("NPU27300", "Hæmoglobin A1c (IFCC);B"), "mmol/mol", 30, 55, 0),
    Analyte(npu("NPU01568", "Kolesterol LDL;P"), "mmol/L", 1.2, 4.8, 1),
)
