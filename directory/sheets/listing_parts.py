"""The questions that a single listing answers on paper, as on its page."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from directory import words
from directory.choices import Access, Reach, RespiteType, WhoFor, YesNoAsk
from directory.sheets.sheet import Part

if TYPE_CHECKING:
    from directory.models import Asset

LONGEST = 4_000


def listing_parts(asset: "Asset") -> tuple[Part, ...]:
    """In the order of the listing page; a question without an answer is left out."""
    asked = (
        (_("More about it"), _about(asset)),
        (_("How do I ask?"), _contact(asset)),
        (_("Who is it for?"), _who_for(asset)),
        (_("What does it cost?"), _cost(asset)),
        (_("What does it cover, and what not?"), _covers(asset)),
        (_("How do I get in?"), _door(asset)),
        (_("What happens when I walk in?"), _first_visit(asset)),
        (_("Getting in and around"), _access(asset)),
        (_("Who runs it?"), _provider(asset)),
    )
    return tuple(Part(heading, lines) for heading, given in asked if (lines := tuple(_lines(given))))


def _lines(given: list[str]) -> list[str]:
    return [line.strip() for text in given for line in text[:LONGEST].splitlines() if line.strip()]


def _said(label: str, text: str) -> str:
    return f"{label}: {text}" if text else ""


def _about(asset: "Asset") -> list[str]:
    return [asset.description]


def _contact(asset: "Asset") -> list[str]:
    text = words.phone_in_words(asset.text_number) if asset.text_number else ""
    return [
        _said(_("Best time to ring"), asset.best_time_to_ring),
        _said(_("Text"), text if asset.phone else ""),
        _said(_("E-mail"), asset.email),
        _said(_("Website"), asset.website),
    ]


def _who_for(asset: "Asset") -> list[str]:
    return [
        _labels(WhoFor, asset.who_for),
        _said(_("Ages"), words.ages_in_words(asset)),
        _said(_("Languages"), words.join(str(one) for one in asset.languages)),
        asset.serves_note or _said(_("For people in"), words.join(str(one) for one in asset.coverage.all())),
    ]


def _labels(choices: type[WhoFor] | type[Access] | type[RespiteType], codes: list[str]) -> str:
    """The labels of known codes as one line: “Older people, carers and men”."""
    labels = [str(choices(code).label) for code in codes if code in choices.values]
    return words.join(label if place == 0 or label.isupper() else _lower(label) for place, label in enumerate(labels))


def _lower(label: str) -> str:
    """A label within a sentence; names such as LGBTQ+, Blue Badge and Changing Places keep their capitals."""
    first = label.split(maxsplit=1)[0]
    named = label.startswith(("Blue Badge", "Changing Places")) or (not first[1:].islower() and "-" not in first)
    return label if named else label[0].lower() + label[1:]


def _cost(asset: "Asset") -> list[str]:
    payments = {True: _("You can use a direct payment."), False: _("Direct payments cannot be used.")}
    takes = asset.takes_direct_payments
    return [words.costs_in_words(asset), payments[takes] if takes is not None else ""]


def _covers(asset: "Asset") -> list[str]:
    return [
        asset.covers,
        _said(_("Kinds of break"), _labels(RespiteType, asset.respite_types)),
        _said(_("It does not cover"), asset.does_not_cover),
    ]


def _door(asset: "Asset") -> list[str]:
    return [
        str(asset.get_door_display()),
        asset.criteria,
        asset.how_to_be_referred,
        _said(_("Who may refer"), asset.referral_from),
    ]


def _first_visit(asset: "Asset") -> list[str]:
    bring = YesNoAsk(asset.bring_someone).label if asset.bring_someone in YesNoAsk.values else ""
    return [
        _said(_("Who meets you"), asset.who_meets_you),
        asset.first_visit,
        _said(_("May I bring someone?"), str(bring)).replace("?:", "?"),
    ]


def _access(asset: "Asset") -> list[str]:
    codes = dict.fromkeys(code for venue in asset.visited_venues for code in venue.access)
    codes.update(dict.fromkeys(asset.access))
    doors = [_said(venue.name, venue.notes) for venue in asset.visited_venues if venue.notes]
    remote = [str(Reach(one).label) for one in asset.reach if one in Reach.values and one != Reach.AT_VENUE]
    return [_labels(Access, list(codes)), *doors, words.join(remote)]


def _provider(asset: "Asset") -> list[str]:
    provider = asset.provider
    if provider is None:
        return []
    since = _("Since %(year)s") % {"year": provider.since} if provider.since else ""
    return [
        provider.name,
        provider.about,
        since,
        _seen(_("Insurance"), provider.insurance_seen_on, provider.says_insured),
        _seen(_("DBS check"), provider.dbs_seen_on, provider.says_dbs),
    ]


def _seen(what: str, seen_on: dt.date | None, says: bool) -> str:
    if seen_on:
        return _("%(what)s: seen by us on %(date)s") % {"what": what, "date": words.date_in_words(seen_on)}
    return _("%(what)s: they say so") % {"what": what} if says else ""
