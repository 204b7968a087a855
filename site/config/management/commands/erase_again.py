from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.backup.erased import again_in_words, erase_those, read_erased
from config.backup.problems import BackupProblem


class Command(BaseCommand):
    help = "Erase again whoever was erased before and came back with a backup; restore does it by itself."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="an erased.txt from newer backups")
        parser.add_argument(
            "--number",
            type=int,
            action="append",
            default=[],
            help="of whom the log says that the record was erased; again for more. Only right after restoring",
        )

    def handle(self, *args: Any, file: Path | None, number: list[int], **options: Any) -> None:
        try:
            again = erase_those(read_erased(file) if file else {}, numbers=number)
        except BackupProblem as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write("\n".join(again_in_words(again)) or "Nobody who was erased is here.")
        if again.sealed:
            raise CommandError("Some are still to be erased.")
