"""Fills a database and a data folder for journeys, in a process of its own: `python -m tests.journeys.filling`.

Forty listings of every kind about Tilbury and Grays, a dozen postcodes, three areas, two place names, one barrier, an
index – and a member of staff whose name and password come from the environment.
"""

import os
from itertools import cycle

import django

KINDS = ("micro", "group", "carers", "talking-shop", "respite", "service")
POSTCODES = {
    "RM18 8AD": (51.4628, 0.3607),
    "RM18 8AA": (51.4631, 0.3599),
    "RM18 7HJ": (51.4650, 0.3560),
    "RM17 6SL": (51.4746, 0.3256),
    "RM17 5XX": (51.4790, 0.3230),
    "RM16 4LP": (51.4830, 0.3650),
    "SS17 7LA": (51.5200, 0.4570),
}
ELSEWHERE = {"DA12 2BP": (51.4430, 0.3710), "M1 1AE": (53.4780, -2.2330)}

# A listing where people may ask to be put in touch, and the keys of two people.
ASKED = "garden-club-5"
# A referral that its provider is to answer.
ANSWERED = "answer2345678923"
JEAN, OLIVE = "jean234567892345", "olive23456789234"


def lay_places():
    from assets_map.gazetteer import gazetteer_path
    from assets_map.gazetteer_build import build_gazetteer
    from assets_map.models import Area, Barrier, NamedPlace
    from assets_map.postcode_table import PostcodeTable

    known = {**POSTCODES, **ELSEWHERE}
    codes = ["E06000034"] * len(POSTCODES) + ["E07000109", "E08000003"]
    table = PostcodeTable.of_columns(
        list(known),
        source="journeys",
        vintage=None,
        lats=[lat for lat, _lon in known.values()],
        lons=[lon for _lat, lon in known.values()],
        districts=codes,
    )
    build_gazetteer(gazetteer_path(), table)
    for name, lat, lon in (("Tilbury", 51.4628, 0.3607), ("Grays", 51.4770, 0.3230)):
        NamedPlace.objects.create(
            name=name, kind="Town", latitude=lat, longitude=lon, council_code="E06000034", council_name="Thurrock"
        )
    boxes = (
        ("E06000034", "Thurrock", "council", (0.21, 51.45, 0.55, 51.57)),
        ("N-RM18", "Tilbury", "neighbourhood", (0.34, 51.45, 0.39, 51.475)),
        ("N-RM17", "Grays", "neighbourhood", (0.30, 51.465, 0.34, 51.49)),
    )
    for code, name, kind, (west, south, east, north) in boxes:
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        area = Area(code=code, name=name, kind=kind, shape={"type": "Polygon", "coordinates": [ring]})
        area.parent_code = "" if kind == "council" else "E06000034"
        area.box((west, south, east, north))
        area.save()
    line = {"type": "LineString", "coordinates": [[0.25, 51.452], [0.50, 51.452]]}
    Barrier.objects.create(name="the River Thames", shape=line)


def lay_listings():
    import datetime as dt

    from directory.choices import Kind
    from tests.factories.directory import CHADWELL, GRAYS, TILBURY, make_asset, make_category, make_provider

    kinds = cycle(Kind.values)
    towns = cycle((TILBURY, GRAYS, CHADWELL))
    categories = [make_category(name) for name in ("Eating together", "Getting about", "Keeping well", "Company")]
    provider = make_provider()
    reaches = cycle((["at-venue"], ["at-venue"], ["comes-to-you"], ["by-phone"], ["at-venue", "online"]))
    for number in range(40):
        about = ("lunch", "walking", "singing", "memory", "garden")[number % 5]
        make_asset(
            name=f"{about.capitalize()} club number {number + 1}",
            slug=f"{about}-club-{number + 1}",
            summary=f"A small {about} club where newcomers are met at the door.",
            description="Come as you are. Somebody will meet you.",
            kind=next(kinds),
            reach=next(reaches),
            at=next(towns),
            provider=provider,
            categories=[categories[number % 4]],
            coverage=[("E06000034", "Thurrock")] if number % 3 == 0 else (),
            costs=(0,) if number % 2 else (3,),
            sessions=(number % 7,),
            checked={"times": dt.date(2026, 11, 2), "phone": dt.date(2026, 10, 12)},
            access=["step-free"] if number % 2 else [],
        )


def lay_pages():
    import datetime as dt

    from website.demo.pages import lay_pages as lay_guidance

    lay_guidance(dt.date(2026, 11, 24))


def lay_staff():
    from accounts.models import User

    User.objects.create_superuser(
        username=os.environ["JOURNEY_STAFF"],
        email=os.environ["JOURNEY_STAFF"],
        password=os.environ["JOURNEY_PASSWORD"],
    )


def lay_people():
    """A coordinator who is signed in, two people of hers, a listing where people may ask, and one that is only rung."""
    from pathlib import Path

    from django.test import Client

    from directory.models import Asset
    from tests.accounts.front_door import give_app
    from tests.factories.referrals import make_conversation, make_coordinator, make_offer, make_person
    from tests.journeys.home import lay_home
    from tests.journeys.how_it_went import lay_how_it_went

    robin = give_app(make_coordinator("robin"))
    browser = Client()
    browser.force_login(robin)
    (Path(os.environ["HEREABOUTS_DATA"]) / "robin.txt").write_text(browser.cookies["sessionid"].value)
    asset = Asset.objects.get(slug=ASKED)
    asset.email, asset.text_number, asset.self_referral = "garden@example.org", "07700 900456", True
    asset.asks_for = ["area", "access"]
    asset.save()
    for key, called in ((JEAN, "Jean"), (OLIVE, "Olive")):
        person = make_person(robin, key=key, called=called, contact={"phone": "07700 900123", "how": "phone"})
        make_offer(make_conversation(person), asset, state="offered")
    lay_how_it_went(robin, asset)
    lay_referrals(robin)
    lay_home(asset)


def lay_referrals(robin):
    """Three to the same club, whose mail and texts the worker writes where it runs; the last is known by its key."""
    from directory.models import Asset
    from referrals.models import Referral
    from tests.factories.referrals import make_conversation, make_person, refer

    club = Asset.objects.get(slug="walking-club-2")
    club.email, club.text_number = "walking@example.org", "07700 900777"
    club.save()
    for called in ("Wilma", "Winnie", "Walter"):
        person = make_person(robin, called=called)
        last = refer(person, club, conversation=make_conversation(person))
    Referral.objects.filter(pk=last.pk).update(key=ANSWERED)


def lay_another_session():
    """The same coordinator at another machine, to sign out there."""
    from pathlib import Path

    from django.test import Client

    from accounts.models import User

    browser = Client()
    browser.force_login(User.objects.get(username="robin@example.org"))
    (Path(os.environ["HEREABOUTS_DATA"]) / "robin-elsewhere.txt").write_text(browser.cookies["sessionid"].value)


def lay_help():
    """The help strip of the demonstration, with one listing pinned."""
    from django.core.management import call_command

    from directory.models import Asset
    from search.models import DangerRule, PinnedListing

    call_command("load_help", demo=True, verbosity=0)
    rule, asset = DangerRule.objects.get(key="hurt-at-home"), Asset.objects.get(slug="memory-club-4")
    PinnedListing.objects.create(rule=rule, asset=asset)


if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    lay_places()
    lay_listings()
    lay_pages()
    lay_staff()
    lay_people()
    lay_another_session()
    lay_help()
    call_command("build_index", verbosity=0)
