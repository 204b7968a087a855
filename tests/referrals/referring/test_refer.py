"""A coordinator and a person: signposted, referred, or neither."""

import pytest
from django.urls import reverse

from accounts.models import AccessEvent
from referrals.models import Consent, MessageKind, Offer, OwedMessage, Referral, Signpost
from referrals.models.consents import Purpose
from referrals.progress import Progress
from tests.factories.assets_map import make_gazetteer
from tests.factories.directory import make_asset
from tests.factories.referrals import make_conversation, make_coordinator, make_offer, make_person
from tests.referrals.referring.posting import heading, refer_address, send

pytestmark = pytest.mark.django_db


def test_a_signpost_is_counted_and_leaves_nothing_of_the_person(robin, jean, lunch_club):
    address = reverse("referrals:signpost", args=[jean.key, lunch_club.slug])
    assert robin.post(address).url == address
    assert "It is counted as a signpost." in robin.get(address).content.decode()
    signpost = Signpost.objects.get(asset_id=lunch_club.pk)
    assert (signpost.how, signpost.count) == (Signpost.How.GIVEN, 1)
    assert not OwedMessage.objects.exists()
    assert not Referral.objects.exists()


def test_what_a_listing_asks_for_is_said_before_anything_is_chosen(robin, jean, lunch_club):
    lunch_club.asks_for = ["age", "access"]
    lunch_club.save()
    page = robin.get(reverse("referrals:signpost_or_refer", args=[jean.key, lunch_club.slug])).content.decode()
    assert "how old they are, roughly" in page
    assert "what helps them get in and about" in page
    assert "their address" not in page


def test_the_form_asks_for_no_more_than_the_listing_does(robin, jean, lunch_club):
    lunch_club.asks_for = ["access"]
    lunch_club.save()
    form = robin.get(refer_address(jean, lunch_club)).context["form"]
    assert "access" in form.fields
    assert {"address", "area", "age", "enjoys", "others"} & set(form.fields) == set()


def test_what_is_known_already_is_not_asked_twice(robin, jean, lunch_club):
    form = robin.get(refer_address(jean, lunch_club)).context["form"]
    assert form["called"].value() == "Jean"
    assert form["phone"].value() == "07700 900123"
    assert form["contact"].value() == "phone"


def test_who_asks_for_an_area_is_not_told_a_postcode(robin, jean, lunch_club, data_dir):
    make_gazetteer(data_dir)
    lunch_club.asks_for = ["area"]
    lunch_club.save()
    area = robin.get(refer_address(jean, lunch_club)).context["form"]["area"].value()
    assert jean.place == "RM18 8AD"
    assert "8AD" not in area


def test_nothing_is_sent_before_somebody_said_that_nobody_is_at_risk(robin, jean, lunch_club):
    response = send(robin, jean, lunch_club, step="check")
    assert heading(response) == "Is anybody at risk?"
    assert "Ring 07700 900123" in response.content.decode()
    assert not Referral.objects.exists()
    assert not Consent.objects.exists()


def test_somebody_at_risk_is_told_what_to_do_now(robin, jean, lunch_club):
    page = send(robin, jean, lunch_club, step="worried").content.decode()
    assert 'href="tel:999"' in page
    assert "Nothing has been sent" in page
    assert 'value="Somebody at the door"' in page
    assert not Referral.objects.exists()


def test_with_a_yes_it_is_sent_and_what_was_read_out_is_kept(robin, jean, lunch_club, coordinator):
    response = send(robin, jean, lunch_club)
    referral = Referral.objects.get()
    assert response.url == reverse("referrals:referral", args=[referral.key])
    assert referral.progress == Progress.SENT
    assert referral.needs == {
        "called": "Jean", "contact": "Ring 07700 900123", "when": "After lunch", "welcome": "Somebody at the door",
        "company": "yes",
    }  # fmt: skip
    consent = referral.consent
    assert (consent.purpose, consent.provider, consent.how) == (Purpose.SHARE, lunch_club.provider, "spoken")
    assert consent.taken_by == coordinator
    assert consent.wording.version == 1


def test_each_further_purpose_is_a_yes_of_its_own(robin, jean, lunch_club):
    send(robin, jean, lunch_club, may_ask="on")
    assert set(Consent.objects.values_list("purpose", flat=True)) == {"share", "contact"}


def test_a_form_that_is_sent_twice_is_one_referral(robin, jean, lunch_club):
    first, second = send(robin, jean, lunch_club), send(robin, jean, lunch_club)
    assert first.url == second.url
    assert Referral.objects.count() == 1
    assert Consent.objects.count() == 1
    assert OwedMessage.objects.filter(kind=MessageKind.PROVIDER_ASKED).count() == 1


def test_without_a_yes_there_is_a_signpost_and_nothing_is_kept(robin, jean, lunch_club):
    response = send(robin, jean, lunch_club, agree="no", phone="")
    assert "There is a problem" not in response.content.decode()
    assert 'value="Somebody at the door"' in response.content.decode()
    assert heading(response) == "Nothing is sent without their yes"
    assert reverse("referrals:signpost", args=[jean.key, lunch_club.slug]) in response.content.decode()
    assert not Referral.objects.exists()
    assert not Consent.objects.exists()


@pytest.mark.parametrize("how", ["advocate", "best-interests"])
def test_an_advocate_or_a_decision_is_named(robin, jean, lunch_club, how):
    response = send(robin, jean, lunch_club, how=how)
    assert "Say which advocate, or which decision" in response.content.decode()
    assert not Referral.objects.exists()
    send(robin, jean, lunch_club, how=how, note="Sam Ode, 3 November")
    assert Referral.objects.get().consent.note == "Sam Ode, 3 November"


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ({"called": ""}, "Write what they like to be called."),
        ({"phone": ""}, "Write the phone number, or choose another way to get in touch."),
        ({"contact": "email"}, "Write the e-mail address, or choose another way to get in touch."),
        ({"contact": "through"}, "Say through whom, and how to reach them."),
        ({"agree": ""}, "Choose whether they agree."),
        ({"how": ""}, "Choose how they said so."),
        ({"email": "jean"}, "This is not an e-mail address."),
        ({"how": "online"}, "Select a valid choice"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(robin, jean, lunch_club, missing, sentence):
    page = send(robin, jean, lunch_club, **missing).content.decode()
    assert sentence in page
    assert "Somebody at the door" in page
    assert not Referral.objects.exists()


def test_a_provider_that_cannot_be_written_to_is_said_before_it_is_sent(robin, jean):
    unreachable = make_asset(phone="01632 960002", provider=None)
    page = robin.get(refer_address(jean, unreachable)).content.decode()
    assert "record “I rang them”" in page
    assert "01632 960002" in page


def test_what_was_offered_in_a_conversation_is_chosen_there(robin, jean, lunch_club):
    offer = make_offer(make_conversation(jean), lunch_club, state=Offer.State.OFFERED)
    send(robin, jean, lunch_club)
    offer.refresh_from_db()
    assert offer.state == Offer.State.CHOSEN
    assert Referral.objects.get().conversation == offer.conversation


def test_a_referral_that_still_stands_is_pointed_out(robin, jean, lunch_club):
    send(robin, jean, lunch_club)
    page = robin.get(reverse("referrals:signpost_or_refer", args=[jean.key, lunch_club.slug])).content.decode()
    assert "that still stands" in page


def test_from_a_listing_the_own_people_are_there_to_choose_from(robin, jean, lunch_club):
    make_person(make_coordinator("alex"), called="Olive")
    address = reverse("referrals:refer_somebody", args=[lunch_club.slug])
    page = robin.get(address).content.decode()
    assert reverse("referrals:signpost_or_refer", args=[jean.key, lunch_club.slug]) in page
    assert "Olive" not in page


@pytest.mark.parametrize("who", ["las - 77", "jea"])
def test_people_are_found_by_reference_or_by_what_they_are_called(robin, coordinator, lunch_club, who):
    jean = make_person(coordinator, reference="LAS-77")
    make_person(coordinator, called="Olive", reference="LAS-78")
    page = robin.post(reverse("referrals:refer_somebody", args=[lunch_club.slug]), {"sought": who}).content.decode()
    assert jean.key in page
    assert "Olive" not in page


def test_somebody_else_s_person_is_not_found(robin, lunch_club):
    stranger = make_person(make_coordinator("alex"))
    assert robin.get(refer_address(stranger, lunch_club)).status_code == 404
    assert send(robin, stranger, lunch_club).status_code == 404
    assert not Referral.objects.exists()


def test_every_page_writes_down_the_look(robin, jean, lunch_club):
    for name in ("signpost_or_refer", "refer"):
        robin.get(reverse(f"referrals:{name}", args=[jean.key, lunch_club.slug]))
    assert list(AccessEvent.objects.values_list("whose", "why")) == [(f"referrals.person:{jean.pk}", "own")] * 2


def test_coordinators_alone_find_the_way_from_a_listing(robin, client, lunch_club):
    way = reverse("referrals:refer_somebody", args=[lunch_club.slug])
    assert way in robin.get(lunch_club.get_absolute_url()).content.decode()
    robin.logout()
    assert way not in client.get(lunch_club.get_absolute_url()).content.decode()
