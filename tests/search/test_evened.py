"""What means the same counts no more for being rarer than what was typed."""

import pytest

from search.documents import asset_documents
from search.query import AssetQuery
from search.thesaurus import forget_thesaurus
from tests.factories.directory import make_asset
from tests.search.test_thesaurus import group


@pytest.fixture
def befriending(db):
    """A word in a fifth of all listings, with a rare one that means the same."""
    group("befriender\nsitter")
    forget_thesaurus()
    for number in range(40):
        make_asset(name=f"Choir {number}", summary="We sing.")
    for number in range(10):
        make_asset(name=f"Company {number}", summary="A befriender visits you.")
    return make_asset(name="At home", summary="A sitter stays with your child.")


def test_what_was_typed_comes_before_a_rarer_word_for_it(search, befriending):
    # How frequent words are, a cluster counts when it builds.
    search.engine.rebuild(asset_documents())
    found = search(AssetQuery(text="befriender"))
    if found.engine != "database":
        assert found.total == 11
        assert found.hits[-1].asset_id == befriending.pk


def test_and_the_rarer_word_itself_finds_its_own_first(search, befriending):
    assert search(AssetQuery(text="sitter")).hits[0].asset_id == befriending.pk
