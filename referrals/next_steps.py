"""What happens next for a person, kept with them so that a list of people is one query.

It follows from what is written down alone, never from today's date, so that nothing need be worked out anew overnight.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Model, QuerySet
from django.utils import timezone

from referrals.models import Conversation, NextStep, Offer, Person, Referral, ResultAsk, RingBack
from referrals.progress import WAITING, Progress
from referrals.working_days import working_days_after

# From this reminder on a coordinator hears that a provider says nothing.
TOLD_AT = 2
AT_ONCE = 500
Step = tuple[NextStep, dt.date | None]


@dataclass(slots=True)
class Facts:
    """What the next step depends on: the earliest date of each kind; none: there is nothing of that kind."""

    ring_back: dt.date | None = None
    # Declined; nothing else was found or offered since, and nobody said that nothing is wanted.
    declined: dt.date | None = None
    # Sent, reminded of, and still not answered.
    silent: dt.date | None = None
    unfinished: dt.date | None = None
    ask: dt.date | None = None
    waiting: dt.date | None = None

    def note(self, name: str, on: dt.date | None) -> None:
        known = getattr(self, name)
        if on is not None and (known is None or on < known):
            setattr(self, name, on)


def next_step(facts: Facts) -> Step:
    """The most pressing thing, and when it is due. What only waits comes last, the sooner one first."""
    pressing = (
        (NextStep.RING_BACK, facts.ring_back),
        (NextStep.FIND_ANOTHER, facts.declined),
        (NextStep.RING_PROVIDER, facts.silent),
        (NextStep.FINISH, facts.unfinished),
    )
    for what, on in pressing:
        if on is not None:
            return what, on
    later = [(on, what) for what, on in ((NextStep.ASK_RESULT, facts.ask), (NextStep.AWAIT, facts.waiting)) if on]
    return min(((what, on) for on, what in later), key=lambda step: step[1], default=(NextStep.NONE, None))


def keep_next_step(person: Person) -> None:
    """Called with every change of something that it depends on."""
    keep_next_steps([person.pk])
    person.refresh_from_db(fields=["next_what", "next_at"])


@transaction.atomic
def keep_next_steps(numbers: Iterable[int]) -> None:
    """The same for many people, by their numbers, in a few queries for each five hundred."""
    wanted = sorted(set(numbers))
    for start in range(0, len(wanted), AT_ONCE):
        _keep(wanted[start : start + AT_ONCE])


def _keep(numbers: list[int]) -> None:
    # Held, so that it is worked out from all that anybody has done.
    held = Person.objects.filter(pk__in=numbers).order_by("pk").select_for_update()
    standing = {pk for pk, *over in held.values_list("pk", "closed_at", "erased_at") if not any(over)}
    facts = facts_of(standing)
    alike: dict[Step, list[int]] = defaultdict(list)
    for number in numbers:
        alike[next_step(facts[number]) if number in standing else (NextStep.NONE, None)].append(number)
    for (what, at), same in alike.items():
        Person.objects.filter(pk__in=same).update(next_what=what, next_at=at)


def facts_of(numbers: Iterable[int]) -> dict[int, Facts]:
    """What is known of these people, by their numbers."""
    people = set(numbers)
    found: dict[int, Facts] = defaultdict(Facts)
    for person, name, on in _dates(people):
        found[person].note(name, on)
    return found


def _dates(people: set[int]) -> Iterator[tuple[int, str, dt.date | None]]:
    """Person, kind of fact, and its date."""
    for person, on in RingBack.objects.promised().filter(person__in=people).values_list("person", "promised_for"):
        yield person, "ring_back", on
    unfinished = Conversation.objects.unfinished().filter(person__in=people)
    for person, on in unfinished.values_list("person", "held_on"):
        yield person, "unfinished", on
    asks = ResultAsk.objects.by_hand().filter(referral__person__in=people)
    for person, on in asks.values_list("referral__person", "due_on"):
        yield person, "ask", on
    yield from _dates_of_referrals(people)


def _dates_of_referrals(people: set[int]) -> Iterator[tuple[int, str, dt.date | None]]:
    settled = dict(Person.objects.filter(pk__in=people).exclude(settled_at=None).values_list("pk", "settled_at"))
    followed = _latest(
        Referral.objects.filter(person__in=people).exclude(progress=Progress.ENTERED_IN_ERROR), "person", "made_at"
    )
    offered = _latest(
        Offer.objects.filter(conversation__person__in=people).exclude(state=Offer.State.SHORTLISTED),
        "conversation__person",
        "at",
    )
    open_ones = Referral.objects.filter(person__in=people, progress__in=[*WAITING, Progress.DECLINED])
    wanted = ("person", "progress", "progress_at", "sent_at", "next_at", "chased")
    for person, progress, moved_at, sent_at, next_at, chased in open_ones.values_list(*wanted):
        moved_on = timezone.localdate(moved_at)
        if progress == Progress.DECLINED:
            if not any(moved_at < latest[person] for latest in (settled, followed, offered) if person in latest):
                yield person, "declined", moved_on
        elif chased >= TOLD_AT:
            yield person, "silent", told_on(sent_at or moved_at)
        else:
            yield person, "waiting", next_at or moved_on


def told_on(sent_at: dt.datetime) -> dt.date:
    """When a coordinator hears that a provider says nothing."""
    return working_days_after(timezone.localdate(sent_at), settings.CHASE_DAYS[TOLD_AT - 1])


def _latest(rows: "QuerySet[Model]", person: str, at: str) -> dict[int, dt.datetime]:
    return dict(rows.order_by().values_list(person).annotate(Max(at)))
