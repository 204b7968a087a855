"""What a row becomes before it touches the database: the same shape from every kind of file."""

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from assets_map.distance import Point
from directory.choices import Door, Per, Repeats, TakingNew

# What a file that says nothing of it leaves as it is: staff tick it in the listing.
ONLY_IF_SAID = frozenset({"asks_for", "self_referral"})


class Weight(StrEnum):
    """What a problem does to its row."""

    REJECTS = "rejects"
    WARNS = "warns"


@dataclass(frozen=True)
class Problem:
    """Something to mend: where it stands (row 1 is the heading), what was written, and what to do about it."""

    row: int
    field: str
    value: str
    message: str
    weight: Weight = Weight.REJECTS
    sheet: str = ""

    def in_words(self) -> str:
        where = f"{self.sheet}, " if self.sheet else ""
        value = f"{self.value[:60]}…" if len(self.value) > 60 else self.value
        said = f" “{value}”" if value else ""
        return f"{where}row {self.row}, {self.field}{said}: {self.message}"


class CheckRecord(NamedTuple):
    fact: str
    on: dt.date
    how: str


class CoverageRecord(NamedTuple):
    area_code: str
    name: str


class CostRecord(NamedTuple):
    """Pounds; no amount is a donation, nought is free."""

    amount: Decimal | None
    per: str = Per.VISIT.value
    note: str = ""


@dataclass(frozen=True)
class ProviderRecord:
    source_id: str
    name: str
    about: str = ""
    people: int | None = None
    since: int | None = None
    says_insured: bool = False
    says_dbs: bool = False
    charity_number: str = ""
    company_number: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    address: str = ""

    @property
    def is_a_name_only(self) -> bool:
        return self == ProviderRecord(self.source_id, self.name)


@dataclass(frozen=True)
class VenueRecord:
    source_id: str
    name: str
    address: str = ""
    town: str = ""
    postcode: str = ""
    point: Point | None = None
    hidden: bool = False
    access: tuple[str, ...] = ()
    bus: str = ""
    notes: str = ""
    uprn: str = ""

    @property
    def is_a_name_only(self) -> bool:
        return self == VenueRecord(self.source_id, self.name)


@dataclass(frozen=True)
class SessionRecord:
    """One weekday and one stretch of time; `place` is the name of another venue, as written."""

    weekday: int
    starts_at: dt.time
    ends_at: dt.time | None
    repeats: str = Repeats.WEEKLY.value
    nth: int | None = None
    first_on: dt.date | None = None
    last_on: dt.date | None = None
    place: str = ""
    venue: VenueRecord | None = None
    open_on_bank_holidays: bool = False
    term_time_only: bool = False
    dates_out: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class AssetRecord:
    """Everything that a row says of one asset. Categories are paths, topmost first: ("Money", "Warm spaces")."""

    row: int
    source_id: str
    name: str
    kind: str
    summary: str
    reach: tuple[str, ...]
    description: str = ""
    provider: ProviderRecord | None = None
    venue: VenueRecord | None = None
    categories: tuple[tuple[str, ...], ...] = ()
    reference: str = ""
    phone: str = ""
    best_time_to_ring: str = ""
    text_number: str = ""
    email: str = ""
    website: str = ""
    serves_note: str = ""
    times_note: str = ""
    covers: str = ""
    does_not_cover: str = ""
    criteria: str = ""
    who_for: tuple[str, ...] = ()
    age_from: int | None = None
    age_to: int | None = None
    languages: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    door: str = Door.RING_FIRST.value
    how_to_be_referred: str = ""
    referral_from: str = ""
    asks_for: tuple[str, ...] | None = None
    self_referral: bool | None = None
    cost_note: str = ""
    takes_direct_payments: bool | None = None
    taking_new: str = TakingNew.UNKNOWN.value
    waiting_note: str = ""
    respite_types: tuple[str, ...] = ()
    who_meets_you: str = ""
    first_visit: str = ""
    bring_someone: str = ""
    sessions: tuple[SessionRecord, ...] = ()
    costs: tuple[CostRecord, ...] = ()
    coverage: tuple[CoverageRecord, ...] = ()
    checks: tuple[CheckRecord, ...] = ()
    # Not empty when the source itself says that this has ended: kept, and not shown.
    ended: str = ""

    def says_nothing(self, name: str) -> bool:
        return name in ONLY_IF_SAID and getattr(self, name) is None

    @cached_property
    def fingerprint(self) -> str:
        """Changes when the source says something else of the asset itself; venue and provider have their own."""
        plain = {name: value for name, value in asdict(self).items() if name != "row" and not self.says_nothing(name)}
        for shared in ("provider", "venue"):
            plain[shared] = plain[shared] and plain[shared]["source_id"]
        for session in plain["sessions"]:
            session["venue"] = session["venue"] and session["venue"]["source_id"]
        return digest(plain)


def digest(plain: Any) -> str:
    """SHA-256, in hexadecimal, of anything made of lists, dictionaries, numbers, dates and text."""
    return hashlib.sha256(json.dumps(plain, sort_keys=True, default=str).encode()).hexdigest()
