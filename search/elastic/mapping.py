"""The documents of the cluster's index, declared once: `listing(document)` as one of them.

Words are folded, split and stemmed here (`search.stems`), so that both engines know a word by the same stem. What
ranking needs of a listing travels in `told` (`search.elastic.telling`), the only part of the source that is kept; all
else is rebuilt from the directory.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from elasticsearch import dsl
from elasticsearch.dsl import (
    Boolean,
    Date,
    DenseVector,
    Float,
    GeoPoint,
    IntegerRange,
    Keyword,
    Long,
    Object,
    Text,
    analyzer,
)

from search import vectors
from search.clauses import SEVERAL_DAYS
from search.documents import AssetDocument
from search.elastic.telling import told
from search.facets import EVERYONE, FACETS, STORED, WEEK
from search.facts import TAKING_WEIGHT, name_hash
from search.meaning import NUMBERS
from search.rank import BOOSTS
from search.stems import stem
from search.texts import texts_of
from search.understand import whole_of, words_of

# Raised when documents are made otherwise though the mapping is the same.
EDITION = 3
# Stands among the areas of a listing that serves anyone.
ANYONE = "*"
EVERY_TEXT = "texts"
LOOKED_UP = "points"
NEVER, FOR_EVER = dt.date(1900, 1, 1), dt.date(9999, 1, 1)
# Days and times of day are counted by themselves where only one of the two is asked for.
ALONE = ("day", "time")
CHOICES = (*(facet for facet in FACETS if facet in STORED and facet != "date"), *ALONE)
STEMS = analyzer("stems", tokenizer="whitespace")


@cache
def mapping() -> dsl.Mapping:
    """One field for each text, one code field for each facet, and what is measured, ranked by or told."""
    made = dsl.Mapping()
    made.meta("dynamic", "strict")
    made.meta("_source", {"includes": ["told"]})
    for name in BOOSTS:
        made.field(name, Text(analyzer=STEMS, copy_to=EVERY_TEXT))
    # To tell whether a listing holds a word at all: one look instead of one for each text.
    made.field(EVERY_TEXT, Text(analyzer=STEMS, norms=False))
    made.field("words", Keyword())
    made.field("id", Long())
    made.field("name_hash", Keyword())
    made.field("provider_hash", Keyword())
    made.field("name_key", Keyword(index=False))
    made.field("codes", Object(properties={facet: Keyword() for facet in STORED}))
    # Every choice that finds a listing, all facets in one field: a dozen counts for one look at each listing.
    made.field("choices", Keyword(index=False, eager_global_ordinals=True))
    made.field("areas", Keyword(doc_values=False))
    made.field("venues", GeoPoint())
    # To be looked up for each listing that holds the words. Even to guess whether that is quicker than to find all
    # that is about here takes a millisecond, for every shape in a question.
    made.field(LOOKED_UP, GeoPoint(index=False))
    made.field("has_point", Boolean())
    made.field("several_venues", Boolean())
    made.field("checked_on", Date(format="strict_date"))
    made.field("made_on", Date(format="strict_date"))
    made.field("slots", IntegerRange())
    made.field("taking", Float(index=False))
    made.field(
        "vector", DenseVector(dims=NUMBERS, similarity="cosine", index=True, index_options={"type": "int8_hnsw"})
    )
    made.field("told", Object(enabled=False))
    return made


def body(*, shards: int, replicas: int) -> dict[str, Any]:
    """What a new index is made with; it is not refreshed while it is filled."""
    return {
        "settings": {
            "number_of_shards": shards,
            "number_of_replicas": replicas,
            "refresh_interval": "-1",
            # How long a removal outlives what it removed, so that a slower writer cannot bring it back.
            "gc_deletes": "12h",
            "analysis": STEMS.get_analysis_definition(),
        },
        "mappings": mapping().to_dict(),
    }


@cache
def mapping_hash() -> str:
    """Differs whenever an index written before cannot be read, or would be read differently."""
    said = json.dumps([mapping().to_dict(), STEMS.get_analysis_definition(), EDITION], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:10]


def stemmed(text: str) -> list[str]:
    """A text as its stems, line by line: a phrase does not run on into the next line."""
    return [" ".join(map(stem, words_of(line))) for line in text.split("\n") if line.strip()]


def listing(document: AssetDocument) -> dict[str, Any]:
    """One document of the index."""
    texts = texts_of(document)
    whole = whole_of(document.name)
    codes = document.facets
    meaning = vectors.vector_of(vectors.key(vectors.listing_text(document)))
    known = ((venue.lat, venue.lon) for venue in document.venues)
    points = [{"lat": lat, "lon": lon} for lat, lon in known if lat is not None and lon is not None]
    return {
        **{name: stemmed(text) for name, text in texts.items()},
        "words": sorted(words_in(document)),
        "id": document.asset_id,
        "name_hash": str(name_hash(document.name)),
        "provider_hash": str(name_hash(document.provider)),
        "name_key": whole.encode()[:8].hex(),
        "codes": {facet: list(codes.get(facet, ())) for facet in STORED},
        "choices": choices(codes),
        "areas": [code for code, _name in document.coverage] or [ANYONE],
        "venues": points,
        LOOKED_UP: points,
        "has_point": bool(points),
        "several_venues": len(points) > 1,
        "checked_on": (document.checked_on or NEVER).isoformat(),
        "made_on": (document.made_on or FOR_EVER).isoformat(),
        "slots": [{"gte": start, "lt": end} for start, end in document.slots if start < end],
        "taking": max((TAKING_WEIGHT.get(code, 0.5) for code in codes.get("taking_new", ())), default=0.5),
        "told": told(document),
        **({} if meaning is None else {"vector": [round(float(number), 5) for number in meaning]}),
    }


def choices(codes: Mapping[str, Iterable[str]]) -> list[str]:
    """What finds a listing, as “kind:group”; “age:” when it is open to every age."""
    week = codes.get(WEEK, ())
    days = {code.partition("-")[0] for code in week}
    several = (code for code, each in SEVERAL_DAYS.items() if days.intersection(each))
    held = {**codes, "day": (*days, *several), "time": {code.partition("-")[2] for code in week}}
    open_to_all = {facet: ("",) for facet in EVERYONE if not held.get(facet)}
    return sorted(f"{facet}:{code}" for facet in CHOICES for code in open_to_all.get(facet) or held.get(facet, ()))


def words_in(document: AssetDocument) -> set[str]:
    """Every word of a listing, folded and unstemmed."""
    return {word for text in texts_of(document).values() for word in words_of(text)}
