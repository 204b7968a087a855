import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from outbox.delivery import deliver_everything_due


class Command(BaseCommand):
    help = "Deliver owed work – index updates and the like – until told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="deliver what is due now, and end")
        parser.add_argument("--every", type=float, default=1.0, metavar="SECONDS", help="pause between rounds (1)")

    def handle(self, *args: Any, once: bool, every: float, **options: Any) -> None:
        if once:
            self.stdout.write(f"Delivered {deliver_everything_due()}.")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            close_old_connections()
            if not deliver_everything_due():
                stop.wait(every)
