"""Where everything stands in the template: what draws it and what reads it agree on this."""

VERSION = 1
GUIDE, CASE, ECONOMY, CONTROL = "Vejledning", "Sagen", "Økonomi", "Kontrol"

# Sagen: labels in A, what is typed in B, what lacks in C.
CASE_COLUMN, LACKS_COLUMN = "B", "C"
FACTS = (
    "reference", "title", "department", "committee", "round", "start_year", "unit", "price_level", "goals",
)  # fmt: skip
FIRST_FACT = 6
TEXTS = (
    "description", "focus_areas", "development_goals", "other_areas", "service", "staff_consequences",
    "hearing_parties", "rate_change", "alternatives", "trial", "measurement",
)  # fmt: skip
FIRST_TEXT = FIRST_FACT + len(FACTS) + 2
FACT_ROWS = {name: FIRST_FACT + place for place, name in enumerate(FACTS)}
TEXT_ROWS = {name: FIRST_TEXT + place for place, name in enumerate(TEXTS)}
CASE_ROWS = FACT_ROWS | TEXT_ROWS

# Økonomi: forty lines, six years.
LINES = 40
FIRST_LINE = 11
LAST_LINE = FIRST_LINE + LINES - 1
YEAR_COLUMNS = "FGHIJK"
LINE_COLUMNS = {
    "text": "B",
    "kind": "C",
    "profit_centre": "D",
    "basis": "E",
    **{f"year_{number}": column for number, column in enumerate(YEAR_COLUMNS, start=1)},
    "payer": "M",
    "benefit_owner": "N",
    "permanent": "P",
    "user_financed": "Q",
    "key": "R",
}
TOTAL_COLUMN, LINE_LACKS = "L", "O"
SUM_ROWS = {
    name: LAST_LINE + 2 + place
    for place, name in enumerate(
        (
            "investment", "implementation", "derived_operation", "external_funding", "cashable_gain",
            "net", "cumulative", "freed_time",
        )
    )
}  # fmt: skip
YES, NO = "ja", "nej"
