"""What lists show of a case, kept on its row so that a page of fifty needs no arithmetic.

Of the newest frozen version; of the draft while there is none. So nothing that the writers are
mending shows in a list before it is submitted again.
"""

from businesscases.case_parts import CaseParts
from businesscases.content import CaseContent, content_of, live_content
from businesscases.models import BusinessCase
from businesscases.versions import newest

SEARCH_LENGTH = 400
COLUMNS = (
    "listed_title",
    "listed_department",
    "listed_start_year",
    "search_text",
    *(f"asked_{year}" for year in range(1, 7)),
    "asked_total",
    "invested",
    "net_gain",
    "present_value",
    "payback_years",
    "discount_rate",
)


def refresh_listing(
    case: BusinessCase, content: CaseContent | None = None, *, parts: CaseParts | None = None
) -> None:
    """Brings the case's listed columns up to date and saves them.

    `content`, or the `parts` of a draft, where they are known already.
    """
    bring_up_to_date(case, content, parts=parts)
    case.save(update_fields=COLUMNS)


def bring_up_to_date(
    case: BusinessCase, content: CaseContent | None = None, *, parts: CaseParts | None = None
) -> None:
    """The same, for who saves the whole case afterwards."""
    if content is None:
        version = newest(case) if case.versions_frozen else None
        content = live_content(case, parts) if version is None else content_of(version)
    figures = content.key_figures
    words = [case.reference, content.title, content.department.name, str(case.owner)]
    case.listed_title = content.title
    case.listed_department_id = content.department.id
    case.listed_start_year = content.start_year
    # Upper case in Python: SQLite knows no upper case for æ, ø and å.
    case.search_text = " ".join(words).upper()[:SEARCH_LENGTH]
    for year, amount in enumerate(figures.asked, start=1):
        setattr(case, f"asked_{year}", amount)
    case.asked_total = figures.asked_in_all
    case.invested = figures.invested
    case.net_gain = figures.net_gain
    case.present_value = figures.npv
    case.payback_years = figures.payback
    case.discount_rate = figures.rate
