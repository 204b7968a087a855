import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from assets_map.areas import area_index
from assets_map.models import Area
from assets_map.places import (
    NotAPostcode,
    OutsideOurArea,
    PlaceNotFound,
    TerminatedPostcode,
    UnknownPlaceName,
    UnknownPostcode,
    find_place,
)
from tests.factories.assets_map import make_area, make_gazetteer, make_place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def streets(data_dir):
    return make_gazetteer(data_dir)


def test_a_postcode_is_a_place_with_its_areas():
    make_area(code="sector:RM18 8", name="Tilbury (RM18 8)", slug="t")
    place = find_place("rm18 8ad")
    assert place.label == "Tilbury (RM18 8)"
    assert place.area_codes == {"E06000034", "E05002246", "sector:RM18 8"}
    assert place.area_names == {"E06000034": "Thurrock", "sector:RM18 8": "Tilbury (RM18 8)"}
    assert not place.approximate


def test_without_neighbourhoods_a_place_takes_the_nearest_name_of_its_council():
    make_place("Tilbury")
    make_place("Gravesend", latitude=51.4617, longitude=0.3651, council_code="E07000109")
    assert find_place("RM18 8AD").label == "Tilbury (RM18 8)"


def test_without_any_names_a_place_is_called_by_its_sector():
    assert find_place("RM18 8AD").label == "RM18 8"


@pytest.mark.parametrize("typed", ["RM18 8AD", "RM18 8AD Tilbury", "my house, rmi8 8ad"])
def test_what_may_be_shared_is_never_the_whole_postcode(typed):
    place = find_place(typed)
    assert place.shareable == "RM18 8"
    assert "8AD" not in place.label
    assert str(place.postcode) == "RM18 8AD"


@pytest.mark.parametrize("typed", ["RM18 8AD", "RM18", "RM18 8", "Tilbury", "51.4618,0.3652"])
def test_what_is_shared_finds_the_same_neighbourhood_again(typed):
    make_place("Tilbury")
    place = find_place(typed)
    again = find_place(place.shareable)
    assert again.shareable == place.shareable
    assert {code for code in place.area_codes if code.startswith("sector:")} <= again.area_codes


def test_an_outcode_is_in_all_its_sectors_in_our_council():
    place = find_place("RM18")
    assert {"sector:RM18 7", "sector:RM18 8", "E06000034"} <= place.area_codes
    assert place.approximate
    assert place.postcode is None


def test_an_outcode_that_two_councils_share_is_placed_in_ours():
    assert "E06000034" in find_place("RM17").area_codes
    assert "sector:RM17 5" not in find_place("RM17").area_codes


def test_a_named_place_prefers_ours_to_a_larger_one_elsewhere():
    make_place("Southfields", kind="city", latitude=51.44, longitude=-0.2, council_code="E09000032")
    make_place("Southfields", kind="hamlet", latitude=51.5062, longitude=0.3851)
    assert find_place("southfields").point.lon == 0.3851


@pytest.mark.parametrize(
    "typed", ["Stanford-le-Hope", "stanford le hope", "STANFORD LE HOPE", "Stanford-le-Hope, Essex"]
)
def test_a_name_is_found_however_it_is_written(typed):
    make_place("Stanford-le-Hope")
    assert find_place(typed).label == "Stanford-le-Hope"


def test_a_town_reaches_into_every_sector_near_its_middle():
    make_place("Tilbury")
    assert {"sector:RM18 7", "sector:RM18 8"} <= find_place("Tilbury").area_codes


def test_an_area_is_a_place_by_its_name():
    make_area(code="E05002247", name="Tilbury Riverside and Thurrock Park", kind=Area.Kind.WARD)
    place = find_place("tilbury riverside and thurrock park")
    assert "E05002247" in place.area_codes
    assert place.point.lat == pytest.approx(51.46)


def test_where_somebody_is_becomes_a_place_good_to_a_hundred_metres():
    place = find_place("51.461812345, 0.365212345")
    assert place.point == (51.462, 0.365)
    assert place.approximate
    assert place.shareable == "RM18 8"


@pytest.mark.parametrize("typed", ["0,0", "91,0", "51.5,-40", "55.0,-3.0", "-51.4,0.36"])
def test_a_spot_with_no_street_near_gets_a_sentence(typed):
    with pytest.raises(PlaceNotFound, match="no street near"):
        find_place(typed)


def test_an_unknown_postcode_suggests_those_like_it_and_its_sector():
    with pytest.raises(UnknownPostcode) as problem:
        find_place("RM18 8AA")
    assert [str(one) for one in problem.value.nearby] == ["RM18 8AD", "RM18 8AF"]
    assert problem.value.instead == "RM18 8"
    assert problem.value.typed == "RM18 8AA"
    assert str(problem.value) == "We do not know the postcode RM18 8AA. Check each letter."


def test_a_closed_postcode_says_when_and_what_is_near():
    with pytest.raises(TerminatedPostcode) as problem:
        find_place("RM18 8AX")
    assert str(problem.value) == "RM18 8AX was closed in March 2019."
    assert [str(one) for one in problem.value.nearby[:2]] == ["RM18 8AF", "RM18 8AD"]
    assert problem.value.place.shareable == "RM18 8"


def test_a_closed_postcode_of_unknown_month_says_only_that():
    with pytest.raises(TerminatedPostcode, match="RM17 9ZZ is no longer in use"):
        find_place("RM17 9ZZ")


def test_a_postcode_across_the_river_names_its_council():
    with pytest.raises(OutsideOurArea) as problem:
        find_place("DA12 2BN")
    assert str(problem.value) == "DA12 2BN is in Gravesham, outside the area of this directory."
    assert problem.value.council_name == "Gravesham"
    assert problem.value.place.shareable == "DA12 2"
    assert problem.value.find_council_url.startswith("https://www.gov.uk/")


@pytest.mark.parametrize(
    ("typed", "where"), [("BT1 5GS", "Northern Ireland"), ("JE2 3AB", "Jersey"), ("IM1", "the Isle of Man")]
)
def test_postcodes_that_are_not_held_are_said_to_be_elsewhere(typed, where):
    with pytest.raises(OutsideOurArea, match=where):
        find_place(typed)


def test_a_name_of_two_places_elsewhere_is_not_guessed_at():
    make_place("Newport", council_code="W06000022", latitude=51.58, longitude=-2.99)
    make_place("Newport", council_code="E06000051", latitude=52.77, longitude=-2.38)
    with pytest.raises(OutsideOurArea) as problem:
        find_place("Newport")
    assert problem.value.place is None
    assert problem.value.council_name == ""


def test_a_name_of_one_place_elsewhere_names_its_council():
    make_place("Gravesend", council_code="E07000109", latitude=51.443, longitude=0.37)
    with pytest.raises(OutsideOurArea, match="Gravesend is in Gravesham"):
        find_place("Gravesend")


def test_a_misspelt_name_suggests_ours():
    make_place("Tilbury")
    with pytest.raises(UnknownPlaceName) as problem:
        find_place("Tilbry")
    assert problem.value.similar == ["Tilbury"]


@pytest.mark.parametrize("typed", ["", "   ", "\0", "\n\t"])
def test_nothing_typed_asks_for_a_postcode_or_a_name(typed):
    with pytest.raises(NotAPostcode, match="Type a postcode, or the name"):
        find_place(typed)


def test_a_postcode_short_of_a_letter_says_so():
    with pytest.raises(NotAPostcode, match=r"RM17 6X is short of a letter\."):
        find_place("RM17 6X")


def test_with_no_council_named_the_whole_country_is_ours(settings):
    settings.HEREABOUTS_COUNCIL_CODES = []
    assert find_place("DA12 2BN").shareable == "DA12 2"
    assert find_place("ZE3").shareable == "ZE3"


def test_with_no_postcodes_loaded_names_still_work(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "empty"
    make_place("Tilbury")
    assert find_place("Tilbury").label == "Tilbury"
    with pytest.raises(PlaceNotFound, match="No postcodes have been loaded"):
        find_place("RM18 8AD")


def test_what_the_product_says_counts_for_more_than_an_outline():
    make_area(code="E05009999", name="Wrong ward", kind=Area.Kind.WARD)
    make_area(code="E05002246", name="Right ward", kind=Area.Kind.WARD, corners=(0.1, 51.4, 0.2, 51.41))
    make_area(code="patch:1", name="Maureen's patch", kind=Area.Kind.PATCH)
    codes = find_place("RM18 8AD").area_codes
    assert {"E05002246", "patch:1"} <= codes
    assert "E05009999" not in codes


def sentence_or_shareable(text):
    try:
        return find_place(text).shareable
    except PlaceNotFound as problem:
        return str(problem)


HOSTILE = [
    "'; DROP TABLE assets_map_area; --",
    "<script>alert(1)</script>",
    "%00",
    "../../etc/passwd",
    "RM18 8AD" * 5000,
]
HOSTILE += [
    "\u202eDA8 81MR",
    "💥",
    "RM18\x008AD",
    "9" * 400,
    "1e309,1",
    "nan,nan",
    "-" * 50,
    "{{7*7}}",
    "٥١,٠",
    "\ud800",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_text_is_a_place_or_a_sentence(typed):
    assert 0 < len(sentence_or_shareable(typed)) < 300


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_a_place_or_a_sentence(text):
    assert sentence_or_shareable(text)


def test_a_postcode_asks_the_database_nothing_once_the_areas_are_known(django_assert_max_num_queries):
    make_area(code="sector:RM18 8", name="Tilbury (RM18 8)", slug="t")
    area_index()
    # Within a transaction, as every test is, the stamp of the areas is looked at each time.
    with django_assert_max_num_queries(4):
        find_place("RM18 8AD")
