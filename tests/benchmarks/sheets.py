"""The budget sheet beside the same cells written by bare openpyxl: `python -m tests.benchmarks.sheets`.

DATABASE_URL names a database that tests.benchmarks.database has filled; the pool with most movements
is drawn, or with --cases one of exactly so many funded cases. Bare means: the values of every cell, in
as many sheets, without a look or a formula checked.
"""

import argparse
import io
import statistics
import time

from tests.benchmarks import harness  # isort: skip  (sets Django up)
from openpyxl import Workbook, load_workbook

from innovation_pool.accounts.models import User
from pool.models import Pool
from pool.sheets.drawing.workbook import budget_workbook
from pool.sheets.rows import budget_sheet
from tests.benchmarks.funded import MOVEMENTS, funded_pool
from tests.counting import counted

assert harness


def bare(content: dict[str, list[tuple]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in content.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def timed(act) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def main(rounds: int, every_year: bool, cases: int, movements: int) -> None:
    by = User.objects.get(username="oekonomi")
    pool = funded_pool(cases, movements) if cases else Pool.objects.order_by("-last_number").first()

    years = None if every_year else [pool.first_year]

    def ours() -> bytes:
        return bytes(budget_workbook(budget_sheet(pool.pk, years, 1000, by=by)))

    with counted() as asked:
        file = ours()
    cells = {
        sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(io.BytesIO(file))
    }
    filled = sum(value is not None for rows in cells.values() for row in rows for value in row)
    sheets, plain = [], []
    for _round in range(rounds):
        plain.append(timed(lambda: bare(cells)))
        sheets.append(timed(ours))
    one, other = statistics.median(sheets), statistics.median(plain)
    print(f"Budget sheet of {pool.number}, {years or 'every year'}: {filled} cells, {asked}")
    print(f"{one * 1000:.0f} ms beside {other * 1000:.0f} ms bare: {one / other:.2f} (limit 1.25)")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--every-year", action="store_true")
    options.add_argument("--cases", type=int, default=0, help="a pool of exactly so many funded cases")
    options.add_argument("--movements", type=int, default=MOVEMENTS, help="with --cases: so many of them")
    chosen = options.parse_args()
    main(chosen.rounds, chosen.every_year, chosen.cases, chosen.movements)
