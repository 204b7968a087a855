"""Reads one cell into what the directory keeps. Each raises `Unreadable` with a sentence for whoever mends the cell."""

import datetime as dt
import re
from collections.abc import Callable

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.db import models
from django.utils.translation import gettext as _

from directory.choices import Access, AsksFor, Door, Fact, How, Kind, Reach, RespiteType, TakingNew, WhoFor, YesNoAsk
from importers.also_called import ALSO_CALLED
from importers.errors import Unreadable
from importers.money import read_costs
from importers.records import CheckRecord
from importers.spreadsheets import fold
from importers.times import in_words, read_date, read_sessions

YES = frozenset({"yes", "y", "true", "1", "x", "✓", "✔"})
NO = frozenset({"no", "n", "false", "0"})
NOTHING = frozenset({"nothing", "nothing more", "none"})
is_url = URLValidator(schemes=["http", "https"])
is_email = EmailValidator()


def listed(text: str) -> list[str]:
    """Parts of a cell, parted by semicolons or line breaks."""
    return [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def one_of(choices: type[models.TextChoices]) -> Callable[[str], str]:
    """A reader of one word of a list: its label or its code, in any case and with any punctuation."""
    words = _words_of(choices)

    def read(text: str) -> str:
        if fold(text) not in words:
            labels = ", ".join(str(choice.label) for choice in choices)
            raise Unreadable(_("“%(text)s” is not one of: %(labels)s.") % {"text": text[:80], "labels": labels})
        return words[fold(text)]

    return read


def some_of(choices: type[models.TextChoices]) -> Callable[[str], tuple[str, ...]]:
    """A reader of several, in the order of the list, each once."""
    read = one_of(choices)

    def read_all(text: str) -> tuple[str, ...]:
        found = {read(part) for part in listed(text)}
        return tuple(value for value in choices.values if value in found)

    return read_all


def read_asks_for(text: str) -> tuple[str, ...]:
    """Empty for “Nothing”, which differs from a cell that says nothing."""
    return () if text.strip().casefold() in NOTHING else some_of(AsksFor)(text)


def _words_of(choices: type[models.TextChoices]) -> dict[str, str]:
    words = {fold(choice.value): choice.value for choice in choices}
    words |= {fold(str(choice.label)): choice.value for choice in choices}
    return ALSO_CALLED.get(choices, {}) | words


def yes_or_no(text: str) -> bool:
    if text.casefold() in YES:
        return True
    if text.casefold() in NO:
        return False
    raise Unreadable(_("“%(text)s”: write Yes or No.") % {"text": text[:80]})


def yes_unless_no(text: str) -> bool:
    """For what must stay hidden: whatever is written here hides it, unless it is a plain no."""
    return text.casefold() not in NO


def open_or_closed(text: str) -> bool:
    words = text.casefold()
    if words in {"open", "closed"}:
        return words == "open"
    raise Unreadable(_("“%(text)s”: write Open or Closed.") % {"text": text[:80]})


def read_email(text: str) -> str:
    named = re.search(r"[<(]\s*([^<>()\s]+@[^<>()\s]+)\s*[>)]", text)
    address = (named.group(1) if named else text).strip("<>.,; ").removeprefix("mailto:")
    try:
        is_email(address)
    except ValidationError as error:
        raise Unreadable(_("This is not an e-mail address.")) from error
    return address


def read_website(text: str) -> str:
    address = text.strip("<> ")
    if not re.match(r"[a-z][a-z0-9+.-]*:", address, re.IGNORECASE):
        address = f"https://{address}"
    try:
        is_url(address)
    except ValidationError as error:
        raise Unreadable(_("This is not the address of a website.")) from error
    return address


def read_phone(text: str) -> str:
    number = one_line(text)
    # A spreadsheet takes the first nought off a number that it thinks it can count with.
    if re.fullmatch(r"[1-9]\d{9}", number):
        number = f"0{number}"
    try:
        possible = phonenumbers.is_possible_number(phonenumbers.parse(number, "GB"))
    except phonenumbers.NumberParseException:
        possible = False
    if not possible or len(number) > 30:
        raise Unreadable(_("This is not a phone number."))
    return number


def read_ages(text: str) -> tuple[int | None, int | None]:
    """“18 and over”, “11 to 25”, “up to 18”, “55+”: the first and the last age, either of which may be none."""
    words = text.casefold().strip()
    if found := re.fullmatch(r"(\d{1,3})\s*(?:and (?:over|above|up)|or over|plus|\+)", words):
        ages: tuple[int | None, int | None] = (int(found[1]), None)
    elif found := re.fullmatch(r"(\d{1,3})\s*(?:to|-|–)\s*(\d{1,3})", words):
        ages = (int(found[1]), int(found[2]))
    elif found := re.fullmatch(r"(?:up to|under|to)\s*(\d{1,3})|(\d{1,3}) and under", words):
        ages = (None, int(found[1] or found[2]))
    else:
        raise Unreadable(_("“%(text)s”: write ages like 18 and over, or 11 to 25.") % {"text": text[:80]})
    known = [age for age in ages if age is not None]
    if known != sorted(known) or any(age > 120 for age in known):
        raise Unreadable(_("“%(text)s”: nobody has such an age.") % {"text": text[:80]})
    return ages


def read_dates(text: str) -> tuple[str, ...]:
    """Dates as ISO text, each once, in order."""
    parts = [part for part in re.split(r"[;,\n]", text) if part.strip()]
    return tuple(sorted({read_date(part).isoformat() for part in parts}))


def read_checks(text: str) -> tuple[CheckRecord, ...]:
    """“times 2026-11-02 phone; cost 2026-11-02 owner”."""
    return tuple(_check(part) for part in listed(text))


def _check(text: str) -> CheckRecord:
    found = re.fullmatch(r"(.+?)\s+(\d{4}-\d\d-\d\d)\s+(.+)", text)
    if found is None:
        raise Unreadable(_("“%(text)s”: write checks like times 2026-11-02 phone.") % {"text": text[:80]})
    on = read_date(found[2])
    if on > dt.date.today():
        raise Unreadable(_("“%(text)s”: %(date)s has not come yet.") % {"text": text[:80], "date": in_words(on)})
    return CheckRecord(one_of(Fact)(found[1]), on, one_of(How)(found[3]))


def whole_number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"\d{1,6}", text) or not least <= int(text) <= most:
            raise Unreadable(
                _("“%(text)s”: write a number from %(least)s to %(most)s.")
                % {"text": text[:80], "least": least, "most": most}
            )
        return int(text)

    return read


# How each field of a record is read unless its map says otherwise; fields that are not here are plain text.
READERS: dict[str, Callable[[str], object]] = {
    "name": one_line, "summary": one_line, "kind": one_of(Kind), "reach": some_of(Reach), "door": one_of(Door),
    "sessions": read_sessions, "costs": read_costs, "checks": read_checks, "ages": read_ages,
    "dates_out": read_dates, "open_on_bank_holidays": open_or_closed, "term_time_only": yes_or_no,
    "who_for": some_of(WhoFor), "access": some_of(Access), "respite_types": some_of(RespiteType),
    "taking_new": one_of(TakingNew), "bring_someone": one_of(YesNoAsk), "languages": listed,
    "asks_for": read_asks_for, "self_referral": yes_or_no, "takes_direct_payments": yes_or_no, "phone": read_phone,
    "text_number": read_phone, "email": read_email,
    "website": read_website, "categories": listed, "coverage": listed,
    "venue.name": one_line, "venue.access": some_of(Access), "venue.hidden": yes_unless_no,
    "provider.name": one_line, "provider.people": whole_number(1, 30_000), "provider.since": whole_number(1500, 2100),
    "provider.says_insured": yes_or_no, "provider.says_dbs": yes_or_no, "provider.phone": read_phone,
    "provider.email": read_email, "provider.website": read_website,
}  # fmt: skip
