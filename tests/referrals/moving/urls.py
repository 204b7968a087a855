"""Referring, and answering as a provider does, by number: for processes that are killed meanwhile."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.urls import include, path

from referrals.acts import make_referral
from referrals.answering.moves import answer
from referrals.models import OwedMessage, Person, Referral, Via
from referrals.models.consents import Purpose
from tests.factories.referrals import (
    NEEDS,
    consent_to_be_asked,
    consent_to_share,
    make_coordinator,
    make_person,
    make_referable_asset,
)

# What a provider says, one after the other, and where it stood before.
SAID = {"accepted": "sent", "in-contact": "accepted", "ended": "in-contact"}


def lay(count):
    robin, asset = make_coordinator(), make_referable_asset()
    for number in range(count):
        person = make_person(robin, key=f"{number:016}")
        consent_to_share(person, asset.provider)
        consent_to_be_asked(person)


def refer(request, number):
    person = Person.objects.get(key=f"{number:016}")
    consent = person.consents.get(purpose=Purpose.SHARE)
    asset = consent.provider.assets.get()
    make_referral(
        person, asset=asset, needs=NEEDS, consent=consent, by=person.coordinator, submission=UUID(int=number + 1)
    )
    return HttpResponse("made")


def say(request, number, to):
    referral = Referral.objects.get(submission=UUID(int=number + 1))
    answered = answer(referral, {"to": to, "was": SAID[to]}, via=Via.LINK)
    return HttpResponse("stands" if answered.stands else "told")


def left(request):
    return JsonResponse({"owed": OwedMessage.objects.count()})


def made(request):
    """Of each referral: what became of it, one after the other, and the weeks after which its person is asked."""
    found = [
        [[event.became for event in one.events.order_by("pk")], [ask.week for ask in one.asks.order_by("week")]]
        for one in Referral.objects.all()
    ]
    return JsonResponse({"made": found})


urlpatterns = [
    path("refer/<int:number>/", refer),
    path("say/<int:number>/<str:to>/", say),
    path("left/", left),
    path("made/", made),
    path("", include("referrals.urls")),
]
