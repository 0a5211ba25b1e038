"""Rows that are written once: movements, decisions, events, frozen versions, audit rows.

The Python refusal below is the polite one. The one that counts is in the database: triggers,
installed after every migration (`innovation_pool/guards.py`).
"""

from django.db import DEFAULT_DB_ALIAS, models

from innovation_pool import written
from innovation_pool.together import is_open


class AppendOnlyError(Exception):
    """Somebody tried to change or delete a row that is written once."""


class AppendOnlyQuerySet(models.QuerySet):
    """A queryset that adds and reads, and does nothing else."""

    def update(self, **kwargs):
        raise AppendOnlyError(f"{self.model.__name__} rows are never changed")

    def delete(self):
        raise AppendOnlyError(f"{self.model.__name__} rows are never deleted")

    def bulk_create(self, objs, *args, **kwargs):
        rows = list(objs)
        if args or kwargs or not 0 < len(rows) <= written.MOST_ROWS:
            return super().bulk_create(rows, *args, **kwargs)
        written.insert(rows, keys=not is_open())
        return rows

    def bulk_update(self, objs, fields, batch_size=None):
        raise AppendOnlyError(f"{self.model.__name__} rows are never changed")


class AppendOnly(models.Model):
    """Base of every table that is only ever added to. Subclasses get the database's guard by being one."""

    # What `innovation_pool/guards.py` knows these tables by.
    written_once = True

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnlyError(f"{type(self).__name__} rows are never changed")
        if args or kwargs.get("using", DEFAULT_DB_ALIAS) != DEFAULT_DB_ALIAS:
            super().save(*args, **{**kwargs, "force_insert": True})
        else:
            written.insert([self], keys=not is_open())

    def delete(self, *args, **kwargs):
        raise AppendOnlyError(f"{type(self).__name__} rows are never deleted")
