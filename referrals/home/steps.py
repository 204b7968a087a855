"""Somebody's people by what happens next, the most pressing first."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Case, Count, F, QuerySet, Value, When
from django.urls import reverse

from referrals.home.mine import Mine
from referrals.home.words import due_in_words, name_of
from referrals.models import NextStep, Person

SHOWN = 6
RANK = Case(*(When(next_what=what, then=Value(rank)) for rank, what in enumerate(NextStep)), default=Value(99))
SOONEST = F("next_at").asc(nulls_last=True)
# What a row shows, and no more: every sealed field costs its opening.
ROW = ("key", "called", "reference", "next_what", "next_at", "closed_at", "coordinator")


class PersonRow(NamedTuple):
    name: str
    reference: str
    url: str
    step: NextStep
    when: str
    late: bool


@dataclass(frozen=True)
class Group:
    """People with the same next step: the first of them, and how many there are."""

    step: NextStep
    rows: list[PersonRow]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


def counts_of(people: "QuerySet[Person]") -> dict[str, int]:
    """How many have each step next."""
    return dict(people.order_by().values_list("next_what").annotate(Count("pk")))


def groups_of(mine: Mine, *, today: dt.date) -> list[Group]:
    """Two queries, however many people there are."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for step, number in mine.people().order_by(SOONEST, "pk").values_list("next_what", "pk"):
        numbers[step].append(number)
    first = Person.objects.only(*ROW).in_bulk([one for those in numbers.values() for one in those[:SHOWN]])
    return [
        Group(step, rows_of((first[one] for one in those[:SHOWN] if one in first), today=today), len(those))
        for step in NextStep
        if (those := numbers.get(step))
    ]


def in_order(people: "QuerySet[Person]") -> "QuerySet[Person]":
    return people.annotate(rank=RANK).order_by("rank", SOONEST, "pk").only(*ROW)


def rows_of(people: Iterable[Person], *, today: dt.date) -> list[PersonRow]:
    return [
        PersonRow(
            name=name_of(one),
            reference=one.reference,
            url=reverse("referrals:person", args=[one.key]),
            step=NextStep(one.next_what),
            when=due_in_words(one.next_at, today=today),
            late=one.next_at is not None and one.next_at < today,
        )
        for one in people
    ]
