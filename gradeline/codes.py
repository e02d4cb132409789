"""Codings, the code systems that occur in Danish records, and when a code belongs to a pattern.

Systems and their URIs: HL7 Denmark's core profiles, and FHIR's own list of code systems.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Coding(NamedTuple):
    """A code as the record gives it: the system's URI and the code, both raw."""

    system: str
    code: str


OWN = "https://gradeline.example/CodeSystem/terms"
"""Where no code exists, the term's own id is the code. The address is a reserved example: deployments give theirs."""

SYSTEMS: dict[str, tuple[str, ...]] = {
    "sks": ("urn:oid:1.2.208.176.2.4", "urn:oid:1.2.208.176.2.4.12"),
    "icpc2": ("urn:oid:1.2.208.176.2.31", "http://hl7.org/fhir/sid/icpc-2"),
    "snomed": ("http://snomed.info/sct", "http://snomed.info/sct/554471000005108"),
    "icd10": ("http://hl7.org/fhir/sid/icd-10", "http://hl7.org/fhir/sid/icd-10-cm"),
    "loinc": ("http://loinc.org",),
    "cpt": ("http://www.ama-assn.org/go/cpt",),
    "atc": ("http://www.whocc.no/atc",),
    "npu": ("urn:oid:1.2.208.176.2.1", "http://npu-terminology.org"),
    "own": (OWN,),
}
SHORT = {uri: name for name, uris in SYSTEMS.items() for uri in uris}
SIDES = {"TUL1": "right", "TUL2": "left", "TUL3": "both"}


class Pattern(NamedTuple):
    """One code of a term, or with `*` all codes that begin so; `system` is a short name of SYSTEMS."""

    system: str
    code: str

    def holds(self, system: str, code: str) -> bool:
        """Whether a code, already in its normal form, is this one or begins so."""
        if system != self.system:
            return False
        return code.startswith(self.code[:-1]) if self.code.endswith("*") else code == self.code


def normal(system: str, code: str) -> str:
    """A code as it is compared: ICD-10 without its optional dot, hierarchical systems in upper case."""
    if system == "icd10":
        code = code.replace(".", "")
    return code.upper() if system in ("icd10", "sks", "icpc2", "atc") else code


def pattern(system: str, code: str) -> Pattern:
    """A pattern in the form in which codes are compared."""
    return Pattern(system, normal(system, code))


def parts(coding: Coding) -> list[Coding]:
    """A coding by itself; an SKS code with supplementary codes as one coding for each part between `+`.

    >>> [part.code for part in parts(Coding("urn:oid:1.2.208.176.2.4", "BLNA+BZPH"))]
    ['BLNA', 'BZPH']
    """
    if "+" not in coding.code or SHORT.get(coding.system) != "sks":
        return [coding]
    return [Coding(coding.system, part) for part in re.split(r"\s*\+\s*", coding.code) if part]


def side(coding: Coding) -> str | None:
    """The side that a supplementary SKS code states: right, left or both."""
    if "+" not in coding.code and not coding.code.startswith("TUL"):
        return None
    return next((SIDES[part.code] for part in parts(coding) if part.code in SIDES), None)
