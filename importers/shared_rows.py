"""Venues and providers that several listings share: written again only when the source says something new."""

import dataclasses
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from directory.models import Provider, Venue
from importers.models import SharedRow, Source
from importers.records import AssetRecord, ProviderRecord, VenueRecord, digest
from importers.writing import BATCH, Shared, venue_fields

What = SharedRow.What


class Kept(NamedTuple):
    """All of one kind by the source's ids, and the numbers of those that now say something else."""

    by_id: dict[str, Any]
    changed: list[int]


def keep_shared(records: Iterable[AssetRecord], source: Source) -> tuple[Shared, list[int], list[int]]:
    """Write the venues and providers of all records; also the numbers of changed venues, and of changed providers."""
    venues: dict[str, VenueRecord] = {}
    providers: dict[str, ProviderRecord] = {}
    for record in records:
        for venue in (record.venue, *(session.venue for session in record.sessions)):
            if venue is not None:
                venues[venue.source_id] = _fuller(venues.get(venue.source_id), venue)
        if record.provider is not None:
            key = record.provider.source_id
            providers[key] = _fuller(providers.get(key), record.provider)
    kept_venues = _keep(Venue, What.VENUE, venues, venue_fields, source)
    kept_providers = _keep(Provider, What.PROVIDER, providers, dataclasses.asdict, source)
    return Shared(kept_venues.by_id, kept_providers.by_id), kept_venues.changed, kept_providers.changed


def _fuller(one: Any, other: Any) -> Any:
    """Of two rows that mean the same, the first that says more than a name."""
    return other if one is None or one.is_a_name_only else one


def _keep(
    model: Any,
    what: SharedRow.What,
    records: dict[str, Any],
    fields_of: Callable[[Any], dict[str, Any]],
    source: Source,
) -> Kept:
    existing = {one.source_id: one for one in model._default_manager.filter(source=source.name)}
    prints = {row.key: row for row in SharedRow.objects.filter(source=source, what=what)}
    new, rows, changed = [], [], []
    for key, record in records.items():
        fields, found = fields_of(record), digest(fields_of(record))
        row = prints.get(key)
        if key not in existing:
            existing[key] = model(source=source.name, **fields)
            new.append(existing[key])
        elif record.is_a_name_only or (row is not None and row.fingerprint == found):
            continue
        else:
            changed.append(_rewrite(existing[key], fields))
        if row is None:
            rows.append(SharedRow(source=source, what=what, key=key, fingerprint=found))
        elif row.fingerprint != found:
            SharedRow.objects.filter(pk=row.pk).update(fingerprint=found)
    model._default_manager.bulk_create(new, batch_size=BATCH)
    SharedRow.objects.bulk_create(rows, batch_size=BATCH)
    return Kept(existing, changed)


def _rewrite(instance: Any, fields: dict[str, Any]) -> int:
    for name, value in fields.items():
        setattr(instance, name, value)
    type(instance)._default_manager.filter(pk=instance.pk).update(**fields)
    return instance.pk
