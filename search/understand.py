"""What a person's words mean: `understand(text, knowledge) -> Terms`, the same for every engine.

In this order: spelling is corrected against what the directory, the thesaurus and the places know; names are left
whole; a place and filters are taken out of the text; what is left are the things looked for, each with the words that
mean the same. `fold` is done to what is indexed and to what is asked alike, before an engine's own stemming.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from search import spelling
from search.common_words import IN_FULL, NEAR, PREPOSITIONS, SOFT_WORDS, STOP_WORDS
from search.knowledge import NOTHING, Knowledge, Vocabulary
from search.matches import enough_words
from search.terms import Group, Phrase, ReadFilter, Terms

MOST_WORDS = 12
LONGEST_WORD = 40
# From so many words up, what was typed is also read as a whole.
SENTENCE_FROM = 4
# Where fewer listings than this can hold what is asked, what means the same is shown after them.
SCARCE = 40
MOST_TOKENS = 60
LONGEST_NAME = 7
# What finding a word that says little counts.
LITTLE = 0.3
# A word in more listings than this share says little.
COMMON = 0.25
APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´ʼ＇"))
ASCII_BLANKS = {**dict.fromkeys([*range(32), 127], " "), **{ord(mark): None for mark in "'`"}}
WORD = re.compile(r"[^\W_]+")
# “Daren't”, “we've”.
SHORTENED = re.compile(r"n['’]t$|['’](?:ve|ll|re|d|m)$", re.IGNORECASE)
QUOTED = re.compile(r"[\"“”«»]([^\"“”«»]{2,200})[\"“”«»]")


@dataclass(slots=True)
class Token:
    """One folded word, and what became of it."""

    word: str
    typed: str
    # Part of a listing's name: not to be read as anything else.
    name: bool = False
    # Taken out of what is looked for: read as a filter or a place.
    gone: bool = False
    alternatives: list[Phrase] = field(default_factory=list)


def fold(text: str) -> str:
    """Lower case, no accents, no apostrophes ("Carer’s" and "carers" are one), nothing that cannot be seen."""
    if text.isascii():
        return text.lower().translate(ASCII_BLANKS)
    plain = unicodedata.normalize("NFKD", text.translate(APOSTROPHES)).casefold()
    return "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in plain if not unicodedata.combining(c))


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return [word[:LONGEST_WORD] for word in WORD.findall(fold(text))]


def whole_of(text: str) -> str:
    """A text as its folded words with one space between: equal for two ways of writing one name."""
    return " ".join(words_of(text))


def understand(
    text: str,
    knowledge: Knowledge = NOTHING,
    *,
    ignore: Sequence[str] = (),
    as_typed: bool = False,
    has_place: bool = False,
) -> Terms:
    """Read a person's words; with no knowledge nothing is corrected, widened or taken for a filter.

    `ignore` holds keys of readings that the person let go of; with `has_place` no place is looked for in the text.
    """
    tokens = tokens_of(text)
    whole = " ".join(token.word for token in tokens)
    phrases = [tuple(words_of(quoted)) for quoted in QUOTED.findall(text)]
    protect_names(tokens, knowledge)
    corrected = () if as_typed else correct(tokens, knowledge)
    if corrected:
        protect_names(tokens, knowledge)
    place = "" if has_place else take_place(tokens, knowledge, ignore)
    filters = take_filters(tokens, knowledge, ignore)
    left = [token for token in tokens if not token.gone]
    widen(left, knowledge)
    groups = groups_of(left, knowledge, phrases, narrowed=bool(place or filters))
    few = len(left) < SENTENCE_FROM
    sentence = in_full(left) if not few or are_scarce(groups, knowledge) else ""
    unknown = tuple(dict.fromkeys(t.word for t in left if not t.alternatives and not knowledge.knows(t.word)))
    return Terms(groups, corrected, whole, filters, place, sentence, few, unknown)


def are_scarce(groups: Sequence[Group], knowledge: Knowledge) -> bool:
    """Whether fewer listings than a few can hold enough of what is asked."""
    if knowledge.words is None:
        return False
    each = sorted(held_by(group, knowledge.words) for group in groups if not group.soft)
    # What holds two of three holds one of any two.
    return bool(each) and sum(each[: len(each) - enough_words(len(each)) + 1]) < SCARCE


def held_by(group: Group, words: Vocabulary) -> int:
    """At most about how many listings hold one of a group's alternatives, as far as it matters here."""
    held = 0
    for one in group.alternatives:
        held += min(map(words.holding_about, one.words))
        if held >= SCARCE:
            break
    return held


def in_full(tokens: Sequence[Token]) -> str:
    """The words as a sentence: without the haste that they were typed in."""
    return " ".join(IN_FULL.get(token.word, token.typed) for token in tokens)


def tokens_of(text: str) -> list[Token]:
    """Folded words, each with what was typed for it."""
    found: list[Token] = []
    for piece in text.split()[: MOST_TOKENS * 2]:
        words = words_of(piece)
        alone = len(words) == 1
        found += [Token(word, piece.strip('.,;:!?()[]"“”') if alone else word) for word in words]
    return found[:MOST_TOKENS]


def protect_names(tokens: list[Token], knowledge: Knowledge) -> None:
    """Mark words that together are the name of a listing or of who runs it."""
    for size in range(min(len(tokens), LONGEST_NAME), 1, -1):
        for at in range(len(tokens) - size + 1):
            span = tokens[at : at + size]
            if not any(token.name for token in span) and knowledge.named(" ".join(token.word for token in span)):
                for token in span:
                    token.name = True
    if len(tokens) == 1 and knowledge.named(tokens[0].word):
        tokens[0].name = True


def correct(tokens: list[Token], knowledge: Knowledge) -> tuple[tuple[str, str], ...]:
    """Put right what nobody knows; the last word may be half typed. (typed, read as) pairs."""
    found: list[tuple[str, str]] = []
    if knowledge.words is None:
        return ()
    sentence = len(tokens) >= SENTENCE_FROM
    for place, token in enumerate(list(tokens)):
        if token.name or token.word in STOP_WORDS:
            continue
        if knowledge.knows(token.word):
            meant = spelling.also_meant(token.word, knowledge)
            token.alternatives = [Phrase((meant,))] if meant else []
            continue
        if sentence and (token.word in IN_FULL or spelling.is_english(token.word) or SHORTENED.search(token.typed)):
            # In a sentence most words are not those of listings, and yet none is misspelt.
            continue
        if place == len(tokens) - 1 and not sentence:
            ends = spelling.completions(token.word, knowledge.words)
            if ends:
                token.alternatives = [Phrase((word,)) for word in ends]
                continue
        better = spelling.correction(token.word, knowledge)
        if better:
            found.append((token.word, better))
            _replace(tokens, token, better.split())
    return tuple(found)


def _replace(tokens: list[Token], token: Token, words: list[str]) -> None:
    at = next(place for place, one in enumerate(tokens) if one is token)
    tokens[at : at + 1] = [Token(word, word) for word in words]


def take_place(tokens: list[Token], knowledge: Knowledge, ignore: Sequence[str]) -> str:
    """The first place named, taken out of the words together with the “in” or “near” before it; empty: none."""
    words = [token.word for token in tokens]
    for at in range(len(tokens)):
        led = at > 0 and words[at - 1] in PREPOSITIONS
        size, name = knowledge.place_at(words, at, led=led)
        if not size or any(token.name or token.gone for token in tokens[at : at + size]):
            continue
        if f"place:{name.casefold()}" in ignore:
            continue
        first = at
        while first > 0 and words[first - 1] in NEAR:
            first -= 1
        for token in tokens[first : at + size]:
            token.gone = True
        return name
    return ""


def take_filters(tokens: list[Token], knowledge: Knowledge, ignore: Sequence[str]) -> tuple[ReadFilter, ...]:
    """What is meant as a filter, taken out of the words unless it says what is looked for as well."""
    found: list[ReadFilter] = []
    taken = [token.gone or token.name for token in tokens]
    # “£5” is more than its folded “5”.
    said = [token.typed if token.typed.startswith("£") else token.word for token in tokens]
    for start, length, facet, code, keeps_word in knowledge.filters_in(said):
        span = tokens[start : start + length]
        read = ReadFilter(facet, code, " ".join(token.word for token in span))
        if read.key in ignore or any(taken[start : start + length]):
            continue
        found.append(read)
        for token in span:
            token.gone = not keeps_word
    return tuple(found)


def widen(tokens: list[Token], knowledge: Knowledge) -> None:
    """Give words that mean the same to each word that they stand for."""
    words = [token.word for token in tokens]
    at = 0
    while at < len(words):
        size = knowledge.longest(words, at)
        if size:
            same = knowledge.alternatives(tuple(words[at : at + size]))
            for token in tokens[at : at + size]:
                token.alternatives += same
        at += max(size, 1)


def groups_of(
    tokens: list[Token], knowledge: Knowledge, quoted: list[tuple[str, ...]], *, narrowed: bool
) -> tuple[Group, ...]:
    """One group for each word that says something; of stop words alone, for each of those."""
    said = [token for token in tokens if token.word not in STOP_WORDS or token.name]
    if all(token.word in STOP_WORDS for token in said):
        # Of “things to do in Tilbury” the place is left; of “Who are you?” every word.
        said = [] if narrowed else tokens
    groups: dict[str, Group] = {}
    for token in said:
        completed = token.alternatives and len(token.alternatives[0].words) == 1 and not knowledge.knows(token.word)
        first = () if completed and token.alternatives[0].weight == 1.0 else (Phrase((token.word,)),)
        alternatives = tuple(dict.fromkeys([*first, *token.alternatives]))
        if not completed:
            alternatives = evened(alternatives, knowledge)
        groups.setdefault(token.word, Group(alternatives, token.word, soft=is_soft(token.word, knowledge)))
    found = list(groups.values())[:MOST_WORDS]
    found = [Group((Phrase(words),), " ".join(words)) for words in quoted if len(words) > 1] + found
    if all(group.soft for group in found):
        return tuple(replace(group, soft=False) for group in found)
    return tuple(lightened(group) if group.soft else group for group in found)


def evened(alternatives: tuple[Phrase, ...], knowledge: Knowledge) -> tuple[Phrase, ...]:
    """A word that means the same does not count more for being rarer than what was typed."""
    if len(alternatives) < 2:
        return alternatives
    typed = max((one.words for one in alternatives if one.weight == 1.0), key=len, default=alternatives[0].words)
    most = knowledge.rarity(typed)
    return tuple(
        one
        if one.weight == 1.0
        else replace(one, weight=one.weight * min(1.0, most / (knowledge.rarity(one.words) or 1)))
        for one in alternatives
    )


def lightened(group: Group) -> Group:
    """A soft group, at the little that finding it counts."""
    lighter = (replace(phrase, weight=phrase.weight * LITTLE) for phrase in group.alternatives)
    return replace(group, alternatives=tuple(lighter))


def is_soft(word: str, knowledge: Knowledge) -> bool:
    """Whether a word says little: everybody's word, or one that stands in most listings."""
    return word in SOFT_WORDS or word in knowledge.soft or knowledge.share(word) > COMMON
