"""Master data in Django's admin: nothing is deleted, and every change is in the audit trail."""

from django.contrib import admin
from django.forms.models import model_to_dict

from innovation_pool.audit.trail import record

# Never in the audit trail, not even as a digest.
SECRET = frozenset({"password", "last_login"})


def values_of(row) -> dict:
    """A row's editable columns as plain values: names where a key points, ids beside many-to-many."""
    values = {}
    for name, value in model_to_dict(row).items():
        if name in SECRET:
            continue
        field = row._meta.get_field(name)
        related = field.is_relation and not field.many_to_many and value is not None
        values[name] = str(getattr(row, name)) if related else value
    return values


class NothingDeleted:
    """What is no longer used is set inactive: people, bodies and criteria keep their place in the past."""

    def has_delete_permission(self, request, obj=None):
        return False


class AuditedInline(NothingDeleted, admin.TabularInline):
    """Rows edited on their parent's page; the parent's admin writes their trail."""

    extra = 0
    can_delete = False


class AuditedAdmin(NothingDeleted, admin.ModelAdmin):
    """An admin whose every addition and change is one row of the audit trail, with before and after."""

    def save_model(self, request, obj, form, change):
        before = values_of(type(obj)._default_manager.get(pk=obj.pk)) if change else None
        super().save_model(request, obj, form, change)
        self._record(request, obj, before)

    def save_formset(self, request, form, formset, change):
        model = formset.model
        before = {row.pk: values_of(row) for row in formset.get_queryset().select_related()}
        saved = [row.pk for row in formset.save()]
        stored = model._default_manager.select_related().in_bulk(saved)
        for pk in saved:
            self._record(request, stored[pk], before.get(pk))

    def _record(self, request, row, before: dict | None) -> None:
        after = values_of(row)
        if before is None:
            record("add", row, by=request.user, after=after)
            return
        changed = {name for name in after if after[name] != before.get(name)}
        extra = self.also_changed(row)
        if changed or extra:
            record(
                "change",
                row,
                by=request.user,
                before={name: before.get(name) for name in sorted(changed)},
                after={name: after[name] for name in sorted(changed)} | extra,
            )

    def also_changed(self, row) -> dict:
        """What else the change did that no column shows in words."""
        return {}
