"""The allocation of a year: several cases in one act, confirmed with the figures before and after."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from innovation_pool.audit.acts import Answer
from innovation_pool.charts import YearMoney, year_bar
from innovation_pool.kroner import kr
from innovation_pool.permissions import Action, require
from innovation_pool.web.operation_form import answer_once
from pool import ledger
from pool.allocation import AllocationRow, allocation_rows
from pool.decisions import allocate as allocate_year
from pool.forms.allocation import AllocationForm
from pool.models import Pool, PoolYear
from pool.overview import YearColumn, pool_years
from pool.views.reading import acted_already


@dataclass(frozen=True)
class ShownRow:
    """A row of the page: the case, its fields, and what is reserved for it afterwards."""

    row: AllocationRow
    tick: object
    field: object
    after: int


@dataclass(frozen=True)
class Totals:
    """The rows added up, and the year before and after; whole kroner."""

    chosen: int
    possible: int
    plan: int
    allocated: int
    reserved: int
    now: int
    column: YearColumn

    @property
    def reserved_after(self) -> int:
        return self.column.reserved - self.now

    @property
    def allocated_after(self) -> int:
        return self.column.allocated + self.now

    @property
    def bars(self):
        """The year before and after, on one scale."""
        before = self.column.money
        after = YearMoney(
            year=before.year,
            allocated=self.allocated_after,
            spent=before.spent,
            reserved=self.reserved_after,
            available=before.available,
            shortfall=before.shortfall,
        )
        return year_bar(before), year_bar(after)

    @property
    def sentence(self) -> str:
        """What will happen, in figures."""
        return ngettext(
            "%(now)s is allocated in %(year)d to %(n)d businesscase. Afterwards %(reserved)s is reserved, "
            "and %(available)s is available.",
            "%(now)s is allocated in %(year)d to %(n)d businesscases. Afterwards %(reserved)s is reserved, "
            "and %(available)s is available.",
            self.chosen,
        ) % {
            "now": kr(self.now),
            "year": self.column.year,
            "n": self.chosen,
            "reserved": kr(self.reserved_after),
            "available": kr(self.column.available),
        }


def allocate(request, pool_id, year):
    """Choose the cases and their amounts; the confirmation follows them; then the act, all or nothing."""
    require(request.user, Action.ALLOCATE)
    pool = get_object_or_404(Pool, pk=pool_id)
    row = get_object_or_404(PoolYear, pool=pool, year=year)
    rows = allocation_rows(pool, year, request.user)
    form = AllocationForm(rows, request.POST or None, done=acted_already(request))
    asked_again = False
    if request.method == "POST" and request.POST.get("step") == "act" and form.is_valid():
        asked_again = form.cleaned_data["plan"] != form.plan_of_amounts()
        if not asked_again:
            answered = answer_once(request, form, "allocate", lambda: _act(request, pool, year, rows, form))
            if answered:
                return answered
            # Refused: the page shows the figures as they are now, with what was typed.
            rows = allocation_rows(pool, year, request.user)
            form.offer(rows)
    return _page(request, pool, row, rows, form, asked_again=asked_again)


def _act(request, pool: Pool, year: int, rows: list[AllocationRow], form: AllocationForm) -> Answer:
    cases = {row.case.pk: row.case for row in rows}
    amounts = {cases[pk]: amount for pk, amount in form.amounts().items()}
    decision = allocate_year(
        pool,
        year,
        amounts,
        by=request.user,
        operation=form.cleaned_data["operation"],
        text=form.cleaned_data["text"],
        seen=form.cleaned_data["seen"],
    )
    message = _("%(total)s is allocated in %(year)d, decision no. %(label)s.") % {
        "total": kr(sum(amounts.values())), "year": year, "label": decision.label
    }  # fmt: skip
    return Answer(reverse("pool:pool-detail", args=[pool.pk]), message)


def _page(request, pool, row: PoolYear, rows, form: AllocationForm, *, asked_again: bool):
    if form.is_bound:
        form.is_valid()
    amounts = form.amounts()
    column = pool_years(pool, sees_asked=False).column(row.year)
    totals = Totals(
        chosen=len(amounts),
        possible=len(form.rows),
        plan=sum(line.plan for line in rows),
        allocated=sum(line.allocated for line in rows),
        reserved=sum(line.reserved for line in rows),
        now=sum(amounts.values()),
        column=column,
    )
    context = {
        "pool": pool,
        "year": row,
        "rows": [_shown(line, form, amounts.get(line.case.pk, 0)) for line in rows],
        "form": form,
        "totals": totals,
        "asked_again": asked_again,
        "plan": form.plan_of_amounts(),
        "seen": ledger.pool_state(pool, row.year, amounts),
        "errors": _errors(form),
        "cases_url": reverse("businesscases:case-list"),
        "follows": ",".join(f"#after-{line.case.pk},#says-{line.case.pk}" for line in rows),
    }
    # While somebody types the field says what is wrong; the browser swaps no answer that refuses.
    status = 422 if form.errors and request.POST.get("step") == "act" else 200
    return render(request, "pool/allocate.html", context, status=status)


def _shown(row: AllocationRow, form: AllocationForm, amount: int) -> ShownRow:
    if not row.is_open:
        return ShownRow(row, None, None, row.reserved)
    return ShownRow(row, form[f"tick_{row.case.pk}"], form[f"amount_{row.case.pk}"], row.reserved - amount)


def _errors(form: AllocationForm) -> list[tuple[str, str]]:
    """The error summary: the field to go to, and what is wrong there."""
    found = []
    for name, sentences in form.errors.items():
        target = form[name].id_for_label if name in form.fields else "allocation"
        label = f"{form[name].label}: " if name in form.fields else ""
        found += [(target, f"{label}{sentence}") for sentence in sentences]
    return found
