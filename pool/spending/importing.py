"""Keeping a file of postings, and importing it: all of it or nothing, and each posting once."""

import hashlib
from collections import Counter
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from innovation_pool import clock
from innovation_pool.audit.trail import record
from innovation_pool.incoming import LARGEST
from innovation_pool.kroner import oere as shown
from innovation_pool.permissions import Action, require
from innovation_pool.refusals import Refusal, TooLate
from pool import ledger
from pool.models import Posting, SpendingDraft, SpendingFile, SpendingRule, SpentBalance
from pool.spending.preview import NOBODYS, Preview, preview_of
from pool.spending.reading import read_postings


def keep_file(upload, *, by) -> SpendingDraft:
    """The uploaded file, kept until it is imported. Raises Refusal when its postings cannot be read."""
    require(by, Action.IMPORT_SPENDING)
    if upload.size > LARGEST:
        raise Refusal(_("The file is larger than 10 MB. Delete what does not belong to it, and try again."))
    content = upload.read()
    if not read_postings(content, upload.name):
        raise Refusal(_("There are no postings in the file."))
    digest = hashlib.sha256(content).hexdigest()
    return SpendingDraft.objects.create(name=upload.name[:200], sha256=digest, content=content, by=by)


def discard_file(draft: SpendingDraft, *, by, operation: UUID) -> None:
    """Puts a file aside that was shown and is not to be imported. Raises TooLate for one that was."""
    require(by, Action.IMPORT_SPENDING)
    left = SpendingDraft.objects.filter(pk=draft.pk, imported_at=None)
    if not left.update(discarded_at=clock.now()):
        raise TooLate(_("This very file has been imported already."))
    record("discard spending", draft, by=by, after={"sha256": draft.sha256}, operation=operation)


def import_spending(
    draft: SpendingDraft, *, control_total_oere: int, answers: dict[str, str], by, operation: UUID
) -> SpendingFile:
    """Adds the new postings of the file, keeps the answers as rules, and moves the sums of what is spent.

    `control_total_oere` is what the finance system says the whole file adds up to. Spending is
    recorded, never refused for being too much; what is refused is a file that is not understood.
    """
    require(by, Action.IMPORT_SPENDING)
    with transaction.atomic():
        first = preview_of(draft, answers)
        # Under the pools' lock: a year that is being closed reads what was spent.
        ledger.lock({row.place.pool for row in first.rows if row.place})
        preview = preview_of(draft, answers)
        _ask(preview, control_total_oere)
        _keep_rules(preview, answers, by)
        file = _file(draft, control_total_oere, preview, by, operation)
        rows = [row for row in preview.rows if row.counts]
        Posting.objects.bulk_create(_posting(file, row) for row in rows)
        _move_sums(rows)
        SpendingDraft.objects.filter(pk=draft.pk).update(imported_at=clock.now())
        after = {"postings": len(rows), "oere": preview.new_oere, "sha256": draft.sha256}
        record("import spending", file, by=by, after=after, operation=operation)
    return file


def _ask(preview: Preview, control_total_oere: int) -> None:
    if preview.imported_before:
        raise TooLate(_("This very file has been imported already."))
    if preview.problems:
        lines = ", ".join(str(row.posting.line) for row in preview.problems[:10])
        raise Refusal(_("Rows that cannot be read: %(lines)s. Nothing is imported.") % {"lines": lines})
    if preview.unknown_accounts:
        accounts = ", ".join(list(preview.unknown_accounts)[:10])
        raise Refusal(_("Say where these belong first: %(accounts)s.") % {"accounts": accounts})
    if control_total_oere != preview.total_oere:
        raise Refusal(
            _(
                "The control total is %(typed)s kr., but the file adds up to %(found)s kr. "
                "Nothing is imported."
            )
            % {"typed": shown(control_total_oere), "found": shown(preview.total_oere)},
            field="control_total",
        )
    if not any(row.counts for row in preview.rows):
        raise Refusal(_("Nothing in the file is new, so there is nothing to import."))


def _keep_rules(preview: Preview, answers: dict[str, str], by) -> None:
    by_key = {place.key: place for place in preview.places}
    for account, key in sorted(answers.items()):
        place = by_key.get(key)
        if place is None and key != NOBODYS:
            raise Refusal(_("Say where these belong first: %(accounts)s.") % {"accounts": account})
        rule, made = SpendingRule.objects.update_or_create(
            account=account,
            defaults={
                "pool": place and place.pool,
                "case": place and place.case,
                "by": by,
                "at": clock.now(),
            },
        )
        after = {"account": account, "belongs to": str(place or "")}
        record("spending rule", rule, by=by, before=None if made else {"account": account}, after=after)


def _file(draft, control_total_oere, preview, by, operation) -> SpendingFile:
    try:
        with transaction.atomic():
            return SpendingFile.objects.create(
                name=draft.name,
                sha256=draft.sha256,
                control_total_oere=control_total_oere,
                rows=len(preview.rows),
                by=by,
                operation=operation,
            )
    except IntegrityError as error:
        raise TooLate(_("This very file has been imported already.")) from error


def _posting(file: SpendingFile, row) -> Posting:
    return Posting(
        file=file,
        pool=row.place.pool,
        case=row.place.case,
        year=row.posting.posted_on.year,
        posted_on=row.posting.posted_on,
        amount_oere=row.posting.oere,
        voucher=row.posting.voucher,
        text=row.posting.text,
        psp_element=row.posting.account,
        late=row.late,
        digest=row.posting.digest,
    )


def _move_sums(rows) -> None:
    changes: Counter = Counter()
    for row in rows:
        changes[row.place.pool.pk, row.place.case.pk, row.posting.posted_on.year] += row.posting.oere
    for (pool, case, year), oere in sorted(changes.items()):
        SpentBalance.objects.get_or_create(pool_id=pool, case_id=case, year=year)
        SpentBalance.objects.filter(pool=pool, case=case, year=year).update(oere=F("oere") + oere)
