"""One part of the installation, and how it is: `Part`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

# Every number that is told to programs, by its name there, which never changes: what it counts, and its labels.
NUMBERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "index_listings": ("Listings in the search index.", ()),
    "listings": ("Listings that are live.", ()),
    "index_age_seconds": ("Seconds since the search index was built.", ()),
    "owed_rows": ("Pieces of owed work, by kind and by what becomes of them.", ("kind", "state")),
    "owed_oldest_seconds": ("Seconds since the oldest piece of work that waits was due, by kind.", ("kind",)),
    "workers": ("Workers that gave a sign of life lately.", ()),
    "workers_silent": ("Workers that ended without a word within the last day.", ()),
    "load_age_seconds": ("Seconds since listings were last loaded from a file.", ()),
    "load_rejected_rows": ("Rows that the last load could not take.", ()),
    "people_without_coordinator": ("People whom nobody at work looks after.", ()),
    "providers_rung_by_nobody": ("Providers to be rung and asked to forget somebody, by nobody at work.", ()),
    "mail_reachable": ("1 when the mail server let the worker in, otherwise 0.", ()),
    "postcodes": ("Postcodes that are known.", ()),
    "postcodes_age_seconds": ("Seconds since the month that the postcodes tell of.", ()),
    "disk_free_bytes": ("Bytes free where the data folder is.", ()),
    "disk_bytes": ("Bytes in all where the data folder is.", ()),
    "backup_age_seconds": ("Seconds since the last backup.", ()),
    "backup_bytes": ("Bytes of the last backup.", ()),
}


class State(IntEnum):
    """How a part is; the numbers are those that a monitoring program expects of a command's exit status."""

    GOOD = 0
    WARNING = 1
    BAD = 2

    @property
    def in_words(self) -> str:
        return str(WORDS[self])

    @property
    def code(self) -> str:
        return self.name.lower()


WORDS = {State.GOOD: _("Good"), State.WARNING: _("Look at this soon"), State.BAD: _("Look at this now")}


@dataclass(frozen=True, slots=True)
class Number:
    """A value of one of `NUMBERS`."""

    name: str
    value: float
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """What is known of one part: sentences for people and numbers for programs, no secrets in either."""

    name: str
    state: State
    words: tuple[str, ...]
    numbers: tuple[Number, ...] = field(default=())

    @property
    def slug(self) -> str:
        return slugify(self.name)


def worst(*states: State) -> State:
    return max(states, default=State.GOOD)
