from directory.models.assets import Asset, Check, Cost, Coverage
from directory.models.categories import Category, CategoryCode
from directory.models.providers import Provider, ProviderMember
from directory.models.sessions import Session, TermTime
from directory.models.venues import Venue

__all__ = [
    "Asset",
    "Category",
    "CategoryCode",
    "Check",
    "Cost",
    "Coverage",
    "Provider",
    "ProviderMember",
    "Session",
    "TermTime",
    "Venue",
]
