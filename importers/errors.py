"""What can go wrong with a file, each a sentence for a person.

ImportRefused           nothing of the file was loaded
├── CannotRead          it is no spreadsheet, or one that is not safe to open
├── WrongColumns        columns that the map needs are missing, or there twice
└── UnknownMap          no column map has that name
Unreadable              one value could not be read; the row may still be loaded
"""


class ImportRefused(Exception):
    """Nothing of the file was loaded; `str()` says why."""


class CannotRead(ImportRefused):
    pass


class WrongColumns(ImportRefused):
    pass


class UnknownMap(ImportRefused):
    pass


class Unreadable(ValueError):
    """One value could not be read; `str()` is a sentence for whoever mends it."""
