"""Sends the mails that are due. Run it by a timer, every minute."""

from django.core.management.base import BaseCommand

from innovation_pool.mail.outbox import send_waiting


class Command(BaseCommand):
    help = "Sends the mails that wait in the outbox and are due."

    def handle(self, *args, **options):
        sent, failed = send_waiting()
        self.stdout.write(f"{sent} sent, {failed} put off")
