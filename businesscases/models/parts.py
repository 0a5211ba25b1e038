"""The smaller parts of a case: risks, milestones, documents, comments, reports."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from businesscases.models.case import BusinessCase, InUseManager, Subject
from innovation_pool import clock
from innovation_pool.append_only import AppendOnly

FROM_1_TO_5 = [MinValueValidator(1), MaxValueValidator(5)]


class Risk(models.Model):
    """Something that may go wrong; likelihood and consequence from 1 (small) to 5 (large)."""

    case = models.ForeignKey(BusinessCase, models.PROTECT, related_name="risks")
    # Made where the row is typed, so that a save sent twice is one row.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    order = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("risk"), max_length=250)
    likelihood = models.PositiveSmallIntegerField(_("likelihood"), validators=FROM_1_TO_5)
    consequence = models.PositiveSmallIntegerField(_("consequence"), validators=FROM_1_TO_5)
    answer = models.TextField(_("what we do about it"), blank=True)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = InUseManager()
    all_rows = models.Manager()

    class Meta:
        base_manager_name = "all_rows"
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(likelihood__range=(1, 5), consequence__range=(1, 5)), name="risk_from_1_to_5"
            )
        ]

    def __str__(self):
        return self.text


class Milestone(models.Model):
    """Something that will have happened on a date."""

    case = models.ForeignKey(BusinessCase, models.PROTECT, related_name="milestones")
    # Made where the row is typed, so that a save sent twice is one row.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    order = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("milestone"), max_length=250)
    due_on = models.DateField(_("date"))
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = InUseManager()
    all_rows = models.Manager()

    class Meta:
        base_manager_name = "all_rows"
        ordering = ["due_on", "order", "id"]

    def __str__(self):
        return self.text


class Document(models.Model):
    """An uploaded file. Its name lives here only; on disk it has a random one."""

    case = models.ForeignKey(BusinessCase, models.PROTECT, related_name="documents")
    name = models.CharField(_("name"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=80, unique=True)
    confidential = models.BooleanField(_("confidential"), default=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now)
    redacted_at = models.DateTimeField(null=True, blank=True)
    redacted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    redaction_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.name


class Comment(models.Model):
    """A remark on a section of a case, and the answers to it."""

    case = models.ForeignKey(BusinessCase, models.PROTECT, related_name="comments")
    section = models.CharField(max_length=15, choices=Subject.choices, blank=True)
    line_key = models.UUIDField(null=True, blank=True)
    answers = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replies")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    text = models.TextField(_("text"))
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["case", "id"], name="comment_of_case")]

    def __str__(self):
        return self.text[:60]


class Mention(models.Model):
    """Somebody named in a comment, who may read the case."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "person"], name="mentioned_once")]

    def __str__(self):
        return str(self.person)


class ProjectReport(AppendOnly):
    """What the owner reports on a case in progress; the final one ends the project."""

    class Kind(models.TextChoices):
        STATUS = "status", _("Status report")
        FINAL = "final", _("Final report")

    class Standing(models.TextChoices):
        """How a project goes against its plan; a final report has none."""

        ON_PLAN = "on_plan", _("On plan")
        UNDER_PLAN = "under_plan", _("Under plan")
        OVER_PLAN = "over_plan", _("Over plan")

    case = models.ForeignKey(BusinessCase, models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField(_("text"))
    standing = models.CharField(max_length=10, choices=Standing.choices, blank=True)
    ahead = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    def __str__(self):
        return f"{self.case.reference}: {self.get_kind_display()}"
