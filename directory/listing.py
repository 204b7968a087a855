"""Everything that a listing's page shows, as the answers to what people ask first."""

import datetime as dt
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from directory.choices import Access, Fact, How, Reach, RespiteType, WhoFor, YesNoAsk
from directory.dates import next_dates, still_running
from directory.models import Asset
from directory.rows import row, terms
from directory.words import (
    ages_in_words,
    ago_in_words,
    cost_in_words,
    date_in_words,
    join,
    latest_checks,
    occurrence_in_words,
    pattern_in_words,
    phone_in_words,
    phone_link,
)


class CheckedFact(NamedTuple):
    """One line of “When was this checked?”."""

    fact: str
    words: str
    stale: bool


def listing_context(asset: Asset, *, now: dt.datetime) -> dict[str, Any]:
    """What the template needs, from an asset fetched by `as_listings`; `now` is local, without a zone."""
    sessions = list(still_running(asset.sessions.all(), on=now.date()))
    return {
        "asset": asset,
        "row": row(asset, now=now),
        "phone": phone_in_words(asset.phone),
        "phone_link": phone_link(asset.phone),
        "text_number": phone_in_words(asset.text_number),
        "text_link": phone_link(asset.text_number).replace("tel:", "sms:"),
        "pattern": pattern_in_words(sessions),
        "next_dates": [
            occurrence_in_words(one, today=now.date()) for one in next_dates(sessions, after=now, terms=terms())
        ],
        "venues": asset.visited_venues,
        "place_words": where_words(asset),
        "access": access_labels(asset),
        "costs": [cost_in_words(cost) for cost in asset.costs.all()],
        "who_for": [WhoFor(code).label for code in asset.who_for if code in WhoFor.values],
        "ages": ages_in_words(asset),
        "respite": [RespiteType(code).label for code in asset.respite_types if code in RespiteType.values],
        "serves": asset.serves_note or join(str(area) for area in asset.coverage.all()),
        "bring_someone": YesNoAsk(asset.bring_someone).label if asset.bring_someone else "",
        "checked": checked_facts(asset, today=now.date()),
        "provider_facts": provider_facts(asset),
    }


def where_words(asset: Asset) -> list[str]:
    """How it gets to a person, besides at its venues."""
    words = {
        Reach.COMES_TO_YOU: _("It comes to you."),
        Reach.ONLINE: _("It is online: you need a phone, tablet or computer."),
        Reach.BY_PHONE: _("It is by phone."),
    }
    said = [sentence for reach, sentence in words.items() if reach in asset.reach]
    if Reach.AT_VENUE in asset.reach and not asset.visited_venues:
        said.append(_("Ring to ask where it is."))
    return said


def access_labels(asset: Asset) -> list[str]:
    """Access facts of the asset and of every venue that people go to, in the order of the form."""
    codes = set(asset.access)
    for venue in asset.visited_venues:
        codes |= set(venue.access)
    return [str(one.label) for one in Access if one.value in codes]


def checked_facts(asset: Asset, *, today: dt.date) -> list[CheckedFact]:
    """Each fact, when it was last checked and how; those that nobody checked say so."""
    latest = latest_checks(asset.checks.all())
    lines = []
    for fact in Fact:
        check = latest.get(fact)
        if check is None:
            lines.append(CheckedFact(str(fact.label), _("Not checked yet"), stale=True))
            continue
        words = _("%(ago)s, %(how)s (%(date)s)") % {
            "ago": ago_in_words(check.on, today=today).capitalize(),
            "how": How(check.how).label,
            "date": date_in_words(check.on),
        }
        lines.append(CheckedFact(str(fact.label), words, stale=(today - check.on).days > 183))
    return lines


def provider_facts(asset: Asset) -> list[str]:
    """What is known of who runs it, and who says so."""
    provider = asset.provider
    if provider is None:
        return []
    facts = []
    if provider.people:
        facts.append(_("One person") if provider.people == 1 else _("%(n)s people") % {"n": provider.people})
    if provider.since:
        facts.append(_("Running since %(year)s") % {"year": provider.since})
    for says, seen_on, claim in (
        (provider.says_insured, provider.insurance_seen_on, _("insurance")),
        (provider.says_dbs, provider.dbs_seen_on, _("a DBS check")),
    ):
        if seen_on:
            seen = {"claim": claim.capitalize(), "date": date_in_words(seen_on)}
            facts.append(_("%(claim)s: seen by us on %(date)s") % seen)
        elif says:
            facts.append(_("They say that they have %(claim)s; we have not seen it") % {"claim": claim})
    if provider.charity_number:
        facts.append(_("Registered charity %(number)s") % {"number": provider.charity_number})
    return facts
