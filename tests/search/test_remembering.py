"""What is remembered of a search, and what is not."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError
from django.utils import timezone

from assets_map.models import Area
from search import record_queue
from search.documents import asset_documents
from search.engines import engine
from search.forgetting import kept_from
from search.models import SearchRecord, UnknownWord
from search.place_names import forget_text_places
from search.record_queue import count_unknown
from search.remembering import unknown_words
from search.terms import Terms
from tests.factories.assets_map import box, make_area, make_gazetteer, make_place
from tests.factories.directory import make_asset, make_category

pytestmark = pytest.mark.django_db
WARD = {"code": "E05002246", "name": "Tilbury St Chads", "kind": Area.Kind.WARD}


@pytest.fixture
def directory(own_index):
    make_gazetteer(own_index)
    make_place()
    forget_text_places()
    make_asset(name="Riverside Lunch Club", categories=[make_category("Eating together")], sessions=[1])
    make_asset(name="Lonely hearts", summary="When a husband or wife died.")
    engine().rebuild(asset_documents())


def the_record():
    return SearchRecord.objects.get()


def test_words_filters_area_and_counts_are_kept(client, directory):
    make_area(**WARD)
    client.post("/find/", {"text": "riverside lunch", "place": "RM18 8AD"})
    client.get("/find/", {"text": "riverside lunch", "place": "RM18 8", "day": "1", "category": "eating-together"})
    record = the_record()
    assert record.words == "lunch riverside"
    assert record.chosen == "category:eating-together day:1"
    assert record.category == "eating-together"
    assert (record.area_code, record.area_name) == ("E05002246", "Tilbury St Chads")
    assert (record.found, record.engine, record.source, record.meaning_only) == (1, "tantivy", "find", False)
    assert record.on == timezone.localdate()
    assert 0 <= record.milliseconds < 5_000


def test_without_a_postcode_the_name_of_the_place_is_kept_and_no_ward(client, directory):
    make_area(**WARD)
    client.get("/find/", {"text": "lunch", "place": "Tilbury"})
    assert (the_record().area_code, the_record().area_name) == ("", "Tilbury")


def test_a_sector_is_kept_as_its_neighbourhood(client, directory):
    make_area(code="sector:RM18 8", name="Tilbury Riverside")
    client.get("/find/", {"text": "lunch", "place": "RM18 8"})
    assert the_record().area_name == "Tilbury Riverside"


def test_a_place_among_the_words_is_where_they_looked(client, directory):
    client.get("/find/", {"text": "lunch in tilbury"})
    assert (the_record().words, the_record().area_name) == ("lunch", "Tilbury")


def test_of_a_sentence_only_known_words_are_kept_and_not_their_order(client, directory):
    client.get("/find/", {"text": "My husband died and I am so lonely, ring Zebedee at flat 12"})
    assert the_record().words == "died husband lonely"


def test_nothing_found_is_kept_with_what_is_known_of_it(client, directory):
    client.get("/find/", {"text": "riverside husband", "kind": "service"})
    assert [record.words for record in SearchRecord.objects.nothing_found()] == ["husband riverside"]


@pytest.mark.parametrize(
    "more",
    [
        {"page": "2"},
        {"sort": "nearest"},
        {"across": "1"},
    ],
)
def test_another_look_at_the_same_search_is_not_counted(client, directory, more):
    client.get("/find/", {"text": "lunch", **more})
    assert not SearchRecord.objects.exists()


@pytest.mark.parametrize("path", ["/find/", "/find/points.json?text=lunch", "/find/sheet.pdf?text=lunch"])
def test_what_is_no_question_by_a_person_is_not_counted(client, directory, path):
    assert client.get(path).status_code == 200
    assert not SearchRecord.objects.exists()


@pytest.mark.parametrize(
    "told", [{"User-Agent": "Examplebot/2.1"}, {"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}]
)
def test_programs_and_pages_fetched_ahead_are_not_counted(client, directory, told):
    client.get("/find/", {"text": "lunch"}, headers=told)
    client.head("/find/", {"text": "lunch"})
    assert not SearchRecord.objects.exists()


def test_an_area_leafed_to_is_no_search_and_one_searched_is(client, directory):
    area = make_area(code="sector:RM18 8", name="Tilbury Riverside", shape=box(0.3, 51.4, 0.4, 51.5))
    client.get(area.get_absolute_url())
    assert not SearchRecord.objects.exists()
    client.get(area.get_absolute_url(), {"kind": "group"})
    assert (the_record().source, the_record().area_code) == ("area", "sector:RM18 8")


def test_when_the_database_answers_no_word_is_kept_since_none_can_be_told_known(client, own_index):
    make_asset(name="Riverside Lunch Club")
    client.get("/find/", {"text": "lunch quokka"})
    assert (the_record().engine, the_record().words) == ("database", "")
    assert not UnknownWord.objects.exists()


def test_what_cannot_be_remembered_costs_nobody_their_answer(client, directory, monkeypatch, caplog):
    def fail(_memories):
        raise ValueError("lunch for Zebedee")

    monkeypatch.setattr(record_queue, "_write", fail)
    assert client.get("/find/", {"text": "lunch"}).status_code == 200
    assert "1 searches were not remembered: ValueError" in caplog.text
    assert "Zebedee" not in caplog.text


def test_the_database_refuses_words_with_a_number():
    with pytest.raises(IntegrityError, match="search_words_hold_no_number"):
        SearchRecord.objects.create(words="lunch rm18", found=0, milliseconds=1)


def days(count, start=dt.date(2026, 11, 1)):
    return [start + dt.timedelta(number) for number in range(count)]


@pytest.fixture
def on_day(monkeypatch):
    def see(word, *when):
        for day in when:
            monkeypatch.setattr(record_queue.timezone, "localdate", lambda day=day: day)
            count_unknown([word])

    return see


def test_an_unknown_word_is_kept_in_clear_from_the_fifth_day_on(on_day):
    on_day("quokka", *days(4), *days(1, dt.date(2026, 11, 4)))
    hidden = UnknownWord.objects.get()
    assert (hidden.word, hidden.days) == ("", 4)
    assert "quokka" not in repr(list(UnknownWord.objects.values()))
    on_day("quokka", dt.date(2026, 11, 20))
    assert UnknownWord.objects.get().word == "quokka"


def test_the_mark_of_a_word_depends_on_the_secret_key(on_day, settings):
    on_day("quokka", *days(1))
    settings.SECRET_KEY = "another one"
    on_day("quokka", *days(1))
    assert UnknownWord.objects.values("mark").distinct().count() == 2


def test_the_database_refuses_an_unknown_word_in_clear_before_its_fifth_day():
    with pytest.raises(IntegrityError, match="unknown_word_is_hidden_at_first"):
        UnknownWord.objects.create(mark="x", word="quokka", days=4)


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("quokka walking", ("quokka",)),
        ("Quokka walking", ("quokka",)),
        ("walks with Doreen", ()),
        ("Doreen Quokka", ()),
        ("lunch for QUOKKA", ()),
        ("quokka@example.org", ()),
        ("example.org/quokka", ()),
        ("quokka7", ()),
        ("qu", ()),
        ("q" * 31, ()),
        ("the quokka", ("quokka",)),
    ],
)
def test_names_addresses_and_numbers_are_not_counted_as_unknown_words(text, counted):
    everything = tuple(text.lower().replace("@", " ").replace("/", " ").replace(".", " ").split())
    unknown = tuple(word for word in everything if word not in {"walking", "walks", "with", "lunch", "for"})
    assert unknown_words(text, Terms(unknown=unknown)) == counted


@pytest.mark.parametrize(
    ("on", "first"),
    [
        (dt.date(2026, 11, 24), dt.date(2025, 10, 24)),
        (dt.date(2026, 3, 31), dt.date(2025, 2, 28)),
        (dt.date(2026, 1, 1), dt.date(2024, 12, 1)),
    ],
)
def test_13_months_are_counted_by_the_calendar(on, first):
    assert kept_from(on) == first


def test_records_wait_for_each_other_and_are_written_together(settings, monkeypatch):
    settings.SEARCH_RECORDS_WAIT = 0.05
    written, done = [], threading.Event()
    monkeypatch.setattr(record_queue, "_write", lambda memories: (written.append(len(memories)), done.set()))
    for _number in range(3):
        record_queue.put(record_queue.Memory(SearchRecord(found=0, milliseconds=1)))
    assert done.wait(10)
    assert written == [3]
