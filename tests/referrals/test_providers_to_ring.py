"""A provider whom no message reaches is rung, and asked to forget somebody who changed their mind or was erased."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from accounts.access_events import AccessEvent
from accounts.models import Council, Team
from config.forgetting import due, forget
from config.health import people as health
from config.health.part import State
from outbox.delivery import deliver_due
from outbox.problems import NotDeliverable
from referrals.acts import move_referral
from referrals.answering.links import give_link
from referrals.home.handing_over import Plan, counts_of, hand_over
from referrals.home.mine import rung_by_nobody
from referrals.keeping.erasing import Because, erase, what_will_go
from referrals.keeping.held import everything_held
from referrals.messages.letters import write
from referrals.models import AnswerLink, MessageKind, OwedMessage, Person, ProviderToRing, Referral, Via
from referrals.progress import Progress
from referrals.referring.withdrawing import enter_in_error, withdraw_consent, withdraw_referral
from tests.factories.assets_map import make_area
from tests.factories.directory import make_provider
from tests.factories.referrals import (
    make_administrator,
    make_coordinator,
    make_cover,
    make_person,
    make_referable_asset,
    refer,
)

pytestmark = pytest.mark.django_db
LIST = reverse("referrals:providers_to_ring")


def by_phone_only(**overrides):
    """A listing that is rung, and can be reached in no other way."""
    provider = make_provider(name="Riverside Friends")
    return make_referable_asset(email="", text_number="", phone="01632 960001", provider=provider, **overrides)


@pytest.fixture
def rung(jean):
    """They said yes on the phone."""
    referral = refer(jean, by_phone_only())
    move_referral(referral, to=Progress.ACCEPTED, via=Via.RANG)
    OwedMessage.objects.all().delete()
    return referral


def take_back(referral):
    return withdraw_referral(referral, via=Via.PERSON, words="I changed my mind.")


def erased(person, by=None):
    erase(person, by=by or person.coordinator, because=Because.PERSON_ASKED)


def page(client):
    return " ".join(client.get(LIST).content.decode().split())


def test_whoever_was_only_rung_is_to_be_rung_again_when_it_is_taken_back(client, rung, jean):
    take_back(rung)
    one = ProviderToRing.objects.get()
    assert (one.referral, one.coordinator, one.done_at) == (rung, jean.coordinator, None)
    assert not OwedMessage.objects.filter(kind=MessageKind.PROVIDER_WITHDRAWN).exists()
    client.force_login(jean.coordinator)
    for address in (LIST, reverse("referrals:today")):
        said = client.get(address).content.decode()
        assert "Riverside Friends" in said
        assert f"{rung.key[:4]}-{rung.key[4:8]}" in said
    assert "tel:+441632960001" in page(client)
    assert reverse("referrals:referral", args=[rung.key]) in page(client)


def test_it_outlives_the_erasure_and_holds_nothing_of_the_person(client, rung, jean, administrator):
    erased(jean, by=administrator)
    one = ProviderToRing.objects.get()
    assert (one.coordinator, one.referral.person, one.referral.needs) == (jean.coordinator, None, {})
    assert jean.key not in repr(ProviderToRing.objects.values().get())
    for user in (jean.coordinator, administrator):
        client.force_login(user)
        said = page(client)
        assert "Riverside Friends" in said
        assert "only the day and the reference are left" in said
        assert "Jean" not in said
        assert reverse("referrals:referral", args=[rung.key]) not in said


def test_it_is_ticked_off_once_and_is_gone_from_the_lists(client, rung, jean, administrator):
    take_back(rung)
    one = ProviderToRing.objects.get()
    client.force_login(jean.coordinator)
    assert "Ticked off" in client.post(LIST, {"key": one.key}, follow=True).content.decode()
    client.force_login(administrator)
    client.post(LIST, {"key": one.key})
    one.refresh_from_db()
    assert one.done_by == jean.coordinator
    assert "No provider waits to be rung" in page(client)
    client.force_login(jean.coordinator)
    assert "Riverside Friends" not in client.get(reverse("referrals:today")).content.decode()


@pytest.mark.parametrize("key", ["", "\x00", "nothing", "x" * 500])
def test_what_is_not_there_cannot_be_ticked_off(key, client, rung, jean):
    take_back(rung)
    client.force_login(jean.coordinator)
    assert "off the list already" in client.post(LIST, {"key": key}, follow=True).content.decode()
    assert ProviderToRing.objects.to_do().exists()


def test_the_list_is_written_down_as_a_look(client, rung, jean):
    client.force_login(jean.coordinator)
    page(client)
    assert AccessEvent.objects.get(what="listed").whose == "referrals.providertoring"


def test_who_can_be_written_to_is_written_to(referral, jean):
    erased(jean)
    assert not ProviderToRing.objects.exists()
    assert OwedMessage.objects.filter(kind=MessageKind.PROVIDER_WITHDRAWN).exists()


def test_before_an_erasure_it_says_whom_to_ring_first(client, rung, jean):
    refer(jean, make_referable_asset(provider=make_provider(name="By mail")))
    goes = what_will_go(jean)
    assert (goes.told, goes.to_ring) == (["By mail"], ["Riverside Friends"])
    client.force_login(jean.coordinator)
    address = reverse("referrals:erase", args=[jean.key])
    assert "Ring them first" in client.get(address).content.decode()
    done = client.post(address, {"because": Because.PERSON_ASKED, "sure": "on"}).content.decode()
    assert LIST in done
    assert "Riverside Friends" in done


def test_the_coordinator_is_sent_to_the_list_when_somebody_else_erased(rung, jean, administrator):
    erased(jean, by=administrator)
    letter = write(OwedMessage.objects.get(kind=MessageKind.PERSON_ERASED))
    assert f"{LIST}\n" in letter.words


def test_each_way_of_ending_it_asks_for_one_call(rung, jean):
    move_referral(rung, to=Progress.ENDED, via=Via.RANG)
    withdraw_consent(rung.consent, via=Via.COORDINATOR, by=jean.coordinator, words="")
    enter_in_error(rung, by=jean.coordinator, words="The wrong person.")
    ProviderToRing.objects.update(done_at=timezone.now())
    assert what_will_go(jean).to_ring == []
    erased(jean)
    assert ProviderToRing.objects.count() == 1


class RefusedTexts:
    sends = True

    def send(self, _number, _words, *, key):
        raise NotDeliverable(f"Not taken: {key}")


def test_whoever_takes_no_message_is_to_be_rung(jean, settings):
    provider = make_provider(name="Riverside Friends")
    referral = refer(jean, make_referable_asset(email="", text_number="07700 900456", provider=provider))
    give_link(referral)
    take_back(referral)
    assert not ProviderToRing.objects.exists()
    settings.TEXTS = f"{__name__}.RefusedTexts"
    deliver_due(OwedMessage)
    assert ProviderToRing.objects.get().coordinator == jean.coordinator


def test_whoever_cannot_be_written_to_any_more_is_to_be_rung(referral, mailoutbox):
    give_link(referral)
    take_back(referral)
    referral.asset.delete()
    referral.provider.delete()
    deliver_due(OwedMessage)
    assert ProviderToRing.objects.filter(referral=referral).exists()


def test_whoever_opened_it_hears_of_it_also_when_the_links_are_gone(referral, mailoutbox):
    move_referral(referral, to=Progress.SEEN, via=Via.LINK)
    OwedMessage.objects.all().delete()
    AnswerLink.objects.all().delete()
    take_back(referral)
    deliver_due(OwedMessage)
    assert "was withdrawn" in mailoutbox[0].subject


def test_others_do_not_see_it(client, rung):
    take_back(rung)
    is_hidden_from(make_coordinator("alex"), client)
    elsewhere = Council.objects.create(name="Elsewhere", site=Site.objects.get())
    for make in (make_coordinator, make_administrator):
        is_hidden_from(make(make.__name__, council=elsewhere), client)


def is_hidden_from(user, client):
    client.force_login(user)
    assert "Riverside Friends" not in page(client)
    client.post(LIST, {"key": ProviderToRing.objects.get().key})
    assert ProviderToRing.objects.to_do().exists()


def test_whoever_stands_in_and_the_team_of_nobodys_see_it(client, rung, jean):
    take_back(rung)
    stands_in, member = make_coordinator("alex"), make_coordinator("kim")
    make_cover(jean.coordinator, stands_in)
    client.force_login(stands_in)
    assert "Riverside Friends" in page(client)
    team = Team.objects.create(name="East")
    member.teams.add(team)
    client.force_login(member)
    ProviderToRing.objects.update(team=team)
    assert "Riverside Friends" not in page(client)
    ProviderToRing.objects.update(coordinator=None)
    assert "Riverside Friends" in page(client)


def test_whoever_has_the_patch_sees_it_while_the_person_is_there(client, rung, jean):
    take_back(rung)
    ProviderToRing.objects.update(coordinator=None)
    patch, member = make_area(), make_coordinator("alex")
    member.patches.add(patch)
    Person.objects.update(patch=patch)
    client.force_login(member)
    assert "Riverside Friends" in page(client)
    jean.coordinator.groups.clear()
    assert not rung_by_nobody().exists()
    member.patches.clear()
    assert rung_by_nobody().exists()


def test_the_person_can_read_that_they_are_rung(rung, jean):
    take_back(rung)
    said = " ".join(line for section in everything_held(jean) for part in section.parts for line in part.lines)
    assert "asked to delete what they were told: not done yet" in said


def test_it_goes_along_when_all_people_are_handed_over(rung, jean, administrator):
    make_person(jean.coordinator)
    erased(jean, by=administrator)
    plan = Plan(by=administrator, giver=jean.coordinator, receiver=make_coordinator("alex"), team=None)
    on = timezone.localdate()
    hand_over(plan, seen=counts_of(plan, on=on).seen, on=on)
    assert ProviderToRing.objects.get().coordinator == plan.receiver


def test_health_warns_when_nobody_is_at_work_who_rings(rung, jean, client, administrator):
    erased(jean)
    assert health.look().state == State.GOOD
    jean.coordinator.groups.clear()
    part = health.look()
    assert part.state == State.WARNING
    assert part.words[0].startswith("1 provider is to be rung")
    client.force_login(administrator)
    assert LIST in client.get(reverse("referrals:handing_over")).content.decode()


def test_the_referral_stays_until_somebody_has_rung_and_goes_then(rung, jean):
    erased(jean)
    Referral.objects.update(progress_at=timezone.now() - dt.timedelta(days=400))
    forget()
    assert Referral.objects.filter(pk=rung.pk).exists()
    ProviderToRing.objects.update(done_at=timezone.now())
    assert {rule.key: rows for rule, rows in due() if rows} == {"referrals-withdrawn": 1}
    forget()
    assert not ProviderToRing.objects.exists()
