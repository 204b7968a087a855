from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.laying_help import lay_help


class Command(BaseCommand):
    help = (
        "Lay the help strip, the danger rules and the links for council business. "
        "What was laid before, and what staff changed or removed, is left as it is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="with the demonstration's numbers and pinned listings")

    def handle(self, *args: Any, demo: bool, **options: Any) -> None:
        laid = lay_help(demo=demo)
        if not laid.any:
            self.stdout.write("Everything was laid before; nothing was changed.")
            return
        self.stdout.write(
            f"Laid {laid.lines} help lines, {laid.rules} danger rules and {laid.business} links for council business."
        )
        if laid.lines and not demo:
            self.stdout.write("Now give the council's lines its own numbers: Finding, Help lines.")
