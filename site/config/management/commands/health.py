import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.text import slugify

from config.health.part import Part, State
from config.health.parts import LOOKS, look_at, overall

COLOURS = {State.GOOD: "SUCCESS", State.WARNING: "WARNING", State.BAD: "ERROR"}
NAMES = {slugify(name): name for name in LOOKS}


class Command(BaseCommand):
    help = "Say how everything is. Ends with 0 when all is good, 1 when something needs a look soon, 2 when now."
    # Whether they are applied is one of the things that are said.
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("part", nargs="*", help=f"of these only: {', '.join(NAMES)}")

    def handle(self, *args: Any, part: list[str], **options: Any) -> None:
        if unknown := [one for one in part if one not in NAMES]:
            raise CommandError(f"{unknown[0]} is not a part. The parts are: {', '.join(NAMES)}.", returncode=3)
        parts = look_at(NAMES[one] for one in part) if part else look_at()
        for one in parts:
            self._say(one)
        if state := overall(parts):
            sys.exit(state)

    def _say(self, part: Part) -> None:
        style = getattr(self.style, COLOURS[part.state])
        self.stdout.write(style(f"{part.name.capitalize()}: {part.state.in_words}"))
        for words in part.words:
            self.stdout.write(f"  {words}")
