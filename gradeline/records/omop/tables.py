"""The tables of the OMOP CDM 5.4 that are read, their columns, and which of them must be there. Data only."""

from __future__ import annotations

ID, WORDS, DATE, NUMBER = "BIGINT", "VARCHAR", "DATE", "DOUBLE"


def event(name: str, **more: str) -> dict[str, str]:
    """The columns that every table of events has."""
    return {
        f"{name}_id": ID, "person_id": ID, f"{name}_concept_id": ID, f"{name}_type_concept_id": ID, "provider_id": ID,
        "visit_occurrence_id": ID, f"{name}_source_value": WORDS, f"{name}_source_concept_id": ID, **more,
    }  # fmt: skip


TABLES: dict[str, dict[str, str]] = {
    "person": {
        "person_id": ID, "gender_concept_id": ID, "year_of_birth": ID, "month_of_birth": ID, "day_of_birth": ID,
        "location_id": ID, "care_site_id": ID, "gender_source_value": WORDS,
    },
    "death": {"person_id": ID, "death_date": DATE},
    "observation_period": {
        "person_id": ID, "observation_period_start_date": DATE, "observation_period_end_date": DATE,
    },
    "location": {"location_id": ID, "state": WORDS, "county": WORDS, "city": WORDS},
    "care_site": {"care_site_id": ID, "care_site_source_value": WORDS},
    "provider": {
        "provider_id": ID, "specialty_concept_id": ID, "care_site_id": ID, "specialty_source_value": WORDS,
    },
    "concept": {"concept_id": ID, "concept_name": WORDS, "vocabulary_id": WORDS, "concept_code": WORDS},
    "visit_occurrence": {
        "visit_occurrence_id": ID, "person_id": ID, "visit_concept_id": ID, "visit_start_date": DATE,
        "visit_end_date": DATE, "visit_type_concept_id": ID, "provider_id": ID, "care_site_id": ID,
        "visit_source_value": WORDS, "visit_source_concept_id": ID,
    },
    "condition_occurrence": {
        "condition_occurrence_id": ID, "person_id": ID, "condition_concept_id": ID, "condition_start_date": DATE,
        "condition_type_concept_id": ID, "condition_status_concept_id": ID, "provider_id": ID,
        "visit_occurrence_id": ID,
        "condition_source_value": WORDS, "condition_source_concept_id": ID,
    },
    "procedure_occurrence": {
        "procedure_occurrence_id": ID, "person_id": ID, "procedure_concept_id": ID, "procedure_date": DATE,
        "procedure_end_date": DATE, "procedure_type_concept_id": ID, "provider_id": ID, "visit_occurrence_id": ID,
        "procedure_source_value": WORDS, "procedure_source_concept_id": ID,
    },
    "drug_exposure": {
        "drug_exposure_id": ID, "person_id": ID, "drug_concept_id": ID, "drug_exposure_start_date": DATE,
        "drug_exposure_end_date": DATE, "drug_type_concept_id": ID, "provider_id": ID, "visit_occurrence_id": ID,
        "drug_source_value": WORDS, "drug_source_concept_id": ID,
    },
    "measurement": event(
        "measurement", measurement_date=DATE, measurement_time=WORDS, operator_concept_id=ID, value_as_number=NUMBER,
        value_as_concept_id=ID, unit_concept_id=ID, unit_source_value=WORDS,
    ),
    "observation": event(
        "observation", observation_date=DATE, value_as_number=NUMBER, value_as_string=WORDS, value_as_concept_id=ID,
        unit_concept_id=ID, unit_source_value=WORDS,
    ),
}  # fmt: skip
MUST = {"person": ("person_id", "year_of_birth")}
"""Without these nothing can be said."""
EVENTS = {
    "visit_occurrence": ("contact", "visit_occurrence_id", "visit", "visit_start_date", "visit_end_date"),
    "condition_occurrence": ("condition", "condition_occurrence_id", "condition", "condition_start_date", ""),
    "procedure_occurrence": (
        "procedure", "procedure_occurrence_id", "procedure", "procedure_date", "procedure_end_date",
    ),
    "drug_exposure": (
        "medication", "drug_exposure_id", "drug", "drug_exposure_start_date", "drug_exposure_end_date",
    ),
    "measurement": ("observation", "measurement_id", "measurement", "measurement_date", ""),
    "observation": ("observation", "observation_id", "observation", "observation_date", ""),
}  # fmt: skip
"""Of each table of events: the kind of its facts, its key, how its columns begin, its day, and its end. A condition's
end date is not its abatement: often it is the end of the visit."""
VALUED = ("measurement", "observation")
VOCABULARIES = {
    "SNOMED": "http://snomed.info/sct",
    "LOINC": "http://loinc.org",
    "ICD10": "http://hl7.org/fhir/sid/icd-10",
    "ICD10CM": "http://hl7.org/fhir/sid/icd-10-cm",
    "ATC": "http://www.whocc.no/atc",
    "CPT4": "http://www.ama-assn.org/go/cpt",
    "RxNorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "UCUM": "http://unitsofmeasure.org",
}
"""The addresses of the vocabularies that have one in FHIR; of another the address below, with its name."""
OTHER_VOCABULARY = "urn:omop:vocabulary:"
CONCEPT = "urn:omop:concept"
"""The system of a concept's number, where there is no vocabulary to tell its code."""
SOURCE = "urn:omop:source:"
"""The system of a source's own text, with the name of the column; one that is written `system|code` names its own."""
FEMALE, MALE = 8532, 8507
EQUAL = 4172703
"""The standard concept of the operator `=`; any other makes a value only a bound."""
PRELIMINARY = "Preliminary diagnosis"
ORDER = "EHR order"
"""The names of the standard concepts of a diagnosis that is not sure, and of what was only ordered."""
