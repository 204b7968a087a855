import datetime as dt
import json

import pytest

from directory.schema_org import as_json, listing_data
from tests.factories.directory import THURROCK, make_asset, make_provider, make_session, make_venue

pytestmark = pytest.mark.django_db
ADDRESS = "https://help.example.org/listing/riverside-lunch-club/"


def test_a_listing_says_who_where_when_and_for_how_much():
    asset = make_asset(provider=make_provider(), costs=["4.00"], sessions=[1], coverage=[(THURROCK, "Thurrock")])
    data = listing_data(asset, address=ADDRESS)
    assert (data["@type"], data["name"], data["url"]) == ("Service", "Riverside Lunch Club", ADDRESS)
    assert data["provider"]["name"] == "Riverside Neighbours"
    assert data["areaServed"] == [{"@type": "AdministrativeArea", "name": "Thurrock"}]
    assert data["offers"][0]["price"] == "4.00"
    assert data["hoursAvailable"] == [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": "https://schema.org/Tuesday",
            "opens": "11:30",
            "closes": "14:00",
        }
    ]
    phone, place = data["availableChannel"]
    assert phone["servicePhone"]["telephone"] == "+441632960001"
    assert place["serviceLocation"]["address"]["postalCode"] == "RM18 8AD"
    assert place["serviceLocation"]["geo"]["latitude"] == 51.4628


def test_what_is_not_known_is_left_out():
    data = listing_data(make_asset(venue=None, phone="", reach=["by-phone"]), address=ADDRESS)
    assert set(data) == {"@context", "@type", "@id", "url", "name", "description", "serviceType"}


@pytest.mark.parametrize("kept_by", ["asset", "session"])
def test_a_hidden_venue_is_never_in_it(kept_by):
    refuge = make_venue(name="Refuge House", address="9 Secret Lane", town="Aveley", hidden=True)
    asset = make_asset(venue=refuge if kept_by == "asset" else None)
    make_session(asset, venue=refuge, ends_at=None)
    text = as_json(listing_data(asset, address=ADDRESS))
    assert not any(word in text for word in ("Refuge", "Secret", "Aveley", "geo", "RM18"))


def test_an_office_that_nobody_visits_is_not_a_place():
    asset = make_asset(reach=["comes-to-you"], venue=make_venue())
    assert "serviceLocation" not in as_json(listing_data(asset, address=ADDRESS))


def test_only_what_happens_every_week_has_opening_hours():
    asset = make_asset()
    make_session(asset, repeats="monthly", nth=1)
    make_session(asset, repeats="once", first_on=dt.date(2026, 12, 1))
    assert "hoursAvailable" not in listing_data(asset, address=ADDRESS)


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--", "]]>", "&quot;", "\u2028\u2029", '"\\'])
def test_no_listing_can_leave_the_script_element(text):
    made = as_json(listing_data(make_asset(name=text, summary=text), address=ADDRESS))
    assert not any(one in made for one in "<>&\u2028\u2029")
    assert json.loads(made)["name"] == text
