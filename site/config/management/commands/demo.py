from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.demo import lay_demo
from config.management.commands.serve import add_address
from config.serving import AddressTaken, check_free
from referrals.demo import COORDINATOR


class Command(BaseCommand):
    help = "Make the demonstration directory of Thurrock, and serve it. What is made already is left as it is."
    # The database may not be laid yet.
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        add_address(parser)
        parser.add_argument("--no-serve", action="store_true", help="make it, and end")

    def handle(self, *args: Any, host: str, port: int | None, workers: int, no_serve: bool, **options: Any) -> None:
        if not no_serve:
            self._check_address(host, port or settings.PORT)
        lay_demo(self._say)
        self._say("To look behind it: hereabouts create_administrator you@example.org")
        self._say(f"To have a coordinator's day: hereabouts create_staff {COORDINATOR} --role coordinator")
        if not no_serve:
            call_command("serve", host=host, port=port, workers=workers, stdout=self.stdout, stderr=self.stderr)

    def _check_address(self, host: str, port: int) -> None:
        """Before minutes of laying, not after."""
        try:
            check_free(host, port)
        except AddressTaken as error:
            raise CommandError(str(error)) from error

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
