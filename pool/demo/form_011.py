"""The budget form ØKan-011: its figures, headings and names as they stand there, its words retold."""

NUMBER = "ØKan-011"
YEARS = (2020, 2021, 2022, 2023)

FORM = {
    "number": NUMBER,
    "name": "Innovationspulje",
    "contact": "Hans Jørgen Møller",
    "first_year": 2020,
    "profit_centre": "Direktionen, innovationspulje",
    "f3_level": "Sekretariat og forvaltninger",
    "function": "6.45.51",
    "grouping": "001",
    "description": (
        'Direktionens Strategi- og Udviklingsplan peger frem til 2022 på tre "Must-Win-Battles": '
        "områder, som "
        "går på tværs af organisationen, og som Direktionen selv tager ejerskab til:\n\n"
        "1. En fælles vesthimmerlandsk styrestænkning\n"
        "2. En effektiv og innovativ organisation\n"
        "3. En attraktiv arbejdsplads\n\n"
        "Til den anden hører, at der findes en pulje, som kan betale for 2-4 innovationsprojekter, der "
        "prøves af "
        "i løbet af fire år.\n\n"
        "Der ønskes derfor 3,0 mio. kr. om året. Direktionen udmønter pengene på grundlag af "
        "businesscases, som "
        "den har godkendt, og som ser seks år frem."
    ),
    "focus_areas": (
        "Kommunen skal have råd til nye investeringer og nå Byrådets Vision 2022. Det kræver en "
        "organisation, "
        "der kan skifte retning, stille spørgsmål til sine vaner og finde andre måder at løse opgaverne "
        "på, så "
        "der bliver mere ud af færre penge. Det gælder både Vores liv, Vores vækst og Vores børn og unge."
    ),
    "development_goals": (
        "Puljen har ingen udviklingsmål for et enkelt område. Hver businesscase siger selv, hvilke mål og "
        "politikker den støtter."
    ),
    "other_areas": (
        "Puljen skal føre til, at\n"
        "- organisationen bliver klar til digitale løsninger, og at det, der kan automatiseres, bliver det\n"
        "- vi ved, hvad indsatserne virker\n"
        "- vi går foran på udvalgte områder og prøver for eksempel nye teknologier og metoder\n"
        "- vi har de kompetencer, fremtidens opgaver kræver\n"
        "- medarbejdernes faglighed bruges på tværs af enheder, fag og forvaltninger"
    ),
    "service": "Ingen konkrete på nuværende tidspunkt.",
    "staff_consequences": "Ingen på nuværende tidspunkt.",
    "hearing_parties": (
        "Her afsættes kun en pulje, og der er endnu ingen projekter at høre nogen om. Når en businesscase "
        "foreligger, kan den sendes i høring hos dem, den vedrører."
    ),
    "rate_change": "Ingen betydning.",
}


def money(year: int) -> dict[str, int | None]:
    """The form's amounts of a year in kroner; the cells of user-financed projects are blank there."""
    return {
        "form_overflow": 0,
        "form_tax_financed": 3_000_000 if year in YEARS else None,
        "form_user_financed": None,
        "form_operation": 0,
    }
