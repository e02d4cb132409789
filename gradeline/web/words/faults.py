"""What went wrong, in Danish: errors are raised in English, and a page translates the ones that people meet on it.

`{}` stands for what differs. A test holds that every error that can reach a page is here.
"""

from __future__ import annotations

import re
from functools import cache

from gradeline.model.words import Language

DANISH = {
    # A record that somebody brings, or that a record system sends
    "Bundles are nested too deeply": "der er Bundles inden i Bundles i for mange lag",
    "FHIR R4 knows no resourceType {}": "FHIR R4 kender ingen resourceType {}",
    "Gradeline reads FHIR R4 as JSON (.json, .ndjson, also gzipped)": (
        "Gradeline læser FHIR R4 som JSON (.json, .ndjson)"
    ),
    "Gradeline reads FHIR R4 as JSON: a Bundle, a resource, a list of resources, or one on each line": (
        "Gradeline læser FHIR R4 som JSON: en Bundle, en ressource, en liste af ressourcer eller én på hver linje"
    ),
    "JSON, but no FHIR: there is no resourceType": "JSON, men ikke FHIR: der er ingen resourceType",
    "Patient/{} is born on {}, after {}": "Patient/{} er født den {}, efter {}",
    "check the name and your rights; JSON itself is given as bytes": "se navnet og rettighederne efter",
    "choose one": "vælg en",
    "choose one by its id, with `--patient ID`, or take them all, with `--all`": "vælg én ved dens id",
    "correct the birth date, or ask about a later day": "ret fødselsdatoen, eller spørg om en senere dag",
    "export as FHIR R4 (4.0.1)": "eksportér som FHIR R4 (4.0.1)",
    "export it without": "eksportér den uden",
    "export the Patient with it, or take it out": "eksportér patienten med, eller tag det ud",
    "export the Patient with the record": "eksportér patienten sammen med journalen",
    "export the Patient without": "eksportér patienten uden",
    "export the resources in one Bundle": "eksportér ressourcerne i én Bundle",
    "fetch the file again": "hent filen igen",
    "give each its id": "giv hver sit id",
    "it holds {}, and none was chosen": "den indeholder {}, og ingen er valgt",
    "its gzip is damaged or cut off": "dens gzip er beskadiget eller afbrudt",
    "cannot read it: {}": "den kan ikke læses: {}",
    "keep one of them; the other is at {}": "behold den ene; den anden er ved {}",
    "not JSON: {}": "ikke JSON: {}",
    "not UTF-8 at byte {}": "ikke UTF-8 ved byte {}",
    "not shaped as FHIR R4 says": "ikke formet, som FHIR R4 siger",
    "not shaped as a FHIR Bundle or resource": "ikke formet som en Bundle eller ressource i FHIR",
    "one of several Patients has no id": "en af flere patienter har intet id",
    "one patient's record must hold no data of another: take it out, or export the record anew": (
        "en patients journal må ikke indeholde en andens data: tag det ud, eller eksportér journalen igen"
    ),
    "save it as UTF-8": "gem den som UTF-8",
    "the Bundle follows implicit rules, which cannot be read": (
        "Bundlen følger underforståede regler, som ikke kan læses"
    ),
    "the id of a {} is no text": "id for en {} er ikke en tekst",
    "the subject of {} is not in this data": "den, som {} handler om, er ikke i disse data",
    "the subject of {} is not in this record": "den, som {} handler om, er ikke i denne journal",
    "there is no Patient in it": "der er ingen patient i den",
    "there is no {}{} in it, which holds {}": "der er ingen {}{} i den; den indeholder {}",
    "there is nothing in it": "der er intet i den",
    "two different resources are called {}, and neither says that it is the newer (meta.lastUpdated)": (
        "to forskellige ressourcer hedder {}, og ingen af dem siger, at den er den nyeste (meta.lastUpdated)"
    ),
    "one patient": "én patient",
    "{} patients": "{} patienter",
    "use the one that replaced it": "brug den, der har afløst den",
    "validate it": "validér den",
    "validate it against FHIR R4": "validér den mod FHIR R4",
    "validate it against FHIR R4, correct it at its source": "validér den mod FHIR R4, og ret den ved kilden",
    "write it in quotes, as FHIR R4 says": "skriv det i anførselstegn, som FHIR R4 siger",
    "write it as 2026-11-23, 2026-11 or 2026": "skriv den som 2026-11-23, 2026-11 eller 2026",
    "{} has {}, and may not mean what it says": "{} har {} og betyder måske ikke, hvad der står",
    "{} is about {}, and this is the record of {}": "{} handler om {}, og dette er journalen for {}",
    "{} is about {}{}, who is not in this data": "{} handler om {}{}, som ikke er i disse data",
    "{} is not shaped as FHIR R4 says: an object, a list or a text stands where another belongs": (
        "{} er ikke formet, som FHIR R4 siger: et objekt, en liste eller en tekst står, hvor noget andet hører til"
    ),
    "{} was replaced by another": "{} er afløst af en anden",
    "{}, {}: there is no date {}": "{}, {}: datoen {} findes ikke",
    # Forms and pages
    "The form cannot be read.": "Formularen kan ikke læses.",
    "this server does not answer to that host": "denne server svarer ikke til det værtsnavn",
    "name it in the setting `hosts`": "skriv det i indstillingen `hosts`",
    "The form is not from a page of this server, or too old. Open the page again.": (
        "Formularen er ikke fra en side på denne server, eller den er for gammel. Åbn siden igen."
    ),
    "a parameter is missing, or is not what it should be": "en parameter mangler eller er ikke, hvad den skal være",
    "make the audit again": "lav auditten igen",
    "send at most {} MB": "send højst {} MB",
    "the file is packed": "filen er pakket",
    "there is no file": "der er ingen fil",
    "unpack it first": "pak den ud først",
    "what you sent is too large": "det, du sendte, er for stort",
    "write a whole date, as 2026-11-23": "skriv en hel dato, som 2026-11-23",
    "{} is no day": "{} er ingen dag",
    "{}: its {} cannot be read": "{}: dens {} kan ikke læses",
    "too many calls in this minute": "for mange kald i dette minut",
    "too many refused tokens in this minute": "for mange afviste tokens i dette minut",
    "[limits] calls sets how many there may be": "[limits] calls sætter, hvor mange der må være",
    "[limits] refused sets how many there may be": "[limits] refused sætter, hvor mange der må være",
    # Launches
    "a launch from this record system is not allowed": "en start fra dette journalsystem er ikke tilladt",
    "adopt one with [adoptions.ID] in the settings": "tag en i brug med [adoptions.ID] i indstillingerne",
    "choose a patient there, and launch again": "vælg en patient dér, og start igen",
    "it must support S256, not plain": "det skal understøtte S256, ikke plain",
    "launch it again": "start den igen",
    "launch it again, or ask for access there": "start den igen, eller bed om adgang dér",
    "name it in [launchers.NAME] with its iss and our client_id": (
        "nævn det i [launchers.NAVN] med dets iss og vores client_id"
    ),
    "no folder of audits is named": "ingen mappe med audits er nævnt",
    "start with --audits DIR": "start med --audits MAPPE",
    "no guideline is in force here, and none is adopted": (
        "ingen retningslinje er gældende her, og ingen er taget i brug"
    ),
    "the record system did not let us in": "journalsystemet lukkede os ikke ind",
    "the record system does not do PKCE as SMART 2.2 says": "journalsystemet gør ikke PKCE, som SMART 2.2 siger",
    "the record system does not let us read: {}": "journalsystemet lader os ikke læse: {}",
    "the record system gives no bearer token": "journalsystemet giver intet bearer-token",
    "the record system gives no token: {}": "journalsystemet giver intet token: {}",
    "the record system names no patient": "journalsystemet nævner ingen patient",
    "the record system names no `{}` that can be used": "journalsystemet nævner ingen `{}`, der kan bruges",
    "the record system's SMART configuration cannot be read: {}": (
        "journalsystemets SMART-konfiguration kan ikke læses: {}"
    ),
    "the record system: {}": "journalsystemet: {}",
    "this launch was not begun here, or too long ago": "denne start er ikke begyndt her, eller for længe siden",
    # Servers that we read
    "a search has too many pages": "en søgning har for mange sider",
    "its address is in a network that [outgoing] networks does not allow": (
        "dens adresse ligger i et netværk, som [outgoing] networks ikke tillader"
    ),
    "its name cannot be resolved": "dens navn kan ikke slås op",
    "the FHIR server answers {}": "FHIR-serveren svarer {}",
    "the FHIR server cannot be read: {}": "FHIR-serveren kan ikke læses: {}",
    "the FHIR server did not answer in time": "FHIR-serveren svarede ikke i tide",
    "the FHIR server is not on the list [outgoing] servers": "FHIR-serveren er ikke på listen [outgoing] servers",
    "the FHIR server may not be called: {}": "FHIR-serveren må ikke kaldes: {}",
    "the FHIR server redirects, which is not followed": "FHIR-serveren viderestiller, og det følges ikke",
    "the FHIR server sends no FHIR": "FHIR-serveren sender ikke FHIR",
    "the FHIR server sends packed data, which was not asked for": (
        "FHIR-serveren sender pakkede data, uden at vi har bedt om det"
    ),
    "the FHIR server sends something else": "FHIR-serveren sender noget andet",
    "the FHIR server sends too much": "FHIR-serveren sender for meget",
    "the FHIR server: {}": "FHIR-serveren: {}",
    "the address is not of this FHIR server": "adressen er ikke på denne FHIR-server",
    "the next page of a search lies on another server": "den næste side af en søgning ligger på en anden server",
    "the server did not answer in time": "serveren svarede ikke i tide",
    "the server sends no JSON": "serveren sender ikke JSON",
    "the server sends no JSON object": "serveren sender intet JSON-objekt",
    # Calls of the hooks
    "[limits] depth sets it": "[limits] depth sætter det",
    "[limits] megabytes sets it": "[limits] megabytes sætter det",
    "[limits] seconds sets how long it may take": "[limits] seconds sætter, hvor længe det må tage",
    "`context.draftOrders` is no Bundle": "`context.draftOrders` er ingen Bundle",
    "`context.selections` is missing, or is no list of texts": (
        "`context.selections` mangler eller er ingen liste af tekster"
    ),
    "`fhirAuthorization` without `fhirServer`": "`fhirAuthorization` uden `fhirServer`",
    "`fhirServer` is no text": "`fhirServer` er ingen tekst",
    "`{}.id` is no FHIR id": "`{}.id` er intet id i FHIR",
    "`{}` is missing, or is no object": "`{}` mangler eller er intet objekt",
    "`{}` is missing, or is no text": "`{}` mangler eller er ingen tekst",
    "`{}` is no FHIR id": "`{}` er intet id i FHIR",
    "`{}` is no FHIR resource": "`{}` er ingen ressource i FHIR",
    "a draft order is about another patient than context.patientId ({})": (
        "et udkast til en bestilling handler om en anden patient end context.patientId ({})"
    ),
    "a draft order is not shaped as FHIR R4 says": "et udkast til en bestilling er ikke formet, som FHIR R4 siger",
    "a packed body is not read": "pakket indhold læses ikke",
    "a selection has no type before its id": "et valg har ingen type foran sit id",
    "a selection is not among the draft orders": "et valg er ikke blandt udkastene",
    "call the service of this hook": "kald tjenesten til denne hook",
    "hookInstance is no UUID": "hookInstance er ingen UUID",
    "its query is {}": "dens forespørgsel er {}",
    "it was not sent": "den blev ikke sendt",
    "null was sent for it": "der blev sendt null for den",
    "only a page of it was sent": "kun en side af den blev sendt",
    "see the HL7 specification of CDS Hooks 2.0, and our samples": (
        "se HL7's specifikation af CDS Hooks 2.0 og vores eksempler"
    ),
    "send Content-Type: application/json": "send Content-Type: application/json",
    "send each selected order as a draft": "send hver valgt bestilling som udkast",
    "send it in `prefetch`, or send `fhirServer` and `fhirAuthorization`, and name the server in [outgoing] servers": (
        "send den i `prefetch`, eller send `fhirServer` og `fhirAuthorization`, og nævn serveren i [outgoing] servers"
    ),
    "send one JSON object, in UTF-8": "send ét JSON-objekt, i UTF-8",
    "send the JSON as it is, without Content-Encoding": "send JSON, som det er, uden Content-Encoding",
    "send the drafts of one patient": "send udkast om én patient",
    "the JSON is nested over {} deep": "JSON er indlejret i over {} lag",
    "the access token is no bearer token": "adgangstokenet er intet bearer-token",
    "the body came too slowly": "indholdet kom for langsomt",
    "the body is no JSON object": "indholdet er intet JSON-objekt",
    "the body is no JSON: {}": "indholdet er ikke JSON: {}",
    "the body is not said to be JSON": "indholdet siges ikke at være JSON",
    "the body is over {} MB": "indholdet er over {} MB",
    "the body was cut off": "indholdet blev afbrudt",
    "the key `{}`: {}": "nøglen `{}`: {}",
    "the prefetch `{}` is no FHIR resource": "prefetch `{}` er ingen ressource i FHIR",
    "the prefetch `{}` is no {}": "prefetch `{}` er ingen {}",
    "the prefetch: {}": "prefetch: {}",
    "the record system sent an error in its place": "journalsystemet sendte en fejl i stedet",
    "the search failed in part": "søgningen fejlede til dels",
    "the services are at /cds-services": "tjenesterne er på /cds-services",
    "there is no service `{}`": "der er ingen tjeneste `{}`",
    "this service has the hooks {}": "denne tjeneste har {}",
    "{} has `{}/` before the id": "{} har `{}/` foran sit id",
    "{}; {}": "{}; {}",
}


@cache
def patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each English sentence as a pattern, those with the most of their own words first."""
    ordered = sorted(DANISH, key=lambda each: -len(each.replace("{}", "")))
    return tuple(
        (re.compile("(.+?)".join(map(re.escape, each.split("{}"))), re.DOTALL), DANISH[each]) for each in ordered
    )


def told(text: str, language: Language) -> str:
    """What went wrong, in a language; as it is where nobody has written it in it.

    >>> told("the key `patient`: it was not sent; the FHIR server answers 404", "da")
    'nøglen `patient`: den blev ikke sendt; FHIR-serveren svarer 404'
    """
    if language == "en":
        return text
    for pattern, danish in patterns():
        found = pattern.fullmatch(text)
        if found:
            return danish.format(*(told(each, language) for each in found.groups()))
    return text
