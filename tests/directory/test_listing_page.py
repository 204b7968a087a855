import datetime as dt

import pytest
from django.urls import reverse

from directory.editing import REFERENCE_LETTERS, give_reference
from tests.factories.directory import make_asset, make_session, make_venue

pytestmark = pytest.mark.django_db


def page(client, asset):
    return client.get(asset.get_absolute_url()).content.decode()


def test_a_listing_answers_what_people_ask_first(client):
    asset = make_asset(phone="01632 960123", costs=[4], taking_new="yes", door="turn-up")
    make_session(asset, weekday=1, starts_at=dt.time(11, 30), ends_at=dt.time(14))
    shown = page(client, asset)
    for words in (
        "01632 960123",
        "Every Tuesday, 11.30am to 2pm",
        "£4 a visit",
        "Just turn up",
        "When was this checked?",
    ):
        assert words in shown


def test_a_listing_that_is_not_live_is_not_found(client):
    asset = make_asset()
    asset.unpublish()
    assert client.get(asset.get_absolute_url()).status_code == 404


def test_a_hidden_venue_is_nowhere_on_the_page(client):
    refuge = make_venue(name="Harbour Rest", address="9 Secret Row", postcode="RM17 6SL", hidden=True)
    asset = make_asset(venue=refuge, name="Harbour", reach=["at-venue", "by-phone"])
    for address in (asset.get_absolute_url(), reverse("directory:calendar", args=[asset.slug])):
        shown = client.get(address).content.decode()
        for secret in ("Harbour Rest", "Secret Row", "RM17 6SL", str(refuge.latitude)):
            assert secret not in shown


def test_what_a_listing_says_is_text_and_never_markup(client):
    asset = make_asset(name="<script>alert(1)</script>", summary="</script><img src=x onerror=alert(1)>")
    shown = page(client, asset)
    assert "<script>alert(1)" not in shown
    assert "<img src=x" not in shown


def test_the_short_address_leads_to_the_listing_in_any_case(client):
    asset = make_asset(reference="h4kq7m")
    answer = client.get(reverse("directory:short", args=["H4KQ7M"]))
    assert answer.url == asset.get_absolute_url()


def test_a_new_listing_is_given_a_reference_that_reads_well_aloud_and_an_address_of_its_own():
    first = make_asset(name="Tea and talk", slug="tea-and-talk")
    second = make_asset(name="Tea and talk", slug="tea-and-talk-2")
    second.slug = second.reference = ""
    give_reference(second)
    assert set(second.reference) <= set(REFERENCE_LETTERS)
    assert second.slug.startswith("tea-and-talk-")
    assert second.slug != first.slug


def test_a_list_is_kept_in_the_browser_and_survives_a_listing_that_goes(client):
    kept, gone = make_asset(name="Stays"), make_asset(name="Goes")
    change = reverse("directory:my_list_change")
    client.post(change, {"add": kept.pk})
    client.post(change, {"add": gone.pk})
    gone.unpublish()
    shown = client.get(reverse("directory:my_list")).content.decode()
    assert "Stays" in shown
    assert "Goes" not in shown
    client.post(change, {"remove": kept.pk})
    assert "Nothing on your list yet" in client.get(reverse("directory:my_list")).content.decode()


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example.org/", "//elsewhere.example.org", "javascript:alert(1)", "\\\\x"]
)
def test_changing_a_list_never_leads_to_another_site(client, back):
    asset = make_asset()
    answer = client.post(reverse("directory:my_list_change"), {"add": asset.pk, "next": back})
    assert answer.url == reverse("directory:my_list")


@pytest.mark.parametrize("asked", ["", "0", "-1", "9" * 40, "abc", "1 OR 1=1", "\x00", "٣"])
def test_a_list_shrugs_at_numbers_that_name_no_listing(client, asked):
    assert client.post(reverse("directory:my_list_change"), {"add": asked, "remove": asked}).status_code == 302


@pytest.mark.parametrize("cookie", ["", "1.2.3", "x:y", "9" * 5000, "1.2:forged"])
def test_a_cookie_that_was_tampered_with_is_an_empty_list(client, cookie):
    client.cookies["list"] = cookie
    assert "Nothing on your list yet" in client.get(reverse("directory:my_list")).content.decode()


@pytest.mark.parametrize("point", ["12", "24", "13", "", "-1", "1e9", "x"])
def test_a_listing_prints_in_any_size_asked(client, point):
    asset = make_asset()
    answer = client.get(reverse("directory:listing_sheet", args=[asset.slug]), {"point": point})
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")


def test_a_list_prints(client):
    asset = make_asset()
    client.post(reverse("directory:my_list_change"), {"add": asset.pk})
    assert client.get(reverse("directory:my_list_sheet")).content.startswith(b"%PDF-")
