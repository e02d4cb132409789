"""What single codes mean wherever they stand: yes and no, refused, over, left and right. Data only.

Sources: FHIR R4 (4.0.1) and its terminology (terminology.hl7.org); SNOMED CT and LOINC answer codes by number only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from gradeline.codes import OWN, Coding

SNOMED, LOINC = "http://snomed.info/sct", "http://loinc.org"
HL7 = "http://terminology.hl7.org/CodeSystem/"
UCUM = "http://unitsofmeasure.org"

Answer = Literal["yes", "no", "unknown"]
SAID: Mapping[Answer, Mapping[str, str]] = {
    "yes": {
        SNOMED: "373066001 52101004 410515003 410605003 10828004 260373001",
        LOINC: "LA33-6 LA9633-4 LA6576-8",
        HL7 + "v2-0136": "Y",
        HL7 + "v2-0532": "Y",
        HL7 + "v3-ObservationInterpretation": "POS DET",
        OWN: "yes present",
    },
    "no": {
        SNOMED: "373067005 2667000 410516002 410594000 260385009 260415000",
        LOINC: "LA32-8 LA9634-2 LA6577-6",
        HL7 + "v2-0136": "N",
        HL7 + "v2-0532": "N",
        HL7 + "v3-ObservationInterpretation": "NEG ND",
        OWN: "no absent",
    },
    "unknown": {
        SNOMED: "261665006 373068000 415684004 410590009 410592001 410593006 419984006 82334004",
        LOINC: "LA4489-6 LA11884-6",
        HL7 + "v2-0532": "NI NAV UNK ASKU NASK NA",
        HL7 + "v3-ObservationInterpretation": "IND E",
        HL7 + "v3-NullFlavor": "NI UNK ASKU NAV NASK NA MSK",
        HL7 + "data-absent-reason": "unknown asked-unknown temp-unknown not-asked asked-declined masked not-performed",
        OWN: "unknown",
    },
}
ANSWERS: Mapping[Coding, Answer] = {
    Coding(system, code): answer
    for answer, systems in SAID.items()
    for system, codes in systems.items()
    for code in codes.split()
}
"""What a coded value answers: present, absent, or that nobody knows (suspected, equivocal, not asked)."""

REFUSALS = frozenset({
    Coding(HL7 + "non-adherence-reason-codes", "patient-refuses"),
    Coding(HL7 + "v3-ActReason", "PATOBJ"),
    Coding(HL7 + "v3-ActReason", "PREFUS"),
    Coding(SNOMED, "105480006"),
    Coding(SNOMED, "183944003"),
})  # fmt: skip
"""The patient's own reason for what was not done; a source may name further codes."""
STATUS_REASON = "http://hl7.org/fhir/StructureDefinition/request-statusReason"
"""The extension that says why a ServiceRequest has its status: R4 has no element for it."""

NOTHING_OBSERVED = frozenset(
    Coding(HL7 + "data-absent-reason", code)
    for code in ("not-asked", "not-performed", "not-applicable", "unsupported", "not-permitted")
)
"""Reasons for a missing value that say that nothing was looked for: no fact. After the others the answer is unknown."""

OVER = frozenset(Coding(HL7 + "condition-clinical", code) for code in ("inactive", "remission", "resolved"))

LATERALITY: Mapping[Coding, Literal["right", "left", "both"]] = {
    Coding(SNOMED, "24028007"): "right",
    Coding(SNOMED, "419465000"): "right",
    Coding(SNOMED, "7771000"): "left",
    Coding(SNOMED, "419161000"): "left",
    Coding(SNOMED, "51440002"): "both",
}

AGES = {"a": "year", "mo": "month", "wk": "week", "d": "day"}

RESOURCES = frozenset(
    """
    Account ActivityDefinition AdverseEvent AllergyIntolerance Appointment AppointmentResponse AuditEvent Basic Binary
    BiologicallyDerivedProduct BodyStructure Bundle CapabilityStatement CarePlan CareTeam CatalogEntry ChargeItem
    ChargeItemDefinition Claim ClaimResponse ClinicalImpression CodeSystem Communication CommunicationRequest
    CompartmentDefinition Composition ConceptMap Condition Consent Contract Coverage CoverageEligibilityRequest
    CoverageEligibilityResponse DetectedIssue Device DeviceDefinition DeviceMetric DeviceRequest DeviceUseStatement
    DiagnosticReport DocumentManifest DocumentReference EffectEvidenceSynthesis Encounter Endpoint EnrollmentRequest
    EnrollmentResponse EpisodeOfCare EventDefinition Evidence EvidenceVariable ExampleScenario ExplanationOfBenefit
    FamilyMemberHistory Flag Goal GraphDefinition Group GuidanceResponse HealthcareService ImagingStudy Immunization
    ImmunizationEvaluation ImmunizationRecommendation ImplementationGuide InsurancePlan Invoice Library Linkage List
    Location Measure MeasureReport Media Medication MedicationAdministration MedicationDispense MedicationKnowledge
    MedicationRequest MedicationStatement MedicinalProduct MedicinalProductAuthorization
    MedicinalProductContraindication MedicinalProductIndication MedicinalProductIngredient
    MedicinalProductInteraction MedicinalProductManufactured MedicinalProductPackaged MedicinalProductPharmaceutical
    MedicinalProductUndesirableEffect MessageDefinition MessageHeader MolecularSequence NamingSystem NutritionOrder
    Observation ObservationDefinition OperationDefinition OperationOutcome Organization OrganizationAffiliation
    Parameters Patient PaymentNotice PaymentReconciliation Person PlanDefinition Practitioner PractitionerRole
    Procedure Provenance Questionnaire QuestionnaireResponse RelatedPerson RequestGroup ResearchDefinition
    ResearchElementDefinition ResearchStudy ResearchSubject RiskAssessment RiskEvidenceSynthesis Schedule
    SearchParameter ServiceRequest Slot Specimen SpecimenDefinition StructureDefinition StructureMap Subscription
    Substance SubstanceNucleicAcid SubstancePolymer SubstanceProtein SubstanceReferenceInformation
    SubstanceSourceMaterial SubstanceSpecification SupplyDelivery SupplyRequest Task TerminologyCapabilities
    TestReport TestScript ValueSet VerificationResult VisionPrescription
    """.split()  # noqa: SIM905 - as a list of texts it fills the page
)
"""The resource types of FHIR R4."""

UNUSABLE: Mapping[str, str] = {"modifierExtension": "a modifier extension", "implicitRules": "implicit rules"}
"""What may turn a statement round in a way that we cannot read."""

NOT_FACTS: Mapping[str, str] = {
    "FamilyMemberHistory": "family history is not the patient's own",
    "OperationOutcome": "the outcome of a search, not of care",
}
"""Types that never make facts, and why; of the rest we say that the type is not read."""
