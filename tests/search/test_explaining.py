"""`?explain`: staff see what a score is made of, and nobody else sees anything of it."""

import re

import pytest

from accounts.models import User
from accounts.roles import Role
from search.documents import asset_documents
from search.engines import engine
from search.explaining import part_names, parts, two_digits
from search.models import SearchRecord
from search.place_names import forget_text_places
from search.query import Hit
from tests.factories.assets_map import make_gazetteer, make_place
from tests.factories.directory import make_asset

pytestmark = pytest.mark.django_db


@pytest.fixture
def directory(own_index):
    make_gazetteer(own_index)
    make_place()
    forget_text_places()
    make_asset(name="Riverside Lunch", summary="A meal, and chess by the river.")
    make_asset(name="Chess club", reach=["by-phone"], summary="Play.")
    engine().rebuild(asset_documents())


@pytest.fixture
def staff(as_role):
    return as_role(Role.EDITOR)


def lines(response):
    """The lines under each row, as text."""
    page = response.content.decode()
    drawn = re.findall(r'<details class="govuk-details row__explained">(.*?)</details>', page, re.DOTALL)
    return [
        [" ".join(re.sub("<[^>]+>", "", line).split()) for line in re.findall("<li>(.*?)</li>", one)] for one in drawn
    ]


def test_staff_see_each_part_of_a_score_in_words_and_numbers(staff, directory):
    response = staff.get("/find/", {"text": "riverside lunch", "place": "Tilbury", "explain": ""})
    (explained,) = lines(response)
    assert "Called exactly what was typed – yes: +100.00" in explained
    assert "How many of the words it holds – 100% of 10: +10.00" in explained
    assert "How near it is – less than 500 steps: +1.15" in explained
    assert "“lunch” – name (“lunch”)" in explained


def test_what_adds_nothing_is_left_out():
    hit = Hit(1, "", None, 0.0, parts={"named": 0.0, "across": -0.0, "fresh": 0.004, "near": 0.005001, "taking": -0.2})
    assert [(one.name, one.points) for one in parts(hit)] == [
        ("How near it is", "+0.01"),
        ("Takes new people", "-0.20"),
    ]


@pytest.mark.parametrize(
    ("points", "said"), [(1.149999, "1.15"), (-0.001, "0.00"), (-0.0, "0.00"), (-0.8, "-0.80"), (100, "100.00")]
)
def test_points_have_two_digits_and_nothing_is_never_below_nothing(points, said):
    assert two_digits(points) == said


def test_the_parts_add_up_to_the_score(staff, directory):
    hits = staff.get("/find/", {"text": "chess", "place": "Tilbury", "explain": ""}).context["results"].hits
    assert len(hits) == 2
    for hit in hits:
        assert set(hit.parts) <= set(part_names())
        assert sum(hit.parts.values()) == pytest.approx(hit.score)


def test_without_a_distance_it_says_so(staff, directory):
    explained = lines(staff.get("/find/", {"text": "chess", "place": "Tilbury", "explain": ""}))
    assert any("How near it is – no distance to measure: +0.72" in one for one in explained)


def test_each_word_is_followed_to_where_it_stands(staff, directory):
    explained = lines(staff.get("/find/", {"text": "chess quokka", "explain": ""}, follow=True))
    assert ["“chess” – summary (“chess”)", "“quokka” – nowhere"] in [one[-2:] for one in explained]
    assert ["“chess” – name (“chess”)", "“quokka” – nowhere"] in [one[-2:] for one in explained]


def test_a_sentence_is_explained_though_its_words_leave_the_address(staff, directory):
    response = staff.get("/find/", {"text": "I would like to play chess with people", "explain": ""}, follow=True)
    assert "chess" not in response.wsgi_request.get_full_path()
    assert len(lines(response)) == len(response.context["results"].hits) > 0


def test_the_public_sees_nothing_of_it(client, directory):
    response = client.get("/find/", {"text": "chess", "explain": ""})
    assert lines(response) == []
    assert all(hit.parts == {} for hit in response.context["results"].hits)


def test_somebody_signed_in_who_is_no_staff_sees_nothing_of_it(client, directory):
    client.force_login(User.objects.create_user("someone@example.org", email="someone@example.org"))
    assert lines(client.get("/find/", {"text": "chess", "explain": ""})) == []


def test_staff_who_do_not_ask_see_the_page_as_everybody_does(staff, directory):
    assert lines(staff.get("/find/", {"text": "chess"})) == []


def test_what_staff_try_out_is_not_remembered_as_a_search(staff, directory):
    staff.get("/find/", {"text": "chess", "explain": ""})
    assert not SearchRecord.objects.exists()
