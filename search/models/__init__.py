from search.models.records import OldSearches, SearchRecord, UnknownWord
from search.models.renewal import IndexRenewal
from search.models.stale import StaleAsset
from search.models.thesaurus import LaidSynonyms, Synonyms

__all__ = [
    "IndexRenewal",
    "LaidSynonyms",
    "OldSearches",
    "SearchRecord",
    "StaleAsset",
    "Synonyms",
    "UnknownWord",
]
