"""What budget sheet one wants: a pool, a year or all of them, a unit, a file; and the columns of a CSV."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from pool.models import Pool, PoolYear
from pool.sheets.csv_rows import COLUMNS

ALL_YEARS = "all"
UNITS = (("1000", _("1.000 kr.")), ("1", _("kr.")))


class SheetForm(forms.Form):
    """A choice that leads to a file; it changes nothing and lives in the address.

    `sheet` is a pool and one of its years, or all of them: "7:2021", "7:all".
    """

    sheet = forms.ChoiceField(
        label=_("Pool and year"),
        error_messages={"invalid_choice": _("The pool has no such year. Choose another one from the list.")},
    )
    unit = forms.ChoiceField(label=_("Unit"), choices=UNITS, required=False)
    columns = forms.MultipleChoiceField(
        label=_("Columns of the CSV"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, pools: list[Pool], years: dict[int, list[int]], data=None, *, initial=None):
        super().__init__(data, initial=initial)
        self.fields["sheet"].choices = [_sheets_of(pool, years[pool.pk]) for pool in pools]
        self.fields["columns"].choices = [(name, column.heading) for name, column in COLUMNS.items()]

    def address(self, ending: str) -> str:
        """Where the file chosen is."""
        pool, year = self.cleaned_data["sheet"].split(":")
        if ending == "csv":
            query = "&".join(f"column={name}" for name in self.cleaned_data["columns"])
            return f"{reverse('pool:postings-csv', args=[pool, year])}?{query}"
        unit = self.cleaned_data["unit"] or UNITS[0][0]
        return f"{reverse('pool:budget-sheet', args=[pool, year])}?unit={unit}"


def _sheets_of(pool: Pool, years: list[int]) -> tuple[str, list[tuple[str, str]]]:
    """The choices of one pool under its name; each says the pool, for a closed list shows nothing else."""
    known = [(f"{pool.pk}:{year}", f"{year} · {pool.number}") for year in years]
    every = pgettext("budget sheet", "All years in one workbook")
    return f"{pool.name} {years[0]}–{years[-1]}", [
        *known,
        (f"{pool.pk}:{ALL_YEARS}", f"{every} · {pool.number}"),
    ]


def pools_and_years() -> tuple[list[Pool], dict[int, list[int]]]:
    """Every pool, newest first, and its years; two statements."""
    years: dict[int, list[int]] = {}
    for pool_id, year in PoolYear.objects.order_by("year").values_list("pool", "year"):
        years.setdefault(pool_id, []).append(year)
    return [pool for pool in Pool.objects.all() if pool.pk in years], years
