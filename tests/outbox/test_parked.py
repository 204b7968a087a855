"""A person hears of what is parked, once, and tries it again or gives it up."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone
from wagtail.models import ModelLogEntry

from outbox.delivery import deliver_due, deliver_everything_due
from outbox.mending import WordsMissing, give_up, retry
from outbox.models import ParkedNotice
from tests.outbox.owing.models import Parcel

pytestmark = pytest.mark.django_db


@pytest.fixture
def park(receiver):
    def park(*contents):
        for content in contents:
            receiver.answers[content] = 422
            Parcel.objects.create(content=content)
        deliver_due(Parcel)

    return park


def tell():
    """What is due within the next hour, now."""
    ParkedNotice.objects.filter(due_at__lt=timezone.now() + dt.timedelta(hours=1)).update(due_at=timezone.now())
    deliver_everything_due()
    return len(mail.outbox)


def test_administrators_are_told_once_of_many(park, administrator):
    park(*map(str, range(15)))
    assert len(mail.outbox) == 0
    assert tell() == 1
    (message,) = mail.outbox
    assert message.bcc == ["ada@example.org"]
    assert "Parcels: 15 are parked. The receiver answered 422." in message.body
    assert message.body.strip().endswith("/admin/owed-work/")
    assert tell() == 1


def test_what_is_parked_later_the_same_day_is_told_the_next(park, administrator):
    park("tea")
    tell()
    park("cake")
    assert tell() == 1
    ParkedNotice.objects.update(due_at=timezone.now())
    assert tell() == 2
    assert "Parcels: 2 are parked." in mail.outbox[1].body
    assert mail.outbox[0].extra_headers["Message-ID"] != mail.outbox[1].extra_headers["Message-ID"]


def test_after_all_is_mended_new_trouble_is_news_at_once(park, administrator):
    park("tea")
    tell()
    give_up(Parcel.objects.get(), because="It was a test", by=administrator)
    park("cake")
    assert tell() == 2


def test_a_message_that_could_not_be_sent_is_sent_later_under_the_same_name(park, administrator, settings):
    park("tea")
    settings.TELL_ADMINISTRATORS = "no.such.door"
    tell()
    notice = ParkedNotice.objects.get()
    assert (notice.attempts, notice.told_at) == (1, None)
    settings.TELL_ADMINISTRATORS = "config.telling.tell_administrators"
    assert tell() == 1
    assert str(notice.key) in mail.outbox[0].extra_headers["Message-ID"]


def test_without_administrators_nothing_fails(park):
    park("tea")
    assert tell() == 0
    assert ParkedNotice.objects.get().attempts == 0


def test_one_is_tried_again_from_the_beginning(park, receiver, administrator):
    park("tea", "cake")
    receiver.answers.clear()
    first = Parcel.objects.get(content="tea")
    assert retry(Parcel, only=first.pk, by=administrator) == 1
    deliver_due(Parcel)
    assert [parcel["content"] for parcel in receiver.applied.values()] == ["tea"]
    assert Parcel.objects.parked().count() == 1


def test_all_are_tried_again_and_who_did_it_is_kept(park, receiver, administrator):
    park("tea", "cake")
    receiver.answers.clear()
    assert retry(Parcel, by=administrator) == 2
    assert deliver_due(Parcel) == 2
    assert ModelLogEntry.objects.filter(action="outbox.retry", user=administrator).count() == 2


def test_giving_up_takes_a_reason_and_leaves_a_trace(park, administrator):
    park("tea")
    row = Parcel.objects.get()
    with pytest.raises(WordsMissing):
        give_up(row, because="  ", by=administrator)
    pk = row.pk
    give_up(row, because="The receiver is closed", by=administrator)
    assert not Parcel.objects.exists()
    entry = ModelLogEntry.objects.get(action="outbox.give_up")
    assert (entry.label, entry.data["because"], entry.user) == (f"parcel {pk}", "The receiver is closed", administrator)
