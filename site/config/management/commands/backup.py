from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config.backup.locking import Locks
from config.backup.making import make_backup
from config.backup.passphrases import asked_twice, from_file
from config.backup.problems import BackupProblem
from config.backup.shelf import name_for, take_away_old
from config.backup.words import made_in_words


class Command(BaseCommand):
    help = "Write all of this installation to one file, while the site runs; with a sum of every part."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, metavar="FILE", help="a new file; or a folder, where it gets a name with the date"
        )
        parser.add_argument(
            "--recipient",
            action="append",
            default=[],
            metavar="AGE1…",
            help="encrypt for the holder of this key; again for more",
        )
        parser.add_argument("--passphrase", action="store_true", help="encrypt with a passphrase, which is asked for")
        parser.add_argument(
            "--keep-days",
            type=int,
            metavar="DAYS",
            help="in a folder: then take away older backups of its kind; 0: none (HEREABOUTS_BACKUP_KEEP_DAYS)",
        )

    def handle(
        self, *args: Any, file: Path, recipient: list[str], passphrase: bool, keep_days: int | None, **options: Any
    ) -> None:
        folder = file if file.is_dir() else None
        if keep_days is not None and (folder is None or keep_days < 0):
            raise CommandError("--keep-days takes a number of days, and a folder to write to.")
        try:
            known = from_file(settings.BACKUP_PASSPHRASE_FILE)
            locks = Locks(
                tuple(recipient or settings.BACKUP_RECIPIENTS), known or (asked_twice() if passphrase else "")
            )
            made = make_backup(folder / name_for(timezone.now(), locks) if folder else file, locks=locks)
        except BackupProblem as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write("\n".join(made_in_words(made)))
        days = settings.BACKUP_KEEP_DAYS if keep_days is None else keep_days
        if folder and days > 0 and (gone := take_away_old(folder, days=days)):
            self.stdout.write(f"Took away {len(gone)} backups older than {days} days.")
