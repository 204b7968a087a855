"""What to offer while somebody types: `suggest(held, query, crossed)`, the same for every engine that keeps `Facts`.

Names of listings and of those who run them, categories, terms and the directory's own words, and what was typed with a
place. Each is looked up among the listings that a search from there shows, and offered only when one is found. Four
words or more are what somebody says, not what they begin to name: only a name, a category or a place goes on from them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import log10
from typing import Protocol

import numpy as np

from assets_map.places import Place
from search.around import Crossed
from search.common_words import SOFT_WORDS, STOP_WORDS
from search.facts import Facts
from search.half_typed import respelt
from search.here import Here
from search.knowledge import Vocabulary
from search.phrases import Phrases
from search.place_names import text_places
from search.query import AssetQuery
from search.reading import everything_known, read_words
from search.stems import stem
from search.subjects import Subject, Subjects, thesaurus_terms
from search.suggestions import Suggestion, SuggestionKind, SuggestQuery
from search.terms import Group
from search.understand import LONGEST_NAME, words_of

Words = tuple[str, ...]

SHORTEST = 2
SHORTEST_WORD = 3
# So many letters say that a word is meant which stands in no name.
LONG_ENOUGH = 4
LITTLE_SAID = STOP_WORDS | SOFT_WORDS
SENTENCE_FROM = 4
# So many subjects and words are looked up, of each first so many listings, then more.
MOST_SUBJECTS, MOST_WORDS = 16, 10
DEPTHS = (48, 1_000, 16_000)
# Names are tried in steps, each four times as large, until so many are shown or so many listings were looked at.
FIRST_NAMES, MOST_NAMES, MOST_ROWS = 64, 20_000, 60_000
ENOUGH_NAMES, MOST_NAMES_OFFERED = 8, 16
A_STRETCH = 10_000
MOST_TERMS_READ, MOST_TERMS = 400, 6

# How useful each kind is before anything else is known, and how many of it come before others have had their turn.
USEFUL = {
    SuggestionKind.CATEGORY: (3.0, 3),
    SuggestionKind.PLACE: (2.6, 2),
    SuggestionKind.TERM: (2.2, 2),
    SuggestionKind.WORD: (2.0, 3),
    SuggestionKind.NAME: (1.6, 4),
    SuggestionKind.PROVIDER: (1.4, 1),
}
FROM_ITS_BEGINNING = 1.0
TEN_TIMES_THE_RESULTS = 0.35
EACH_LETTER = -0.02
BY_ANOTHER_WORD = -0.8


class Held(Protocol):
    """The listings of one moment, as an engine keeps them."""

    facts: Facts
    phrases: Phrases

    @property
    def subjects(self) -> Subjects: ...

    @property
    def reads_with(self) -> Vocabulary | None:
        """What the engine's searches are understood with."""

    def known(self) -> dict[str, int]:
        """Every word of the directory, with the number of listings it stands in."""

    def in_order(self) -> Sequence[str]:
        """The same words, sorted."""

    def beginning(self, start: str) -> Sequence[tuple[str, int]]:
        """The directory's words that begin so, each with the number of listings it stands in."""

    def holding(self, several: Sequence[Sequence[str]], most: int) -> list[np.ndarray]:
        """For each of several lists of words, up to so many rows that hold all of its words."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A suggestion, and how useful it is."""

    suggestion: Suggestion
    useful: float
    # Words that a listing shown there holds, one after the other as far as they belong together.
    way: Words = ()
    # Where it is looked for, when not where the person is.
    place: Place | None = None

    @classmethod
    def of(
        cls, suggestion: Suggestion, way: Words, *, first: bool, listings: float, place: Place | None = None
    ) -> "Offer":
        useful = USEFUL[SuggestionKind(suggestion.kind)][0] + FROM_ITS_BEGINNING * first
        useful += TEN_TIMES_THE_RESULTS * log10(1 + listings) + EACH_LETTER * len(suggestion.label)
        return cls(suggestion, useful, way, place)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A subject that is offered when a listing shown here holds its words; `listings` it stands in, when known."""

    subject: Subject
    first: bool = True
    listings: int = 0

    @property
    def ways(self) -> list[Words]:
        """Any of these does: the words of its label, or one word that means the same."""
        label = tuple(words_of(self.subject.label))
        return [label, *((word,) for word in self.subject.same)]


def suggest(held: Held, query: SuggestQuery, crossed: Crossed) -> list[Suggestion]:
    """The most useful first; each finds at least one listing from this place. Places alone for no text."""
    typed = words_of(query.text)
    here = Here(held.facts, query.place, query.filters, crossed)
    offers = [
        *elsewhere(held, here, query),
        *(beginning(held, here, typed) if len(" ".join(typed)) >= SHORTEST else ()),
    ]
    found = chosen(held, here, offers, typed, query.limit)
    if found or len(typed) >= SENTENCE_FROM:
        return found
    for other in respelt(typed, held):
        found = chosen(held, here, beginning(held, here, other), typed, query.limit)
        if found:
            break
    return found


def beginning(held: Held, here: Here, typed: list[str]) -> Iterator[Offer]:
    """Names, subjects and words that begin so."""
    start = " ".join(typed)
    yield from names(held, here, start)
    subjects = [Candidate(*one) for one in islice(held.subjects.beginning(start), MOST_SUBJECTS)]
    candidates = [*subjects, *terms(start), *words(held, typed)]
    for candidate, (listings, way) in zip(candidates, shown_of(held, here, candidates), strict=True):
        if listings:
            subject = candidate.subject
            suggestion = Suggestion(subject.label, subject.label, subject.kind.value)
            offer = Offer.of(suggestion, way, first=candidate.first, listings=listings)
            said_so = way == candidate.ways[0]
            yield offer if said_so else replace(offer, useful=offer.useful + BY_ANOTHER_WORD)


def terms(start: str) -> list[Candidate]:
    """Terms of the thesaurus that begin so, the shortest few."""
    known = [Candidate(*one) for one in islice(thesaurus_terms().beginning(start), MOST_TERMS_READ)]
    return sorted(known, key=lambda one: (not one.first, len(one.subject.label)))[:MOST_TERMS]


def words(held: Held, typed: Sequence[str]) -> Iterator[Candidate]:
    """The directory's words that begin as the only word typed does, the commonest of each stem."""
    if len(typed) != 1:
        return
    known = (one for one in held.beginning(typed[0]) if one[0].isalpha() and len(one[0]) >= SHORTEST_WORD)
    stems: set[str] = set()
    for word, listings in sorted(known, key=lambda one: (-one[1], one[0])):
        if word in LITTLE_SAID or stem(word) in stems or text_places().knows(word):
            continue
        names_something = is_of_a_name(held, word)
        if len(typed[0]) >= LONG_ENOUGH or (names_something and listings > 1):
            stems.add(stem(word))
            yield Candidate(Subject(word, SuggestionKind.WORD), names_something, listings)
            if len(stems) == MOST_WORDS:
                return


def is_of_a_name(held: Held, word: str) -> bool:
    """Whether a name or a subject has this word: others are rarely what somebody looks for."""
    return held.phrases.begun(word) or any(True for _one in held.subjects.beginning(word))


def shown_of(held: Held, here: Here, candidates: Sequence[Candidate]) -> list[tuple[float, Words]]:
    """For each candidate about how many listings it finds here, and the words that they hold; 0: none was found."""
    found: list[tuple[float, Words]] = [(0.0, ())] * len(candidates)
    waiting = [(at, way) for at, candidate in enumerate(candidates) for way in candidate.ways]
    for depth in DEPTHS:
        holders = held.holding([said(way) for _at, way in waiting], depth)
        rows = [
            of_subject(held.facts, candidates[at].subject, some) for (at, _), some in zip(waiting, holders, strict=True)
        ]
        owner = np.repeat(np.arange(len(rows)), [len(some) for some in rows])
        shown = here.shown(np.concatenate([np.empty(0, np.int32), *rows]))
        counts = np.bincount(owner[shown], minlength=len(rows)).tolist()
        for (at, way), some, count in zip(waiting, holders, counts, strict=True):
            if count and not found[at][0]:
                found[at] = count * max(1.0, candidates[at].listings / len(some)), way
        deeper = zip(waiting, holders, strict=True)
        waiting = [(at, way) for (at, way), some in deeper if not found[at][0] and len(some) * 2 > depth]
        if not waiting:
            break
    return found


def of_subject(facts: Facts, subject: Subject, rows: np.ndarray) -> np.ndarray:
    """Those of the rows that have the subject's code, when it has one."""
    if not subject.facet:
        return rows
    return rows[facts.tables[subject.facet].holding_any([subject.code])[facts.sets[subject.facet][rows]]]


def said(typed: Sequence[str]) -> list[str]:
    """The words that say something; of small words alone, all of them."""
    return [word for word in typed if word not in STOP_WORDS] or list(typed)


def names(held: Held, here: Here, start: str) -> Iterator[Offer]:
    """Names with a word from which they go on so: of very many, some from all over the alphabet."""
    phrases = held.phrases
    low, high = phrases.span(start)
    entries = np.arange(low, high, max(1, (high - low) // MOST_NAMES))
    wanted, first = phrases.start_phrase[entries], phrases.start_at[entries] == 0
    order = np.lexsort((phrases.lengths(wanted), ~first))
    at, step, read, found = 0, FIRST_NAMES, 0, 0
    while at < len(order) and found < ENOUGH_NAMES and read < MOST_ROWS:
        some = order[at : at + step]
        rows, owner = phrases.rows_of(wanted[some])
        counts = np.bincount(owner[here.shown(rows)], minlength=len(some))
        for place in np.flatnonzero(counts)[:MOST_NAMES_OFFERED].tolist():
            number = int(wanted[some[place]])
            label = phrases.label(number)
            kind = SuggestionKind.NAME if phrases.is_name[number] else SuggestionKind.PROVIDER
            suggestion = Suggestion(label, label, kind.value)
            way = tuple(words_of(label))
            yield Offer.of(suggestion, way, first=bool(first[some[place]]), listings=counts[place])
        found += int(np.count_nonzero(counts))
        at, step, read = at + step, step * 4, read + len(rows)


def elsewhere(held: Held, here: Here, query: SuggestQuery) -> Iterator[Offer]:
    """What was typed with a place, where something is found there."""
    for one in query.elsewhere:
        there = replace(here, place=one.place)
        listings, way = shown_of(held, there, [Candidate(Subject(one.text, SuggestionKind.PLACE))])[0]
        if listings or (not one.text and anything(there)):
            suggestion = Suggestion(one.label, one.text, SuggestionKind.PLACE.value, one.place.shareable)
            yield Offer.of(suggestion, way, first=True, listings=listings, place=one.place)


def anything(here: Here) -> bool:
    """Whether anything at all is shown here."""
    rows = np.arange(here.facts.rows, dtype=np.int32)
    return any(here.shown(rows[at : at + A_STRETCH]).any() for at in range(0, len(rows), A_STRETCH))


def chosen(held: Held, here: Here, offers: Iterable[Offer], typed: Sequence[str], limit: int) -> list[Suggestion]:
    """The most useful, no text twice, none that was typed already; a few of each kind before the rest."""
    once: dict[tuple[str, str], Offer] = {}
    for offer in sorted(offers, key=lambda one: (-one.useful, one.suggestion.label)):
        words_said = words_of(offer.suggestion.text)
        if words_said != typed or offer.suggestion.place:
            once.setdefault((" ".join(map(stem, words_said)), offer.suggestion.place), offer)
    taken: Counter[str] = Counter()
    turns: list[tuple[bool, Offer]] = []
    for offer in once.values():
        kind = offer.suggestion.kind
        taken[kind] += 1
        late = taken[kind] > USEFUL[SuggestionKind(kind)][1]
        # Of many ways to say one thing a few are enough.
        if not (late and kind == SuggestionKind.TERM):
            turns.append((late, offer))
    by_turn = (offer for _late, offer in sorted(turns, key=lambda turn: turn[0]))
    best = islice((offer for offer in by_turn if read_so(held, here, offer)), limit)
    return [offer.suggestion for offer in sorted(best, key=lambda one: -one.useful)]


def read_so(held: Held, here: Here, offer: Offer) -> bool:
    """Whether it still finds something as search will read it: a word of it may mean a day, a price or a place."""
    place = offer.place or here.place
    asked = AssetQuery(text=offer.suggestion.text, place=place, filters=here.filters)
    knowledge = everything_known(held.reads_with)
    words_said = words_of(offer.suggestion.text)
    if offer.way == tuple(words_said):
        if len(words_said) <= LONGEST_NAME and knowledge.named(" ".join(words_said)):
            # A name is left whole.
            return True
        # What means the same as words that are held changes nothing.
        knowledge = replace(knowledge, thesaurus=None)
    question = read_words(asked, knowledge)
    firm = [group for group in question.terms.groups if not group.soft]
    if not question.read and question.query.place is place and all(met(group, offer.way) for group in firm):
        return True
    there = replace(here, place=question.query.place, filters=question.query.filters)
    if not firm:
        return anything(there)
    if any(len(group.typed.split()) > 1 for group in firm):
        return False
    typed = " ".join(group.typed for group in firm)
    return shown_of(held, there, [Candidate(Subject(typed, SuggestionKind.WORD))])[0][0] > 0


def met(group: Group, way: Words) -> bool:
    """Whether a listing that holds these words has one of the alternatives."""
    sizes = [len(one.words) for one in group.alternatives]
    held = {way[at : at + size] for size in sizes for at in range(len(way) - size + 1)}
    return any(one.words in held for one in group.alternatives)


class KnownWords:
    """The vocabulary for reading what a listing is known to hold: no word is looked up."""

    def __init__(self, words: Vocabulary) -> None:
        self.known, self.named, self.listings = words.known, words.named, words.listings
        self.holding_about = words.holding_about

    def has(self, word: str) -> bool:
        return word in self.known()
