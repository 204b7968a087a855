"""What the database offers while somebody types, when the index cannot: from at most `MOST_LISTINGS` that hold it all.

Only words that its plainer search looks at are offered: `search.plain.holding`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from django.db.models import F

from assets_map.places import Place
from directory.choices import Kind, WhoFor
from directory.models import Asset
from search.documents import AssetDocument, asset_documents
from search.facts import facts_of
from search.phrases import PhraseWriting
from search.plain import candidates
from search.query import AssetQuery
from search.subjects import read_subjects
from search.suggesting import said
from search.suggestions import SuggestQuery
from search.terms import Group, Phrase, Terms
from search.understand import words_of

MOST_LISTINGS = 200


class HeldByDatabase:
    """Those listings as an engine would hold them, made on the spot."""

    def __init__(self, query: SuggestQuery) -> None:
        asked = [(query.text, query.place), *((one.text, one.place) for one in query.elsewhere)]
        ids = list(dict.fromkeys(asset_id for text, place in asked for asset_id in holding(text, place)))
        heard = PhraseWriting()
        documents = list(asset_documents(ids))
        self.facts = facts_of(heard.hearing(map(with_names_it_finds, documents)))
        self.phrases = heard.done(self.facts)
        self.subjects = read_subjects()
        topics = direct_categories(ids)
        self._words = [set(words_looked_at(one, topics.get(one.asset_id, ()))) for one in documents]
        self._known = Counter(word for words in self._words for word in words)

    # As `DatabaseEngine.vocabulary`.
    reads_with = None

    def known(self) -> dict[str, int]:
        return self._known

    def in_order(self) -> list[str]:
        return sorted(self._known)

    def beginning(self, start: str) -> list[tuple[str, int]]:
        """Words of these listings that begin so."""
        return [(word, count) for word, count in self._known.items() if word.startswith(start)]

    def holding(self, several: Sequence[Sequence[str]], most: int) -> list[np.ndarray]:
        """For each of several lists of words, the rows that hold all of its words."""
        return [
            np.array([row for row, words in enumerate(self._words) if words.issuperset(wanted)][:most], np.int32)
            for wanted in several
        ]


def holding(text: str, place: Place | None) -> Iterable[int]:
    """Ids of live listings that hold all that was typed, and may serve the place."""
    typed = said(words_of(text))
    terms = Terms(tuple(Group((Phrase((word,)),), word) for word in typed))
    found = candidates(AssetQuery(place=place), terms).order_by("name", "pk")
    return found.values_list("pk", flat=True)[:MOST_LISTINGS]


def direct_categories(ids: Sequence[int]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = {}
    pairs = Asset.categories.through.objects.filter(asset_id__in=ids).annotate(name=F("category__name"))
    for asset_id, name in pairs.values_list("asset_id", "name"):
        found.setdefault(asset_id, []).append(name)
    return found


def words_looked_at(document: AssetDocument, topics: Iterable[str]) -> list[str]:
    """The words of a document in which the database looks."""
    kinds = [str(Kind(code).label) for code in document.facets.get("kind", ()) if code in Kind.values]
    people = [str(WhoFor(code).label) for code in document.facets.get("who_for", ()) if code in WhoFor.values]
    text = " ".join([document.name, document.summary, document.where, *topics])
    return [*as_written(text), *words_of(" ".join([*kinds, *people]))]


def as_written(text: str) -> list[str]:
    """The words that the database finds, to which a letter with an accent is another letter."""
    lower = text.lower()
    return [word for word in words_of(text) if word in lower]


def with_names_it_finds(document: AssetDocument) -> AssetDocument:
    name, provider = (
        label if all(map(as_written(label).__contains__, said(words_of(label)))) else ""
        for label in (document.name, document.provider)
    )
    return replace(document, name=name, provider=provider)
