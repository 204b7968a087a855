"""What is offered while somebody types: the contract of every engine, and what the embedded one adds."""

import itertools

import numpy as np
import pytest

from assets_map.models import NamedPlace
from search.around import allowed, around
from search.documents import AssetDocument, asset_documents
from search.engines import ask
from search.facts import facts_of
from search.half_typed import respelt
from search.here import Here
from search.models.thesaurus import Synonyms, Way
from search.phrases import Phrases, PhraseWriting
from search.place_names import forget_text_places
from search.plain import DatabaseEngine
from search.query import AssetQuery
from search.suggestions import SuggestQuery
from search.tantivy.engine import TantivyEngine
from search.thesaurus import forget_thesaurus
from search.understand import whole_of
from tests.factories.directory import (
    CHADWELL,
    CORRINGHAM,
    GRAVESEND,
    GRAYS,
    THURROCK,
    TILBURY,
    make_asset,
    make_category,
    make_provider,
)
from tests.search.conftest import place_at, river
from tests.search.test_engines import HOSTILE


def texts(found):
    return [one.text for one in found]


@pytest.fixture
def places(db):
    """Tilbury and Grays, known by name."""
    for name, (lat, lon) in {"Tilbury": TILBURY, "Grays": GRAYS}.items():
        NamedPlace.objects.create(
            name=name, kind="town", latitude=lat, longitude=lon, council_code=THURROCK, council_name="Thurrock"
        )
    forget_text_places()
    yield
    forget_text_places()


@pytest.mark.parametrize("typed", ["ri", "river", "RIVERSIDE LUN", "lunch cl", "  club", "Riverside  Lunch Clu"])
def test_a_name_is_offered_from_the_beginning_of_any_of_its_words(search, typed):
    make_asset()
    assert "Riverside Lunch Club" in texts(search.suggest(typed))


@pytest.mark.parametrize("typed", ["", " ", "r", "side", "zebra", "riversidelunch", "Riverside Lunch Club"])
def test_nothing_is_offered_for_too_little_for_the_middle_of_a_word_or_for_what_is_there_already(search, typed):
    make_asset()
    assert "Riverside Lunch Club" not in texts(search.suggest(typed))


def test_who_runs_it_what_it_is_about_and_its_kind_are_offered_by_what_they_are(search):
    make_asset(provider=make_provider(name="Calcutta Road Neighbours"), categories=[make_category("Calm mornings")])
    found = {one.text: one.kind for one in search.suggest("cal")}
    assert found["Calcutta Road Neighbours"] == "provider"
    assert found["Calm mornings"] == "category"
    assert "Group or club" not in found


def test_accents_capitals_and_apostrophes_do_not_matter(tantivy):
    make_asset(name="Men’s Café")
    for typed in ("mens c", "MEN'S", "cafe", "Café"):
        assert "Men’s Café" in texts(tantivy.suggest(typed))


def test_the_database_does_not_offer_what_it_would_not_find(db, tmp_path):
    make_asset(name="Men’s Shed")
    make_asset(name="Shed of Their Own")
    assert texts(DatabaseEngine(river).suggest(SuggestQuery("shed"))) == ["Shed of Their Own"]


def test_what_nobody_would_find_from_here_is_not_offered(search, tilbury):
    make_asset(name="Lantern Walk", at=CORRINGHAM)
    make_asset(name="Lantern Choir", at=GRAVESEND)
    make_asset(name="Lantern Meals", reach=["comes-to-you"], coverage=[("E07000109", "Gravesham")])
    assert texts(search.suggest("lant", tilbury)) == []
    make_asset(name="Lantern Line", reach=["by-phone"])
    make_asset(name="Lantern Hall", at=CORRINGHAM, coverage=[(THURROCK, "Thurrock")])
    found = texts(search.suggest("lant", tilbury))
    assert {"Lantern Line", "Lantern Hall"} <= set(found)
    assert not {"Lantern Walk", "Lantern Choir", "Lantern Meals"} & set(found)


def test_filters_count_as_in_a_search(search, tilbury):
    make_asset(name="Lantern Walk")
    make_asset(name="Lantern Line", reach=["by-phone"])
    assert texts(search.suggest("lantern", tilbury, filters={"reach": ("by-phone", "online")})) == ["Lantern Line"]


def test_a_hidden_place_and_what_is_not_live_are_not_offered(search):
    from tests.factories.directory import make_venue

    make_asset(name="Safe Start", venue=make_venue(name="Haven House", town="Secretville", hidden=True))
    make_asset(name="Secret Draft", live=False)
    assert search.suggest("hav") == []
    assert search.suggest("secr") == []


def test_no_more_than_asked_for_and_none_twice(search):
    for number in range(30):
        make_asset(name=f"Lunch Number {number}", provider=make_provider(name=f"Lunch Friends {number % 3}"))
    make_asset(name="LUNCH number 1")
    found = search.suggest("lunch")
    assert len(found) == 8
    assert len({whole_of(one.text) for one in found}) == 8


def test_words_and_a_place_are_offered_together_when_something_is_found_there(search, places):
    make_asset(name="Riverside Lunch Club", at=TILBURY)
    make_asset(name="Choir", summary="Singing.", at=GRAYS)
    (found,) = [one for one in search.suggest("lunch in til") if one.place]
    assert (found.label, found.text, found.place) == ("lunch in Tilbury", "lunch", "Tilbury")
    assert [one for one in search.suggest("singing gra") if one.place]
    assert not [one for one in search.suggest("zebras in til") if one.place]


def test_from_a_place_that_was_given_another_can_still_be_named(search, places):
    make_asset(name="Corringham Quilters", at=CORRINGHAM)
    make_asset(name="Grays Quilters", at=GRAYS)
    offers = search.suggest("quilters gra", place_at(CORRINGHAM, ("X",), "Corringham"))
    assert [(one.text, one.place) for one in offers] == [("quilters", "Grays")]


@pytest.mark.parametrize(
    "typed", ["i am so lonely", "i am lonely since my husband died", "mum needs a hot lun", "who will help me with lun"]
)
def test_a_sentence_is_not_gone_on_with(search, typed):
    make_asset()
    assert search.suggest(typed) == []


def test_a_long_name_is_gone_on_with(search):
    make_asset(name="Friends of the Old Dock Road Baths")
    assert texts(search.suggest("friends of the old do")) == ["Friends of the Old Dock Road Baths"]


@pytest.fixture
def words_of_ours(db):
    """A small thesaurus."""
    Synonyms.objects.create(terms="respite\nsitting service\na break from caring")
    Synonyms.objects.create(terms="lonely\non my own", means="befriending", way=Way.ONE)
    forget_thesaurus()
    yield
    forget_thesaurus()


def test_a_term_of_the_thesaurus_is_offered_when_what_means_the_same_is_found(tantivy, words_of_ours):
    make_asset(name="Marsh House", summary="Respite by the day.")
    assert texts(tantivy.suggest("sitting s")) == ["sitting service"]
    assert tantivy(AssetQuery(text="sitting service")).total == 1
    assert texts(tantivy.suggest("lone")) == []
    make_asset(name="Letters", summary="Befriending by post.")
    assert "lonely" in texts(tantivy.suggest("lone"))


EVERYTHING = [
    {"name": "Riverside Lunch Club"},
    {"name": "Tuesday Lunch", "sessions": [3]},
    {"name": "Free Lunch Friends", "costs": ["9"]},
    {"name": "Grays Supper Club", "at": CORRINGHAM},
    {"name": "Chadwell Choir", "at": CHADWELL, "summary": "Singing on Wednesdays for people with dementia."},
    {"name": "Carers’ Coffee", "kind": "carers-network", "who_for": ["carers"]},
    {"name": "By Telephone", "reach": ["by-phone"], "summary": "Befriending, free, for people who are deaf."},
    {"name": "Across the Water", "at": GRAVESEND},
    {"name": "Sitters at Home", "reach": ["comes-to-you"], "coverage": [("E07000109", "Gravesham")]},
    {"name": "Thurrock Trips", "at": CORRINGHAM, "coverage": [(THURROCK, "Thurrock")]},
    {"name": "The “Good Morning” Group", "summary": "Step-free and near you."},
]
PLACES = {
    "none": None,
    "Tilbury": place_at(),
    "Corringham": place_at(CORRINGHAM, (THURROCK,), "Corringham"),
    "Gravesend": place_at(GRAVESEND, ("E07000109",), "Gravesend"),
}


@pytest.mark.parametrize("where", list(PLACES))
def test_every_suggestion_asked_for_at_its_place_finds_something(search, places, words_of_ours, where):
    topics = [make_category("Eating together"), make_category("Free things"), make_category("Wednesday evenings")]
    for number, given in enumerate(EVERYTHING):
        make_asset(provider=make_provider(name=f"Runner {number}"), categories=[topics[number % 3]], **given)
    search.engine.rebuild(asset_documents())
    place = PLACES[where]
    asked = 0
    for first, second in itertools.product("abcdefghilmnoprstuw", "aeiouhrl"):
        query = SuggestQuery(first + second, place)
        for one in search.engine.suggest(query):
            asked += 1
            assert ask(search.engine, AssetQuery(text=one.text, place=place)).total, one
    assert asked > 10


def test_a_new_listing_is_offered_at_once_and_one_that_is_gone_no_longer(db, tmp_path):
    engine = TantivyEngine(tmp_path / "index", river)
    listing = {"facets": {"reach": ("by-phone",)}, "provider": "Old Runners"}
    engine.rebuild([AssetDocument(number, f"Club {number}", **listing) for number in range(50)])
    before = len(engine.snapshot().phrases)

    def offered(typed):
        return texts(engine.suggest(SuggestQuery(typed)))

    engine.put([AssetDocument(7, "Lantern Walk", provider="Old Runners"), AssetDocument(99, "Above the Baths")])
    assert "Lantern Walk" in offered("lant")
    assert offered("above the b") == ["Above the Baths"]
    assert "Club 7" not in offered("club")
    assert offered("club 4") == ["Club 4", *sorted(f"Club 4{digit}" for digit in range(10))][1:9]
    engine.change(put=[AssetDocument(7, "Lantern Walk", provider="old runners")], remove=[99])
    assert offered("above") == []
    assert offered("old") == ["old runners", "Old Runners"][:1] or offered("old") == ["Old Runners"]
    engine.put([AssetDocument(8, "Club 8", **listing)])
    assert len(engine.snapshot().phrases) <= before + 4


def test_names_are_sorted_to_the_last_letter_and_merged_in_order():
    names = [f"the same twenty-four letters and more {number % 7} {number}" for number in range(300)] + [
        "a",
        "Zoë",
        "zoe b",
    ]
    writing = PhraseWriting()
    documents = [AssetDocument(number, name) for number, name in enumerate(names[::2])]
    facts = facts_of(writing.hearing(documents))
    first = writing.done(facts)
    again = PhraseWriting(first, facts)
    rest = [AssetDocument(1_000 + number, name) for number, name in enumerate(names[1::2])]
    both = again.done(facts_of(again.hearing(rest), facts))
    for phrases in (first, both):
        read = [phrases._from(entry, 1_000) for entry in range(len(phrases.start_phrase))]
        assert read == sorted(read)
    assert len(both) == len({whole_of(name) for name in names})
    low, high = both.span("zoe")
    assert sorted(both.label(int(number)) for number in both.start_phrase[low:high]) == ["Zoë", "zoe b"]


def test_what_is_shown_here_is_what_a_search_from_here_shows(tantivy, tilbury):
    for number, given in enumerate(EVERYTHING):
        make_asset(**{"kind": "group" if number % 2 else "service", **given})
    tantivy.engine.rebuild(asset_documents())
    held = tantivy.engine.snapshot()
    rows = np.arange(held.facts.rows)
    for place in PLACES.values():
        here = Here(held.facts, place, {}, river)
        if place is None:
            assert here.shown(rows).all()
            continue
        query = AssetQuery(place=place)
        wanted = np.zeros(len(rows), bool)
        here_too, named = allowed(held.facts, place, rows)
        measured, left = around(held.facts, query, here_too, named, river)
        wanted[here_too[left]] = measured.shown(None)
        assert here.shown(rows).tolist() == wanted.tolist()
        few = Here(held.facts, place, {"kind": ("group",)}, river)
        filtered = ask(tantivy.engine, AssetQuery(place=place, filters={"kind": ("group",)}))
        assert few.shown(rows).sum() == filtered.total


def test_a_file_of_names_is_read_as_it_was_written(tmp_path):
    writing = PhraseWriting()
    facts = facts_of(writing.hearing([AssetDocument(1, "Riverside Lunch Club", provider="Éire Choir")]))
    writing.done(facts).write(tmp_path / "phrases")
    phrases = Phrases.read(tmp_path / "phrases")
    assert [phrases.label(number) for number in range(len(phrases))] == ["Riverside Lunch Club", "Éire Choir"]
    assert phrases.span("eire") != phrases.span("aire")


class Words:
    def __init__(self, **counts):
        self.counts = counts

    def known(self):
        return self.counts

    def in_order(self):
        return sorted(self.counts)


WORDS = Words(lunch=9, launch=1, dementia=4, club=7, garden=2)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (["lunhc"], ["lunch"]),
        (["dementai"], ["dementia"]),
        (["demntia"], ["dementia"]),
        (["dwment"], ["dement"]),
        (["gardenn", "cl"], ["garden", "cl"]),
    ],
)
def test_one_error_is_forgiven(typed, read):
    assert respelt(typed, WORDS)[0] == read


@pytest.mark.parametrize("typed", [["lunch"], ["lun"], ["zzzzzz"], ["lnch", "gradn"], ["rm18"], ["x" * 500], ["cl"]])
def test_what_is_known_too_short_too_wrong_or_a_number_is_left_alone(typed):
    assert respelt(typed, WORDS) == []


def test_a_misspelt_beginning_is_gone_on_with_when_nothing_begins_so(tantivy):
    make_asset(name="Befriending by Letter")
    assert texts(tantivy.suggest("befreinding by")) == ["Befriending by Letter"]
    assert "Befriending by Letter" in texts(tantivy.suggest("befrein"))


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_nothing_that_is_typed_breaks_it(search, tilbury, number):
    make_asset()
    assert len(search.suggest(HOSTILE[number], tilbury)) <= 8


@pytest.mark.django_db
def test_a_word_that_hurts_can_be_typed_and_is_never_offered(tantivy):
    make_asset(name="Together", summary="For people with dementia.")
    Synonyms.objects.create(terms="senile\nsenior moments", way="one", means="dementia")
    forget_thesaurus()
    assert tantivy(AssetQuery(text="senile")).total == 1
    assert [one.label for one in tantivy.suggest("sen")] == ["senior moments"]
