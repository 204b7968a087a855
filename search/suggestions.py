"""What may be offered while somebody types: `SuggestQuery` asks, `Suggestion` is what is offered."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from assets_map.places import Place

MOST_SUGGESTIONS = 8
LONGEST_TEXT = 300


class SuggestionKind(models.TextChoices):
    """What a suggestion is, and the words that stand beside it."""

    NAME = "name", _("Listing")
    PROVIDER = "provider", _("Who runs it")
    CATEGORY = "category", _("Topic")
    TERM = "term", _("Topic")
    WORD = "word", _("Word")
    PLACE = "place", _("Place")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What is shown, and what choosing it puts into the two boxes; `place` empty leaves the second one alone."""

    label: str
    text: str
    kind: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What was typed, read as words and a place of our own: “lunch in til” → lunch, Tilbury."""

    label: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class SuggestQuery:
    """What was typed so far, where, and with which filters. `elsewhere`: the same text read as words and a place."""

    text: str = ""
    place: Place | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    limit: int = MOST_SUGGESTIONS
    elsewhere: tuple[Elsewhere, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self.text[:LONGEST_TEXT])
        object.__setattr__(self, "limit", max(1, min(self.limit, 20)))
