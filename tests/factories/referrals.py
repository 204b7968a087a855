"""People and what is kept of them: valid, fixed, and saved. Everything given overrides a default."""

from itertools import count

from django.utils import timezone

from accounts.joining import hold_only
from accounts.models import User
from accounts.roles import Role
from referrals.acts import make_referral
from referrals.models import Conversation, Cover, Offer, Person
from referrals.models.consents import Consent, Purpose, give_consent
from tests.factories.directory import make_asset, make_provider

numbers = count(1)
NEEDS = {"called": "Jean", "contact": "07700 900123", "when": "After lunch", "welcome": "Somebody at the door"}


def make_coordinator(name="robin", **overrides):
    user = User.objects.create(username=f"{name}@example.org", email=f"{name}@example.org", **overrides)
    hold_only(user, [Role.COORDINATOR])
    return user


def make_administrator(name="ada", **overrides):
    user = User.objects.create(username=f"{name}@example.org", email=f"{name}@example.org", **overrides)
    hold_only(user, [Role.ADMINISTRATOR])
    return user


def make_person(coordinator=None, **overrides):
    given = {
        "reference": f"LAS-{next(numbers):05}",
        "called": "Jean",
        "contact": {"phone": "07700 900123", "how": "phone", "when": "After lunch"},
        "place": "RM18 8AD",
        **overrides,
    }
    return Person.objects.create(coordinator=coordinator, **given)


def make_conversation(person=None, **overrides):
    person = person or make_person()
    given = {"held_by": person.coordinator, "answers": {"matters": "My garden, and seeing my sister."}, **overrides}
    return Conversation.objects.create(person=person, **given)


def make_offer(conversation=None, asset=None, **overrides):
    asset = asset or make_referable_asset()
    given = {"asset_name": asset.name, "why": "0.6 miles away, Civic Square", "state": Offer.State.CHOSEN, **overrides}
    return Offer.objects.create(conversation=conversation or make_conversation(), asset=asset, **given)


def make_referable_asset(**overrides):
    """A listing of a provider that can be written to and sent a text."""
    given = {"email": "lunch@example.org", "text_number": "07700 900456", **overrides}
    given.setdefault("provider", make_provider())
    return make_asset(**given)


def consent_to_share(person, provider, **overrides):
    given = {"how": Consent.How.SPOKEN, "by": person.coordinator, **overrides}
    return give_consent(person, purpose=Purpose.SHARE, provider=provider, **given)


def consent_to_be_asked(person, **overrides):
    given = {"how": Consent.How.SPOKEN, "by": person.coordinator, **overrides}
    return give_consent(person, purpose=Purpose.CONTACT, **given)


def refer(person=None, asset=None, **overrides):
    """A referral that has been sent."""
    person = person or make_person(make_coordinator())
    asset = asset or make_referable_asset()
    given = {"needs": NEEDS, "by": person.coordinator, **overrides}
    given.setdefault("consent", consent_to_share(person, asset.provider))
    return make_referral(person, asset=asset, **given)


def make_cover(away, by, **overrides):
    """For today."""
    today = timezone.localdate()
    return Cover.objects.create(away=away, by=by, **{"from_date": today, "to_date": today, **overrides})
