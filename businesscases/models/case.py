"""The businesscase itself, who writes it, and what it excludes or needs."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from businesscases.models.rounds import Goal, Round
from innovation_pool import clock
from innovation_pool.accounts.models import Committee, Department

HORIZON = 6


class State(models.TextChoices):
    """Where a case is. Only `businesscases.workflow` changes it."""

    DRAFT = "draft", pgettext_lazy("state", "Draft")
    RETURNED = "returned", pgettext_lazy("state", "Returned")
    SUBMITTED = "submitted", pgettext_lazy("state", "Submitted")
    CHECKED = "checked", pgettext_lazy("state", "Checked")
    IN_HEARING = "in_hearing", pgettext_lazy("state", "In hearing")
    READY = "ready", pgettext_lazy("state", "Ready for decision")
    POSTPONED = "postponed", pgettext_lazy("state", "Postponed")
    APPROVED = "approved", pgettext_lazy("state", "Approved")
    IN_PROGRESS = "in_progress", pgettext_lazy("state", "In progress")
    COMPLETED = "completed", pgettext_lazy("state", "Completed")
    REJECTED = "rejected", pgettext_lazy("state", "Rejected")
    STOPPED = "stopped", pgettext_lazy("state", "Stopped")
    WITHDRAWN = "withdrawn", pgettext_lazy("state", "Withdrawn")


# Where a case stands, as its steps and the list say it: it is in the hands of whoever acts next.
STANDS = {state.value: state.label for state in State} | {
    State.SUBMITTED.value: _("Finance control"),
    State.CHECKED.value: _("Hearing"),
    State.IN_HEARING.value: _("Hearing"),
}


class InUseManager(models.Manager):
    """Rows that have not been removed; removed ones keep their row and are found by `all_rows`."""

    def get_queryset(self):
        return super().get_queryset().filter(removed_at=None)


class CaseCounter(models.Model):
    """The last reference number given in a calendar year; never goes down, so none is reused."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"BC-{self.year}-{self.last:03d}"


class BusinessCase(models.Model):
    """A six-year businesscase. Amounts are whole kroner; years count from `start_year`.

    The `listed_…` and key-figure columns are what lists show: of the newest frozen version, or of
    the draft while there is none. They are kept by `businesscases.listing`, so that a page of fifty
    of twenty thousand costs one query and no arithmetic.
    """

    reference = models.CharField(_("reference"), max_length=20, unique=True, editable=False)
    state = models.CharField(_("status"), max_length=12, choices=State.choices, default=State.DRAFT)
    title = models.CharField(_("title"), max_length=120)
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name=_("department"), related_name="cases"
    )
    committee = models.ForeignKey(
        Committee, models.PROTECT, verbose_name=_("committee"), related_name="cases", null=True, blank=True
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("project owner"), related_name="owned_cases"
    )
    round = models.ForeignKey(
        Round, models.PROTECT, verbose_name=_("round"), related_name="cases", null=True, blank=True
    )
    start_year = models.PositiveSmallIntegerField(
        _("start year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    price_level = models.PositiveSmallIntegerField(
        _("price level"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )

    # The texts of the municipality's own form, in its order, and what a pool needs to know besides.
    description = models.TextField(_("Description"), blank=True)
    focus_areas = models.TextField(_("Importance for the focus areas"), blank=True)
    development_goals = models.TextField(
        _("Importance for the area's development goals and policies"), blank=True
    )
    other_areas = models.TextField(_("Effect on other areas"), blank=True)
    service = models.TextField(_("Consequences for service to citizens"), blank=True)
    staff_consequences = models.TextField(_("Consequences for staff"), blank=True)
    hearing_parties = models.TextField(_("Who must be heard"), blank=True)
    rate_change = models.TextField(_("Derived change of the rate (takst)"), blank=True)
    goals = models.ManyToManyField(Goal, verbose_name=_("goals it serves"), blank=True, related_name="cases")
    alternatives = models.TextField(_("What else was considered"), blank=True)
    trial = models.TextField(_("How it will be tried out"), blank=True)
    measurement = models.TextField(_("How the effect will be measured"), blank=True)

    # One number per section of the editor: two writers conflict only when they share a section.
    section_revisions = models.JSONField(default=dict, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)
    state_since = models.DateTimeField(default=clock.now, editable=False)
    postponed_until = models.DateField(_("postponed until"), null=True, blank=True, editable=False)

    listed_title = models.CharField(max_length=120, editable=False, default="")
    listed_department = models.ForeignKey(
        Department, models.PROTECT, related_name="+", editable=False, null=True
    )
    listed_start_year = models.PositiveSmallIntegerField(editable=False, null=True)
    search_text = models.CharField(max_length=400, editable=False, default="")
    versions_frozen = models.PositiveSmallIntegerField(default=0, editable=False)
    asked_1 = models.BigIntegerField(default=0, editable=False)
    asked_2 = models.BigIntegerField(default=0, editable=False)
    asked_3 = models.BigIntegerField(default=0, editable=False)
    asked_4 = models.BigIntegerField(default=0, editable=False)
    asked_5 = models.BigIntegerField(default=0, editable=False)
    asked_6 = models.BigIntegerField(default=0, editable=False)
    asked_total = models.BigIntegerField(default=0, editable=False)
    invested = models.BigIntegerField(default=0, editable=False)
    net_gain = models.BigIntegerField(default=0, editable=False)
    present_value = models.DecimalField(max_digits=24, decimal_places=4, default=0, editable=False)
    payback_years = models.DecimalField(max_digits=12, decimal_places=8, null=True, editable=False)
    discount_rate = models.DecimalField(max_digits=6, decimal_places=4, null=True, editable=False)

    class Meta:
        verbose_name = _("businesscase")
        verbose_name_plural = _("businesscases")
        indexes = [
            models.Index(fields=["state", "-changed_at", "-id"], name="case_state_newest"),
            models.Index(fields=["-changed_at", "-id"], name="case_newest"),
            models.Index(fields=["listed_start_year", "state"], name="case_start_year"),
            # The counts of the tabs read this alone, search and all, and none of the wide rows.
            models.Index(fields=["state", "versions_frozen", "search_text"], name="case_state_frozen"),
            # Likewise what the cases of a pool's rounds ask for, year by year.
            models.Index(
                fields=[
                    "round",
                    "state",
                    "listed_start_year",
                    "asked_1",
                    "asked_2",
                    "asked_3",
                    "asked_4",
                    "asked_5",
                    "asked_6",
                    "id",
                ],
                name="case_asked_in_round",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="case_state_is_known"),
        ]

    def __str__(self):
        return f"{self.reference} {self.title}"

    @property
    def audit_name(self) -> str:
        """Reference and title; as submitted, for a title that is being mended is its writers' alone."""
        submitted = self.listed_title if self.versions_frozen else ""
        return f"{self.reference} {submitted or self.title}"

    @property
    def stands(self) -> str:
        """Where the case stands, in the one word that badges, tabs and steps share."""
        return str(STANDS[self.state])

    @property
    def years(self) -> range:
        """The six calendar years of the case."""
        return range(self.start_year, self.start_year + HORIZON)

    @property
    def asked(self) -> list[int]:
        """What the case asks from the pool in each of its six years, in kroner, as listed."""
        return [self.asked_1, self.asked_2, self.asked_3, self.asked_4, self.asked_5, self.asked_6]


class CaseWriter(models.Model):
    """Somebody who is, or was, owner or collaborator. Rows end; they are never removed.

    Whoever has a row here neither checks nor decides the case (funktionsadskillelse).
    """

    class Part(models.TextChoices):
        OWNER = "owner", _("project owner")
        COLLABORATOR = "collaborator", _("collaborator")

    case = models.ForeignKey(BusinessCase, models.PROTECT, related_name="writers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="written_cases")
    part = models.CharField(max_length=12, choices=Part.choices)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(part="owner", until__isnull=True), name="one_owner_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["case", "person"], condition=Q(until__isnull=True), name="one_part_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.person} ({self.get_part_display()})"


class CaseRelation(models.Model):
    """One case excludes another (only one of them can be funded), or needs it first."""

    class Kind(models.TextChoices):
        EXCLUDES = "excludes", _("excludes")
        NEEDS = "needs", _("needs first")

    case = models.ForeignKey(BusinessCase, models.PROTECT, related_name="relations")
    other = models.ForeignKey(BusinessCase, models.PROTECT, related_name="related_from")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = InUseManager()
    all_rows = models.Manager()

    class Meta:
        base_manager_name = "all_rows"
        constraints = [
            models.UniqueConstraint(fields=["case", "other", "kind"], name="one_relation_of_a_kind"),
            models.CheckConstraint(condition=~Q(case=F("other")), name="no_case_relates_to_itself"),
        ]

    def __str__(self):
        return f"{self.case.reference} {self.get_kind_display()} {self.other.reference}"


class Subject(models.TextChoices):
    """The sections of a case, in order: of the editor, the case page and the comments."""

    ABOUT = "about", _("About the case")
    DESCRIPTION = "description", pgettext_lazy("section", "Description")
    GOALS = "goals", _("Goals the case serves")
    ECONOMY = "economy", _("Economy over six years")
    CONSEQUENCES = "consequences", _("Consequences")
    RISKS = "risks", _("Risks")
    TRIAL = "trial", _("Trial and measurement")
    MILESTONES = "milestones", _("Milestones")
    DOCUMENTS = "documents", _("Documents")
