"""A case gives back what it has allocated and not spent: typed, shown in figures, confirmed."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from innovation_pool.audit.acts import Answer
from innovation_pool.kroner import kr
from innovation_pool.permissions import Action, require
from innovation_pool.web.operation_form import answer_once
from pool import ledger
from pool.case_money import UnspentRow, unspent_rows
from pool.council_figures import YearChange, after_transfers
from pool.council_words import uncovered
from pool.forms.council import ReturnForm
from pool.ledger import Place
from pool.models import AccountKind, Pool
from pool.overview import pool_years
from pool.views.acting import booked
from pool.views.reading import acted_already


def return_unspent(request, pool_id):
    """A case's allocated and unspent money goes back to what is available."""
    require(request.user, Action.RETURN_MONEY)
    pool = get_object_or_404(Pool, pk=pool_id)
    rows = unspent_rows(pool)
    form = ReturnForm(rows, request.POST or None, initial={"case_year": request.GET.get("row", "")})
    if acted_already(request):
        form.fields["case_year"].choices = [(request.POST.get("case_year", ""), "")]
        form.rows = {}
    acting, asked_again = request.POST.get("step") == "act", False
    if form.is_valid() and acting:
        asked_again = request.POST.get("plan") != form.plan()
        answered = not asked_again and answer_once(
            request, form, "return", lambda: _return(request, pool, form)
        )
        if answered:
            return answered
    context = {"pool": pool, "rows": rows, "form": form, "asked_again": asked_again}
    status = 422 if form.errors and acting else 200
    return render(request, "pool/return_unspent.html", context | _foreseen(pool, form), status=status)


def _foreseen(pool: Pool, form: ReturnForm) -> dict:
    """What would happen, once everything is typed; also when only the money has moved since."""
    row = form.row if form.is_bound and not {*form.errors} - {"__all__"} else None
    if row is None:
        return {"ready": False}
    changes = _changes(pool, row, form.cleaned_data["amount"])
    return {
        "ready": True,
        "changes": changes,
        "sentence": _sentence(row, form.cleaned_data["amount"], changes),
        "amount": form.cleaned_data["amount"],
        "plan": form.plan(),
        "seen": ledger.pool_state(pool, row.year, [row.case.pk]),
    }


def _return(request, pool: Pool, form: ReturnForm) -> Answer:
    typed, row = form.cleaned_data, form.row
    ledger.lock([pool])
    ledger.require_unmoved(request.POST.get("seen", ""), pool, row.year, [row.case.pk])
    changes = _changes(pool, row, typed["amount"])
    ledger.return_unspent(
        pool, row.year, row.case, typed["amount"],
        reason=typed["reason"], by=request.user, operation=typed["operation"],
    )  # fmt: skip
    after = changes[0].after
    said = _("%(amount)s of %(case)s has gone back to %(year)d; %(available)s is available there.") % {
        "amount": kr(typed["amount"]), "case": row.case.reference, "year": row.year,
        "available": kr(after.available),
    }  # fmt: skip
    return booked(pool, typed["operation"], f"{said} {uncovered(after)}".strip(), short=bool(after.shortfall))


def _changes(pool: Pool, row: UnspentRow, amount: int) -> list[YearChange]:
    debit = Place(pool.pk, AccountKind.ALLOCATED, row.year, row.case.pk)
    credit = Place(pool.pk, AccountKind.AVAILABLE, row.year)
    return after_transfers(pool_years(pool, sees_asked=False), [(debit, credit, amount)])


def _sentence(row: UnspentRow, amount: int, changes: list[YearChange]) -> str:
    after = changes[0].after
    said = _(
        "%(amount)s of %(case)s goes back to %(year)d. The case keeps %(left)s that is allocated and not "
        "spent, and %(available)s is available in the year."
    ) % {
        "amount": kr(amount),
        "case": row.case.reference,
        "year": row.year,
        "left": kr(row.unspent - amount),
        "available": kr(after.available),
    }
    return f"{said} {uncovered(after)}".strip()
