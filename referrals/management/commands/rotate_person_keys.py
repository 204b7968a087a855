from typing import Any

from cryptography.fernet import Fernet
from django.core.management.base import BaseCommand, CommandError, CommandParser

from referrals.keeping.rotating import rotate


class Command(BaseCommand):
    help = "Seal anew, with the first of HEREABOUTS_PERSON_KEYS, what is kept of people, while the site runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--make-key", action="store_true", help="print a new key, and do nothing else")

    def handle(self, *args: Any, make_key: bool, **options: Any) -> None:
        if make_key:
            self.stdout.write(Fernet.generate_key().decode())
            return
        try:
            found = rotate(say=self.stdout.write if options["verbosity"] > 1 else lambda _words: None)
        except KeyboardInterrupt:
            raise CommandError("Stopped. What was sealed anew so far stays so; run it again to go on.") from None
        for one in found:
            name = str(one.kind._meta.verbose_name_plural)
            self.stdout.write(f"{name}: {one.seen:,} values looked at, {one.anew:,} sealed anew.")
        if lost := sum(one.lost for one in found):
            told = f"None of the keys opens {lost:,} values"
            raise CommandError(f"{told}: put the key that sealed them back into HEREABOUTS_PERSON_KEYS.")
        self.stdout.write("Everything is sealed with the first key now. The others can go from the settings.")
