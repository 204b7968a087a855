"""Where few listings hold the words that were asked, what means the same is shown after them."""

import pytest

from search import danger, embedding
from search.documents import asset_documents
from search.engines import engine
from search.laying_help import lay_help
from search.query import AssetQuery
from search.understand import SCARCE, understand
from tests.factories.directory import make_asset
from tests.search.test_understand import knowing


@pytest.fixture(params=["tantivy", "elastic"])
def search(request):
    """Both engines that know of meanings."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def nowhere_to_sleep(db):
    make_asset(name="Model Railways", summary="Trains, track and tea on a Tuesday.")
    return make_asset(name="Keys in Hand", summary="Evicted, sleeping rough or on a friend's sofa? We find you a room.")


def found(search, text):
    documents = list(asset_documents())
    embedding.make(documents)
    # How many hold a word is counted when an index is built.
    search.engine.rebuild(documents)
    return search(AssetQuery(text=text))


def test_what_means_the_same_follows_what_holds_the_words(search, nowhere_to_sleep):
    holds = make_asset(name="Soup Run", summary="Soup and blankets for homeless people.")
    results = found(search, "homeless")
    assert [(hit.asset_id, hit.by_meaning) for hit in results.hits] == [
        (holds.pk, False),
        (nowhere_to_sleep.pk, True),
    ]
    assert results.facets["kind"] == {"group": 2}


def test_where_enough_hold_the_words_nothing_is_added(search, nowhere_to_sleep):
    for number in range(SCARCE):
        make_asset(name=f"Soup Run {number}", summary="Soup and blankets for homeless people.")
    results = found(search, "homeless")
    assert results.total == SCARCE
    assert not any(hit.by_meaning for hit in results.hits)


def test_what_nobody_knows_means_nothing(search, nowhere_to_sleep):
    assert found(search, "zzyzx").total == 0


@pytest.mark.parametrize(
    ("text", "held", "whole"),
    [
        ("homeless", {"homeless": 3}, "homeless"),
        ("homeless", {"homeless": SCARCE}, ""),
        # One of the two is enough to tell that few hold both.
        ("homeless advice", {"homeless": 3, "advice": 500}, "homeless advice"),
        # Two of three are enough, and many hold two.
        ("homeless advice lunch", {"homeless": 3, "advice": 500, "lunch": 900}, ""),
        ("where do homeless people sleep", {"homeless": SCARCE}, "where do homeless people sleep"),
    ],
)
def test_few_words_are_read_as_a_whole_where_few_listings_hold_them(text, held, whole):
    terms = understand(text, knowing(**held))
    assert (terms.sentence, terms.few) == (whole, len(text.split()) < 4)


def page(client, text):
    documents = list(asset_documents())
    embedding.make(documents)
    engine().rebuild(documents)
    return client.post("/find/", {"text": text}, follow=True).content.decode()


def test_where_nothing_holds_the_words_the_page_says_so_and_where_to_turn(client, db, own_index):
    lay_help(demo=True)
    danger.forget()
    make_asset(name="Bobbin and Chat", summary="Hems, zips and buttons mended while you wait.")
    shown = page(client, "seamstress buttons")
    assert "Bobbin and Chat" in shown
    assert "Nothing here has your words." in shown
    assert 'href="tel:999"' in shown
    make_asset(name="Needle and Thread", summary="A seamstress sews on your buttons.")
    shown = page(client, "seamstress buttons")
    assert "marks those with few or none of your words" in shown
    assert "Nothing here has your words." not in shown
    assert 'href="tel:999"' not in shown
