"""People, departments and committees: the administrator's master data."""

from django import forms
from django.contrib import admin
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from innovation_pool.accounts.models import Committee, Department, User
from innovation_pool.audit.admin import AuditedAdmin
from innovation_pool.permissions import Role

ROLE_FIELDS = tuple(f"role_{role.value}" for role in Role)


class PersonForm(forms.ModelForm):
    """A person; a password only where there is no sign-in through the municipality."""

    new_password = forms.CharField(
        label=_("New password"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Leave it empty to keep the present one. People can also ask for one by mail."),
    )

    class Meta:
        model = User
        fields = ("username", "name", "email", "title", "department", "language", "is_active", *ROLE_FIELDS)

    def clean_new_password(self):
        password = self.cleaned_data["new_password"]
        if password:
            validate_password(password, self.instance)
        return password


@admin.register(User)
class PersonAdmin(AuditedAdmin):
    """Nobody changes their own roles: the fields are shown, and cannot be posted."""

    form = PersonForm
    list_display = ("name", "username", "title", "department", "worn", "is_active")
    list_filter = ("is_active", *ROLE_FIELDS)
    list_select_related = ("department",)
    search_fields = ("name", "username", "email")
    ordering = ("name",)
    fieldsets = (
        (None, {"fields": ("username", "name", "email", "title", "department", "language", "new_password")}),
        (_("Roles"), {"fields": ("is_active", *ROLE_FIELDS)}),
    )

    @admin.display(description=_("Roles"))
    def worn(self, person: User) -> str:
        """The roles in words."""
        return person.role_names

    def get_readonly_fields(self, request, obj=None):
        return ("is_active", *ROLE_FIELDS) if obj is not None and obj.pk == request.user.pk else ()

    def save_model(self, request, obj, form, change):
        password = form.cleaned_data.get("new_password")
        if password:
            obj.set_password(password)
        elif not change:
            obj.set_unusable_password()
        obj.password_was_set = bool(password)
        super().save_model(request, obj, form, change)

    def also_changed(self, row) -> dict:
        return {"password": "new"} if getattr(row, "password_was_set", False) else {}


@admin.register(Department)
class DepartmentAdmin(AuditedAdmin):
    """Who leads an area decides whom a submitted case asks to endorse it."""

    list_display = ("name", "committee", "head", "active")
    list_filter = ("active",)
    list_select_related = ("committee", "head")
    search_fields = ("name",)


@admin.register(Committee)
class CommitteeAdmin(AuditedAdmin):
    list_display = ("name", "active")
    list_filter = ("active",)
    search_fields = ("name",)
