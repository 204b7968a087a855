"""One question put to the cluster: `Finding(…).results()`.

Usually that is one request, an msearch. A sentence asks first what means the same; a question of which nothing holds
enough words asks how many of them anything holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from search.around import Crossed
from search.elastic.answering import candidates, hits_of, ranked, total_of
from search.elastic.asking import Asking, Levels, Searched
from search.elastic.cluster import Cluster, Deadline
from search.elastic.conditions import Conditions, Lines
from search.elastic.meaning import Alike, Meaning, likeness
from search.elastic.naming import Names
from search.elastic.queries import NOTHING
from search.elastic.wording import Wording
from search.facets import distance_code
from search.facts import facts_of
from search.finding import answer, choose, page_of
from search.knowledge import Vocabulary
from search.matches import FEW, nothing
from search.query import DISTANCES, Question, Results

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Context:
    """What does not change from one question to the next."""

    cluster: Cluster
    names: Names
    crossed: Crossed
    lines: Lines


@dataclass(frozen=True, slots=True)
class Found:
    """Answers to the searches of one page."""

    page: Answer
    counts: Answer
    points: Answer | None
    kept_off: Answer | None
    near: dict[str, int]


class Finding:
    """Everything that one answer needs."""

    def __init__(self, question: Question, context: Context, vocabulary: Vocabulary | None, deadline: Deadline) -> None:
        self.question, self.query = question, question.query
        self.context, self.vocabulary, self.deadline = context, vocabulary, deadline
        self.now = timezone.localtime().replace(tzinfo=None)
        self.conditions = Conditions(question, context.lines, self.now)
        self.wording = Wording(question.terms, vocabulary) if question.terms.groups else None
        self.meaning = Meaning(question, self.conditions, self.wording)

    def results(self) -> Results:
        """A page of results; raises `EngineDown` or `IndexProblem`."""
        terms = self.question.terms
        if not terms.groups and self.query.text.strip() and not (terms.filters or terms.place):
            # Something was typed, and none of it is a word.
            return answer(facts_of(()), self.question, nothing(), crossed=self.context.crossed, now=self.now)
        alike = self.meaning.chosen(self.search)
        if alike and not any(alike.values()):
            # Nothing means the same, or no listing has a vector yet: then the words decide, as without a model.
            return Finding(replace(self.question, vector=None), self.context, self.vocabulary, self.deadline).results()
        level = self.wording.wanted if self.wording else 1
        asking, found = self.ask(level, alike)
        if level > 1 and not alike:
            asking, found = self.lowered(asking, found)
        last = min(max(1, -(-total_of(found.counts) // self.query.page_size)), asking.most_pages)
        if self.query.page > last:
            question = replace(self.question, query=replace(self.query, page=last))
            return Finding(question, self.context, self.vocabulary, self.deadline).results()
        return self.put_together(asking, found, last)

    def search(self, searches: Sequence[Searched]) -> list[Answer]:
        """Answers to several searches of the index, in one request."""
        index = {"index": self.context.names.read}
        lines = [part for header, body in searches for part in ({**index, **header}, body)]
        return self.context.cluster.searched(lines, self.deadline) if lines else []

    def ask(self, level: int, alike: Alike, *, beside: bool = True) -> tuple[Asking, Found]:
        """The searches of one page; `beside` it what only a barrier keeps off, and counts by distance."""
        page_alike = {key: ids for key, ids in alike.items() if not key.startswith("within:")}
        asking = Asking(self.question, self.conditions, self.wording, level=level, alike=page_alike)
        searches = {"page": asking.page(asking.block), "counts": asking.counts()}
        if asking.block:
            searches["points"] = asking.page(0)
        if beside and self.conditions.kept_off != NOTHING:
            searches["kept_off"] = asking.kept_off()
        if beside and self.query.place is not None:
            likest = {miles: alike.get(f"within:{distance_code(miles)}", []) for miles in DISTANCES}
            searches["within"] = asking.within(likest)
        answers = dict(zip(searches, self.search(list(searches.values())), strict=True))
        near = asking.near(answers["within"]) if "within" in answers else {}
        return asking, Found(answers["page"], answers["counts"], answers.get("points"), answers.get("kept_off"), near)

    def lowered(self, asking: Asking, found: Found) -> tuple[Asking, Found]:
        """Where few hold enough of the words, those that hold the most of them are enough."""
        few = [code for code, count in found.near.items() if count < FEW]
        if found.counts["aggregations"]["base"]["doc_count"] < FEW:
            few.append("")
        if not few:
            return asking, found
        [answer] = self.search([asking.levels()])
        held, least = asking.held(answer), self.wording.least if self.wording else 1
        levels = {code: enough(held[code], asking.level, least) for code in few}
        near = {**found.near, **{code: free for code, (_level, free) in levels.items() if code}}
        if "" in levels and 0 < levels[""][0] < asking.level:
            asking, page = self.ask(levels[""][0], {}, beside=False)
            found = replace(page, kept_off=found.kept_off)
        return asking, replace(found, near=near)

    def put_together(self, asking: Asking, found: Found, last: int) -> Results:
        """The page as the embedded engine would give it, with the cluster's counts."""
        before = asking.block * asking.length // self.query.page_size
        question = replace(self.question, query=replace(self.query, page=self.query.page - before))
        page = self.ranked(found.page, question)
        first = page if found.points is None else self.ranked(found.points, question)
        counts = found.counts["aggregations"]
        total = total_of(found.counts)
        facets = asking.counting.counts(counts)
        off = 0 if found.kept_off is None else total_of(found.kept_off)
        return replace(
            page,
            total=total,
            page=self.query.page,
            pages=last,
            facets=facets | ({"within": found.near} if self.query.place is not None else {}),
            points=first.points,
            some_words=page.some_words or ("whole" in counts and counts["whole"]["doc_count"] < total),
            across=off,
            barriers=self.barriers(found.kept_off) if off and found.kept_off else (),
        )

    def ranked(self, found: Answer, question: Question) -> Results:
        hits = hits_of(found)
        likes = None
        if question.vector is not None and self.wording is not None:
            [likeness_told] = self.search([self.meaning.likes([hit["_id"] for hit in hits])])
            likes = likeness(likeness_told)
            for one, worth in self.meaning.answers(hits).items():
                likes[one] = likes.get(one, -1.0) + worth
        return ranked(hits, question, self.context.crossed, self.now, likes=likes)

    def barriers(self, kept_off: Answer) -> tuple[str, ...]:
        """What the barriers are called that keep these off."""
        without_words = Question(replace(self.query, filters={}))
        facts = candidates(hits_of(kept_off), self.query.place)
        return page_of(choose(facts, without_words, None, self.context.crossed, self.now)).barriers


def enough(held: Levels, wanted: int, least: int) -> tuple[int, int]:
    """How many groups are enough here, as `search.matches.Matches.worded` has it, and how many listings hold so many
    that the filters let through; (0, 0) where nothing holds any.
    """
    level = wanted
    while level > least and held[level][0] < FEW:
        level -= 1
    while level > 1 and not held[level][0]:
        level -= 1
    count, free = held[level]
    return (level, free) if count else (0, 0)
