from search.models.records import OldSearches, SearchRecord, UnknownWord
from search.models.renewal import IndexRenewal
from search.models.stale import StaleAsset

__all__ = ["IndexRenewal", "OldSearches", "SearchRecord", "StaleAsset", "UnknownWord"]
