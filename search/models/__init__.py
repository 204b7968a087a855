from search.models.missing_vector import MissingVector
from search.models.records import OldSearches, SearchRecord, UnknownWord
from search.models.renewal import IndexRenewal
from search.models.stale import StaleAsset
from search.models.thesaurus import LaidSynonyms, Synonyms

__all__ = [
    "IndexRenewal",
    "LaidSynonyms",
    "MissingVector",
    "OldSearches",
    "SearchRecord",
    "StaleAsset",
    "Synonyms",
    "UnknownWord",
]
