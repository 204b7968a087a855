"""What a conversation is answered with: listings for what a person said, each with why. Nothing of it is kept anywhere.

`find_offers(words, place)` is named by `settings.FIND_OFFERS`, `help_in_danger(words)` by `settings.DANGER_WORDS`.
Words of a conversation are no search: they are neither remembered nor counted, and nothing in them narrows what is
found – “she goes to church on Sundays” asks for no Sunday.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from math import ceil

from assets_map.not_found import OutsideOurArea
from search import danger
from search.danger import Strip
from search.engines import find
from search.query import LONGEST_TEXT, MOST_PAGE_SIZE, AssetQuery, Results
from search.results import REMOTE
from search.understand import SENTENCE_FROM, fold, words_of
from search.unlogged import in_hand
from search.where import Where, locate

COUNT = 6
# So many parts of what was said are looked for, each by itself; of more sentences, some are looked for together.
MOST_PARTS = 8
# Of each part, so many listings count.
LOOKED_AT = 12
# How sure it is what words ask for that are no sentence.
OF_WORDS = 0.5
LONGEST_QUOTE = 120
SENTENCE_ENDS = re.compile(r"(?<=[.!?;])\s+|[\r\n]+")
# What somebody does not want is not looked for.
UNWANTED = re.compile(
    r"\b(hates?|hated|dislikes?|(?:do not|dont|does not|doesnt|did not|didnt|never) (?:really )?"
    r"(?:like|liked|want|wanted|enjoy|enjoyed|fancy)|(?:cannot|cant) (?:stand|bear|abide)|fed up (?:with|of)|sick of)\b"
)


@dataclass(frozen=True, slots=True)
class Offered:
    """A listing to offer. `reason` says why it is near; `why` which of the person's own words led to it."""

    asset_id: int
    reason: str
    why: str = ""


def find_offers(words: str, place: str, *, without: Collection[int] = (), count: int = COUNT) -> list[Offered]:
    """The best for what was said, a sentence or several on each line; of no words, what is nearest."""
    with in_hand(f"{words} {place}"):
        where = locate(place)
        looked_at = min(max(LOOKED_AT, count) + len(without), MOST_PAGE_SIZE)
        asked = AssetQuery(place=where.place, filters=filters_at(where), page_size=looked_at, spoken=True)
        said = parts(words) if words.strip() else [""]
        found = {part: find(replace(asked, text=part, as_typed=is_sentence(part))) for part in said}
    left = frozenset(without)
    return [one for one in ranked(found) if one.asset_id not in left][:count]


def help_in_danger(words: str) -> Strip | None:
    """The help strip for what was said; none where no rule for somebody in danger matches any of it."""
    for sentence in SENTENCE_ENDS.split(words):
        for part in _pieces(sentence):
            if danger.matched(part):
                return danger.strip(part, nothing_found=False)
    return None


def help_now(words: str) -> Strip | None:
    """The same when somebody says that it is a crisis, whether a rule matches or not."""
    lines = danger.known().lines
    return help_in_danger(words) or (Strip(True, lines, ()) if lines else None)


def filters_at(where: Where) -> Mapping[str, tuple[str, ...]]:
    """Outside our area, only what comes by phone or online."""
    return {"reach": REMOTE} if isinstance(where.problem, OutsideOurArea) else {}


def parts(words: str) -> list[str]:
    """What is looked for: sentences with at least two words that say what somebody wants, a few together if many."""
    sentences = dict.fromkeys(one.strip() for one in SENTENCE_ENDS.split(words))
    looked_for = [one for one in sentences if not UNWANTED.search(fold(one)) and not help_in_danger(one)]
    wanted = [one for one in looked_for if len(words_of(one)) > 1] or [one for one in looked_for if words_of(one)]
    together = max(1, ceil(len(wanted) / MOST_PARTS))
    return [" ".join(wanted[at : at + together])[:LONGEST_TEXT] for at in range(0, len(wanted), together)]


def _pieces(sentence: str) -> Iterable[str]:
    """A long sentence in pieces that overlap, because rules read so much of a text and no more."""
    step = LONGEST_TEXT // 2
    return (sentence[at : at + LONGEST_TEXT] for at in range(0, max(len(sentence) - step, 1), step))


def ranked(found: Mapping[str, Results]) -> list[Offered]:
    """The first for each part before the second for any, and what several parts lead to before what one does; each
    listing is told with the part that led there best."""
    worth: dict[int, float] = {}
    best: dict[int, tuple[float, Offered]] = {}
    for part, results in found.items():
        sure = max((group.alternatives[0].weight for group in results.terms.needs), default=OF_WORDS)
        for place, hit in enumerate(results.hits, 1):
            counts = (1 + sure) / place**2
            worth[hit.asset_id] = worth.get(hit.asset_id, 0.0) + counts
            if hit.asset_id not in best or counts > best[hit.asset_id][0]:
                best[hit.asset_id] = (counts, Offered(hit.asset_id, hit.reason, quoted(part)))
    return [best[asset_id][1] for asset_id in sorted(worth, key=lambda one: -worth[one])]


def is_sentence(part: str) -> bool:
    """In a sentence names stand that are nobody's misspelt word."""
    return len(words_of(part)) >= SENTENCE_FROM


def quoted(part: str) -> str:
    """A part as it is told back, without its end where it is long."""
    return part if len(part) <= LONGEST_QUOTE else f"{part[:LONGEST_QUOTE].rsplit(' ', 1)[0]} …"
