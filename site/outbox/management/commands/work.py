from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from outbox.delivery import deliver_everything_due
from outbox.working import Stop, lay_standing_work, work


class Command(BaseCommand):
    help = "Deliver owed work – index updates, messages to others and the like – until told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="deliver what is due now, and end")
        parser.add_argument("--every", type=float, default=1.0, metavar="SECONDS", help="pause between rounds (1)")

    def handle(self, *args: Any, once: bool, every: float, **options: Any) -> None:
        if once:
            lay_standing_work()
            self.stdout.write(f"Delivered {deliver_everything_due()}.")
        else:
            work(Stop().listen(), every=every)
