from search.models.help import CouncilBusiness, DangerCount, DangerRule, HelpLine, LaidHelp, PinnedListing
from search.models.missing_vector import MissingVector
from search.models.records import SearchRecord, UnknownWord
from search.models.renewal import IndexRenewal
from search.models.stale import StaleAsset
from search.models.thesaurus import LaidSynonyms, Synonyms

__all__ = [
    "CouncilBusiness",
    "DangerCount",
    "DangerRule",
    "HelpLine",
    "IndexRenewal",
    "LaidHelp",
    "LaidSynonyms",
    "MissingVector",
    "PinnedListing",
    "SearchRecord",
    "StaleAsset",
    "Synonyms",
    "UnknownWord",
]
