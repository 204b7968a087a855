import pytest

from search.query import ANY_DISTANCE, AssetQuery
from tests.factories.directory import CORRINGHAM, GRAVESEND, GRAYS, THURROCK, make_asset, make_session, make_venue

KENT = ("E07000109", "Gravesham")
WHOLE = (THURROCK, "Thurrock")
TILBURY_WARD = ("E05002246", "Tilbury Riverside and Thurrock Park")

TABLE = [
    # what it is, how it is made, whether it is shown from Tilbury, and why
    ("near", {}, True, "Less than 500 steps away, Civic Square Hall"),
    ("two miles off", {"at": GRAYS}, True, "1.9 miles away, Civic Square Hall"),
    ("too far", {"at": CORRINGHAM}, False, ""),
    ("too far, but for all of Thurrock", {"at": CORRINGHAM, "coverage": [WHOLE]}, True,
     "Covers Thurrock – 5.7 miles away, Civic Square Hall"),
    ("too far, but can be rung", {"at": CORRINGHAM, "reach": ["at-venue", "by-phone"]}, True, "By phone"),
    ("near, but for others", {"coverage": [KENT]}, False, ""),
    ("comes to anyone", {"reach": ["comes-to-you"]}, True, "Comes to you"),
    ("comes here", {"reach": ["comes-to-you"], "coverage": [TILBURY_WARD]}, True,
     "Comes to you – covers Tilbury Riverside and Thurrock Park"),
    ("comes to others", {"reach": ["comes-to-you"], "coverage": [KENT]}, False, ""),
    ("comes to some, us among them", {"reach": ["comes-to-you"], "coverage": [KENT, TILBURY_WARD]}, True,
     "Comes to you – covers Tilbury Riverside and Thurrock Park and Gravesham"),
    ("by phone", {"reach": ["by-phone"]}, True, "By phone"),
    ("online", {"reach": ["online"]}, True, "Online"),
    ("by phone and online", {"reach": ["online", "by-phone"]}, True, "By phone or online"),
    ("by phone for others", {"reach": ["by-phone"], "coverage": [KENT]}, False, ""),
    ("near and comes to you", {"reach": ["at-venue", "comes-to-you"]}, True,
     "Less than 500 steps away, Civic Square Hall"),
    ("far and comes to you", {"reach": ["comes-to-you", "at-venue"], "at": CORRINGHAM}, True, "Comes to you"),
    ("across the river", {"at": GRAVESEND}, False, ""),
    ("across the river, by phone too", {"at": GRAVESEND, "reach": ["at-venue", "by-phone"]}, True, "By phone"),
    ("across the river, for all of Thurrock", {"at": GRAVESEND, "coverage": [WHOLE]}, True,
     "Covers Thurrock – 1.3 miles away, but across the River Thames"),
    ("an office that nobody visits", {"reach": ["by-phone"], "venue": "office"}, True, "By phone"),
    ("a place nobody knows where", {"venue": None}, False, ""),
    ("a place nobody knows where, for us", {"venue": None, "coverage": [WHOLE]}, True, "Covers Thurrock"),
]  # fmt: skip


@pytest.mark.parametrize(("made", "shown", "why"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_who_can_help_at_this_address(search, tilbury, made, shown, why):
    if made.get("venue") == "office":
        made = {**made, "venue": make_venue()}
    asset = make_asset(**made)
    hits = search(AssetQuery(place=tilbury)).hits
    assert [(hit.asset_id, hit.reason) for hit in hits] == ([(asset.pk, why)] if shown else [])


def test_an_office_that_nobody_visits_is_no_pin(search, tilbury):
    make_asset(reach=["by-phone"], venue=make_venue())
    results = search(AssetQuery(place=tilbury))
    assert results.total == 1
    assert results.points == ()
    assert results.hits[0].metres is None


def test_what_a_barrier_keeps_off_is_counted_and_named(search, tilbury):
    make_asset(at=GRAVESEND)
    make_asset(at=GRAVESEND, reach=["at-venue", "by-phone"])
    results = search(AssetQuery(place=tilbury))
    assert (results.total, results.across, results.barriers) == (1, 1, ("River Thames",))


@pytest.mark.parametrize("asked", [{"across_barriers": True}, {"within": ANY_DISTANCE}])
def test_what_lies_across_is_shown_when_asked_for_and_says_so(search, tilbury, asked):
    asset = make_asset(at=GRAVESEND)
    results = search(AssetQuery(place=tilbury, **asked))
    assert [(hit.asset_id, hit.reason, hit.across) for hit in results.hits] == [
        (asset.pk, "1.3 miles away, but across the River Thames", "River Thames")
    ]
    assert results.across == 0


def test_without_a_limit_far_places_are_shown_with_their_distance(search, tilbury):
    make_asset(at=CORRINGHAM)
    make_asset(at=(53.45, -2.35), name="Trafford Lunch Club")
    reasons = [hit.reason for hit in search(AssetQuery(place=tilbury, within=ANY_DISTANCE)).hits]
    assert reasons == ["5.7 miles away, Civic Square Hall", "178.5 miles away, Civic Square Hall"]


def test_a_chosen_distance_goes_before_covering_the_area(search, tilbury):
    make_asset(at=CORRINGHAM, coverage=[WHOLE])
    near = make_asset()
    comes = make_asset(reach=["comes-to-you"])
    hits = search(AssetQuery(place=tilbury, within=1.0)).hits
    assert {hit.asset_id for hit in hits} == {near.pk, comes.pk}


def test_to_choose_the_usual_distance_changes_nothing(search, tilbury, settings):
    make_asset(at=CORRINGHAM, coverage=[WHOLE])
    make_asset()
    for within in (None, float(settings.NEAR_MILES)):
        found = search(AssetQuery(place=tilbury, within=within))
        assert (found.total, found.facets["within"][f"{settings.NEAR_MILES:g}"]) == (2, 2)


def test_the_nearest_of_several_venues_is_the_one_measured(search, tilbury):
    asset = make_asset(at=GRAYS)
    make_session(asset, venue=make_venue(name="Riverside Library"))
    results = search(AssetQuery(place=tilbury))
    assert results.hits[0].reason == "Less than 500 steps away, Riverside Library"
    assert results.hits[0].metres == pytest.approx(0, abs=1)


def test_a_venue_this_side_of_the_river_is_chosen_before_a_nearer_one_across(search, tilbury):
    asset = make_asset(at=GRAVESEND)
    make_session(asset, venue=make_venue(name="Grays Hall", at=GRAYS))
    assert search(AssetQuery(place=tilbury)).hits[0].reason == "1.9 miles away, Grays Hall"


@pytest.mark.parametrize(
    ("made", "why"),
    [
        ({}, "At Civic Square Hall, Tilbury"),
        ({"reach": ["comes-to-you"], "coverage": [WHOLE]}, "Comes to you – covers Thurrock"),
        ({"reach": ["by-phone"]}, "By phone"),
        ({"venue": None}, "Ring to ask where it is"),
    ],
)
def test_without_a_place_everything_is_shown_and_says_where(search, made, why):
    make_asset(**made)
    assert [hit.reason for hit in search(AssetQuery()).hits] == [why]


def test_what_is_not_live_is_not_found(search, tilbury):
    make_asset(live=False)
    assert search(AssetQuery(place=tilbury)).total == 0
