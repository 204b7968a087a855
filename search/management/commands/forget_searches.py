from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from search.forgetting import forget_old, kept_from, old


class Command(BaseCommand):
    help = "Say which searches are older than 13 months; with --remove, remove them now. The worker does so every day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--remove", action="store_true", help="remove them now")

    def handle(self, *args: Any, remove: bool, **options: Any) -> None:
        today = timezone.localdate()
        found = old(today)
        searches, words = forget_old(today) if remove else (found.searches.count(), found.unknown_words.count())
        act = "Removed" if remove else "Would remove"
        self.stdout.write(f"{act} {searches} searches and {words} unknown words from before {kept_from(today)}.")
