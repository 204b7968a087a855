"""From a query as somebody asked it to the question an engine is asked: `read(query, words) -> Question`.

What the text says of a place and of filters goes where a choice would have put it; what somebody chose goes before it.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np

from assets_map.not_found import OutsideOurArea, PlaceNotFound
from assets_map.places import Place, find_place
from search.facets import labels
from search.filter_words import read_filters
from search.knowledge import Knowledge, Vocabulary
from search.learned import learned
from search.meaning import model
from search.place_names import text_places
from search.query import AssetQuery, Question
from search.terms import ReadFilter, Terms
from search.thesaurus import thesaurus
from search.understand import understand, whole_of


def read(query: AssetQuery, words: Vocabulary | None) -> Question:
    """Understand a query's text, with all that is known here."""
    knowledge = everything_known(words)
    if query.spoken:
        knowledge = replace(knowledge, filters=None)
    question = read_words(query, knowledge)
    vector = meaning_of(question.terms, knowledge)
    if vector is None:
        return question
    known = learned()
    if known is None:
        return replace(question, vector=vector)
    return replace(question, terms=replace(question.terms, needs=known.needs(vector)), vector=known.turned(vector))


def read_words(query: AssetQuery, knowledge: Knowledge) -> Question:
    """The same without the meaning of the sentence, which takes longest to find out."""
    if not query.text.strip():
        return Question(query)
    options = {"as_typed": query.as_typed, "has_place": query.spoken or query.place is not None}
    terms = understand(query.text, knowledge, ignore=query.ignore, **options)
    place = query.place
    if terms.place:
        place = place_named(terms.place)
        if place is None:
            # Known by name and yet not found: then it is a word like another.
            terms = understand(query.text, knowledge, ignore=query.ignore, as_typed=query.as_typed, has_place=True)
    filters, facets = joined(query.filters, terms.filters)
    return Question(replace(query, place=place, filters=filters), terms, read=facets)


def everything_known(words: Vocabulary | None) -> Knowledge:
    """The directory's words with the thesaurus, the places, and the words that mean a filter."""
    places = text_places()
    return Knowledge(
        words=words,
        thesaurus=thesaurus(),
        places=places,
        soft=places.councils,
        filters=read_filters,
        topics=topics(),
    )


def topics() -> frozenset[str]:
    """Names of categories, folded: “Wednesday evenings” may be one."""
    return _folded(tuple(labels("category").values()))


@lru_cache(maxsize=4)
def _folded(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(whole_of, names))


def place_named(name: str) -> Place | None:
    """The place of a name read from a text; none when it is not to be found, or not ours."""
    try:
        return find_place(name)
    except OutsideOurArea:
        return None
    except PlaceNotFound:
        return None


def joined(
    chosen: Mapping[str, tuple[str, ...]], read_: tuple[ReadFilter, ...]
) -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """The filters chosen, and those read for facets in which nothing was chosen; and which facets those are."""
    found = {facet: codes for facet, codes in chosen.items() if codes}
    facets = frozenset(one.facet for one in read_ if one.facet not in found)
    for one in read_:
        if one.facet in facets:
            found[one.facet] = tuple(dict.fromkeys([*found.get(one.facet, ()), one.code]))
    return found, facets


def meaning_of(terms: Terms, knowledge: Knowledge) -> np.ndarray | None:
    """What a sentence means; none for a few words, for words that mean nothing here, and without a model."""
    if not terms.sentence or not any(map(knowledge.knows, terms.words)):
        return None
    known = model()
    return None if known is None else known.embed_one(terms.sentence)
