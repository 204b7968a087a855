import datetime as dt

import numpy as np
import pytest

from search import rank
from search.around import allowed, around
from search.documents import asset_documents
from search.facts import facts_of, name_hash
from search.matches import Matches
from search.query import AssetQuery
from tests.factories.directory import make_asset
from tests.search.conftest import river


@pytest.mark.django_db
def test_a_score_is_the_sum_of_its_parts(tilbury):
    make_asset(name="Thursday Lunch")
    make_asset(name="Chess Club", taking_new="full")
    facts = facts_of(asset_documents())
    rows, named = allowed(facts, tilbury, np.arange(2))
    matches = Matches(rows, np.array([3.0, 1.5]), np.array([2, 1]), 2, name_hash("thursday lunch"))
    here, _left = around(facts, AssetQuery(place=tilbury), rows, named, river)
    on = dt.date(2026, 11, 24)

    parts = rank.parts(facts, rows, matches, here, on)

    assert set(parts) == {"name", "provider", "words", "text", "near", "named", "across", "fresh", "taking"}
    assert parts["name"].sum() == rank.EXACT_NAME
    assert parts["text"].tolist() == [rank.TEXT, rank.TEXT / 2]
    assert sum(parts.values()) == pytest.approx(rank.best(facts, rows, matches, here, on))
