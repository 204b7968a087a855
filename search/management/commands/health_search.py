from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.health import health, in_words


class Command(BaseCommand):
    help = "Say how search is; fails when it is not answered as it should be."

    def handle(self, *args: Any, **options: Any) -> None:
        now = health()
        lines = "\n".join(in_words(now))
        if not now.is_well:
            raise CommandError(lines)
        self.stdout.write(lines)
