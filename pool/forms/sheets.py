"""What budget sheet one wants: a pool, a year or all of them, a unit, a file; and the columns of a CSV."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pool.models import Pool, PoolYear
from pool.sheets.csv_rows import COLUMNS

ALL_YEARS = "all"
UNITS = (("1000", _("1,000 kr.")), ("1", _("kr.")))


class SheetForm(forms.Form):
    """A choice that leads to a file; it changes nothing and lives in the address."""

    pool = forms.ModelChoiceField(Pool.objects.none(), label=_("Pool"), empty_label=None)
    year = forms.ChoiceField(label=_("Year"))
    unit = forms.ChoiceField(label=_("Unit"), choices=UNITS, required=False)
    columns = forms.MultipleChoiceField(
        label=_("Columns of the CSV"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, pools: list[Pool], years: dict[int, list[int]], data=None, *, initial=None):
        super().__init__(data, initial=initial)
        self._years = years
        self.fields["pool"].queryset = Pool.objects.filter(pk__in=[pool.pk for pool in pools])
        known = sorted({year for of_pool in years.values() for year in of_pool})
        every = (ALL_YEARS, pgettext_lazy("budget sheet", "All years in one workbook"))
        self.fields["year"].choices = [(str(year), str(year)) for year in known] + [every]
        self.fields["columns"].choices = [(name, column.heading) for name, column in COLUMNS.items()]

    def clean(self):
        pool, year = self.cleaned_data.get("pool"), self.cleaned_data.get("year")
        if pool and year and year != ALL_YEARS and int(year) not in self._years.get(pool.pk, ()):
            self.add_error("year", _("The pool has no such year. Choose another year or another pool."))
        return self.cleaned_data

    def address(self, ending: str) -> str:
        """Where the file chosen is."""
        pool, year = self.cleaned_data["pool"], self.cleaned_data["year"]
        if ending == "csv":
            query = "&".join(f"column={name}" for name in self.cleaned_data["columns"])
            return f"{reverse('pool:postings-csv', args=[pool.pk, year])}?{query}"
        unit = self.cleaned_data["unit"] or UNITS[0][0]
        return f"{reverse('pool:budget-sheet', args=[pool.pk, year])}?unit={unit}"


def pools_and_years() -> tuple[list[Pool], dict[int, list[int]]]:
    """Every pool, newest first, and its years; two statements."""
    years: dict[int, list[int]] = {}
    for pool_id, year in PoolYear.objects.order_by("year").values_list("pool", "year"):
        years.setdefault(pool_id, []).append(year)
    return [pool for pool in Pool.objects.all() if pool.pk in years], years
