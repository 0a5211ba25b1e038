"""Templates to begin a case from: the lines that cases of a kind usually have, for the writer to fill in.

They come without amounts. The completeness list asks for each, so that a line nobody needs is removed and
none is handed in unread.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from businesscases.content import CaseContent, live_content
from businesscases.models import BusinessCase, EconomyLine, Kind, Payer
from businesscases.sections import MAY_LAST


@dataclass(frozen=True)
class Starter:
    """A template: what it is called, and its lines as (kind, who pays a cost, name)."""

    name: Promise
    lines: tuple[tuple[Kind, str, Promise], ...]

    def fill(self, case: BusinessCase) -> CaseContent:
        """Gives a new draft the lines, and says what it then holds."""
        # What a case says is in the municipality's language, whoever begins it.
        with translation.override(settings.LANGUAGE_CODE):
            EconomyLine.objects.bulk_create(
                EconomyLine(
                    case=case, order=order, kind=kind, payer=payer, text=str(text), permanent=kind in MAY_LAST
                )
                for order, (kind, payer, text) in enumerate(self.lines, start=1)
            )
        return live_content(case)


STARTERS: dict[str, Starter] = {
    "digital": Starter(
        _("A digital solution"),
        (
            (Kind.INVESTMENT, Payer.POOL, _("System and set-up")),
            (Kind.IMPLEMENTATION, Payer.POOL, _("Training and change of work routines")),
            (Kind.DERIVED_OPERATION, Payer.OWN, _("Licences and support")),
            (Kind.CASHABLE_GAIN, "", _("Fewer hours of manual work")),
            (Kind.FREED_TIME, "", _("Shorter case handling")),
        ),
    ),
    "welfare": Starter(
        _("Welfare technology"),
        (
            (Kind.INVESTMENT, Payer.POOL, _("Equipment")),
            (Kind.IMPLEMENTATION, Payer.POOL, _("Training of staff and citizens")),
            (Kind.DERIVED_OPERATION, Payer.OWN, _("Service and replacement of equipment")),
            (Kind.CASHABLE_GAIN, "", _("Fewer visits and less help")),
            (Kind.FREED_TIME, "", _("Less time on the road")),
        ),
    ),
    "building": Starter(
        _("Buildings and energy"),
        (
            (Kind.IMPLEMENTATION, Payer.POOL, _("Survey and project planning")),
            (Kind.INVESTMENT, Payer.POOL, _("Installation")),
            (Kind.EXTERNAL_FUNDING, "", _("Grants from others")),
            (Kind.DERIVED_OPERATION, Payer.OWN, _("Maintenance")),
            (Kind.CASHABLE_GAIN, "", _("Lower use of heat and power")),
        ),
    ),
}
