"""The final account of a pool, on screen and on paper; before it is closed, as it stands."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from innovation_pool.permissions import Action, may, require
from pool.behind import basis_of
from pool.final_account import final_account
from pool.models import Pool
from pool.year_table import money_rows


def final_account_page(request, pool_id):
    """What the council gave and where every krone went, by year and by case."""
    require(request.user, Action.READ_MOVEMENTS)
    pool = get_object_or_404(Pool.objects.select_related("committee"), pk=pool_id)
    account = final_account(pool)
    context = {
        "pool": pool,
        "account": account,
        "rows": money_rows(account.overview),
        "closing": account.closing,
        "basis": basis_of(account.closing) if account.closing else "",
        "closes": pool.closed_at is None and may(request.user, Action.CLOSE_YEAR),
        "cases_url": reverse("businesscases:case-list"),
    }
    return render(request, "pool/final_account.html", context)
