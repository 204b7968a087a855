"""Writes listings in bulk, with their sessions, costs and other parts."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.text import slugify

from directory.editing import new_reference
from directory.models import Asset, Category, Check, Cost, Coverage, Provider, Session, Venue
from importers.categories import CategoryTree
from importers.records import AssetRecord, Problem, SessionRecord

T = TypeVar("T")
BATCH = 500
# What a withdrawal that the source asked for begins with, so that a later file can end it. Never translated.
SAYS_SOURCE = "Source: "
# Fields of a record that are columns of a listing, and lists there.
PLAIN = tuple(
    one.name
    for one in dataclasses.fields(AssetRecord)
    if one.name
    in {field.name for field in Asset._meta.concrete_fields} - {"venue", "provider", "source_id", "reference"}
)
SESSION: tuple[str, ...] = (
    *("weekday", "starts_at", "ends_at", "repeats", "nth", "first_on", "last_on", "open_on_bank_holidays"),
    *("term_time_only", "dates_out", "note"),
)


class Shared(NamedTuple):
    """Venues and providers of the load, by the source's ids."""

    venues: dict[str, Venue]
    providers: dict[str, Provider]


class Draft(NamedTuple):
    """A listing about to be written, and what it comes from."""

    asset: Asset
    record: AssetRecord


def batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    walk = iter(items)
    while batch := list(islice(walk, size)):
        yield batch


def thawed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def plain_fields(record: AssetRecord) -> dict[str, Any]:
    return {name: thawed(getattr(record, name)) for name in PLAIN if not record.says_nothing(name)}


def fields_of(record: AssetRecord, shared: Shared) -> dict[str, Any]:
    """The columns of a listing as a record gives them."""
    fields = plain_fields(record)
    fields["venue"] = shared.venues[record.venue.source_id] if record.venue else None
    fields["provider"] = shared.providers[record.provider.source_id] if record.provider else None
    return fields


def session_of(record: SessionRecord, asset: Asset, shared: Shared) -> Session:
    plain = {name: thawed(getattr(record, name)) for name in SESSION}
    venue = shared.venues[record.venue.source_id] if record.venue else None
    return Session(asset=asset, venue=venue, **plain)


def problems_of(record: AssetRecord) -> list[Problem]:
    """What the directory's own rules say against a record, as `full_clean` would, without asking the database."""
    asset = Asset(**plain_fields(record), slug="a", reference="a")
    nobody = Shared({}, {})
    sessions = [dataclasses.replace(one, venue=None) for one in record.sessions]
    models: list[Model] = [asset, *(session_of(one, asset, nobody) for one in sessions)]
    models += [Cost(asset=asset, **one._asdict()) for one in record.costs]
    models += [Check(asset=asset, **one._asdict()) for one in record.checks]
    models += [Coverage(asset=asset, **one._asdict()) for one in record.coverage]
    if record.venue:
        models.append(Venue(**venue_fields(record.venue)))
    if record.provider:
        models.append(Provider(**dataclasses.asdict(record.provider)))
    return [problem for model in models for problem in _problems_of(model, record)]


RELATIONS = {"asset", "venue", "provider", "by", "latest_revision", "live_revision", "locked_by"}


def _problems_of(model: Model, record: AssetRecord) -> list[Problem]:
    try:
        model.clean_fields(exclude=RELATIONS & {field.name for field in model._meta.fields})
        model.clean()
    except ValidationError as error:
        said = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        return [
            Problem(record.row, field, str(getattr(model, field, "") if field else ""), " ".join(words))
            for field, words in said.items()
        ]
    return []


def venue_fields(record: Any) -> dict[str, Any]:
    fields = {name: thawed(value) for name, value in dataclasses.asdict(record).items() if name != "point"}
    fields["latitude"], fields["longitude"] = record.point or (None, None)
    return fields


def create(records: Iterable[AssetRecord], *, source: str, shared: Shared) -> list[Draft]:
    """New listings, live unless the source says that they have ended."""
    drafts = [Draft(_new(record, source, shared), record) for record in records]
    free = FreeNames()
    for draft in drafts:
        draft.asset.reference = free.reference()
        draft.asset.slug = free.slug(draft.asset)
    Asset.objects.bulk_create([draft.asset for draft in drafts], batch_size=BATCH)
    return drafts


def _new(record: AssetRecord, source: str, shared: Shared) -> Asset:
    now = timezone.now()
    asset = Asset(
        **fields_of(record, shared), source=source, source_id=record.source_id, source_hash=record.fingerprint
    )
    asset.live = not record.ended
    asset.withdrawn_because = f"{SAYS_SOURCE}{record.ended}" if record.ended else ""
    if asset.live:
        asset.first_published_at = asset.last_published_at = now
    return asset


class FreeNames:
    """Addresses and references that no listing has yet; asks the database once."""

    def __init__(self) -> None:
        self.slugs = set(Asset.objects.values_list("slug", flat=True))
        self.references = set(Asset.objects.values_list("reference", flat=True))

    def reference(self) -> str:
        while (reference := new_reference()) in self.references:
            pass
        self.references.add(reference)
        return reference

    def slug(self, asset: Asset) -> str:
        plain = slugify(asset.name)[:160] or "listing"
        slug = f"{plain}-{asset.reference}" if plain in self.slugs else plain
        self.slugs.add(slug)
        return slug


def update(changed: Sequence[tuple[int, AssetRecord]], *, shared: Shared) -> list[Draft]:
    """Write again the listings of which the source says something new. One withdrawn by staff stays withdrawn."""
    records = dict(changed)
    drafts: list[Draft] = []
    for numbers in batches(records):
        for asset in Asset.objects.filter(pk__in=numbers):
            drafts.append(_rewritten(asset, records[asset.pk], shared))
    return drafts


def _rewritten(asset: Asset, record: AssetRecord, shared: Shared) -> Draft:
    fields = fields_of(record, shared)
    fields |= {"source_hash": record.fingerprint, "last_published_at": timezone.now(), "has_unpublished_changes": False}
    if record.ended:
        fields |= {"live": False, "withdrawn_because": f"{SAYS_SOURCE}{record.ended}"}
    elif not asset.live and asset.withdrawn_because.startswith(SAYS_SOURCE):
        fields |= {"live": True, "withdrawn_because": ""}
    for name, value in fields.items():
        setattr(asset, name, value)
    # One statement for each, because `bulk_update` of fifty columns is slower, and `save` would index one at a time.
    Asset.objects.filter(pk=asset.pk).update(**fields)
    return Draft(asset, record)


def write_parts(drafts: Sequence[Draft], *, shared: Shared, replacing: Iterable[int]) -> None:
    """Sessions, costs, coverage, categories and checks; those of listings written before are replaced, checks kept."""
    through = Asset.categories.through
    for numbers in batches(replacing):
        for model in (Session, Cost, Coverage, through):
            model.objects.filter(asset_id__in=numbers).delete()
    _bulk(Session, drafts, lambda one: [session_of(each, one.asset, shared) for each in one.record.sessions])
    _bulk(Cost, drafts, lambda one: [Cost(asset=one.asset, **each._asdict()) for each in one.record.costs])
    _bulk(Coverage, drafts, lambda one: [Coverage(asset=one.asset, **each._asdict()) for each in one.record.coverage])
    tree = CategoryTree()
    _bulk(through, drafts, lambda one: _links(through, one, [tree.at(path) for path in one.record.categories]))
    _write_checks(drafts)


def _links(through: type[Model], draft: Draft, categories: list[Category]) -> list[Model]:
    numbers = dict.fromkeys(category.pk for category in categories)
    return [through(asset_id=draft.asset.pk, category_id=number) for number in numbers]


def _bulk(model: type[Model], drafts: Iterable[Draft], parts: Callable[[Draft], Iterable[Model]]) -> None:
    rows = [row for draft in drafts for row in parts(draft)]
    model._default_manager.bulk_create(rows, batch_size=BATCH)


def _write_checks(drafts: Sequence[Draft]) -> None:
    for batch in batches(drafts):
        numbers = [draft.asset.pk for draft in batch]
        has = set(Check.objects.filter(asset_id__in=numbers).values_list("asset_id", "fact", "on", "how"))
        new = [
            Check(asset_id=draft.asset.pk, fact=fact, on=on, how=how)
            for draft in batch
            for fact, on, how in dict.fromkeys(draft.record.checks)
            if (draft.asset.pk, fact, on, how) not in has
        ]
        Check.objects.bulk_create(new)
