from search.models.records import OldSearches, SearchRecord, UnknownWord
from search.models.stale import StaleAsset

__all__ = ["OldSearches", "SearchRecord", "StaleAsset", "UnknownWord"]
