"""What changed between the page and the press: the words, who is told, what was written, or somebody pressed twice."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from referrals.models import Consent, ConsentWording, OwedMessage, Referral
from referrals.progress import Progress
from tests.factories.directory import make_provider
from tests.factories.referrals import refer
from tests.referrals.referring.posting import CODE, ask, heading, refer_address, send

pytestmark = pytest.mark.django_db
CHANGED = "the words or who is told have changed"


def mark_on(page):
    return page.context["form"].mark


def new_words(purpose="share"):
    return ConsentWording.objects.create(purpose=purpose, version=2, words="New words, and {provider}.")


def test_a_yes_is_to_the_words_that_stood_on_the_page(robin, jean, lunch_club):
    mark = mark_on(robin.get(refer_address(jean, lunch_club)))
    newest = new_words()
    page = send(robin, jean, lunch_club, read=mark)
    assert CHANGED in page.content.decode()
    assert "New words, and Riverside Neighbours." in page.content.decode()
    assert "Somebody at the door" in page.content.decode()
    assert not Consent.objects.exists()
    send(robin, jean, lunch_club, read=mark_on(page))
    assert Referral.objects.get().consent.wording == newest


def test_a_yes_to_one_provider_is_none_to_who_took_the_listing_over(robin, jean, lunch_club):
    mark = mark_on(robin.get(refer_address(jean, lunch_club)))
    lunch_club.provider = make_provider(name="Another Charity")
    lunch_club.save()
    page = send(robin, jean, lunch_club, read=mark)
    assert CHANGED in page.content.decode()
    assert "May we give Another Charity" in page.content.decode()
    assert not Referral.objects.exists()


def test_a_resident_reads_new_words_before_they_are_held_to_them(client, open_club):
    mark = mark_on(client.get(reverse("referrals:ask_for_me", args=[open_club.slug])))
    new_words("contact")
    assert CHANGED in ask(client, open_club, read=mark).content.decode()
    assert not Referral.objects.exists()


def test_a_further_yes_is_to_the_words_on_the_page_too(robin, jean, lunch_club):
    address = reverse("referrals:consent_given", args=[refer(jean, lunch_club).key])
    mark = mark_on(robin.get(address))
    new_words("contact")
    form = {"purpose": "contact", "how": "spoken", "note": ""}
    page = robin.post(address, {**form, "read": mark})
    assert CHANGED in page.content.decode()
    robin.post(address, {**form, "read": mark_on(page)})
    assert jean.consents.get(purpose="contact").wording.version == 2


def test_words_that_begin_tomorrow_change_nothing_today(robin, jean, lunch_club):
    mark = mark_on(robin.get(refer_address(jean, lunch_club)))
    ConsentWording.objects.filter(pk=new_words().pk).update(from_date=timezone.localdate() + dt.timedelta(days=1))
    send(robin, jean, lunch_club, read=mark)
    assert Referral.objects.get().consent.wording.version == 1


# Back, changed, and sent again.


def test_what_is_changed_after_it_was_sent_is_not_said_to_be_sent(robin, jean, lunch_club):
    send(robin, jean, lunch_club)
    page = robin.get(send(robin, jean, lunch_club, phone="07700 900999").url).content.decode()
    assert "What you changed since was not sent" in page
    assert "07700 900999" not in Referral.objects.get().needs["contact"]


@pytest.mark.parametrize("taken_back", [False, True])
def test_a_resident_who_sends_something_else_or_sends_it_after_taking_it_back_is_told(client, open_club, taken_back):
    ask(client, open_club)
    if taken_back:
        client.post(reverse("referrals:own"), {"code": CODE, "contact": "07700 900123", "step": "withdraw"})
    page = ask(client, open_club, **({} if taken_back else {"phone": "07700 900999"}))
    assert heading(page) == "You sent this before"
    assert CODE in page.content.decode()
    assert Referral.objects.count() == 1


# Pressed twice.


@pytest.mark.parametrize(("name", "state"), [("withdraw", Progress.WITHDRAWN), ("mistake", Progress.ENTERED_IN_ERROR)])
def test_what_is_undone_twice_is_undone_once_and_nothing_is_wrong(robin, jean, lunch_club, name, state):
    referral = refer(jean, lunch_club)
    address = reverse(f"referrals:{name}", args=[referral.key])
    pressed = [robin.post(address, {"words": "The wrong Jean"}) for _each in range(2)]
    assert [one.status_code for one in pressed] == [302, 302]
    assert Referral.objects.get().progress == state
    assert referral.events.filter(became=state).count() == 1


def test_a_yes_that_is_taken_back_twice_is_taken_back_once(robin, jean, lunch_club):
    referral = refer(jean, lunch_club)
    OwedMessage.objects.all().delete()
    address = reverse("referrals:consent_withdrawn", args=[referral.key, referral.consent.key])
    pressed = [robin.post(address, {"words": "No more"}, follow=True) for _each in range(2)]
    assert [one.status_code for one in pressed] == [200, 200]
    assert "They have taken it back already." in pressed[1].content.decode()
    assert OwedMessage.objects.count() == 1
