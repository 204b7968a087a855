"""Bringing an installation up to the version that is installed: `upgrade(say, backup_to, locks)`.

What is not due is not done. Raises `UpgradeProblem`, which says what state it left and how to go back.
"""

import logging
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.checks import Error, run_checks
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from accounts.roles import make_roles
from config.backup.locking import Locks
from config.backup.making import make_backup
from config.backup.problems import BackupProblem
from config.backup.shelf import name_for, take_away_old
from config.backup.words import made_in_words
from config.collecting import collect_if_changed
from config.health.migrations import pending
from search.engines import engine
from search.index_folder import IndexProblem
from search.laying_help import is_laid, lay_help
from search.models import LaidHelp, LaidSynonyms
from search.thesaurus_seed import lay_seed, seed_is_laid

Say = Callable[[str], object]

log = logging.getLogger(__name__)


class UpgradeProblem(Exception):
    """Why it went no further, and what holds now."""


def upgrade(say: Say, *, backup_to: Path | None, locks: Locks) -> None:
    """Check, back up to a folder (none: leave that out), migrate, and make anew what changed; say each step done."""
    refuse_what_is_not_safe()
    due = migrations_due()
    if due:
        saved = back_up(say, backup_to, locks)
        migrate(say, due, saved)
    else:
        say("The database is as this version wants it: nothing to migrate, and no backup made.")
    make_roles()
    say("The roles may do what this version lets them do.")
    if collect_if_changed():
        say("Gathered the style sheets and scripts.")
    lay_new_seeds(say)
    if index_is_due():
        say("Building the search index anew, which this version reads in another form …")
        call_command("build_index", verbosity=0)
        say("The search index is built.")
    say("Done. Restart the web server and the worker, so that they run this version.")


def refuse_what_is_not_safe() -> None:
    wrong = [
        one
        for one in run_checks(include_deployment_checks=bool(settings.SECURE_HSTS_SECONDS))
        if isinstance(one, Error)
    ]
    if wrong:
        told = " ".join(str(one.msg) for one in wrong)
        raise UpgradeProblem(f"The settings are not right, and nothing was changed: {told}")


def migrations_due() -> list[str]:
    try:
        return pending()
    except DatabaseError as error:
        raise UpgradeProblem(f"The database does not answer ({type(error).__name__}). Nothing was changed.") from error


def back_up(say: Say, folder: Path | None, locks: Locks) -> Path | None:
    if "django_migrations" not in connection.introspection.table_names():
        say("The database is empty, so there is nothing to back up.")
        return None
    if folder is None:
        say("No backup is made, as you asked.")
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made = make_backup(folder / name_for(timezone.now(), locks), locks=locks)
    except (BackupProblem, OSError) as problem:
        raise UpgradeProblem(f"No backup could be made, and so nothing was changed. {problem}") from problem
    say("\n".join(made_in_words(made)))
    if settings.BACKUP_KEEP_DAYS > 0:
        take_away_old(folder, days=settings.BACKUP_KEEP_DAYS)
    return made.file


def migrate(say: Say, due: list[str], saved: Path | None) -> None:
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except Exception as error:
        left = migrations_due()
        done = len(due) - len(left)
        raise UpgradeProblem(
            f"The migration {left[0] if left else due[-1]} failed ({type(error).__name__}). {done} of {len(due)}"
            f" migrations are applied, and the others are not. {way_back(saved)}"
        ) from error
    say(f"Migrated the database: {', '.join(due) if len(due) <= 5 else f'{len(due)} migrations'}.")
    log.info("The database was migrated: %s migrations.", len(due))


def way_back(saved: Path | None) -> str:
    if saved is None:
        return "Mend what stopped it and run `hereabouts upgrade` again."
    return (
        "Mend what stopped it and run `hereabouts upgrade` again; or install the version before and restore"
        f" {saved} into an empty installation."
    )


def lay_new_seeds(say: Say) -> None:
    """What this version brings of words and help, where an earlier version's was laid; what staff changed stays."""
    if LaidSynonyms.objects.exists() and not seed_is_laid():
        say(f"Added {lay_seed():,} groups of words that mean the same.")
    if LaidHelp.objects.exists() and not is_laid():
        lay_help(demo=False)
        say("Laid the new help lines, danger rules and links.")


def index_is_due() -> bool:
    """Whether no index in this version's form is there."""
    try:
        return engine().built_at() is None
    except IndexProblem:
        return True
