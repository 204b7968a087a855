from search.models.stale import StaleAsset

__all__ = ["StaleAsset"]
