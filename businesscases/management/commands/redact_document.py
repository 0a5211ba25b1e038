"""Redacts a document that should never have been uploaded: the file goes, its name and the reason stay."""

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from businesscases.documents import redact
from businesscases.models import Document
from innovation_pool.accounts.models import User
from innovation_pool.refusals import Refusal


class Command(BaseCommand):
    """The id is the number in the address of the document. It cannot be undone, but from a backup."""

    help = "Remove the file of a document for good; its name, its check sum and the reason stay."

    def add_arguments(self, parser):
        parser.add_argument("reference", metavar="REFERENCE", help="the case, as in BC-2026-001")
        parser.add_argument("document_id", metavar="DOCUMENT_ID", type=int)
        parser.add_argument("--by", required=True, metavar="USERNAME", help="the administrator who does it")
        parser.add_argument("--reason", required=True, help="why; it is shown in place of the file")

    def handle(self, *args, **options):
        found = Document.objects.select_related("case").filter(
            case__reference=options["reference"], pk=options["document_id"]
        )
        document = found.first()
        if document is None:
            raise CommandError(f"{options['reference']} has no document {options['document_id']}.")
        person = User.objects.filter(username=options["by"], is_active=True).first()
        if person is None:
            raise CommandError(f"There is no active account {options['by']!r}.")
        try:
            redact(document, by=person, reason=options["reason"])
        except PermissionDenied:
            raise CommandError(f"{options['by']} is not an administrator.") from None
        except Refusal as refusal:
            raise CommandError(f"{refusal}") from None
        self.stdout.write(f"{document.name} in {options['reference']} is redacted.")
