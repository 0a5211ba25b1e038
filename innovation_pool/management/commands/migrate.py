"""Django's migrate, which must run when guards are missing: it is what puts them back."""

from django.core.management.commands import migrate


class Command(migrate.Command):
    """Leaves the checks of the database to `manage.py check --database default`, run after it."""

    def check(self, *args, **kwargs):
        return super().check(*args, **{**kwargs, "databases": None})
