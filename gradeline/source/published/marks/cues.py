"""Words that tell the parts of a document apart: its legend, its about text, notes, headings, publisher, topic."""

from __future__ import annotations

import re

LEGEND = re.compile(
    r"\b(?:symbols?|legend|key to|indications? of (?:their |the )?strength|strength of (?:the )?recommendations?"
    r"|grading|what the (?:symbols|signs)|signs? (?:used|mean)|(?:how to read|meaning of) the"
    r"|symboler\w*|symbolforklaring|signatur\w*|tegn(?:ene)?s? (?:betyd\w+|forklaring)|tegnforklaring"
    r"|anbefalingens styrke|anbefalingernes styrke|"
    r"angivelse(?:r)? af (?:deres )?styrke|styrken? af (?:den|anbefaling|evidens)\w*|graduering)\b",
    re.IGNORECASE,
)
ABOUT = re.compile(
    r"^(?:about|om|further information|more information|yderligere|læs mere|background|baggrund|sources?|kilder"
    r"|how we read|sådan læser|methods?|metode|references?|referencer|disclaimer|contact|kontakt|scope|afgrænsning"
    r"|versions?|selected parts)\b",
    re.IGNORECASE,
)
NOTE = re.compile(
    r"^(?:[-*•]\s+)?(?:why|reason|rationale|because|caveat|note|remarks?|compared with|comparator|instead of|evidence"
    r"|sources?|population|for whom|intervention|practical (?:advice|points?)"
    r"|hvorfor|begrundelse|rationale|fordi|forbehold|bemærk|sammenlignet med|i stedet for|evidens|kilder?|for hvem"
    r"|indsats|praktiske? (?:råd|oplysninger))\b[^.:]{0,30}(?::|\s{3})",
    re.IGNORECASE,
)
MEANING = re.compile(
    r"\b(?:benefits?|harms?|outweigh\w*|is used|are used|used (?:when|in case|where)|is given (?:when|where)"
    r"|lack(?:ing)? of evidence|evidence is lacking|consensus|true effect"
    r"|fordele\w*|ulemper\w*|skade\w*|anvendes,? (?:når|ved|hvor)|gives,? når|mangl\w* (?:på )?evidens|mangler evidens"
    r"|konsensus|sande effekt)\b",
    re.IGNORECASE,
)
"""Words with which legends explain a sign; recommendations of care do not speak so."""
NOT_ADVICE = re.compile(r"^(?:back to )?(?:the )?top\b|^(?:tilbage )?til (?:top|start)|^op\b", re.IGNORECASE)
TOPIC = re.compile(
    r"((?:national )?(?:clinical )?guidelines? (?:for|on)|quick guides? (?:to|for|on)"
    r"|(?:nationale? )?(?:kliniske? )?retningslinjer? (?:for|om)|(?:lyn|kvik|quick)\s?guiden? (?:til|for|om))"
    r"\s+((?:the |den |det )?[^.:;]{5,200}?)(?=\s*[.:;]|\s+(?:and|og) (?:is|er)\b|$)",
    re.IGNORECASE,
)
PUBLISHERS = {
    r"\b(?:Danish Health (?:and Medicines )?Authority|Sundhedsstyrelsen|DHA)\b|\bsundhedsstyrelsen\.dk|\bsst\.dk": {
        "en": "Danish Health Authority",
        "da": "Sundhedsstyrelsen",
    },
}
"""Publishers by the names and addresses under which they appear."""
PUBLISHED_BY = re.compile(
    r"(?:published by|publisher|issued by|udgivet af|udgiver|©(?:\s*\d{4})?)\s*:?\s+(?:the )?"
    r"((?-i:[A-ZÆØÅ])[^.,;:()\n]{2,80})",
    re.IGNORECASE,
)
LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"')\]]+|\b(?<![@.\w-])(?:[a-zæøå0-9-]+\.)+(?:dk|org|com|net|eu|info|gov|int|no|se|uk)\b(?:/[^\s<>\"')\]]*)?"
    r"|\bdoi:\s*10\.\d{4,9}/[^\s<>\"')\]]+",
    re.IGNORECASE,
)
ENGLISH = "the of to and for with is that or in on be patients recommendation against not"
DANISH = "og at til af for med er der eller i på en et patienter anbefaling imod ikke det som"
COMMON = {"en": frozenset(ENGLISH.split()), "da": frozenset(DANISH.split())}
