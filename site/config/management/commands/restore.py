from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.backup.erased import NAME, beside
from config.backup.passphrases import add_key_arguments, keys_for
from config.backup.problems import BackupProblem
from config.backup.restoring import make_anew, restore, what_differs


class Command(BaseCommand):
    help = "Make this installation, which must be empty, the one of a backup; all of it is checked first."

    # The database may have no tables yet.
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        add_key_arguments(parser)

    def handle(self, *args: Any, file: Path, identity: Path | None, **options: Any) -> None:
        try:
            manifest = restore(file, keys_for(file, identity), say=self.stdout.write)
        except BackupProblem as problem:
            raise CommandError(str(problem)) from problem
        failed = make_anew(self.stdout.write)
        for line in what_differs(manifest):
            self.stdout.write(line)
        if not beside(file).exists():
            self.stdout.write(
                f"No {NAME} stood beside the backup: whoever was erased after it was made is back. If you have one, "
                f"run `hereabouts erase_again {NAME}` before the site starts."
            )
        if failed:
            raise CommandError("\n".join(["The backup is restored.", *failed]))
        self.stdout.write("The backup is restored.")
