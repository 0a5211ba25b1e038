"""The pages of the application beside the floor: `python -m tests.benchmarks.pages`.

DATABASE_URL names a database with the demo data and `seed_demo --cases N` in it.
"""

import argparse

from tests.benchmarks.harness import Page, Visitor, application, bare, measure, print_table  # isort: skip
from businesscases.models import BusinessCase, State
from pool.models import Meeting, Pool
from tests.benchmarks import funded, scenes


def pages(*, sizes: bool) -> list[Page]:
    """The floor first; with `sizes` also pools of 5, 50 and 500 funded cases."""
    plain = Visitor("direktion", bare())
    served = application()
    names = ("direktion", "medarbejder", "oekonomi", "revision")
    board, staff, finance, auditor = (Visitor(name, served) for name in names)
    count = BusinessCase.objects.count()
    case = scenes.newest_approved()
    waiting = BusinessCase.objects.filter(state=State.READY).order_by("-pk").first()
    ten, forty = (scenes.case_with_lines(number) for number in (10, 40))
    found = [
        Page("floor: fifty rows", lambda: plain.get("/floor/")),
        Page("floor: sixty cells", lambda: plain.get("/floor/cells/")),
        Page("floor: empty", lambda: plain.get("/floor/empty/")),
        list_page(board, f"list of {count}", ""),
        list_page(board, f"list of {count}, filters", "?state=ready&department=1&sort=-asked"),
        list_page(board, f"list of {count}, search", "?q=bor"),
        list_page(staff, f"list of {count}, staff", ""),
        Page("case, approved", lambda: board.get(f"/businesscases/{case.reference}/"), 1.0, 14, 150),
        Page("case, waiting", lambda: board.get(f"/businesscases/{waiting.reference}/"), 1.0, 14, 150),
        Page(
            "case, its writer, 40 lines",
            lambda: staff.get(f"/businesscases/{forty.reference}/"),
            1.0,
            14,
            150,
        ),
        Page("editor, 10 lines", lambda: staff.get(f"/businesscases/{ten.reference}/edit/"), 1.5),
        Page("editor, 40 lines", lambda: staff.get(f"/businesscases/{forty.reference}/edit/")),
        save_page(staff, "editor save, 10 lines", ten),
        save_page(staff, "editor save, 40 lines", forty),
        Page("Overblik, board", lambda: board.get("/"), 1.0, 12, 150),
        Page("Overblik, staff", lambda: staff.get("/"), 1.0, 12, 150),
        Page("Overblik, finance", lambda: finance.get("/"), 1.0, 12, 150),
    ]
    found += [
        Page(f"pool {pool.number}", lambda pool=pool: board.get(f"/pool/{pool.pk}/"), 1.0, 12, 150)
        for pool in Pool.objects.order_by("pk")
        if not pool.name.startswith(funded.NAME)
    ]
    for number in funded.SIZES if sizes else ():
        pool = funded.funded_pool(number)
        name = f"pool, {number} funded cases, {pool.last_number} movements"
        found.append(Page(name, lambda pool=pool: board.get(f"/pool/{pool.pk}/"), 1.0, 12, 150))
    busiest = Pool.objects.order_by("-last_number").first()
    found.append(Page("movements of a pool", lambda: board.get(f"/pool/{busiest.pk}/movements/")))
    meeting = Meeting.objects.order_by("-pk").first()
    found.append(Page("meeting", lambda: board.get(f"/meetings/{meeting.pk}/")))
    found.append(Page("audit trail", lambda: auditor.get("/audit/")))
    return found


def list_page(visitor: Visitor, name: str, query: str) -> Page:
    return Page(name, lambda: visitor.get(f"/businesscases/{query}"), 1.3, 9, 200)


def save_page(visitor: Visitor, name: str, case: BusinessCase) -> Page:
    return Page(name, lambda form: visitor.post(*form), prepare=lambda: scenes.form_of(visitor, case))


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=15)
    options.add_argument("--sizes", action="store_true", help="pools of 5, 50 and 500 funded cases too")
    options.add_argument("--only", default="", help="pages whose name has this in it, and the floor")
    chosen = options.parse_args()
    measured = [
        page
        for page in pages(sizes=chosen.sizes)
        if chosen.only in page.name or page.name.startswith("floor")
    ]
    measure(measured, chosen.rounds)
    print_table(measured, measured[0].ms)
