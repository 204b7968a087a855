"""What a provider is told of somebody, and no more: the keys of `Referral.needs`, in the order of reading."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assets_map.not_found import PlaceNotFound
from assets_map.places import find_place
from directory.choices import AsksFor
from directory.models import Asset
from referrals.models import Person


class Way(models.TextChoices):
    """How somebody would like to be reached."""

    PHONE = "phone", _("Ring")
    TEXT = "text", _("Send a text")
    EMAIL = "email", _("Send an e-mail")
    THROUGH = "through", _("Through somebody else")


class Company(models.TextChoices):
    """Whether somebody wants company the first time."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNSURE = "unsure", _("Not sure yet")


class Age(models.TextChoices):
    UNDER_18 = "under-18", _("Under 18")
    TO_25 = "18-25", _("18 to 25")
    TO_49 = "26-49", _("26 to 49")
    TO_64 = "50-64", _("50 to 64")
    TO_79 = "65-79", _("65 to 79")
    OLDER = "80-over", _("80 or over")


LABELS: dict[str, str | Promise] = {
    "called": _("Likes to be called"),
    "contact": _("How to get in touch"),
    "when": _("Good times"),
    "address": _("Address"),
    "area": _("Lives in or near"),
    "age": _("Age"),
    "access": _("What helps them get in and about"),
    "enjoys": _("What they enjoy"),
    "others": _("Who else is involved"),
    "why": _("Why this"),
    "welcome": _("What would help them feel welcome"),
    "company": _("Would like company the first time"),
    "carer": _("Asked for by"),
}
CODES: dict[str, type[models.TextChoices]] = {"how": Way, "company": Company, "age": Age}


class Line(NamedTuple):
    label: str
    words: str


def needs_in_words(needs: Mapping[str, object]) -> list[Line]:
    """Each thing that a provider is told, as a label and words; nothing for what was left empty."""
    return [Line(str(label), in_words(key, needs[key])) for key, label in LABELS.items() if needs.get(key)]


def in_words(key: str, value: object) -> str:
    """What was chosen, where a code is kept; else what was written."""
    choices = CODES.get(key)
    return str(choices(value).label) if choices and value in choices.values else str(value)


def contact_in_words(details: Mapping[str, str]) -> str:
    """ "Ring 07700 900123", and any other way that was given after it."""
    sentences = {
        Way.PHONE: gettext("Ring %(it)s") % {"it": details.get("phone", "")},
        Way.TEXT: gettext("Text %(it)s") % {"it": details.get("phone", "")},
        Way.EMAIL: gettext("Write to %(it)s") % {"it": details.get("email", "")},
        Way.THROUGH: gettext("Through %(it)s") % {"it": details.get("through", "")},
    }
    chosen = sentences[Way(details["contact"])]
    others = [details[name] for name in ("phone", "email", "through") if details.get(name)]
    return "; ".join([chosen, *(one for one in others if not chosen.endswith(one))])


def asked_in_words(asset: Asset) -> list[str]:
    """What a listing asks for, for people to read before they say yes."""
    one_way = [] if {AsksFor.PHONE, AsksFor.EMAIL} & set(asset.asks_for) else [_("a phone number or an e-mail address")]
    asked = [_one(code) for code in AsksFor if code in asset.asks_for]
    always = [_("how and when to get in touch"), _("what would help on the first visit")]
    return [str(words) for words in (_("what to call them"), *one_way, *asked, *always)]


def _one(code: AsksFor) -> str:
    """In the middle of a list: no capital at its beginning."""
    words = str(code.label)
    return words[0].lower() + words[1:]


def first_words(person: Person) -> dict[str, str]:
    """What is known of a person already, so that nobody has to tell it twice."""
    contact = person.contact
    how = contact.get("how", "")
    known = {name: contact.get(name, "") for name in ("phone", "email", "when")}
    way = how if how in Way.values else ""
    return {**known, "called": person.called, "address": person.place, "area": _roughly(person.place), "contact": way}


def _roughly(place: str) -> str:
    """The neighbourhood of a postcode: who asks for an area is not told more."""
    try:
        return find_place(place).label
    except PlaceNotFound:
        return ""
