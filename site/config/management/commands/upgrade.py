from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.backup.locking import Locks
from config.backup.passphrases import from_file
from config.backup.problems import BackupProblem
from config.upgrading import UpgradeProblem, upgrade


class Command(BaseCommand):
    help = "After installing a new version: back up, migrate, make anew what changed, and say what was done."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--backup-to",
            type=Path,
            metavar="FOLDER",
            help="where the backup goes that is made before the database changes (`backups` in the data folder)",
        )
        parser.add_argument("--no-backup", action="store_true", help="make none, where you made one yourself")

    def handle(self, *args: Any, backup_to: Path | None, no_backup: bool, **options: Any) -> None:
        folder = None if no_backup else backup_to or settings.DATA_DIR / "backups"
        try:
            locks = Locks(tuple(settings.BACKUP_RECIPIENTS), from_file(settings.BACKUP_PASSPHRASE_FILE))
            upgrade(self.stdout.write, backup_to=folder, locks=locks)
        except (UpgradeProblem, BackupProblem) as problem:
            raise CommandError(str(problem)) from problem
