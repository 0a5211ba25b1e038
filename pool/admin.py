"""Which pools are open to which rounds. No money is in the admin."""

from django.contrib import admin

from businesscases.admin import RoundAdmin
from businesscases.models import Round
from innovation_pool.audit.admin import AuditedAdmin, AuditedInline
from pool.models import RoundPool

admin.site.unregister(Round)


class RoundPoolInline(AuditedInline):
    model = RoundPool
    fields = ("pool",)

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Round)
class RoundWithPoolsAdmin(RoundAdmin):
    """A round in one page: its dates, its criteria, and the pools that are open to it."""

    inlines = (*RoundAdmin.inlines, RoundPoolInline)


@admin.register(RoundPool)
class RoundPoolAdmin(AuditedAdmin):
    """A pool that was opened to a round stays so: cases have been written for it."""

    list_display = ("round", "pool")
    list_filter = ("round",)
    list_select_related = ("round", "pool")
    fields = ("round", "pool")

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and obj is None
