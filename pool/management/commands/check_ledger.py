"""Asks every invariant of the ledger, and whether a printed check code still is the ledger's."""

from django.core.management.base import BaseCommand, CommandError

from pool import checks


class Command(BaseCommand):
    """Ends with 1 and the findings when something does not hold. Run it every night."""

    help = "Check that the ledger adds up, and that printed check codes (POOL:NUMBER:HASH) still are its own."

    def add_arguments(self, parser):
        parser.add_argument(
            "--head",
            action="append",
            default=[],
            metavar="POOL:NUMBER:HASH",
            help="latest movement and check code, as printed on a budget sheet or record; may be repeated",
        )

    def handle(self, *args, **options):
        findings = [f"{breach}" for breach in checks.find_breaches()]
        for text in options["head"]:
            try:
                finding = checks.compare_head(text)
            except checks.NotAHead:
                raise CommandError(
                    f"{text!r} is not POOL:NUMBER:HASH, as in OEKAN-011:412:7f3a09c1d2e4."
                ) from None
            if finding:
                findings.append(f"{text}: {finding}")
            else:
                self.stdout.write(f"{text}: the ledger still is the one that was printed.")
        if findings:
            raise CommandError("\n".join(findings))
        self.stdout.write(f"The ledger adds up: {len(checks.INVARIANTS)} invariants hold.")
