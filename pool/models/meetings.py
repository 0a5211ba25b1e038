"""Board meetings and their agendas."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from businesscases.models import BusinessCase
from innovation_pool import clock
from innovation_pool.dates import long_date


class MeetingQuerySet(models.QuerySet):
    def called(self):
        """Those called beforehand: not the ones made and opened in one moment from a case's own page."""
        return self.exclude(opened_at=models.F("created_at"))


class Meeting(models.Model):
    """A meeting of the board: planned, open, closed, and its record approved (then frozen)."""

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("meeting", "Planned")
        OPEN = "open", pgettext_lazy("meeting", "Open")
        CLOSED = "closed", pgettext_lazy("meeting", "Closed")
        APPROVED = "approved", pgettext_lazy("meeting", "Record approved")

    held_on = models.DateField(_("date"))
    starts_at = models.TimeField(_("time"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    chair = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("chair"), related_name="chaired_meetings"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    record_approved_at = models.DateTimeField(null=True)
    record_approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # The record as it was approved: what is printed from then on.
    record = models.JSONField(null=True, encoder=DjangoJSONEncoder)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-id"]
        verbose_name = _("board meeting")
        verbose_name_plural = _("board meetings")

    def __str__(self):
        return str(self.held_on)

    @property
    def audit_name(self) -> str:
        return gettext("Board meeting %(date)s") % {"date": long_date(self.held_on)}


class MeetingPerson(models.Model):
    """A member of the board, present or absent."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="people")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    present = models.BooleanField(_("present"), default=True)
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="a_member_is_listed_once")]

    def __str__(self):
        return str(self.person)


class AgendaItem(models.Model):
    """A point on the agenda, with or without a case."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    order = models.PositiveSmallIntegerField()
    case = models.ForeignKey(BusinessCase, models.PROTECT, null=True, blank=True, related_name="agenda_items")
    title = models.CharField(_("title"), max_length=160)
    # One sentence a line; shown numbered.
    recommendation = models.TextField(_("recommendation"), blank=True)
    discussion = models.TextField(_("note for the record"), blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "case"],
                condition=models.Q(removed_at__isnull=True, case__isnull=False),
                name="a_case_stands_once_on_an_agenda",
            )
        ]

    def __str__(self):
        return f"{self.order}. {self.title}"

    @property
    def case_reference(self) -> str:
        """The case's; "" for an item without a case."""
        return self.case.reference if self.case else ""

    @property
    def audit_name(self) -> str:
        title = f"{self.title} ({self.case.reference})" if self.case else self.title
        words = {"no": self.order, "title": title, "meeting": self.meeting.audit_name}
        return gettext("Item %(no)s: %(title)s · %(meeting)s") % words


class ItemAbsence(models.Model):
    """Somebody who stays out of an item, and why."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="absences")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=250)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="out_of_an_item_once")]

    def __str__(self):
        return f"{self.person}: {self.reason}"
