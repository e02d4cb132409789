"""What practice is called in an audit's report, in English and Danish."""

from __future__ import annotations

from gradeline.model.words import Text

OFFER = {
    "followed": Text("given, ordered or declined", "givet, ordineret eller afslået"),
    "open": Text("none recorded", "intet noteret"),
}
PRACTICE: dict[str, dict[str, Text]] = {
    "do": OFFER,
    "either": OFFER,
    "instead of": {
        "followed": Text("this, rather than the other", "dette frem for det andet"),
        "departed": Text("the other, last", "det andet, senest"),
        "open": Text("neither recorded", "ingen af dem noteret"),
    },
    "together": {
        "followed": Text("both", "begge"),
        "departed": Text("combination not recorded", "kombination ikke noteret"),
        "open": Text("second not recorded", "den anden ikke noteret"),
    },
    "not routine": {
        "followed": Text("none recorded", "intet noteret"),
        "justified": Text("done, for a recorded reason", "gjort af en noteret grund"),
        "departed": Text("done, no reason recorded", "gjort, ingen grund noteret"),
    },
    "avoid": {
        "followed": Text("none recorded", "intet noteret"),
        "departed": Text("done", "gjort"),
    },
    "by a time": {
        "followed": Text("done in time", "gjort til tiden"),
        "departed": Text("not done by the limit", "ikke gjort inden fristen"),
        "open": Text("not yet done", "endnu ikke gjort"),
    },
}
"""What practice is called for people, by the form of the statement."""
GENERAL = {
    "declined": Text("of these offered and declined", "heraf tilbudt og afslået"),
    "alternative": Text("alternative in place", "alternativ på plads"),
    "incomplete": Text("follow-up incomplete", "ufuldstændig opfølgning"),
    "unknown": Text("unknown what was done", "ukendt, hvad der er gjort"),
}
"""What is called the same for every form."""
