"""People of the demonstration, all invented: a coordinator's day, with something in each of its lists.

Their dates are counted from the day on which they are laid.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.joining import hold_only
from accounts.models import User
from accounts.roles import Role
from assets_map.areas import SECTOR
from assets_map.models import Area
from directory.models import Asset
from referrals.acts import make_referral, move_referral
from referrals.models import (
    Conversation,
    Cover,
    Offer,
    OwedMessage,
    OwedNotice,
    Person,
    Referral,
    Result,
    ResultAsk,
    RingBack,
    Via,
)
from referrals.models.consents import Consent, Purpose, give_consent
from referrals.next_steps import keep_next_step
from referrals.progress import DeclineReason, Progress
from referrals.results.asking import OPEN_FOR
from referrals.working_days import working_days_after

COORDINATOR, COLLEAGUE = "robin@example.org", "alex@example.org"
# Tilbury, and Chadwell St Mary above it.
PATCH = ("RM18 8", "RM18 7", "RM16 4")
DAY = dt.timedelta(days=1)
Then = Callable[[Referral, Any], object]


def accept(referral: Referral, _by: Any) -> Referral:
    return move_referral(referral, to=Progress.ACCEPTED, via=Via.LINK)


def meet(referral: Referral, by: Any) -> Referral:
    return move_referral(accept(referral, by), to=Progress.IN_CONTACT, via=Via.LINK)


def decline(referral: Referral, _by: Any) -> Referral:
    words = "We are full until the spring, sorry."
    return move_referral(referral, to=Progress.DECLINED, via=Via.LINK, reason=DeclineReason.NO_CAPACITY, words=words)


def remind(referral: Referral, _by: Any) -> None:
    """As the clock has done by now, had it run."""
    Referral.objects.filter(pk=referral.pk).update(chased=1)


@dataclass(frozen=True)
class Invented:
    """Somebody invented: what they said, where they were put in touch, so many days ago, and what came of it."""

    called: str
    reference: str
    words: str
    asset: str = ""
    days: int = 0
    then: tuple[Then, ...] = ()
    phone: str = "07700 900140"
    is_carer: bool = False


def go_regularly(referral: Referral, by: Any) -> None:
    heard(referral, by, answer="regularly", words="They save me a seat by the window.")


def be_unhappy(referral: Referral, by: Any) -> None:
    words = "The bus does not go back after four."
    result = heard(referral, by, answer="not-got-there", words=words, unhappy=True)
    if referral.person is not None:
        RingBack.objects.create(person=referral.person, result=result, promised_for=timezone.localdate() - DAY)


def heard(referral: Referral, by: Any, **given: Any) -> Result:
    """They were asked after two weeks, by phone."""
    ask = referral.asks.get(week=2)
    ResultAsk.objects.filter(pk=ask.pk).update(answered_at=timezone.now())
    return Result.objects.create(referral=referral, ask=ask, via="phone", taken_by=by, **given)


PEOPLE = (
    Invented(
        "Mr Okafor",
        "DEMO-0101",
        "I drove the 373 for thirty years. I miss the talk.",
        asset="Dockers' Dinner",
        days=6,
        then=(remind,),
    ),
    Invented("Win", "DEMO-0102", "I would like to sing again.", asset="The Tide Turners Choir", days=1),
    Invented(
        "Jean",
        "DEMO-0103",
        "Company while Ted sleeps, and one morning that is mine.",
        asset="Second Thursday",
        days=16,
        then=(meet,),
        is_carer=True,
    ),
    Invented(
        "Dave",
        "DEMO-0104",
        "Something with my hands. I was a fitter.",
        asset="The Rigging Loft Men's Shed",
        days=20,
        then=(accept, be_unhappy),
    ),
    Invented(
        "Maureen",
        "DEMO-0105",
        "Feeding the birds, and somebody to have tea with.",
        asset="Coffee Pot Tuesdays",
        days=30,
        then=(meet, go_regularly),
    ),
    Invented(
        "Priya",
        "DEMO-0106",
        "Getting out of the house before the children wake.",
        asset="Steady On",
        days=4,
        then=(decline,),
    ),
    Invented("Tomasz", "DEMO-0107", "My English, and people of my age."),
)
COLLEAGUES = (Invented("Mrs Adeyemi", "DEMO-0201", "My church, and the number 66.", asset="Soup and Sit-down", days=2),)


@transaction.atomic
def lay_people() -> None:
    """A coordinator with people, and a colleague who is away, for whom they stand in. Nobody is written to."""
    today = timezone.localdate()
    robin = make_demo_coordinator(COORDINATOR, "Robin", "Fielding")
    alex = make_demo_coordinator(COLLEAGUE, "Alex", "Marsh")
    robin.patches.set(Area.objects.filter(code__in=[f"{SECTOR}{sector}" for sector in PATCH]))
    for coordinator, people in ((robin, PEOPLE), (alex, COLLEAGUES)):
        for one in people:
            lay_person(one, coordinator)
    Cover.objects.create(away=alex, by=robin, from_date=today - DAY, to_date=today + 4 * DAY)
    OwedMessage.objects.filter(referral__person__coordinator__in=[robin, alex]).delete()
    OwedNotice.objects.filter(to__in=[robin, alex]).delete()


def people_are_laid() -> bool:
    return User.objects.filter(username=COORDINATOR).exists()


def make_demo_coordinator(email: str, first: str, last: str) -> User:
    """Nobody can sign in as them until a link was made."""
    user, _made = User.objects.get_or_create(
        username=email, defaults={"email": email, "first_name": first, "last_name": last}
    )
    user.set_unusable_password()
    user.save()
    hold_only(user, [Role.COORDINATOR])
    return user


def lay_person(one: Invented, coordinator: User) -> Person:
    person = Person.objects.create(
        coordinator=coordinator,
        council=coordinator.council,
        reference=one.reference,
        called=one.called,
        contact={"phone": one.phone, "how": "phone", "when": "After lunch"},
        place="RM18 8AD",
        is_carer=one.is_carer,
        created_at=timezone.now() - one.days * DAY,
    )
    conversation = Conversation.objects.create(
        person=person,
        held_by=coordinator,
        held_on=timezone.localdate() - one.days * DAY,
        answers={"matters": one.words},
        finished_at=timezone.now() - one.days * DAY if one.asset else None,
    )
    asset = Asset.objects.live().filter(name=one.asset).exclude(provider=None).first()
    if asset is not None:
        put_in_touch(person, conversation, asset, one)
    keep_next_step(person)
    return person


def put_in_touch(person: Person, conversation: Conversation, asset: Asset, one: Invented) -> None:
    ago = timezone.now() - one.days * DAY
    by, how = person.coordinator, Consent.How.SPOKEN
    give_consent(person, purpose=Purpose.CONTACT, how=how, by=by)
    consent = give_consent(person, purpose=Purpose.SHARE, how=how, by=by, provider=asset.provider)
    Offer.objects.create(
        conversation=conversation, asset=asset, asset_name=asset.name, state=Offer.State.CHOSEN, at=ago
    )
    needs = {"called": one.called, "contact": one.phone, "when": "After lunch"}
    referral = make_referral(person, asset=asset, needs=needs, consent=consent, by=by, conversation=conversation)
    person.consents.update(given_at=ago)
    for then in one.then:
        then(referral, by)
        referral.refresh_from_db()
    set_back(referral, one.days)


def set_back(referral: Referral, days: int) -> None:
    """As if it had been sent so many days ago, and its answer had come the day after."""
    sent = timezone.now() - days * DAY
    answered = min(sent + DAY, timezone.now())
    referral.events.update(at=sent)
    referral.made_at, referral.sent_at = sent, sent
    referral.progress_at = answered if referral.decided_at else sent
    referral.decided_at = answered if referral.decided_at else None
    if referral.next_at is not None:
        # The clock leaves them alone for a while.
        referral.next_at = working_days_after(timezone.localdate(), 3)
    referral.save()
    for ask in referral.asks.all():
        ask.due_on = timezone.localdate(answered) + dt.timedelta(weeks=ask.week)
        if ask.due_on <= timezone.localdate():
            ask.asked_at, ask.expires_at = timezone.now(), timezone.now() + OPEN_FOR
        ask.save()
