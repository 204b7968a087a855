"""Somebody in danger: which rules a text matches, the help strip, and links for council business.

`in_danger(text)`, `strip(text, nothing_found)`, `business(text)`; `matched(text)` is for whoever writes records and
logs: what it says yes to is kept nowhere. The strip depends on no detection: rules only bring it to the top.
"""

import logging
import time
from dataclasses import dataclass
from functools import lru_cache

from django.db import Error, transaction
from django.db.models import F
from django.utils import timezone

from search.common_words import several
from search.models.help import CouncilBusiness, DangerCount, DangerRule, HelpLine
from search.seeds import seeds
from search.typed_phrases import PhraseBook, read_phrases, tokens_of
from search.understand import SENTENCE_FROM, words_of

SECONDS_KEPT = 60
# Texts whose matches are remembered, in memory alone: one page asks several times.
TEXTS_KEPT = 64
# Somebody who speaks of people writes a sentence, however short: "he hits me".
SPEAKING = several("i im ive me my myself he hes him his she shes her we us they them")
NO_SPEECH = frozenset({("near", "me"), ("for", "me")})

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the help strip. Without a way to reach it, the council's own number is shown."""

    name: str
    for_words: str
    phone: str = ""
    text_number: str = ""
    website: str = ""
    sentence: str = ""

    @property
    def phone_link(self) -> str:
        return "tel:" + self.phone.replace(" ", "")

    @property
    def text_link(self) -> str:
        return "sms:" + self.text_number.replace(" ", "")

    @property
    def council(self) -> bool:
        return not (self.phone or self.text_number)


@dataclass(frozen=True, slots=True)
class Matched:
    """A rule that a text matches. `rule_id` is none for one that is built in."""

    name: str
    lines: tuple[Line, ...] = ()
    pins: tuple[int, ...] = ()
    rule_id: int | None = None


@dataclass(frozen=True, slots=True)
class Strip:
    """The help strip: `first` at length, `others` briefly. Promoted, it stands at the top of the page."""

    promoted: bool
    first: tuple[Line, ...]
    others: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """An answer to council business."""

    label: str
    website: str
    note: str = ""


class Known:
    """Lines, rules and council business as they were read."""

    def __init__(
        self, lines: tuple[Line, ...], rules: list[tuple[Matched, str, str]], business: list[tuple[Link, str]]
    ) -> None:
        self.lines = lines
        self.rules = [rule for rule, _phrases, _unless in rules]
        self.links = [link for link, _phrases in business]
        danger = PhraseBook(
            ((number, phrase) for number, rule in enumerate(rules) for phrase in read_phrases(rule[1])),
            ((number, phrase) for number, rule in enumerate(rules) for phrase in read_phrases(rule[2])),
        )
        council = PhraseBook((number, phrase) for number, one in enumerate(business) for phrase in read_phrases(one[1]))
        self.rules_in = lru_cache(TEXTS_KEPT)(lambda text: sorted(danger.owners(tokens_of(text))))
        self.links_in = lru_cache(TEXTS_KEPT)(lambda text: sorted(council.owners(tokens_of(text))))


_kept: tuple[float, Known] | None = None


def known() -> Known:
    """What staff keep, at most a minute old; while the database cannot answer, as it was, or as it was built in."""
    global _kept  # noqa: PLW0603  # a few hundred phrases, the same for everybody, wanted by every page
    now = time.monotonic()
    if _kept is None or now - _kept[0] > SECONDS_KEPT:
        _kept = (now, read_or(_kept[1] if _kept else None))
    return _kept[1]


def read_or(before: Known | None) -> Known:
    """As staff keep it; whatever goes wrong, somebody in danger is answered."""
    try:
        # A savepoint, so that a failure leaves the transaction that it happens in usable.
        with transaction.atomic():
            return read_kept()
    except Exception:
        log.exception("The help strip shows what it showed before, because what staff keep could not be read.")
        return before or built_in()


def forget() -> None:
    """Read everything again at the next question."""
    global _kept  # noqa: PLW0603
    _kept = None


def read_kept() -> Known:
    """From the database; a table that was never filled is answered from what is built in."""
    otherwise = built_in()
    every = {row.pk: row for row in HelpLine.objects.all()}
    lines = {pk: line_of(row) for pk, row in every.items() if row.active}
    rules = [
        (
            Matched(
                rule.name,
                tuple(lines[one.pk] for one in rule.help_lines.all() if one.pk in lines),
                tuple(pin.asset_id for pin in rule.pins.all()),
                rule.pk,
            ),
            rule.phrases,
            rule.unless,
        )
        for rule in DangerRule.objects.filter(active=True).prefetch_related("help_lines", "pins")
    ]
    business = [
        (Link(one.label, one.website, one.note), one.phrases) for one in CouncilBusiness.objects.filter(active=True)
    ]
    return Known(
        tuple(lines.values()) if every else otherwise.lines,
        rules if DangerRule.objects.exists() else built_in_rules(),
        business if CouncilBusiness.objects.exists() else built_in_business(),
    )


def line_of(row: HelpLine) -> Line:
    return Line(row.name, row.for_words, row.phone, row.text_number, row.website, row.sentence)


@lru_cache(1)
def built_in() -> Known:
    """As it is first laid."""
    return Known(tuple(built_in_lines().values()), built_in_rules(), built_in_business())


def built_in_lines() -> dict[str, Line]:
    names = ("name", "for_words", "phone", "text_number", "website", "sentence")
    return {one["key"]: Line(**{name: one.get(name, "") for name in names}) for one in seeds("line")}


def built_in_rules() -> list[tuple[Matched, str, str]]:
    lines = built_in_lines()
    return [
        (Matched(one["name"], tuple(lines[key] for key in one["lines"])), one["phrases"], one.get("unless", ""))
        for one in seeds("rule")
    ]


def built_in_business() -> list[tuple[Link, str]]:
    return [(Link(one["label"], one["website"], one["note"]), one["phrases"]) for one in seeds("business")]


def in_danger(text: str) -> tuple[Matched, ...]:
    """The rules that a text matches, the leading one first."""
    if not text:
        return ()
    kept = known()
    return tuple(kept.rules[number] for number in kept.rules_in(text))


def matched(text: str) -> bool:
    """Whether a text matches a rule: then it may stand in no log, record, report or address."""
    return bool(in_danger(text))


def private(text: str) -> bool:
    """Whether a text is somebody's own words: four or more of them, or any that match a rule."""
    return len(words_of(text)) >= SENTENCE_FROM or matched(text)


def is_sentence(text: str) -> bool:
    """Four words or more, or fewer in which somebody speaks of people."""
    words = words_of(text)
    if len(words) >= SENTENCE_FROM:
        return True
    pairs = zip(["", *words], words, strict=False)
    return any(word in SPEAKING and (before, word) not in NO_SPEECH for before, word in pairs)


def strip(text: str, nothing_found: bool) -> Strip | None:
    """The help strip of a page, on every page of a sentence or of nothing found; promoted when a rule matches."""
    lines = known().lines
    rules = in_danger(text)
    if not rules:
        return Strip(False, (), lines) if lines and (nothing_found or is_sentence(text)) else None
    first = tuple(dict.fromkeys(line for rule in rules for line in rule.lines)) or lines
    return Strip(True, first, tuple(line for line in lines if line not in first))


def business(text: str) -> tuple[Link, ...]:
    """Where council business is done, when a text speaks of it."""
    if not text:
        return ()
    kept = known()
    return tuple(kept.links[number] for number in kept.links_in(text))


def count(text: str) -> None:
    """Count the rules that a text matches, today; nothing else of it is kept. Never raises."""
    try:
        for rule in in_danger(text):
            if rule.rule_id is not None:
                count_one(rule.rule_id)
    except Error:
        log.warning("A match of a danger rule could not be counted.")


@transaction.atomic
def count_one(rule_id: int) -> None:
    today = timezone.localdate()
    row, _made = DangerCount.objects.get_or_create(rule_id=rule_id, on=today)
    DangerCount.objects.filter(pk=row.pk).update(times=F("times") + 1)
