"""Made-up people in bulk: 30,000 of 20 coordinators, with 50,000 referrals; the same each time."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

COORDINATORS, PEOPLE, REFERRALS, LISTINGS = 20, 30_000, 50_000, 1_000
# How often a referral stands where: most came to an end long ago.
STATES = {"ended": 55, "in-contact": 15, "accepted": 8, "sent": 10, "seen": 4, "declined": 8}
CALLED = ("Jean", "Amir", "Maureen", "Dave", "Priya", "Win", "Tomasz", "Mrs Adeyemi", "Mr Okafor", "Bo")
CHUNK = 2_000
DAY = dt.timedelta(days=1)


@transaction.atomic
def lay() -> list[Any]:
    """The coordinators."""
    made = random.Random(20261130)
    coordinators, assets = list(lay_coordinators()), lay_listings()
    people = lay_people(made, coordinators)
    referrals = lay_referrals(made, people, assets)
    lay_what_is_due(made, people, referrals)
    return coordinators


def lay_coordinators() -> Iterator[Any]:
    from accounts.joining import hold_only
    from accounts.models import User
    from accounts.roles import Role
    from assets_map.models import Area

    for number in range(COORDINATORS):
        user = User.objects.create(username=f"c{number}@example.org", email=f"c{number}@example.org")
        hold_only(user, [Role.COORDINATOR])
        west, south = 0.30 + 0.01 * number, 51.45
        ring = [[west, south], [west + 0.01, south], [west + 0.01, 51.5], [west, 51.5], [west, south]]
        patch = Area(
            code=f"P{number}", name=f"Patch {number}", kind="patch", shape={"type": "Polygon", "coordinates": [ring]}
        )
        patch.box((west, south, west + 0.01, 51.5))
        patch.save()
        user.patches.add(patch)
        yield user


def lay_listings() -> list[Any]:
    from directory.models import Asset, Provider, Session, Venue

    provider = Provider.objects.create(name="Riverside Neighbours")
    for number in range(LISTINGS):
        venue = Venue.objects.create(name="Hall", latitude=51.47, longitude=0.30 + 0.2 * number / LISTINGS)
        kind = "talking-shop" if number % 20 == 0 else "group"
        asset = Asset.objects.create(
            name=f"Club {number}", slug=f"club-{number}", reference=f"B{number:05}", kind=kind, live=True,
            reach=["at-venue"], venue=venue, provider=provider, phone="01632 960001",
            taking_new="full" if number % 10 == 0 else "yes", first_published_at=timezone.now() - number * DAY,
        )  # fmt: skip
        Session.objects.create(asset=asset, weekday=number % 7, starts_at=dt.time(10), ends_at=dt.time(12))
    return list(Asset.objects.all())


def lay_people(made: random.Random, coordinators: list[Any]) -> list[Any]:
    from referrals.models import Conversation, Person
    from referrals.models.sealed import blind

    now = timezone.now()
    people = []
    for number in range(PEOPLE):
        reference = f"LAS-{number:06}"
        person = Person(
            coordinator=coordinators[number % COORDINATORS], reference=reference, reference_blind=blind(reference),
            called=made.choice(CALLED), contact={"phone": "07700 900123"}, place="RM18 8AD",
            closed_at=now if made.random() < 0.3 else None, created_at=now - made.randrange(700) * DAY,
        )  # fmt: skip
        people.append(person)
    people = Person.objects.bulk_create(people, batch_size=CHUNK)
    Conversation.objects.bulk_create(
        (
            Conversation(
                person=one, held_by=one.coordinator, held_on=timezone.localdate(), answers={"matters": "My garden."},
                finished_at=None if made.random() < 0.03 else now,
            )
            for one in people
        ),
        batch_size=CHUNK,
    )  # fmt: skip
    return people


def lay_referrals(made: random.Random, people: list[Any], assets: list[Any]) -> list[Any]:
    from referrals.models import Referral

    now, today = timezone.now(), timezone.localdate()
    referrals = []
    for _each in range(REFERRALS):
        state = made.choices(list(STATES), list(STATES.values()))[0]
        waits = state in {"sent", "seen"}
        sent = now - made.randrange(*((1, 15) if waits else (20, 600))) * DAY
        asset = made.choice(assets)
        referrals.append(
            Referral(
                person=made.choice(people), asset=asset, asset_name=asset.name, provider_id=asset.provider_id,
                progress=state, progress_at=sent, made_at=sent, sent_at=sent, needs={"called": "Jean"},
                decline_reason="no-capacity" if state == "declined" else "",
                # All that wait are due at once: a worse day than any.
                next_at=today if state == "sent" else None, chased=made.randrange(3) if state == "sent" else 0,
            )
        )  # fmt: skip
    return Referral.objects.bulk_create(referrals, batch_size=CHUNK)


def lay_what_is_due(made: random.Random, people: list[Any], referrals: list[Any]) -> None:
    from referrals.models import ResultAsk, RingBack

    today = timezone.localdate()
    RingBack.objects.bulk_create(
        RingBack(person=one, promised_for=today + made.randrange(-5, 5) * DAY)
        for one in made.sample(people, PEOPLE // 50)
    )
    going = [one for one in referrals if one.progress in {"accepted", "in-contact"}]
    ResultAsk.objects.bulk_create(
        (
            ResultAsk(
                referral=one, week=week, due_on=one.sent_at.date() + dt.timedelta(weeks=week), asked_at=one.sent_at
            )
            for one in going
            for week in (2, 6, 12)
        ),
        batch_size=CHUNK,
    )
    ResultAsk.objects.filter(due_on__lt=today - 3 * DAY).update(answered_at=timezone.now())
