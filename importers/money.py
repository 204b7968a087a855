"""Reads what something costs, as people write it: “£4 a visit (with tea)”, “Free”, “Donation”, “£16 an hour”."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from directory.choices import Per
from importers.errors import Unreadable
from importers.records import CostRecord

EXAMPLE = "£4 a visit (with tea)"
FREE = frozenset({"free", "nothing", "no charge", "no cost", "free of charge", "£0"})
DONATION = frozenset(
    {"donation", "donations", "by donation", "give what you can", "donation welcome", "pay what you can"}
)
UNITS: dict[str, Per] = {
    **{per.value: per for per in Per},
    "session": Per.VISIT, "time": Per.VISIT, "person": Per.VISIT, "go": Per.VISIT, "class": Per.VISIT,
    "meal": Per.VISIT, "trip": Per.VISIT, "hr": Per.HOUR, "pw": Per.WEEK, "annum": Per.YEAR,
}  # fmt: skip
PRICE = re.compile(
    r"(?P<minus>[-−–]?)\s*(?P<pound>£)?\s*(?P<minus2>[-−–]?)(?P<pounds>\d{1,3}(?:,\d{3})+|\d{1,9})?(?:\.(?P<pence>\d{1,2}))?"
    r"(?P<p>\s*p\b|\s*pounds?\b)?\s*(?:(?:an?|per|each|every|/)?\s*(?P<unit>[a-z]+))?",
    re.IGNORECASE,
)
DEAREST = Decimal("99999")
MOST_COSTS = 12


def read_costs(text: str) -> tuple[CostRecord, ...]:
    """Prices in the order written, parted by semicolons or line breaks; raises `Unreadable`."""
    # A semicolon inside brackets belongs to the words.
    parts = re.split(r"[;\n](?![^()]*\))", text)
    found = [read_cost(part.strip(" .")) for part in parts if part.strip(" .")]
    if len(found) > MOST_COSTS:
        raise Unreadable(_("There are more than %(n)s prices. Give the usual ones.") % {"n": MOST_COSTS})
    return tuple(found)


def read_cost(text: str) -> CostRecord:
    """One price; raises `Unreadable`."""
    bracketed = re.search(r"\s*\((.*)\)\s*$", text)
    words, note = (text[: bracketed.start()], bracketed.group(1).strip()) if bracketed else (text, "")
    if len(note) > 120:
        raise Unreadable(_("The words about the price are longer than 120 letters: put them under “More about it”."))
    said = words.casefold().strip(" .")
    if said in FREE:
        return CostRecord(Decimal(0), Per.VISIT.value, note)
    if said in DONATION:
        return CostRecord(None, Per.VISIT.value, note)
    return _priced(words.strip(), note)


def _priced(words: str, note: str) -> CostRecord:
    found = PRICE.fullmatch(words)
    if found is None or not (found["pounds"] or found["pence"]):
        raise Unreadable(
            _("“%(text)s” is not a price. Write it like: %(example)s.") % {"text": words, "example": EXAMPLE}
        )
    if found["minus"] or found["minus2"]:
        raise Unreadable(_("“%(text)s”: a price cannot be less than nothing.") % {"text": words})
    amount = Decimal(f"{(found['pounds'] or '0').replace(',', '')}.{(found['pence'] or '0').ljust(2, '0')}")
    if (found["p"] or "").strip().casefold() == "p":
        amount /= 100
    if amount > DEAREST:
        raise Unreadable(_("“%(text)s” is more than anything here can cost.") % {"text": words})
    unit = (found["unit"] or Per.VISIT.value).casefold()
    if unit not in UNITS:
        units = ", ".join(str(per.label) for per in Per)
        raise Unreadable(_("“%(text)s”: say what it buys: %(units)s.") % {"text": words, "units": units})
    return CostRecord(amount, UNITS[unit].value, note)
