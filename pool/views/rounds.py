"""The application rounds, for everybody in the house."""

from django.core.paginator import Paginator
from django.shortcuts import render

from innovation_pool import clock
from innovation_pool.permissions import Action, may
from pool.rounds import every_round, shown_rounds
from pool.views.reading import page_number

PER_PAGE = 20


def round_list(request):
    """Every round with its dates, criteria, pools and cases; the administrator makes and mends them."""
    paginator = Paginator(every_round(), PER_PAGE)
    page = paginator.get_page(page_number(request))
    context = {
        "page": page,
        "numbers": paginator.get_elided_page_range(page.number),
        "rounds": shown_rounds(page.object_list, request.user, clock.today()),
        "keeps": may(request.user, Action.ADMINISTER),
        "reads_all": may(request.user, Action.READ_SUBMITTED),
        "reads_cases": may(request.user, Action.READ_SUBMITTED) or may(request.user, Action.WRITE_CASE),
        "reads_pools": may(request.user, Action.READ_POOL),
    }
    return render(request, "pool/round_list.html", context)
