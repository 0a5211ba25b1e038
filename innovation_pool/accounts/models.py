"""People and where they sit in the municipality.

A role is a column, so that the database itself can refuse a forbidden pair. Nobody is
deleted: who has left is inactive, and what they decided keeps their name.
"""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from innovation_pool import clock
from innovation_pool.permissions import EXCLUSIVE, ROLE_NAMES, Role


class Committee(models.Model):
    """A political committee (fagudvalg)."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("committee")
        verbose_name_plural = _("committees")

    def __str__(self):
        return self.name


class Department(models.Model):
    """An administrative area, led by an area head (områdechef)."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    committee = models.ForeignKey(
        Committee, models.PROTECT, verbose_name=_("committee"), null=True, blank=True
    )
    head = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        verbose_name=_("area head"),
        null=True,
        blank=True,
        related_name="heads",
    )
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("department")
        verbose_name_plural = _("departments")

    def __str__(self):
        return self.name


class UserManager(BaseUserManager):
    """Makes people; `get_by_natural_key` ignores case so that sign-in does."""

    def create_user(self, username, email="", password=None, **fields):
        if not username:
            raise ValueError("a user name is needed")
        user = self.model(username=username, email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username, email="", password=None, **fields):
        """The first administrator; the name is the one Django's own command calls."""
        fields.setdefault("role_administrator", True)
        fields.setdefault("role_staff", False)
        return self.create_user(username, email, password, **fields)

    def get_by_natural_key(self, username):
        return self.get(username__iexact=username)

    def with_role(self, role: Role):
        """Active people who hold the role, by name."""
        return self.filter(is_active=True, **{f"role_{role.value}": True}).order_by("name")


class User(AbstractBaseUser):
    """A person who signs in, with department, title and roles."""

    username = models.CharField(
        _("user name"), max_length=60, unique=True, validators=[UnicodeUsernameValidator()]
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    title = models.CharField(_("title"), max_length=120, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name=_("department"), null=True, blank=True, related_name="people"
    )
    language = models.CharField(
        _("language"), max_length=5, default="da", choices=[("da", "Dansk"), ("en", "English")]
    )
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("since"), default=clock.now)

    role_staff = models.BooleanField(ROLE_NAMES[Role.STAFF], default=True)
    role_finance = models.BooleanField(ROLE_NAMES[Role.FINANCE], default=False)
    role_secretariat = models.BooleanField(ROLE_NAMES[Role.SECRETARIAT], default=False)
    role_board = models.BooleanField(ROLE_NAMES[Role.BOARD], default=False)
    role_auditor = models.BooleanField(ROLE_NAMES[Role.AUDITOR], default=False)
    role_administrator = models.BooleanField(ROLE_NAMES[Role.ADMINISTRATOR], default=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name", "email"]

    class Meta:
        ordering = ["name"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=~(Q(role_administrator=True) & (Q(role_finance=True) | Q(role_board=True))),
                name="administrator_neither_decides_nor_moves_money",
                violation_error_message=_("An administrator can be neither finance nor board."),
            )
        ]

    def __str__(self):
        return self.name or self.username

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles this person holds; read once per request, so a revoked one counts from the next."""
        return frozenset(role for role in Role if getattr(self, f"role_{role.value}"))

    @property
    def role_names(self) -> str:
        """The roles in words, for the top bar."""
        return ", ".join(str(ROLE_NAMES[role]) for role in Role if role in self.roles)

    def clean(self):
        super().clean()
        for pair in EXCLUSIVE:
            if pair <= {role for role in Role if getattr(self, f"role_{role.value}")}:
                raise ValidationError(_("An administrator can be neither finance nor board."))

    def get_full_name(self):
        return str(self)

    def get_short_name(self):
        return str(self)

    # Django's admin asks these; master data is the administrator's and nobody else's.
    @property
    def is_staff(self) -> bool:
        return self.role_administrator

    @property
    def is_superuser(self) -> bool:
        return False

    def has_perm(self, perm, obj=None) -> bool:
        return self.is_active and self.role_administrator

    def has_perms(self, perms, obj=None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label) -> bool:
        return self.is_active and self.role_administrator
