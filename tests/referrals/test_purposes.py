"""Whoever oversees says why before a person's record opens."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from accounts.access_events import AccessEvent
from accounts.joining import hold_only
from accounts.models import Team
from accounts.roles import Role
from referrals.keeping import purposes
from referrals.keeping.erasing import Because
from referrals.models import Cover, Person
from referrals.models.results import How
from tests.factories.assets_map import make_area
from tests.factories.referrals import make_coordinator, make_person
from tests.referrals.results.conftest import accepted, open_ask

pytestmark = pytest.mark.django_db


def address(name, person):
    return reverse(f"referrals:{name}", args=[person.key])


@pytest.fixture
def administrator(as_role):
    return as_role(Role.ADMINISTRATOR)


def say(client, person, **more):
    return client.post(
        f"{address('why', person)}?next={address('held', person)}", {"purpose": "oversight-complaint", **more}
    )


def test_the_record_opens_after_a_purpose_and_the_look_says_it(administrator, jean):
    answer = administrator.get(address("held", jean))
    assert answer.status_code == 302
    assert answer.url.startswith(address("why", jean))
    assert not AccessEvent.objects.filter(whose=f"referrals.person:{jean.pk}").exists()
    page = administrator.get(answer.url).content.decode()
    assert "Somebody complained" in page
    assert jean.called not in page
    assert say(administrator, jean).url == address("held", jean)
    assert administrator.get(address("held", jean)).status_code == 200
    assert AccessEvent.objects.get(whose=f"referrals.person:{jean.pk}").why == "oversight-complaint"


def test_each_person_is_asked_about(administrator, jean):
    say(administrator, jean)
    other = make_person(jean.coordinator)
    assert administrator.get(address("held", other)).status_code == 302


def test_an_hour_later_it_is_asked_again_but_no_form_is_lost(administrator, jean, monkeypatch):
    say(administrator, jean)
    monkeypatch.setattr(purposes, "HOLDS", -1)
    assert administrator.get(address("erase", jean)).status_code == 302
    answer = administrator.post(address("erase", jean), {"because": Because.PERSON_ASKED, "sure": "on"})
    assert answer.status_code == 200
    assert Person.objects.get().erased_at


@pytest.mark.parametrize("sent", ["", "because-i-can", "own"])
def test_without_a_purpose_it_stays_shut_and_says_so(sent, administrator, jean):
    page = say(administrator, jean, purpose=sent).content.decode()
    assert "Error" in page or "There is a problem" in page
    assert administrator.get(address("held", jean)).status_code == 302


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_it_leads_nowhere_else(elsewhere, administrator, jean):
    answer = administrator.post(f"{address('why', jean)}?next={elsewhere}", {"purpose": "oversight-check"})
    assert answer.url == address("held", jean)


def test_a_coordinator_is_not_asked_and_the_look_says_how_they_come_to_it(client):
    robin, away = make_coordinator(), make_coordinator("alex")
    team, patch = Team.objects.create(name="East"), make_area()
    robin.teams.add(team)
    robin.patches.add(patch)
    Cover.objects.create(away=away, by=robin, from_date="2020-01-01", to_date="2099-01-01")
    client.force_login(robin)
    for given, why in (
        ({"coordinator": robin}, "own"),
        ({"coordinator": away}, "covering"),
        ({"team": team}, "own-team"),
        ({"patch": patch}, "own-patch"),
    ):
        person = make_person(**given)
        assert client.get(address("held", person)).status_code == 200
        assert AccessEvent.objects.get(whose=f"referrals.person:{person.pk}").why == why


def test_a_coordinator_who_also_oversees_is_asked_for_others(client, jean):
    both = make_coordinator("alex")
    hold_only(both, [Role.COORDINATOR, Role.ADMINISTRATOR])
    client.force_login(both)
    assert client.get(address("held", jean)).status_code == 302
    assert client.get(address("held", make_person(both))).status_code == 200


@pytest.mark.parametrize("fields", [{}, {"because": "person-asked"}, {"sure": "on"}, {"because": "x", "sure": "on"}])
def test_an_erasure_needs_a_reason_and_a_tick(fields, client, jean):
    client.force_login(jean.coordinator)
    page = client.post(address("erase", jean), fields).content.decode()
    assert "There is a problem" in page
    assert Person.objects.get().erased_at is None


@pytest.fixture
def slips(jean):
    """Three people's, of one coordinator."""
    people = [jean, make_person(jean.coordinator), make_person(jean.coordinator)]
    return [open_ask(How.SLIP, accepted(person), expires_at=None) for person in people]


def printed_looks():
    return sorted(AccessEvent.objects.filter(what="slip-printed").values_list("whose", "why"))


def test_one_purpose_is_asked_for_all_whose_slips_are_printed_and_the_press_is_not_lost(administrator, slips):
    sent = {"ask": [slip.key for slip in slips], "point": "18"}
    asked = administrator.post(reverse("referrals:slips_pdf"), sent)
    page = asked.content.decode()
    assert "then what you pressed is done" in page
    assert printed_looks() == []
    assert all(f'name="ask" value="{slip.key}"' in page for slip in slips)
    answer = administrator.post(reverse("referrals:slips_pdf"), again(page) | {"opening-purpose": "oversight-check"})
    assert answer["Content-Type"] == "application/pdf"
    assert len(PdfReader(BytesIO(answer.content)).pages) >= len(slips)
    everybody = sorted(f"referrals.person:{slip.referral.person_id}" for slip in slips)
    assert printed_looks() == [(one, "oversight-check") for one in everybody]


def again(page):
    """What the browser sends back of what stands hidden in a page."""
    hidden = re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">', page)
    found = [(name, value) for name, value in hidden if name != "csrfmiddlewaretoken"]
    return {name: [value for other, value in found if other == name] for name, _value in found}


def test_for_no_slip_is_anything_given_while_one_of_them_waits_for_a_purpose(administrator, slips):
    say(administrator, slips[0].referral.person)
    answer = administrator.post(reverse("referrals:slips_pdf"), {"ask": [slip.key for slip in slips]})
    assert "then what you pressed is done" in answer.content.decode()
    assert printed_looks() == []


@pytest.mark.parametrize("sent", ["", "because-i-can"])
def test_without_a_purpose_what_was_sent_is_still_carried(sent, administrator, slips):
    given = {"ask": [slips[0].key], "opening-again": "1", "opening-purpose": sent}
    page = administrator.post(reverse("referrals:slips_pdf"), given).content.decode()
    assert "There is a problem" in page
    assert again(page) == {"opening-again": ["1"], "ask": [slips[0].key]}
    assert printed_looks() == []


def test_what_is_carried_cannot_become_markup(administrator, jean):
    page = administrator.post(address("erase", jean), {"because": '"><script>'}).content.decode()
    assert 'value="&quot;&gt;&lt;script&gt;"' in page


def test_whoever_presses_erase_twice_reads_twice_that_it_was_erased(client, jean):
    client.force_login(jean.coordinator)
    for _each in range(2):
        answer = client.post(address("erase", jean), {"because": "person-asked", "sure": "on"})
        assert "was erased" in answer.content.decode()
    assert AccessEvent.objects.filter(what="erased").count() == 1
