"""The words of an audit's report, in English and Danish."""

from __future__ import annotations

from gradeline.model.words import Language, Text

WORDS: dict[str, Text] = {
    "audit": Text("Audit", "Audit"),
    "later": Text(
        "The period is later than the advice was in force: what follows describes practice against advice no "
        "longer in force, and is no measure of anybody's quality.",
        "Perioden ligger efter, at rådene var gældende: det følgende beskriver praksis over for råd, der ikke "
        "længere er gældende, og er ikke et mål for nogens kvalitet.",
    ),
    "simulated": Text("Simulated data: nobody in it is real.", "Simulerede data: ingen i dem findes i virkeligheden."),
    "sample": Text(
        "SAMPLE of {share} of the patients: first numbers, not the audit.",
        "STIKPRØVE på {share} af patienterne: foreløbige tal, ikke selve auditten.",
    ),
    "assume captured": Text(
        "ASSUMED: whatever is not recorded was not done (--assume-captured). The source does not say so.",
        "ANTAGET: hvad der ikke er noteret, er ikke gjort (--assume-captured). Det siger kilden ikke selv.",
    ),
    "undescribed": Text(
        "No source.yaml says what this source captures, so no action that is not recorded counts as not done. "
        "Cure: write one, and give it with --source.",
        "Ingen source.yaml fortæller, hvad kilden registrerer, så intet, der ikke er noteret, tæller som ikke "
        "gjort. Råd: skriv en, og angiv den med --source.",
    ),
    "no reasons": Text(
        "No contact, order or act in this source names a reason. “No reason recorded” then tells of the source and "
        "not of practice.",
        "Ingen kontakt, henvisning eller handling i denne kilde nævner en grund. “Ingen grund noteret” fortæller så "
        "om kilden og ikke om praksis.",
    ),
    "period": Text("Episodes that began from {first} to {last}", "Forløb, der begyndte fra {first} til {last}"),
    "source": Text("Source", "Kilde"),
    "data": Text("data from {first} to {last}", "data fra {first} til {last}"),
    "no data": Text("no fact in it has a day", "intet fund i den har en dag"),
    "counted": Text(
        "{patients} patients; {with_one} of them with {episodes} episodes in the period.",
        "{patients} patienter; {with_one} af dem med {episodes} forløb i perioden.",
    ),
    "nobody": Text(
        "No episode of this condition began in the period: there is nothing to tell of practice. What the source "
        "holds of the guideline's terms is below; a term without any fact may be coded otherwise there.",
        "Intet forløb med denne tilstand begyndte i perioden: der er intet at sige om praksis. Herunder står, hvad"
        " kilden har om retningslinjens begreber; et begreb uden fund kan være kodet anderledes dér.",
    ),
    "too few": Text(
        "Fewer than five episodes of this condition began in the period: nothing of them is told.",
        "Færre end fem forløb med denne tilstand begyndte i perioden: intet fortælles om dem.",
    ),
    "engine": Text("Counted by {engine}.", "Optalt af {engine}."),
    "first": Text("First", "Først"),
    "lead": Text(
        "In {n} of {of} episodes it cannot be told whether some statement applies, and what is missing first is: "
        "{missing}. Recording it would settle more than anything else.",
        "I {n} af {of} forløb kan det ikke afgøres, om en eller flere anbefalinger gælder, og det første, der "
        "mangler, er: {missing}. At notere det ville afklare mere end noget andet.",
    ),
    "lead ask": Text("The question to ask: {ask}", "Spørgsmålet at stille: {ask}"),
    "strict": Text("As recorded", "Som noteret"),
    "assumed": Text("Onset assumed", "Begyndelse antaget"),
    "assumed means": Text(
        "Onset assumed: where no onset is given, the first recording is taken for it. A reading, not a finding.",
        "Begyndelse antaget: hvor ingen begyndelse er angivet, regnes første notering for den. En læsning, ikke et"
        " fund.",
    ),
    "applies": Text("applies to", "gælder"),
    "no": Text("does not apply to", "gælder ikke"),
    "untold": Text("cannot be told of", "kan ikke afgøres for"),
    "missing": Text("first missing", "mangler først"),
    "in line": Text("in line", "i tråd med rådet"),
    "in line of": Text("{part} of {of}, {share}", "{part} af {of}, {share}"),
    "interval": Text("95 % interval", "95 %-interval"),
    "bounds": Text("lies between", "ligger mellem"),
    "between": Text("{low} – {high}", "{low} – {high}"),
    "no share": Text("–", "–"),
    "hidden count": Text("few or a hidden number", "få eller et skjult antal"),
    "hidden": Text("hidden", "skjult"),
    "none": Text("none", "ingen"),
    "episodes": Text("episodes", "forløb"),
    "practice": Text("Practice where it applies", "Praksis, hvor den gælder"),
    "indicator": Text("Indicator", "Indikator"),
    "pattern": Text("Pattern of practice", "Praksismønster"),
    "pattern none": Text(
        "Nothing can be said of practice: of no episode is it told that this applies.",
        "Intet kan siges om praksis: for intet forløb er det afgjort, at dette gælder.",
    ),
    "pattern says": Text(
        "Of {yes} episodes to which it surely applies, practice was in line in {good}, not in line in {bad}, and "
        "unknown in {unknown}.",
        "Af {yes} forløb, som den sikkert gælder, var praksis i tråd med rådet i {good}, ikke i tråd i {bad}, og "
        "kan ikke afgøres i {unknown}.",
    ),
    "pattern alternative": Text(
        "In {n} an alternative that counts as equal was in place.", "I {n} var et ligestillet alternativ på plads."
    ),
    "pattern incomplete": Text(
        "In {n} the follow-up ended too early to tell.", "I {n} sluttede opfølgningen for tidligt til at afgøre det."
    ),
    "folded": Text("Not broken down, as there is one group only: {by}.", "Ikke opdelt, da der kun er én gruppe: {by}."),
    "pattern bounds": Text(
        "However everything that is unknown is settled, between {low} and {high} was in line.",
        "Uanset hvordan alt det ukendte afgøres, var mellem {low} og {high} i tråd med rådet.",
    ),
    "pattern open": Text(
        "So much is unknown that no share, from none to all, can be ruled out.",
        "Så meget er ukendt, at ingen andel, fra ingen til alle, kan udelukkes.",
    ),
    "one sided": Text(
        "No proportion is given: the record tells only of one kind, so it would always be all or nothing.",
        "Ingen andel er angivet: det noterede fortæller kun om den ene slags, så den altid ville være alt eller intet.",
    ),
    "indicators": Text("Indicators", "Indikatorer"),
    "patterns": Text("Patterns of practice", "Praksismønstre"),
    "weak": Text(
        "Weak recommendations and good practice are choices to be made with the patient: there is no right share, no "
        "limit and no ranking, only what practice was and how it spreads.",
        "Svage anbefalinger og god praksis er valg, der træffes sammen med patienten: der er ingen rigtig andel, ingen "
        "grænse og ingen rangordning, kun hvad praksis var, og hvordan den spreder sig.",
    ),
    "strong": Text(
        "The shares of strong recommendations may be judged, by those who know the place and the patients.",
        "Andelene for stærke anbefalinger kan vurderes af dem, der kender stedet og patienterne.",
    ),
    "can show": Text("What this source can and cannot show", "Hvad denne kilde kan og ikke kan vise"),
    "no fact": Text("No fact at all", "Slet intet fund"),
    "no fact lead": Text(
        "The source has no fact of {n} of the guideline's {of} terms. Nothing can be concluded about them. Cure: "
        "find out how the source writes them, and name its own codes in source.yaml under `local codes`.",
        "Kilden har intet fund af {n} af retningslinjens {of} begreber. Intet kan konkluderes om dem. Råd: find ud"
        " af, hvordan kilden skriver dem, og nævn dens egne koder i source.yaml under `local codes`.",
    ),
    "term": Text("Term", "Begreb"),
    "facts": Text("Facts", "Fund"),
    "negatives": Text("of these negative", "heraf negative"),
    "patients": Text("Patients", "Patienter"),
    "days": Text("First and last day", "Første og sidste dag"),
    "absence": Text("Not recorded means", "Ikke noteret betyder"),
    "captured": Text("no: the source captures it", "nej: kilden registrerer det"),
    "not captured": Text("unknown", "ukendt"),
    "as any record": Text("as in any record", "som i enhver journal"),
    "codes": Text("Codes not recognised", "Koder, der ikke er genkendt"),
    "codes lead": Text(
        "The commonest codes of the source that no term of the guideline has. Most belong to other conditions; one"
        " that does not is a gap in the guideline's codes or in source.yaml.",
        "Kildens hyppigste koder, som intet af retningslinjens begreber har. De fleste hører til andre tilstande; "
        "en, der ikke gør, er et hul i retningslinjens koder eller i source.yaml.",
    ),
    "kind": Text("Kind", "Art"),
    "system": Text("System", "System"),
    "code": Text("Code", "Kode"),
    "gate": Text("Warning signs", "Faresignaler"),
    "gate yes": Text("recorded: outside the audit from that day", "noteret: uden for auditten fra den dag"),
    "gate no": Text("asked for, and none", "spurgt til, og ingen"),
    "gate not asked": Text("not asked, as far as is recorded", "ikke spurgt til, så vidt det er noteret"),
    "ended": Text("Follow-up", "Opfølgning"),
    "ended ": Text("complete", "fuldstændig"),
    "ended data": Text("cut short: the data end", "afbrudt: data slutter"),
    "ended observation": Text("cut short: the observation ended", "afbrudt: observationen sluttede"),
    "ended life": Text("cut short: the patient died", "afbrudt: patienten døde"),
    "ended warning sign": Text("cut short: a warning sign", "afbrudt: et faresignal"),
    "onset": Text("Onset", "Begyndelse"),
    "onset given": Text("given", "angivet"),
    "onset not given": Text("only its last possible day is known", "kun den senest mulige dag er kendt"),
    "overview": Text("All statements", "Alle anbefalinger"),
    "statement": Text("Statement", "Anbefaling"),
    "by": Text("By {by}", "Efter {by}"),
    "region": Text("region", "region"),
    "organisation": Text("organisation", "organisation"),
    "sex": Text("sex", "køn"),
    "age": Text("age", "alder"),
    "month": Text("month", "måned"),
    "female": Text("women", "kvinder"),
    "male": Text("men", "mænd"),
    "other": Text("other", "andet"),
    "not given": Text("not given", "ikke angivet"),
    "fewer than 5 each": Text("fewer than 5 each, together", "færre end 5 hver, tilsammen"),
    "the onset": Text("the onset", "begyndelsen"),
    "the birth date": Text("the date of birth", "fødselsdatoen"),
    "the sex": Text("the sex", "kønnet"),
    "the reason": Text("a reason that can be read", "en grund, der kan læses"),
    "how": Text("How to read this", "Sådan læses dette"),
    "chart data": Text("The numbers behind it", "Tallene bag"),
    "run chart": Text("Month by month", "Måned for måned"),
    "spread": Text("Spread by {by}", "Spredning efter {by}"),
    "funnel": Text("Funnel plot by {by}", "Funnelplot efter {by}"),
    "share": Text("share in line", "andel i tråd med rådet"),
    "range": Text("what it lies between", "hvad den ligger mellem"),
    "no chart": Text("Too few episodes for a chart.", "For få forløb til en figur."),
    "skip": Text("Skip to the findings", "Gå til fundene"),
    "beside": Text("and beside it {n} files: {kinds}", "og ved siden af {n} filer: {kinds}"),
    "disclaimer": Text(
        "Worded by Gradeline, not endorsed by {publisher}; reviewed by no clinician yet; not a medical device as "
        "shipped.",
        "Formuleret af Gradeline, ikke godkendt af {publisher}; endnu ikke gennemgået af nogen kliniker; ikke "
        "medicinsk udstyr, som det leveres.",
    ),
    "hidden means": Text(
        "{sign} is a count that is hidden: under five, or one that would let such a count be calculated.",
        "{sign} er et skjult antal: under fem, eller et, der ville gøre det muligt at beregne et sådant.",
    ),
}

METHOD: tuple[Text, ...] = (
    Text(
        "An episode belongs to the month of its first recording. It is followed until the guideline speaks of it "
        "no more, and practice is read on that day; what is open then counts as not in line.",
        "Et forløb hører til den måned, det først er noteret i. Det følges, til retningslinjen ikke længere gælder"
        " det, og praksis aflæses den dag; hvad der da er åbent, tæller som ikke i tråd med rådet.",
    ),
    Text(
        "A statement applied if it did so on any day of the episode. It cannot be told where the record does not "
        "settle it: that is not the same as no.",
        "En anbefaling gjaldt, hvis den gjorde det på en af forløbets dage. Det kan ikke afgøres, hvor det "
        "noterede ikke afklarer det: det er ikke det samme som nej.",
    ),
    Text(
        "In line is followed, or done otherwise for a recorded reason. The share is of those that were in line or "
        "not; an alternative in place, an incomplete follow-up and what cannot be told are outside it.",
        "I tråd med rådet er fulgt, eller gjort anderledes af en noteret grund. Andelen er af dem, der var i tråd "
        "eller ikke; et alternativ på plads, ufuldstændig opfølgning og det, der ikke kan afgøres, er uden for "
        "den.",
    ),
    Text(
        "Lowest and highest are the extremes over every way in which all that is unknown, of whom it applies to "
        "and of what was done, could be settled together. The truth lies between them if what is recorded is true.",
        "Lavest og højest er yderpunkterne over alle måder, hvorpå alt det ukendte, om hvem den gælder, og om hvad"
        " der er gjort, kunne afgøres på én gang. Sandheden ligger mellem dem, hvis det noterede er sandt.",
    ),
    Text(
        "The interval of 95 % is Wilson's. It tells of chance alone, not of what is missing.",
        "95 %-intervallet er Wilsons. Det fortæller kun om tilfældighed, ikke om det, der mangler.",
    ),
    Text(
        "A warning sign takes an episode out from its day. Nothing recorded is not the same as asked.",
        "Et faresignal tager et forløb ud fra den dag. Intet noteret er ikke det samme som spurgt.",
    ),
    Text(
        "Limits: the status of what is recorded is the one that the data give now, on every day; what was "
        "cancelled later was never there. Codes that nobody wrote cannot be counted. Small counts are hidden.",
        "Grænser: status for det noterede er den, data giver nu, på alle dage; hvad der senere blev annulleret, "
        "har aldrig været der. Koder, som ingen har skrevet, kan ikke tælles. Små antal er skjult.",
    ),
)
"""How an audit counts, and what it cannot tell."""

NBSP = "\N{NO-BREAK SPACE}"


def say(key: str, language: Language, **values: object) -> str:
    """The words of a key, with its values in their places."""
    text = WORDS[key].in_(language)
    return text.format(**values) if values else text


def number(count: int | None, language: Language) -> str:
    """A count as people write it; a star where it is hidden."""
    if count is None:
        return "*"
    return f"{count:,}".replace(",", "." if language == "da" else ",")


def percent(share: float) -> str:
    """A share in whole percent; never all or none where it is not.

    >>> [percent(each).replace(NBSP, " ") for each in (0.996, 1, 0.004)]
    ['>99 %', '100 %', '<1 %']
    """
    whole = round(share * 100)
    if whole == 100 and share < 1:
        return f">99{NBSP}%"
    return f"<1{NBSP}%" if whole == 0 and share > 0 else f"{whole}{NBSP}%"
