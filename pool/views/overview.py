"""The front page: what waits, where one's own cases stand, the pool, the next dates, what was decided."""

from datetime import date

from django.shortcuts import render
from django.urls import reverse

from innovation_pool import clock
from innovation_pool.charts import year_bars
from innovation_pool.permissions import Action, may
from pool.deadlines import next_deadlines
from pool.decisions import after_provisional
from pool.inbox import inbox
from pool.my_cases import latest_decisions, my_cases
from pool.overview import pool_years
from pool.pool_choice import current_pool
from pool.waiting_words import inbox_rows


def overview(request):
    """Overblik: the same page for everyone, with what each may see."""
    user, today = request.user, clock.today()
    cases, cases_in_all = my_cases(user)
    deadlines = next_deadlines(user, today)
    waiting = inbox(user, today)
    context = {
        "today": today,
        "waiting": waiting,
        "rows": inbox_rows(waiting),
        "cases": cases,
        "cases_in_all": cases_in_all,
        "writes": may(user, Action.WRITE_CASE),
        "deadlines": deadlines,
        "meeting_in_days": _days_to_meeting(deadlines, today),
        "decisions": latest_decisions(user),
        # An administrator reads no case and no decision: to them the section has nothing to say.
        "reads_decisions": may(user, Action.READ_POOL),
        "reads_meetings": may(user, Action.READ_MEETINGS),
        "cases_url": reverse("businesscases:case-list"),
        **_pool_of(user, today),
    }
    return render(request, "overview.html", context)


def _days_to_meeting(deadlines, today: date) -> int | None:
    return next((row.days(today) for row in deadlines if row.kind == "meeting"), None)


def _pool_of(user, today: date) -> dict:
    """The years of the pool as bars; what is provisional only for those who may see it."""
    if not may(user, Action.READ_POOL):
        return {}
    pool, count = current_pool(today.year)
    if pool is None:
        return {"no_pool": True}
    years = pool_years(pool, sees_asked=False)
    shown = [column for column in years.years if column.has_budget or column.allocated or column.reserved]
    provisional = after_provisional(pool, years.free) if may(user, Action.SEE_ASKED) else None
    bars = year_bars([column.money for column in shown])
    return {
        "pool": pool,
        "pools": count,
        "years": years,
        "total": years.total,
        "bars": [
            (
                column,
                bar,
                provisional.available.get(column.year) if provisional and provisional.decisions else None,
            )
            for column, bar in zip(shown, bars, strict=True)
        ],
        "provisional": provisional if provisional and provisional.decisions else None,
        "this_year": years.column(today.year),
    }
