"""Lays the help strip, the danger rules and council business once: what staff then change or remove stays so."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import transaction

from directory.models import Asset
from search.models import CouncilBusiness, DangerRule, HelpLine, LaidHelp, PinnedListing
from search.seeds import seeds

# Between two entries, so that staff can put one in between.
STEP = 10
# Of the demonstration, invented: numbers that Ofcom keeps for drama.
DEMO_PHONES = {
    "child-safeguarding": "01632 960120",
    "adult-safeguarding": "01632 960121",
    "council-today": "01632 960122",
}


class Laid(NamedTuple):
    """How many were laid now."""

    lines: int
    rules: int
    business: int

    @property
    def any(self) -> bool:
        return bool(sum(self))


@transaction.atomic
def lay_help(*, demo: bool) -> Laid:
    """Lay what has not been laid before; in the demonstration with its numbers and its listings pinned."""
    known = set(LaidHelp.objects.values_list("key", flat=True))
    lines = [lay_line(entry, position, demo=demo) for position, entry in new("line", known)]
    rules = [lay_rule(entry, position, demo=demo) for position, entry in new("rule", known)]
    links = [lay_business(entry, position) for position, entry in new("business", known)]
    return Laid(len(lines), len(rules), len(links))


def is_laid() -> bool:
    """Whether nothing is left to lay."""
    known = set(LaidHelp.objects.values_list("key", flat=True))
    return not any(list(new(name, known)) for name in ("line", "rule", "business"))


def new(name: str, known: set[str]) -> Iterable[tuple[int, dict[str, Any]]]:
    for number, entry in enumerate(seeds(name), start=1):
        if laid_as(name, entry) not in known:
            yield number * STEP, entry


def laid_as(name: str, entry: dict[str, Any]) -> str:
    return f"{name}:{entry['key']}"


def lay_line(entry: dict[str, Any], position: int, *, demo: bool) -> HelpLine:
    fields = ("name", "for_words", "phone", "text_number", "website", "sentence", "key")
    line = HelpLine(position=position, **{name: entry[name] for name in fields if name in entry})
    if demo:
        line.phone = DEMO_PHONES.get(entry["key"], line.phone)
    line.full_clean()
    line.save()
    LaidHelp.objects.create(key=laid_as("line", entry))
    return line


def lay_rule(entry: dict[str, Any], position: int, *, demo: bool) -> DangerRule:
    fields = ("name", "phrases", "unless", "key")
    rule = DangerRule(position=position, **{name: entry[name].strip() for name in fields if name in entry})
    rule.full_clean()
    rule.save()
    rule.help_lines.set(HelpLine.objects.filter(key__in=entry["lines"]))
    rule.save()
    wanted = entry.get("pins", []) if demo else []
    found = {asset.source_id: asset for asset in Asset.objects.filter(source_id__in=wanted)}
    for order, source_id in enumerate(wanted):
        if source_id in found:
            PinnedListing.objects.create(rule=rule, asset=found[source_id], sort_order=order)
    LaidHelp.objects.create(key=laid_as("rule", entry))
    return rule


def lay_business(entry: dict[str, Any], position: int) -> CouncilBusiness:
    fields = ("label", "website", "note", "phrases", "key")
    link = CouncilBusiness(position=position, **{name: entry[name].strip() for name in fields})
    link.full_clean()
    link.save()
    LaidHelp.objects.create(key=laid_as("business", entry))
    return link
