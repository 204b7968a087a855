"""The doors by which a page asks for suggestions: by POST, without a token, nothing kept and nothing told to a log."""

import logging

import pytest
from django.urls import reverse

from assets_map.models import NamedPlace
from search import engines
from search.place_names import forget_text_places
from search.writing import build
from tests.factories.directory import THURROCK, TILBURY, make_asset
from tests.security.test_hostile import TEXTS

pytestmark = pytest.mark.django_db

DOORS = ["search:suggest", "search:suggest_places"]


@pytest.fixture(autouse=True)
def a_directory(monkeypatch):
    monkeypatch.setattr(engines, "crossed_many", lambda here, lats, lons: [None] * len(lats))
    lat, lon = TILBURY
    NamedPlace.objects.create(
        name="Tilbury", kind="town", latitude=lat, longitude=lon, council_code=THURROCK, council_name="Thurrock"
    )
    forget_text_places()
    make_asset(name="Riverside Lunch Club")
    build()
    yield
    forget_text_places()


def told(answer):
    assert answer.status_code == 200
    return answer.json()["suggestions"]


def test_a_name_is_told_with_what_choosing_it_does(client):
    (offer,) = told(client.post(reverse("search:suggest"), {"text": "riverside l"}))
    assert offer == {
        "label": "Riverside Lunch Club",
        "text": "Riverside Lunch Club",
        "place": "",
        "kind": "Listing",
        "finds": True,
    }


def test_words_and_a_place_come_apart(client):
    offers = told(client.post(reverse("search:suggest"), {"text": "lunch in til"}))
    assert [(one["label"], one["text"], one["place"]) for one in offers] == [("lunch in Tilbury", "lunch", "Tilbury")]


def test_how_many_there_are_is_said_in_words(client):
    def said(text):
        return client.post(reverse("search:suggest"), {"text": text}).json()["said"]

    assert said("riverside l") == "1 suggestion"
    assert said("zebra") == "No suggestions"


def test_places_are_offered_by_name_and_never_by_postcode(client):
    door = reverse("search:suggest_places")
    assert [one["place"] for one in told(client.post(door, {"place": "til"}))] == ["Tilbury"]
    for typed in ("RM18", "RM18 8", "rm18 8ad", "1", "t", "Tilbury", ""):
        assert told(client.post(door, {"place": typed})) == []


def test_a_postcode_among_the_words_gets_no_suggestions(client):
    assert told(client.post(reverse("search:suggest"), {"text": "lunch RM18 8AD"})) == []


@pytest.mark.parametrize("text", ["suicide", "he hits me", "kill myself"])
def test_somebody_in_danger_is_offered_nothing_as_though_it_were_an_answer(client, text):
    make_asset(name=f"{text.capitalize()} and more")
    build()
    assert told(client.post(reverse("search:suggest"), {"text": text})) == []


def test_a_place_half_typed_is_no_place(client):
    assert told(client.post(reverse("search:suggest"), {"text": "riverside", "place": "Nowher"}))


@pytest.mark.parametrize("door", DOORS)
def test_nothing_is_kept(client, door):
    answer = client.post(reverse(door), {"text": "lunch", "place": "til"})
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


@pytest.mark.parametrize("door", DOORS)
def test_only_by_post_so_that_no_address_holds_what_was_typed(client, door):
    for ask in (client.get, client.head, client.put, client.delete):
        assert ask(reverse(door), {"text": "lunch"}).status_code == 405


@pytest.mark.parametrize("door", DOORS)
def test_without_a_token(client, door):
    strict = type(client)(enforce_csrf_checks=True)
    assert strict.post(reverse(door), {"text": "lunch", "place": "til"}).status_code == 200


@pytest.mark.parametrize("door", DOORS)
def test_what_was_typed_stands_in_no_log(client, door, caplog):
    with caplog.at_level(logging.DEBUG):
        client.post(reverse(door), {"text": "my husband hits me", "place": "RM18 8AD"})
        client.post(reverse(door), {"text": "x" * 30_000, "place": "RM18 8AD"})
    # A query's own text is told to the debugger alone, which no installation runs.
    kept = [one.getMessage() for one in caplog.records if not one.name.startswith("django.db")]
    assert not any("husband" in line or "8AD" in line for line in kept)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("body", [b"\xff\xfe\x00", b"text=" + b"a" * 100_000, b"&&&===", b"text=%", b"[]"])
def test_bodies_of_every_kind_are_answered(client, door, body):
    answer = client.post(reverse(door), body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in {200, 413}
    assert isinstance(answer.json()["suggestions"], list)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_whatever_is_typed_is_answered(client, door, number):
    assert len(told(client.post(reverse(door), {"text": TEXTS[number][:4_000], "place": TEXTS[number][:4_000]}))) <= 8
