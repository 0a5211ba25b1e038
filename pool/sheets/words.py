"""What a budget sheet says about itself, and every word of it in Danish.

A sheet is an official document of the municipality: its language does not follow the reader's.
"""

from django.utils.translation import override, pgettext_lazy

from pool.sheets.form_labels import FORM_LABELS
from pool.sheets.labels import LABELS

SHEET_LANGUAGE = "da"

SENTENCES = {
    "unit_line": pgettext_lazy(
        "sheet",
        "%(unit)s  ·  + = expenses, − = income  ·  %(levels)s  ·  blank: no budget; 0: zero kroner",
    ),
    "when_line_budget": pgettext_lazy(
        "sheet",
        "Extracted %(when)s by %(role)s  ·  %(latest)s  ·  only spending and block C are typed, all else "
        "is formulas",
    ),
    "when_line_operation": pgettext_lazy(
        "sheet",
        "Extracted %(when)s by %(role)s  ·  %(latest)s  ·  all figures are formulas on the postings",
    ),
    "latest": pgettext_lazy("sheet", "movements up to no. %(number)s · %(code)s"),
    "no_movements": pgettext_lazy("sheet", "no movements yet"),
    "foot": pgettext_lazy(
        "sheet",
        "%(number)s · Budget sheet %(years)s · %(unit)s · + = expenses, − = income · latest movement no. "
        "%(latest)s · %(code)s",
    ),
    "unit_1000": pgettext_lazy("sheet", "1.000 kr."),
    "unit_1": pgettext_lazy("sheet", "kr."),
    "when": pgettext_lazy("sheet", "%(date)s at %(time)s"),
    "levels_of_cases": pgettext_lazy("sheet", "the pool's money nominal, cases in %(levels)s prices"),
    "levels_none": pgettext_lazy("sheet", "nominal prices"),
    "said_pool": pgettext_lazy("sheet", "%(pool)s, %(number)s · %(place)s"),
    "said_covers": pgettext_lazy(
        "sheet",
        "Budget year %(year)s, estimate years %(second)s–%(fourth)s, and years 5–6 (%(fifth)s–%(sixth)s) "
        "apart",
    ),
    "said_covers_years": pgettext_lazy(
        "sheet",
        "The years %(first)s–%(last)s, a sheet for each with the five years after it",
    ),
    "said_extracted": pgettext_lazy("sheet", "%(when)s by the role %(role)s"),
    "said_basis": pgettext_lazy(
        "sheet",
        "The council's appropriations, the board's decisions and the cases with money in the pool "
        "(%(n)s), as they stood when the sheet was extracted. Cases are shown in the version that was "
        "decided on",
    ),
    "said_spending": pgettext_lazy(
        "sheet",
        "The finance system, read %(read)s, posted up to and including %(posted)s",
    ),
    "spent_read": pgettext_lazy("sheet", "Read from the finance system %(read)s"),
    "said_no_spending": pgettext_lazy("sheet", "No spending has been read from the finance system"),
    "said_sign": pgettext_lazy(
        "sheet",
        "+ = expenses, − = income. In Bevægelser amounts are always positive; the direction is in From "
        "and To",
    ),
    "said_units": pgettext_lazy(
        "sheet",
        "Budgetark and Afledt drift: %(unit)s Posteringer and Bevægelser: whole kroner",
    ),
    "said_price_levels": pgettext_lazy(
        "sheet",
        "The pool's money is nominal. The cases' own figures are in fixed prices: %(levels)s. Permanent "
        "lines are carried on at 0 %%",
    ),
    "said_blank_and_zero": pgettext_lazy(
        "sheet",
        "Blank: nothing is budgeted. 0: zero is budgeted, or the sum is zero",
    ),
    "said_rounding": pgettext_lazy(
        "sheet",
        "The cells hold the exact amounts, only what is shown is rounded",
    ),
    "said_left_out": pgettext_lazy(
        "sheet",
        "Freed time (not cashable), gains on user-financed areas (they belong to the takst), rejected "
        "cases and drafts. Of a stopped case only the pool's money",
    ),
    "said_head_number": pgettext_lazy("sheet", "no. %(number)s · %(code)s"),
    "said_how_to_verify": pgettext_lazy(
        "sheet",
        "Paste number and check code under Audit trail. The page answers yes when the movements still "
        "are those extracted here, and else the first number that differs",
    ),
    "said_same_as_page": pgettext_lazy(
        "sheet",
        "The figures of Budgetark are those of the pool's page at %(when)s. The control at the foot of "
        "Budgetark is calculated by the workbook itself",
    ),
    "said_sheet_budget": pgettext_lazy(
        "sheet",
        "A the pool's budget, B cases, control, C asked and not decided",
    ),
    "said_sheet_operation": pgettext_lazy(
        "sheet",
        "Operation and cashable gains by case and profit centre, six years",
    ),
    "said_sheet_postings": pgettext_lazy(
        "sheet",
        "One row per case, line and year in whole kroner; the first row is headings, no sums: ready for "
        "a pivot or for reading in",
    ),
    "said_sheet_movements": pgettext_lazy(
        "sheet",
        "Every movement of the pool with its decision or authority; the chain of each row builds on the "
        "one before",
    ),
    "said_sheet_about": pgettext_lazy("sheet", "This sheet"),
}


def sheet_words() -> dict[str, str]:
    """The labels of a budget sheet."""
    return _in_danish(LABELS)


def sheet_sentences() -> dict[str, str]:
    """The sentences of a budget sheet, with places for what they are about."""
    return _in_danish(SENTENCES)


def form_words() -> dict[str, str]:
    """The labels of the municipality's form."""
    return _in_danish(FORM_LABELS)


def _in_danish(words) -> dict[str, str]:
    with override(SHEET_LANGUAGE):
        return {name: str(word) for name, word in words.items()}
