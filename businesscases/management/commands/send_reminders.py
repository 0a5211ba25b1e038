"""Reminds owners of drafts and hearing bodies of a deadline that is near. Run it by a timer, once a day."""

from django.core.management.base import BaseCommand

from businesscases.reminders import send_reminders
from innovation_pool import clock


class Command(BaseCommand):
    help = (
        "Posts reminders of rounds and hearings whose deadline is near; each once, however often it is run."
    )

    def handle(self, *args, **options):
        about = send_reminders(clock.today())
        self.stdout.write(f"{about} drafts and hearing bodies have a deadline near")
