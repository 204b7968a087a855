"""What somebody has open stands when something that it is about is gone."""

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import Asset, Provider
from referrals.answering.links import give_code, give_link
from referrals.home.closing import close_person
from referrals.models import Person
from referrals.results.links import give_result_link
from tests.factories.referrals import make_conversation, make_offer
from tests.referrals.everything import live_through
from tests.referrals.results.conftest import open_ask

pytestmark = pytest.mark.django_db
OF_A_PERSON = "person held erase"
OF_A_REFERRAL = "referral withdraw mistake consent_given rang read_out send_again next_best heard"
OF_A_CONVERSATION = "conversation crisis review"
OF_NOBODY = "today people to_ask ring_backs handing_over"


def addresses(person):
    for name in OF_NOBODY.split():
        yield reverse(f"referrals:{name}")
    for name in OF_A_PERSON.split():
        yield reverse(f"referrals:{name}", args=[person.key])
    for talk in person.conversations.all():
        yield from (reverse(f"referrals:{name}", args=[talk.key]) for name in OF_A_CONVERSATION.split())
    for one in person.referrals.all():
        yield from (reverse(f"referrals:{name}", args=[one.key]) for name in OF_A_REFERRAL.split())
    yield from (reverse("referrals:ring_back", args=[one.key]) for one in person.ring_backs.all())


def test_every_page_of_a_person_stands_when_listings_and_providers_are_deleted(client):
    person = live_through()
    make_offer(make_conversation(person))
    open_ask(referral=person.referrals.get(progress="ended"))
    waiting = person.referrals.get(progress="sent")
    provider_s = Client()
    link = give_link(waiting)
    provider_s.post("/answer/", {"link": link, "code": give_code(waiting)})
    client.force_login(person.coordinator)
    Asset.objects.all().delete()
    Provider.objects.all().delete()
    answers = {address: client.get(address).status_code for address in addresses(person)}
    assert {address: status for address, status in answers.items() if status not in {200, 302}} == {}
    assert provider_s.get("/answer/", {"link": link}).status_code == 200
    assert provider_s.get(f"/answer/{waiting.key}/").status_code == 200
    ask = give_result_link(person.referrals.get(progress="ended").asks.first())
    assert Client().get("/how-did-it-go/", {"link": ask}).status_code == 200


def test_every_page_of_somebody_who_died_stands(client):
    person = live_through()
    person.ring_backs.all().delete()
    person.referrals.filter(progress="sent").update(progress="in-contact")
    close_person(person, by=person.coordinator)
    assert Person.objects.get().closed_at
    client.force_login(person.coordinator)
    answers = {address: client.get(address).status_code for address in addresses(person)}
    assert {address: status for address, status in answers.items() if status not in {200, 302}} == {}
