"""Which records are new, which say something new of a listing we have, and which of our listings the file lacks."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from directory.models import Asset
from importers.records import AssetRecord, Problem
from importers.report import Vanished


class Known(NamedTuple):
    """What matching needs of a listing that this source has brought before."""

    pk: int
    name: str
    fingerprint: str
    live: bool
    provider_id: str


@dataclass
class Plan:
    """What a load will do. `changed` pairs the number of a listing with what the source now says of it."""

    new: list[AssetRecord] = field(default_factory=list)
    changed: list[tuple[int, AssetRecord]] = field(default_factory=list)
    unchanged: list[tuple[int, AssetRecord]] = field(default_factory=list)
    vanished: list[Vanished] = field(default_factory=list)


def match(records: Iterable[AssetRecord], *, source: str, seen: set[str], in_part: set[str] | None) -> Plan:
    """Match by the source's own ids. `seen` are the ids of all rows, the rejected too.

    `in_part` are the providers that the file speaks of, when it may hold a part of the source only.
    """
    known = known_listings(source)
    plan = Plan()
    for record in records:
        old = known.get(record.source_id)
        if old is None:
            plan.new.append(record)
        elif old.fingerprint == record.fingerprint:
            plan.unchanged.append((old.pk, record))
        else:
            plan.changed.append((old.pk, record))
    plan.vanished = [
        Vanished(old.pk, old.name)
        for source_id, old in known.items()
        if source_id not in seen and old.live and (in_part is None or old.provider_id in in_part)
    ]
    return plan


def known_listings(source: str) -> dict[str, Known]:
    rows = Asset.objects.filter(source=source).values_list(
        "source_id", "pk", "name", "source_hash", "live", "provider__source_id"
    )
    return {source_id: Known(pk, name, found, live, run_by or "") for source_id, pk, name, found, live, run_by in rows}


def without_twins(records: Iterable[AssetRecord]) -> tuple[list[AssetRecord], list[Problem]]:
    """One record for each id: the first that has not ended, else the first; a problem for each of the others."""
    kept: dict[str, AssetRecord] = {}
    problems: list[Problem] = []
    for record in records:
        other = kept.setdefault(record.source_id, record)
        if other is record:
            continue
        if other.ended and not record.ended:
            kept[record.source_id], record, other = record, other, record  # noqa: PLW2901  # the later one is the truer
        problems.append(
            Problem(
                record.row,
                "",
                record.name,
                _("Row %(row)s is the same listing. If they are two, give them different names.") % {"row": other.row},
            )
        )
    return list(kept.values()), problems
