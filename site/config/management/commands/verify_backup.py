from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.backup.passphrases import add_key_arguments, keys_for
from config.backup.problems import BackupProblem
from config.backup.restoring import verify
from config.backup.words import manifest_in_words


class Command(BaseCommand):
    help = "Read every byte and every row of a backup, and say whether it is whole; fails when it is not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        add_key_arguments(parser)

    def handle(self, *args: Any, file: Path, identity: Path | None, **options: Any) -> None:
        try:
            manifest = verify(file, keys_for(file, identity))
        except BackupProblem as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write("\n".join(["The backup is whole.", *manifest_in_words(manifest)]))
