"""How a person is asked: as they like it, as far as it is known how to reach them."""

import re
from collections.abc import Mapping

from referrals.messages.addressees import first_email
from referrals.messages.texts import mobile, texts
from referrals.models import Person
from referrals.models.results import How

# What somebody wrote or chose as the way to reach them: the first of these that is named.
NAMED: Mapping[How, re.Pattern[str]] = {
    How.LINK: re.compile(r"\be-?mail\b", re.IGNORECASE),
    How.SLIP: re.compile(r"\b(letter|post|paper|writ\w*|slip)\b", re.IGNORECASE),
    How.TEXT: re.compile(r"\b(text\w*|sms)\b", re.IGNORECASE),
    How.PHONE: re.compile(r"\b(ring\w*|phone\w*|call\w*|telephone)\b", re.IGNORECASE),
}
# Where nothing is named, or it leads nowhere.
OTHERWISE = (How.LINK, How.TEXT, How.PHONE, How.SLIP)


def way_to_ask(person: Person) -> How:
    """Paper, for who has neither an e-mail address nor a number."""
    open_ways = ways_open(person)
    wanted = way_named(str(person.contact.get("how", "")))
    if wanted in open_ways:
        return wanted
    return next(way for way in OTHERWISE if way in open_ways)


def way_named(words: str) -> How | None:
    return next((way for way, named in NAMED.items() if named.search(words)), None)


def ways_open(person: Person) -> set[How]:
    """What there is an address or a number for, and a way of sending."""
    found = {How.SLIP}
    if first_email(str(person.contact.get("email", ""))):
        found.add(How.LINK)
    number = str(person.contact.get("phone", ""))
    if any(one.isdigit() for one in number):
        found.add(How.PHONE)
    if mobile(number) and texts().sends:
        found.add(How.TEXT)
    return found


def way_by_hand(person: Person) -> How:
    """Where no message reaches them."""
    return How.PHONE if How.PHONE in ways_open(person) else How.SLIP
