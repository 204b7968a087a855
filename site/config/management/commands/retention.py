from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.forgetting import NotForgotten, due, forget


class Command(BaseCommand):
    help = "Say what is kept, for how long, and how much of it is due to go; the worker removes that every day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--run", action="store_true", help="remove now what is due")

    def handle(self, *args: Any, run: bool, **options: Any) -> None:
        try:
            found = forget() if run else list(due())
        except NotForgotten as problem:
            raise CommandError(str(problem)) from problem
        act = "gone" if run else "due"
        for rule, rows in found:
            amount = f"{rows:,} {act}" if rule.due else "–"
            self.stdout.write(f"{amount:>14}  {rule.what}")
            self.stdout.write(f"{'':>14}  {rule.how_long}. {rule.why}. Remains: {rule.remains}.")
