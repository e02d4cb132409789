"""The codes that the episodes are written in: which are exact, which say something beside, which say it in general.

SKS, SNOMED CT, LOINC and ICPC-2 numbers are those of the lumbar guideline's terms, whose sources it names. Where no
code exists, the simulated regions use codes of their own.
"""

from __future__ import annotations

from gradeline.cohort.chance import Weighted
from gradeline.cohort.notes.shapes import Code


def sks(code: str, display: str) -> Code:
    """A code of the Danish hospitals' classification."""
    return Code("sks", code, display)


def snomed(code: str, display: str) -> Code:
    """A code of SNOMED CT."""
    return Code("snomed", code, display)


def own(term: str) -> Code:
    """A term's own id, where no code exists."""
    return Code("own", term)


L86 = Code("icpc2", "L86", "Rygsyndrom med smerteudstråling")
SCIATICA = snomed("23056005", "Sciatica")
RADICULOPATHY = snomed("128196005", "Lumbar radiculopathy")
PROLAPSE = snomed("202735001", "Lumbar disc prolapse with radiculopathy")
ROOT_DIAGNOSES: Weighted[tuple[Code, ...]] = Weighted(
    (
        (5, (sks("DM511B", "Lumbal diskusprolaps II/III med radikulopati"), PROLAPSE)),
        (8, (sks("DM511C", "Lumbal diskusprolaps III/IV med radikulopati"), PROLAPSE)),
        (30, (sks("DM511D", "Lumbal diskusprolaps IV/V med radikulopati"), PROLAPSE)),
        (30, (sks("DM511E", "Lumbosakral diskusprolaps med radikulopati"), PROLAPSE)),
        (12, (sks("DM511F", "Lumbal diskusprolaps UNS med radikulopati"), PROLAPSE)),
        (6, (sks("DM541A", "Radiculitis lumbosacralis"), RADICULOPATHY)),
        (4, (sks("DG544", "Lidelse i lumbal nerverod IKA"), RADICULOPATHY)),
        (5, (Code("icd10", "M51.1"), PROLAPSE)),
    )
)
"""What a hospital writes where a root is the cause: an SKS code, or one of ICD-10, and its fellow in SNOMED CT."""
OTHER_DIAGNOSES: Weighted[tuple[Code, ...]] = Weighted(
    (
        (50, (sks("DM543", "Ischias"), SCIATICA)),
        (50, (sks("DM544", "Lændesmerter med ischias"), snomed("202794004", "Lumbago with sciatica"))),
    )
)
"""And where none is, or nobody says so."""
SIDES = {"right": "TUL1", "left": "TUL2"}

MRI = sks("UXME30", "MR-skanning af columna lumbalis")
MRI_OF_THE_SPINE = sks("UXME00", "MR-skanning af columna")
MRI_REPORT = Code("loinc", "24968-0", "MR Lumbar spine")

EXACT: dict[str, tuple[tuple[Code, ...], ...]] = {
    "activity-advice": ((snomed("304517008", "Recommendation to undertake functional activity"),),
                        (snomed("281090004", "Recommendation to exercise"),)),
    "bed-rest": ((Code("local", "SENGELEJE", "Råd om sengeleje"),),),
    "physiotherapy": ((snomed("306170007", "Referral to physiotherapy service"),),),
    "supervised-exercise": ((snomed("229065009", "Exercise therapy"),),
                            (sks("BLNA", "Biomekanisk bevægelsesterapi"), snomed("229065009", "Exercise therapy"))),
    "directional-exercise": ((Code("local", "MDT", "Retningsspecifikke øvelser"),),
                             (Code("local", "MDT", "Retningsspecifikke øvelser"), sks("BLNA+BZPH", ""))),
    "neuromuscular-control": ((sks("BLNC60", "Stabilitetstræning ved neurofysioterapi"),),
                              (sks("BLNC6", "Neurofysioterapi mhp. motorisk kontrol"),),
                              (sks("BLNA+BZPJ", ""), snomed("229065009", "Exercise therapy"))),
    "joint-mobilisation": ((sks("BLNG10", "Generel passiv ledmobilisering"),),
                           (sks("BLNG1", "Ledmobilisering"),),
                           (sks("BLNG", "Manuel terapi inklusive bløddelsbehandling og ledmobilisering"),)),
    "spinal-manipulation": ((sks("BLNG21", "Manipulation af columna lumbalis"),
                             snomed("44275008", "Manipulation of spine")),),
    "acupuncture": ((sks("BAFA80", "Smertebehandling med akupunktur"), snomed("44868003", "Acupuncture")),
                    (sks("BWFA", "Symptombehandling med akupunktur"), snomed("44868003", "Acupuncture"))),
    "lumbar-radiograph": ((sks("UXRE30", "Røntgenundersøgelse af columna lumbalis"),),),
    "lumbar-mri": ((MRI, snomed("241648005", "MRI of lumbar spine")),),
    "extraforaminal-injection": ((Code("local", "INJ-EXF", "Ekstraforaminal glukokortikoidinjektion"),
                                  sks("BLHN11", "Terapeutisk blokade i led og bløddele på ryg og columna")),),
    "surgical-assessment": ((Code("local", "RYGKIR", "Rygkirurgisk vurdering"),
                             snomed("183545006", "Referral to orthopedic service")),),
    "lumbar-surgery": ((sks("KABC16", "Mikrokirurgisk fjernelse af lumbal diskusprolaps"),
                        snomed("260649000", "Lumbar microdiscectomy")),
                       (sks("KABC26", "Åben operation for lumbal diskusprolaps"),
                        snomed("239542002", "Lumbar discectomy")),
                       (sks("KABC36", "Dekompression af lumbal nerverod"),)),
}  # fmt: skip
"""For each act the ways to code it; of several codings the second is the other system's."""
NEAREST: dict[str, Code] = {
    "activity-advice": sks("BQFS04", "Forebyggelsessamtale vedrørende fysisk aktivitet"),
    "bed-rest": sks("BLXA", "Immobilisering ved sengeleje"),
    "supervised-exercise": sks("BLKA0", "Rådgivning om rygøvelser"),
    "directional-exercise": sks("BLNA+BZPH", ""),
    "joint-mobilisation": sks("BAFA84", "Smertebehandling med kiropraktik"),
    "extraforaminal-injection": sks("BLHN11", "Terapeutisk blokade i led og bløddele på ryg og columna"),
    "surgical-assessment": snomed("183545006", "Referral to orthopedic service"),
    "lumbar-mri": MRI_OF_THE_SPINE,
}
GENERAL = (
    snomed("229065009", "Exercise therapy"),
    sks("BLNA", "Biomekanisk bevægelsesterapi"),
    sks("BLNA3", "Styrketræning til øgning af maksimale muskelkraft"),
    sks("BAFA82", "Smertebehandling med fysioterapi"),
    sks("BLNA+BZFA22", ""),
)
"""Exercise without its kind."""
KINDS_OF_EXERCISE = ("supervised-exercise", "directional-exercise", "neuromuscular-control")

DIAGNOSED: dict[str, Code] = {
    "cauda-equina": sks("DG834", "Cauda equina-syndrom"),
    "bladder-or-bowel-trouble": sks("DR33", "Urinretention"),
    "vertebral-fracture": sks("DS320", "Fraktur af lumbale rygsøjle"),
    "spinal-cancer": sks("DC795C", "Fjernmetastase i ryghvirvel"),
    "unexplained-weight-loss": snomed("422868009", "Unexplained weight loss"),
}
"""The warning signs that are written as diagnoses; the other findings are observations under their own ids."""

PAIN = Code("loinc", "72514-3", "Pain severity 0-10 verbal numeric rating [Score] - Reported")
PAIN_ON_SOME_SCALE = Code("loinc", "38214-3", "Pain severity [Score] Visual analog score")
SCORES: dict[str, Code] = {
    "pain": PAIN,
    "disability": Code("loinc", "97909-6", "Oswestry Disability Index score"),
    "leg-strength": own("leg-strength"),
}

REFUSED = Code("local", "PT-OENSKE", "Patientens ønske")
REFUSALS = (Code("refusal", "patient-refuses"), Code("act reason", "PATOBJ"), REFUSED)
"""The patient's own reason; the last is the regions' own code, which `source.yaml` names."""
NOT_WANTED = (Code("local", "DOBBELT", "Bestilt to gange"), Code("local", "FEJLVISIT", "Fejlvisiteret"))
"""Reasons of somebody else."""

LOCAL_MEANINGS = {
    "SENGELEJE": "bed-rest",
    "MDT": "directional-exercise",
    "INJ-EXF": "extraforaminal-injection",
    "RYGKIR": "surgical-assessment",
}
"""The terms that the regions' own codes mean."""
SPECIALTIES = {
    "general practice": snomed("394814009", "almen medicin"),
    "physiotherapist": snomed("722138006", "fysioterapi"),
    "hospital": snomed("394801008", "ortopædisk kirurgi"),
    "radiology": snomed("394914008", "radiologi"),
}
