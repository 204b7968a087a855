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
from referrals.conversations.whereabouts import patch_among
from referrals.models import Consent, MessageKind, Person, Referral, Source
from referrals.models.consents import Purpose, give_consent
from referrals.referring.own_code import submission_of

KEPT = dt.timedelta(days=1)


@transaction.atomic
def ask(
    asset: Asset, *, details: dict[str, str], reach: dict[str, str], source: Source, code: str, may_ask: bool
) -> Referral | None:
    """Put somebody in touch who asked here. When the same form was sent before, what was made of it then, if it is
    still there."""
    sent_before = Referral.objects.filter(submission=submission_of(code))
    if sent_before.exists() or not first_time(f"asked {submission_of(code)}", kept=KEPT):
        return sent_before.first()
    served = council_served()
    council = served.number if served else None
    place, patch = whereabouts(details, asset, council=council)
    person = Person.objects.create(
        council_id=council,
        called=details["called"],
        contact=reach,
        place=place,
        patch=patch,
        team=Team.objects.filter(patches=patch, council=council).order_by("name").first() if patch else None,
    )
    given: dict[str, Any] = {"how": Consent.How.ONLINE, "by": None}
    if source == Source.CARER:
        given["note"] = details["carer"]
    consent = give_consent(person, purpose=Purpose.SHARE, provider=asset.provider, **given)
    if may_ask:
        give_consent(person, purpose=Purpose.CONTACT, **given)
    made = make_referral(
        person, asset=asset, needs=details, consent=consent, by=None, source=source, submission=submission_of(code)
    )
    messages.owe(MessageKind.COORDINATOR_TOLD, referral=made)
    return made


def whereabouts(details: dict[str, str], asset: Asset, *, council: int | None) -> tuple[str, Area | None]:
    """Where somebody says they live, and whose patch that is; where it is nobody's of this council, whose patch it
    happens on, so that the coordinator there sees it."""
    typed, codes = place_given(details)
    venue = asset.venue
    patch = patch_among(codes, council=council)
    if patch is None and venue is not None and venue.latitude is not None and venue.longitude is not None:
        patch = patch_among(area_index().codes_at(Point(venue.latitude, venue.longitude)), council=council)
    return typed, patch


def place_given(details: dict[str, str]) -> tuple[str, frozenset[str]]:
    """What was typed that is a place, and the areas that hold it."""
    for name in ("area", "address"):
        typed = details.get(name, "")
        for part in (typed, typed.rpartition(",")[2], typed.rpartition("\n")[2]):
            try:
                return typed, find_place(part).area_codes
            except PlaceNotFound:
                continue
    return "", frozenset()
