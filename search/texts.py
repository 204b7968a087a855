"""The five texts of a listing, by the names that `search.rank.BOOSTS` weighs them by."""

from search.documents import AssetDocument


def texts_of(document: AssetDocument) -> dict[str, str]:
    return {
        "name": document.name,
        "tags": document.tags,
        "summary": document.summary,
        "place": document.where,
        "description": document.description,
    }
