from website.models.look import LookSettings
from website.models.pages import (
    GuidanceIndexPage,
    GuidancePage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    UsefulCount,
    YouSaidPage,
    YouSaidRow,
)

__all__ = [
    "GuidanceIndexPage",
    "GuidancePage",
    "HomePage",
    "LookSettings",
    "NewsIndexPage",
    "NewsPage",
    "UsefulCount",
    "YouSaidPage",
    "YouSaidRow",
]
