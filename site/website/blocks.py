"""What a page is made of. Queries are made in `get_context`, never in a template."""

import datetime as dt
from typing import Any

from django.db.utils import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from assets_map.models import Area
from directory.choices import Kind
from directory.models import Asset, Category
from search.engines import find
from search.query import AssetQuery
from website.soon import next_talking_shops

RICH_TEXT = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


def category_choices() -> list[tuple[str, str]]:
    """Every category by its short name; none before the database is laid."""
    try:
        return [(category.slug, category.name) for category in Category.objects.order_by("position", "name")]
    except DatabaseError:
        return []


def area_choices() -> list[tuple[str, str]]:
    try:
        return [(area.code, area.name) for area in Area.objects.order_by("kind", "name").defer("shape")]
    except DatabaseError:
        return []


class QuoteBlock(blocks.StructBlock):
    """What somebody said, in their own words."""

    words = blocks.TextBlock(label=_("Their words"), max_length=600)
    who = blocks.CharBlock(label=_("Who said it"), required=False, max_length=120)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "website/blocks/quote.html"


class CallOutBlock(blocks.StructBlock):
    """A few words that must not be missed."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    words = blocks.RichTextBlock(label=_("Words"), features=["bold", "ul", "link"])

    class Meta:
        icon = "warning"
        label = _("Call-out")
        template = "website/blocks/call_out.html"


class DirectoryListBlock(blocks.StructBlock):
    """The first few listings of a kind, a category or some words, as a search gives them."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    kind = blocks.ChoiceBlock(choices=Kind.choices, label=_("Kind"), required=False)
    category = blocks.ChoiceBlock(choices=category_choices, label=_("Category"), required=False)
    text = blocks.CharBlock(label=_("Words to look for"), required=False, max_length=120)
    most = blocks.IntegerBlock(label=_("How many at most"), min_value=1, max_value=12, default=5)

    class Meta:
        icon = "list-ul"
        label = _("Directory list")
        template = "website/blocks/directory_list.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        chosen = {facet: (value[facet],) for facet in ("kind", "category") if value.get(facet)}
        results = find(AssetQuery(text=value.get("text") or "", filters=chosen, page_size=value.get("most") or 5))
        found = Asset.objects.live().in_bulk([hit.asset_id for hit in results.hits])
        listings = [found[hit.asset_id] for hit in results.hits if hit.asset_id in found]
        asked = {"text": value.get("text") or "", **{facet: codes[0] for facet, codes in chosen.items()}}
        asked = {name: words for name, words in asked.items() if words}
        return {**context, "listings": listings, "total": results.total, "asked": asked}


class NextTalkingShopsBlock(blocks.StructBlock):
    """The next three talking shops, by date."""

    heading = blocks.CharBlock(label=_("Heading"), default=_("Next talking shops"), max_length=120)

    class Meta:
        icon = "date"
        label = _("Next talking shops")
        template = "website/blocks/next_talking_shops.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        now = timezone.localtime().replace(tzinfo=None)
        return {**context, "coming": next_talking_shops(after=now), "today": dt.date.today()}


class MapBlock(blocks.StructBlock):
    """The shapes of areas, with their names beside them in words."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    areas = blocks.MultipleChoiceBlock(choices=area_choices, label=_("Areas"), required=False)

    class Meta:
        icon = "site"
        label = _("Map")
        template = "website/blocks/map.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        areas = list(Area.objects.filter(code__in=value.get("areas") or []).defer("shape").order_by("name"))
        return {**context, "areas": areas, "codes": [area.code for area in areas]}


class DoorBlock(blocks.StructBlock):
    """A way in from the home page: one kind, in the council's own words."""

    kind = blocks.ChoiceBlock(choices=Kind.choices, label=_("Kind"))
    title = blocks.CharBlock(label=_("Words on the door"), max_length=80)
    words = blocks.CharBlock(label=_("A sentence under it"), required=False, max_length=160)

    class Meta:
        icon = "home"
        label = _("Door")


BODY = [
    ("text", blocks.RichTextBlock(features=RICH_TEXT, label=_("Text"), template="website/blocks/text.html")),
    ("quote", QuoteBlock()),
    ("call_out", CallOutBlock()),
    ("directory_list", DirectoryListBlock()),
    ("next_talking_shops", NextTalkingShopsBlock()),
    ("map", MapBlock()),
]
