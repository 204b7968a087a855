"""What a resident asks for themselves, or for somebody they care for: a person, their yes, and a referral, at once."""

import datetime as dt
from typing import Any

from django.db import transaction

from accounts.models import Team
from accounts.once import first_time
from accounts.serving import council_served
from assets_map.areas import area_index
from assets_map.distance import Point
from assets_map.models import Area
from assets_map.not_found import PlaceNotFound
from assets_map.places import find_place
from directory.models import Asset
from referrals import messages
from referrals.acts import make_referral
from referrals.models import Consent, MessageKind, Person, Referral, Source
from referrals.models.consents import Purpose, give_consent
from referrals.referring.own_code import submission_of

KEPT = dt.timedelta(days=1)


@transaction.atomic
def ask(
    asset: Asset, *, details: dict[str, str], reach: dict[str, str], source: Source, code: str, may_ask: bool
) -> Referral | None:
    """Put somebody in touch who asked here; nothing new when the same form was sent before."""
    submission = submission_of(code)
    if Referral.objects.filter(submission=submission).exists() or not first_time(f"asked {submission}", kept=KEPT):
        return None
    served = council_served()
    place, codes = whereabouts(details, asset)
    patch = Area.objects.filter(kind=Area.Kind.PATCH, code__in=codes).order_by("code").first()
    person = Person.objects.create(
        council_id=served.number if served else None,
        called=details["called"],
        contact=reach,
        place=place,
        patch=patch,
        team=Team.objects.filter(patches=patch).order_by("name").first() if patch else None,
    )
    given: dict[str, Any] = {"how": Consent.How.ONLINE, "by": None}
    if source == Source.CARER:
        given["note"] = details["carer"]
    consent = give_consent(person, purpose=Purpose.SHARE, provider=asset.provider, **given)
    if may_ask:
        give_consent(person, purpose=Purpose.CONTACT, **given)
    made = make_referral(
        person, asset=asset, needs=details, consent=consent, by=None, source=source, submission=submission
    )
    messages.owe(MessageKind.COORDINATOR_TOLD, referral=made)
    return made


def whereabouts(details: dict[str, str], asset: Asset) -> tuple[str, frozenset[str]]:
    """Where somebody says they live, and the areas that hold it; else those of where it happens, so that the
    coordinator there sees it."""
    for name in ("area", "address"):
        typed = details.get(name, "")
        for part in (typed, typed.rpartition(",")[2], typed.rpartition("\n")[2]):
            try:
                return typed, find_place(part).area_codes
            except PlaceNotFound:
                continue
    venue = asset.venue
    if venue is None or venue.latitude is None or venue.longitude is None:
        return "", frozenset()
    return "", area_index().codes_at(Point(venue.latitude, venue.longitude))
