"""Loads listings from rows: read, convert, match, then write all of it or nothing."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from directory.models import Asset
from directory.signals import listings_loaded
from importers.categories import CategoryTree, NamedCategory, known_paths, read_categories
from importers.columns import ColumnMap, Values, check_columns, linked_rows
from importers.convert import Converter
from importers.errors import ImportRefused
from importers.history import keep_history
from importers.matching import Plan, match, without_twins
from importers.models import Load, Source
from importers.records import AssetRecord, Problem, Weight
from importers.report import LoadReport
from importers.shared_rows import keep_shared
from importers.spreadsheets import Row, Sheet, read_spreadsheet, sheet_names
from importers.whereabouts import Whereabouts
from importers.writing import create, problems_of, update, write_parts

if TYPE_CHECKING:
    from accounts.models import User

# Wraps the rows while they are read, to show how far it is.
Progress = Callable[[Iterable[Row]], Iterable[Row]]


@dataclass
class Beside:
    """What stands in a file beside its listings."""

    file_name: str = ""
    sha256: str = ""
    headings: list[str] = field(default_factory=list)
    linked: dict[str, dict[str, Values]] = field(default_factory=dict)
    categories: list[NamedCategory] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def load_file(
    path: Path,
    column_map: ColumnMap,
    *,
    sheet: str | None = None,
    source: str = "",
    dry_run: bool = False,
    by: "User | None" = None,
    progress: Progress = iter,
) -> LoadReport:
    """Load a spreadsheet; raises `ImportRefused` when nothing of it can be. `source` is the map's name unless given."""
    listings, beside = read_file(path, column_map, sheet=sheet)
    return load(listings, column_map, beside=beside, source=source, dry_run=dry_run, by=by, progress=progress)


def read_file(path: Path, column_map: ColumnMap, *, sheet: str | None = None) -> tuple[Sheet, Beside]:
    """The sheet of listings, still to be walked, and the sheets beside it, read."""
    names = {name.strip().casefold(): name for name in sheet_names(path)}
    listings = read_spreadsheet(path, sheet or names.get(column_map.sheet.casefold()))
    check_columns(listings.headings, column_map.columns, where=_("The file"))
    beside = Beside(path.name[:255], _sha256(path), listings.headings)
    for link in column_map.linked:
        if link.sheet.casefold() in names:
            rows, problems = linked_rows(read_spreadsheet(path, link.sheet), link)
            beside.linked[link.field] = rows
            beside.problems += problems
    if column_map.category_sheet and column_map.category_sheet.casefold() in names:
        beside.categories, problems = read_categories(read_spreadsheet(path, column_map.category_sheet))
        beside.problems += problems
    return listings, beside


def load(
    rows: Iterable[Row],
    column_map: ColumnMap,
    *,
    beside: Beside | None = None,
    source: str = "",
    dry_run: bool = False,
    by: "User | None" = None,
    progress: Progress = iter,
) -> LoadReport:
    """Load rows: what is new is created, what changed is written again, the rest is left alone; nothing is deleted.

    All in one transaction, and the index is owed through `listings_loaded`. A dry run writes nothing at all.
    """
    beside = beside or Beside()
    name = source or column_map.name
    _refuse_other_map(name, column_map)
    report = LoadReport(beside.file_name, name, column_map.name, dry_run, beside.headings)
    report.note(beside.problems)
    categories = known_paths(beside.categories)
    converter = Converter(column_map, linked=beside.linked, categories=categories, whereabouts=Whereabouts())
    walked: dict[int, Row] = {}
    records = _records(progress(rows), converter, report, walked)
    with transaction.atomic():
        plan = _plan(records, converter, name)
        _leave_out_wrong(plan, report, walked)
        _count(plan, report)
        if not dry_run:
            _write(plan, report, beside, by)
    return report


def _refuse_other_map(name: str, column_map: ColumnMap) -> None:
    known = Source.objects.filter(name=name).exclude(column_map=column_map.name).first()
    if known is not None or len(name) > 60:
        raise ImportRefused(
            _("The source “%(source)s” is loaded with the map “%(map)s”. Give this one another name.")
            % {"source": name[:60], "map": known.column_map if known else column_map.name}
        )


def _records(
    rows: Iterable[Row], converter: Converter, report: LoadReport, walked: dict[int, Row]
) -> list[AssetRecord]:
    """The records of all rows that make one; `walked` keeps the rows, to give back those that are rejected."""
    records = []
    for row in rows:
        report.rows += 1
        walked[row.number] = row
        record, problems = converter.record(row)
        report.note(problems, row)
        if record is not None:
            records.append(record)
    kept, problems = without_twins(records)
    for problem in problems:
        report.note([problem], walked[problem.row])
    return kept


def _plan(records: list[AssetRecord], converter: Converter, source: str) -> Plan:
    in_part = None
    if converter.map.part:
        in_part = {record.provider.source_id for record in records if record.provider is not None}
    return match(records, source=source, seen=converter.identities, in_part=in_part)


def _leave_out_wrong(plan: Plan, report: LoadReport, walked: dict[int, Row]) -> None:
    """Take out of a plan what the directory's own rules refuse. What is unchanged passed them when it was written."""

    def right(record: AssetRecord) -> bool:
        problems = problems_of(record)
        report.note(problems, walked[record.row])
        return not problems

    plan.new = [record for record in plan.new if right(record)]
    plan.changed = [(number, record) for number, record in plan.changed if right(record)]


def _count(plan: Plan, report: LoadReport) -> None:
    report.created, report.updated, report.unchanged = len(plan.new), len(plan.changed), len(plan.unchanged)
    report.vanished = plan.vanished
    accepted = [*plan.new, *(record for _number, record in [*plan.changed, *plan.unchanged])]
    report.ended = sum(1 for record in accepted if record.ended)


def _write(plan: Plan, report: LoadReport, beside: Beside, by: "User | None") -> None:
    source, _made = Source.objects.get_or_create(name=report.source, defaults={"column_map": report.column_map})
    CategoryTree().keep(beside.categories)
    _warn_of_drafts(plan, report)
    records = [*plan.new, *(record for _number, record in [*plan.changed, *plan.unchanged])]
    shared, venues, providers = keep_shared(records, source)
    drafts = create(plan.new, source=source.name, shared=shared)
    drafts += update(plan.changed, shared=shared)
    write_parts(drafts, shared=shared, replacing=[number for number, _record in plan.changed])
    load_kept = Load.objects.create(
        source=source,
        file_name=beside.file_name,
        sha256=beside.sha256,
        by=by,
        created=report.created,
        updated=report.updated,
        unchanged=report.unchanged,
        rejected=report.rejected,
        report=report.as_json(),
    )
    written = [draft.asset.pk for draft in drafts]
    keep_history(written, load=load_kept, by=by)
    _tell(written, venues, providers)


def _warn_of_drafts(plan: Plan, report: LoadReport) -> None:
    """Staff may be half-way through a change: it stays in the listing's history, and they are told to look."""
    records = dict(plan.changed)
    for number, name in Asset.objects.filter(has_unpublished_changes=True, live=True).values_list("pk", "name"):
        if number in records:
            row = records[number].row
            message = _("Somebody had begun to change this listing. What they wrote is in its history.")
            report.warnings.append(Problem(row, "", name, message, Weight.WARNS))


def _tell(written: list[int], venues: list[int], providers: list[int]) -> None:
    touched = set(written)
    if venues or providers:
        beside = Q(venue__in=venues) | Q(sessions__venue__in=venues) | Q(provider__in=providers)
        touched |= set(Asset.objects.filter(beside).values_list("pk", flat=True))
    if touched:
        listings_loaded.send(sender=Asset, asset_ids=sorted(touched))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
