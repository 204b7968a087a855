"""What can be wrong with a backup.

BackupProblem
├── Damaged         it is not a backup, not whole, or not as it was written
├── Locked          it is encrypted, and nothing given opens it
├── CannotRestore   it is sound, and does not fit this program
└── NotEmpty        something stands already where it would be restored
"""


class BackupProblem(Exception):
    """A backup could not be made, read or restored; the message is a sentence for a person."""


class Damaged(BackupProblem):
    """The file is not a backup, not whole, or not as it was written."""


class Locked(BackupProblem):
    """The file is encrypted, and nothing given opens it."""


class CannotRestore(BackupProblem):
    """The backup is sound, and does not fit this program."""


class NotEmpty(BackupProblem):
    """Something stands already where the backup would be restored."""
