"""Reads of the directory that read as sentences."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from accounts.roles import Role
from accounts.rules import has_role, is_provider_member
from accounts.seeing import of_own_council, sees_everything
from directory.choices import Reach

if TYPE_CHECKING:
    from assets_map.distance import Point
    from directory.models import Asset

# One degree of latitude, in miles.
MILES_A_DEGREE = 69.0
MONTHS_FRESH = 6


def fresh_since(on: dt.date) -> dt.date:
    """The earliest date of a check that still counts as fresh: six months back."""
    month = on.month - MONTHS_FRESH
    year, month = (on.year, month) if month > 0 else (on.year - 1, month + 12)
    return dt.date(year, month, min(on.day, 28))


looks_after_listings = has_role(Role.MODERATOR, Role.ADMINISTRATOR)


class ProviderQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """All to who looks after listings; to a member of a provider that one."""
        if looks_after_listings(user):
            return self
        return self.filter(pk__in=providers_of(user))


class ProviderMemberQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """To who looks after listings, the members whose accounts are of the same council."""
        if not looks_after_listings(user):
            return self.none()
        return self if sees_everything(user) else self.filter(of_own_council(user, "user__council"))


class VenueQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Hidden ones only to who looks after listings."""
        return self if looks_after_listings(user) else self.filter(hidden=False)


class AssetQuerySet(models.QuerySet):
    # Asset, whose relations are declared in modules above this one.
    model: Any

    def live(self) -> Self:
        return self.filter(live=True)

    def visible_to(self, user: Any) -> Self:
        """Those whose drafts somebody may see: all to who looks after listings, to a provider's member its own."""
        if looks_after_listings(user):
            return self
        return self.filter(provider__in=providers_of(user))

    def as_listings(self) -> Self:
        """With everything a row or a page shows, in a fixed number of queries."""
        return self.select_related("provider", "venue").prefetch_related(
            "sessions__venue", "costs", "coverage", "categories", "checks"
        )

    def as_rows(self) -> Self:
        """With what one row of a list shows, and no more: four queries for a page of results."""
        said = ("name", "slug", "kind", "summary", "door", "phone", "times_note", "cost_note")
        shown = self.only(*said, "taking_new", "waiting_note", "last_published_at")
        return shown.prefetch_related("sessions", "costs", "checks")

    def serving_areas(self, area_codes: frozenset[str]) -> Self:
        """Those whose coverage does not exclude somebody who lives in these areas."""
        covering = self.model.coverage.rel.related_model.objects
        return self.filter(
            Q(pk__in=covering.filter(area_code__in=area_codes).values("asset_id"))
            | ~Q(pk__in=covering.values("asset_id"))
        )

    def in_box(self, point: "Point", miles: float) -> Self:
        """Those with a venue that may be shown, in the square that holds the circle of `miles` around a point."""
        from math import cos, radians

        tall = miles / MILES_A_DEGREE
        wide = tall / max(cos(radians(point.lat)), 0.01)
        inside = {"latitude__range": (point.lat - tall, point.lat + tall)}
        inside["longitude__range"] = (point.lon - wide, point.lon + wide)
        venues = self.model._meta.get_field("venue").related_model.objects.filter(hidden=False, **inside).values("pk")
        sessions = self.model.sessions.rel.related_model.objects.filter(venue__in=venues).values("asset_id")
        return self.filter(Q(venue__in=venues) | Q(pk__in=sessions), reaching(Reach.AT_VENUE))

    def like(self, asset: "Asset") -> Self:
        """Others that share a category, those of its own town first."""
        shared = self.model.categories.through.objects.filter(
            category_id__in=[category.pk for category in asset.categories.all()]
        ).values("asset_id")
        town = asset.venue.town if asset.venue and not asset.venue.hidden else ""
        return (
            self.filter(pk__in=shared)
            .exclude(pk=asset.pk)
            .alias(near=models.Case(models.When(venue__town=town, then=0), default=1))
            .order_by("near", "name")
        )

    def due_review(self, on: dt.date) -> Self:
        """Those of which no fact has been checked in the last six months."""
        return self.exclude(checks__on__gte=fresh_since(on))

    def how_true(self, on: dt.date) -> dict[str, int]:
        """How many are live, and of how many of those a fact has been checked in the last six months."""
        checked = self.model.checks.rel.related_model.objects.filter(on__gte=fresh_since(on)).values("asset_id")
        live = self.live()
        return {"live": live.count(), "confirmed": live.filter(pk__in=checked).count()}


def providers_of(user: Any) -> models.QuerySet:
    """The numbers of the providers that somebody is a member of, as long as they have that role."""
    members = apps.get_model("directory.ProviderMember").objects
    return (members.filter(user=user) if is_provider_member(user) else members.none()).values("provider")


def reaching(*reaches: Reach) -> Q:
    """Assets that get to people in any of these ways."""
    # The codes are quoted and none is part of another, so that text is enough; SQLite has no JSON containment.
    found = Q()
    for reach in reaches:
        found |= Q(reach__icontains=f'"{reach.value}"')
    return found
