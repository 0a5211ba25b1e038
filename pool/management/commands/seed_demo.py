"""Adds the demo data: `seed_demo`, and `seed_demo --cases N` for a set large enough to measure on."""

import time

from django.core.management.base import BaseCommand, CommandError

from pool.demo.many import add_many
from pool.demo.people import PASSWORD, PEOPLE
from pool.demo.seed import TakenAlready, seed


class Command(BaseCommand):
    help = "Adds the demo data where it is not there yet. A second run changes nothing."

    def add_arguments(self, parser):
        parser.add_argument(
            "--cases",
            type=int,
            default=0,
            metavar="N",
            help="also fill up with made-up cases until there are N of them, to measure on",
        )

    def handle(self, *args, cases, **options):
        began = time.monotonic()
        try:
            told = seed(self._say)
        except TakenAlready as taken:
            raise CommandError(
                f"Personer med demoens navne findes allerede: {taken}. Brug en tom database til demoen."
            ) from None
        if told:
            names = ", ".join(person.username for person in PEOPLE if person.signs_in)
            self._say(f"Log ind som {names}")
            self._say(f"Adgangskode: {PASSWORD}")
        else:
            self._say("Demodata er der allerede; intet er ændret")
        if cases:
            added = add_many(cases, self._say)
            self._say(f"{added} sager lagt til")
        self._say(f"Færdig på {time.monotonic() - began:.1f} s")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
