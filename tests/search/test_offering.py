import logging

import pytest

from assets_map.not_found import OutsideOurArea
from search import engines, offering
from search.models import DangerCount, SearchRecord
from search.writing import build
from tests.factories.directory import GRAYS, TILBURY, make_asset

pytestmark = pytest.mark.django_db


@pytest.fixture
def directory(monkeypatch, tilbury):
    """A choir, a sewing circle, a garden and a bingo night, in an index; and everybody lives in Tilbury."""
    made = {
        "choir": make_asset(name="Tide Singers", summary="A choir for anybody who likes singing.", at=TILBURY),
        "sewing": make_asset(name="Bobbin and Chat", summary="Sewing and mending together.", at=GRAYS),
        "garden": make_asset(name="Plot Nine", summary="A gardening group on an allotment.", at=TILBURY),
        "bingo": make_asset(name="Late Shift", summary="Bingo on Fridays.", at=TILBURY),
    }
    monkeypatch.setattr("search.where.find_place", lambda _text: tilbury)
    build()
    return {name: asset.pk for name, asset in made.items()}


def ids(words, **options):
    return [one.asset_id for one in offering.find_offers(words, "RM18 8AD", **options)]


def test_each_sentence_is_answered_and_the_answer_says_which(directory):
    found = offering.find_offers("I used to love singing in a choir. My garden.\nI can still sew.", "RM18 8AD")
    first = {one.asset_id: one for one in found[:3]}
    assert set(first) == {directory["choir"], directory["garden"], directory["sewing"]}
    assert first[directory["choir"]].why == "I used to love singing in a choir."
    assert first[directory["choir"]].reason.startswith("Less than 500 steps away")


def test_nothing_in_a_sentence_narrows_what_is_found(directory):
    # No choir meets on a Sunday, and none is in Leeds.
    assert ids("We sang in a choir in Leeds every Sunday evening")[0] == directory["choir"]


@pytest.mark.parametrize("words", ["I hate bingo.", "I don’t like bingo!", "I never enjoyed bingo", "sick of bingo"])
def test_what_somebody_does_not_want_is_not_offered(directory, words):
    assert ids(words) == []


def test_somebody_in_danger_is_offered_help_and_no_club(directory):
    assert ids("I want to kill myself") == []
    assert offering.help_in_danger("My garden.\nI want to kill myself").promoted
    assert offering.help_in_danger("My garden and a choir, every week of the year") is None
    far = "we had tea and cake " * 40
    assert offering.help_in_danger(f"{far} and then I thought I want to kill myself {far}").promoted
    assert offering.help_now("My garden").promoted


def test_of_no_words_what_is_near_is_offered(directory):
    assert set(ids("")) == set(directory.values())
    assert offering.find_offers("", "RM18 8AD")[0].why == ""


def test_what_is_on_the_list_is_left_out_and_no_more_than_asked_for_are_given(directory):
    assert directory["choir"] not in ids("singing in a choir", without=[directory["choir"]])
    assert len(ids("", count=2)) == 2


def test_many_sentences_take_a_few_searches(directory, monkeypatch):
    asked = []
    monkeypatch.setattr(offering, "find", lambda query: asked.append(query.text) or engines.find(query))
    ids("\n".join(f"I like to sew number {number} of many things." for number in range(60)))
    assert len(asked) <= offering.MOST_PARTS


def test_nothing_is_remembered_counted_or_logged(directory, caplog):
    caplog.set_level(logging.DEBUG)
    offering.find_offers("My Zebedee sings in a choir. I want to kill myself", "RM18 8AD")
    assert not SearchRecord.objects.exists()
    assert not DangerCount.objects.exists()
    assert "Zebedee" not in caplog.text


def test_without_an_index_the_database_offers(directory, own_index, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "nothing"
    engines.engine.cache_clear()
    assert ids("choir")[:1] == [directory["choir"]]


def test_outside_the_area_only_what_comes_by_phone_is_offered(directory, monkeypatch, tilbury):
    def elsewhere(text):
        raise OutsideOurArea(text, place=tilbury)

    line = make_asset(name="Song Line", summary="Singing by phone.", reach=["by-phone"])
    build()
    monkeypatch.setattr("search.where.find_place", elsewhere)
    assert ids("singing in a choir") == [line.pk]


def test_a_long_part_is_told_back_short():
    told = offering.quoted("a garden " * 60)
    assert len(told) <= offering.LONGEST_QUOTE + 2
    assert told.endswith("…")
