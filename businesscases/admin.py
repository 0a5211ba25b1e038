"""The master data around cases. No case and nothing of one is here."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from businesscases.models import Criterion, Goal, HearingBody, Rate, Round
from innovation_pool.audit.admin import AuditedAdmin, AuditedInline
from innovation_pool.fields import DanishDateField, DecimalRateField
from innovation_pool.kroner import percent_as_typed


class CriterionInline(AuditedInline):
    model = Criterion
    fields = ("order", "rule", "text", "years", "active")


class RoundForm(forms.ModelForm):
    """Dates as Danes type them."""

    opens_on = DanishDateField(label=Round._meta.get_field("opens_on").verbose_name)
    deadline = DanishDateField(label=Round._meta.get_field("deadline").verbose_name)
    meeting_on = DanishDateField(label=Round._meta.get_field("meeting_on").verbose_name, required=False)

    class Meta:
        model = Round
        fields = ("name", "opens_on", "deadline", "meeting_on", "active")


class RateForm(forms.ModelForm):
    """The rate is typed in percent: 3,5."""

    valid_from = DanishDateField(label=Rate._meta.get_field("valid_from").verbose_name)
    value = DecimalRateField(label=Rate._meta.get_field("value").verbose_name, min_value=None)

    class Meta:
        model = Rate
        fields = ("kind", "valid_from", "value", "source")


@admin.register(Round)
class RoundAdmin(AuditedAdmin):
    """A round with its criteria; the pools open to it are added by the pool's own admin."""

    form = RoundForm
    list_display = ("name", "opens_on", "deadline", "meeting_on", "active")
    list_filter = ("active",)
    search_fields = ("name",)
    inlines = (CriterionInline,)


@admin.register(Goal)
class GoalAdmin(AuditedAdmin):
    list_display = ("name", "kind", "order", "active")
    list_filter = ("kind", "active")
    search_fields = ("name",)
    fields = ("kind", "name", "order", "active")


@admin.register(HearingBody)
class HearingBodyAdmin(AuditedAdmin):
    list_display = ("name", "kind", "email", "active")
    list_filter = ("kind", "active")
    search_fields = ("name",)
    fields = ("name", "kind", "email", "active")


@admin.register(Rate)
class RateAdmin(AuditedAdmin):
    """A new rate is a new row with its date; what was frozen at an old one keeps it."""

    form = RateForm
    list_display = ("kind", "valid_from", "in_percent", "source")
    list_filter = ("kind",)

    @admin.display(description=_("Rate"), ordering="value")
    def in_percent(self, rate: Rate) -> str:
        """As people know it: 3,5 %."""
        return percent_as_typed(rate.value) + "\N{NO-BREAK SPACE}%"
