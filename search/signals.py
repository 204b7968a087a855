"""Hears what changes in the directory and owes the index an update, in the transaction of the change.

`QuerySet.update` and `bulk_create` send no signals: whoever uses them calls `search.writing.asset_changed`, or works
inside `search.writing.one_rebuild`.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model, Q
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete

from assets_map.models import Area
from directory.models import Asset, Category, Check, Cost, Coverage, Provider, Session, TermTime, Venue
from directory.signals import listings_loaded
from search.facets import forget_labels
from search.writing import asset_changed, everything_changed


def connect() -> None:
    """Start listening; called once, when the app is ready."""
    for sender, assets_of in (
        (Asset, itself),
        *((part, owner) for part in (Check, Cost, Coverage, Session)),
        (Venue, at_venue),
        (Provider, run_by),
        (Category, in_category),
    ):
        listen(sender, assets_of)
    for signal in (post_save, post_delete):
        signal.connect(forget_labels, sender=Category, dispatch_uid="labels-of-categories")
        for model in (Area, TermTime):
            signal.connect(deciding_for_all, sender=model, dispatch_uid=f"stale-all-{model.__name__}")
    m2m_changed.connect(categories_changed, sender=Asset.categories.through, dispatch_uid="stale-categories")
    listings_loaded.connect(loaded, dispatch_uid="stale-loaded")


def deciding_for_all(raw: bool = False, **_signal: Any) -> None:
    """Areas and school terms decide what any listing is filtered by."""
    forget_labels()
    if not raw:
        everything_changed()


def loaded(asset_ids: Iterable[int], **_options: Any) -> None:
    asset_changed(*asset_ids)


def listen(sender: type[Model], assets_of: Callable[[Any], Iterable[int]]) -> None:
    def changed(instance: Model, raw: bool = False, **_options: Any) -> None:
        if not raw:
            asset_changed(*assets_of(instance))

    # A venue's or category's own rows are gone after it is deleted, so that its assets are asked for before.
    deleted = post_delete if sender is Asset else pre_delete
    for signal, name in ((post_save, "saved"), (deleted, "deleted")):
        signal.connect(changed, sender=sender, weak=False, dispatch_uid=f"stale-{sender.__name__}-{name}")


def itself(asset: Asset) -> list[int]:
    return [asset.pk] if asset.pk else []


def owner(part: Check | Cost | Coverage | Session) -> list[int]:
    return [part.asset_id] if part.asset_id else []


def at_venue(venue: Venue) -> Iterable[int]:
    return Asset.objects.filter(Q(venue=venue) | Q(sessions__venue=venue)).distinct().values_list("pk", flat=True)


def run_by(provider: Provider) -> Iterable[int]:
    return Asset.objects.filter(provider=provider).values_list("pk", flat=True)


def in_category(category: Category) -> Iterable[int]:
    """Assets in a category or under it: three deep at most."""
    under = Q(categories=category) | Q(categories__parent=category) | Q(categories__parent__parent=category)
    return Asset.objects.filter(under).distinct().values_list("pk", flat=True)


def categories_changed(instance: Any, action: str, pk_set: set[int] | None, **_options: Any) -> None:
    if action.startswith("post_") and isinstance(instance, Asset):
        asset_changed(instance.pk)
    elif action == "post_add" and isinstance(instance, Category):
        asset_changed(*(pk_set or ()))
    elif action in {"pre_remove", "pre_clear"} and isinstance(instance, Category):
        asset_changed(*in_category(instance))
