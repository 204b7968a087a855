"""What is read out before somebody says yes: versions that nobody alters."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from referrals.models import ConsentWording
from tests.factories.referrals import consent_to_share, make_person

pytestmark = pytest.mark.django_db
SPACE = "wagtailsnippets_referrals_consentwording"


def add(browser, **overrides):
    given = {"purpose": "share", "words": "May we tell {provider}?", "from_date": timezone.localdate().isoformat()}
    return browser.post(reverse(f"{SPACE}:add"), {**given, **overrides})


def test_a_change_is_another_version_and_what_was_agreed_to_stays(as_role):
    consent = consent_to_share(make_person(), None)
    before = consent.wording.words
    assert add(as_role(Role.ADMINISTRATOR)).status_code == 302
    assert ConsentWording.objects.read_out("share").version == 2
    consent.refresh_from_db()
    assert (consent.wording.version, consent.wording.words) == (1, before)


def test_what_is_from_a_later_day_is_not_read_out_yet(as_role):
    ConsentWording.objects.read_out("share")
    add(as_role(Role.ADMINISTRATOR), from_date=(timezone.localdate() + dt.timedelta(days=9)).isoformat())
    assert ConsentWording.objects.count() == 2
    assert ConsentWording.objects.read_out("share").version == 1


@pytest.mark.parametrize("wrong", [{"words": "May we?"}, {"from_date": "2020-01-01"}])
def test_what_nobody_could_rely_on_is_refused(as_role, wrong):
    assert add(as_role(Role.ADMINISTRATOR), **wrong).status_code == 200
    assert not ConsentWording.objects.exists()


def test_nobody_alters_or_removes_one(as_role, admin_client):
    wording = ConsentWording.objects.read_out("share")
    for browser in (as_role(Role.ADMINISTRATOR), admin_client):
        for view in ("edit", "delete"):
            assert browser.post(reverse(f"{SPACE}:{view}", args=[wording.pk]), {"words": "x"}).status_code == 404
        assert browser.get(reverse(f"{SPACE}:inspect", args=[wording.pk])).status_code == 200
        assert browser.get(reverse(f"{SPACE}:list")).status_code == 200
    wording.refresh_from_db()
    assert wording.words.startswith("May we give {provider}")
