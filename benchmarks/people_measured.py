"""Measures a coordinator's day in a database of its own, and prints the figures as JSON.

`DATABASE_URL=… python -m benchmarks.people_measured`: in a process of its own, since a database is chosen at the start.
"""

import gc
import json
import random
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from typing import Any
from unittest.mock import patch

import django
import numpy as np

ASKED, ASKED_OTHERWISE = 300, 20
COORDINATORS_OTHERWISE = 4


class Undone(Exception):
    """What was measured is not kept, so that the next way finds the same."""


def timed(ask: Callable[[], Any]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


def browsers(coordinators: list[Any]) -> list[Any]:
    from django.test import Client

    found = []
    for user in coordinators:
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(user)
        found.append(client)
    return found


def home_times(clients: list[Any], count: int) -> list[float]:
    """Of so many openings by one or other of them, after one each to warm up."""

    def open_one(client: Any) -> None:
        if client.get("/today/").status_code != 200:
            raise RuntimeError("The page was no page.")

    made = random.Random(8)
    for client in clients:
        open_one(client)
    return [timed(lambda: open_one(made.choice(clients))) for _each in range(count)]


def derived(mine: Any, *, today: Any) -> list[Any]:
    """The same groups, worked out as the page is asked for: all records of one's people are read, and sorted here."""
    from referrals.home.steps import SHOWN, Group, rows_of
    from referrals.models import NextStep

    found: dict[Any, list[Any]] = {step: [] for step in NextStep}
    for person in mine.people().prefetch_related("ring_backs", "referrals__asks", "conversations__offers"):
        person.next_what, person.next_at = next_of(person)
        found[person.next_what].append(person)
    groups = []
    for step, those in found.items():
        first = sorted(those, key=lambda one: (one.next_at is None, one.next_at or today, one.pk))[:SHOWN]
        groups += [Group(step, rows_of(first, today=today), len(those))] if those else []
    return groups


def next_of(person: Any) -> Any:
    from django.utils import timezone

    from referrals.next_steps import TOLD_AT, Facts, next_step, told_on

    facts, referrals = Facts(), person.referrals.all()
    for one in person.ring_backs.all():
        facts.note("ring_back", one.promised_for if one.done_at is None else None)
    later = [one.made_at for one in referrals]
    for conversation in person.conversations.all():
        facts.note("unfinished", conversation.held_on if conversation.finished_at is None else None)
        later += [offer.at for offer in conversation.offers.all() if offer.state != "shortlisted"]
    for one in referrals:
        moved_on = timezone.localdate(one.progress_at)
        if one.progress == "declined" and max(later) <= one.progress_at:
            facts.note("declined", moved_on)
        elif one.progress in {"sent", "seen"}:
            silent = one.chased >= TOLD_AT
            facts.note("silent" if silent else "waiting", told_on(one.sent_at) if silent else one.next_at or moved_on)
        for ask in one.asks.all():
            facts.note("ask", ask.due_on if ask.asked_at and not ask.answered_at and not ask.cancelled_at else None)
    return next_step(facts)


def measured() -> dict[str, float]:
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from benchmarks.made_up_people import lay
    from referrals.home.mine import Mine
    from referrals.home.steps import groups_of
    from referrals.models import Person
    from referrals.next_steps import keep_next_steps

    settings.SECOND_STEP_REQUIRED = False
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    coordinators = lay()
    kept = timed(lambda: keep_next_steps(Person.objects.values_list("pk", flat=True)))
    settle()
    today = timezone.localdate()
    first = Mine.of(coordinators[0])
    if groups_of(first, today=today) != derived(first, today=today):
        raise RuntimeError("What is kept is not what follows from the records.")
    clients = browsers(coordinators)
    ours = home_times(clients, ASKED)
    with patch("referrals.home.today_views.groups_of", derived):
        theirs = home_times(clients[:COORDINATORS_OTHERWISE], ASKED_OTHERWISE)
    found = {f"home p{p}": float(np.percentile(ours, p)) for p in (50, 95)}
    found |= {f"home otherwise p{p}": float(np.percentile(theirs, p)) for p in (50, 95)}
    return {**found, "kept seconds": kept / 1000, **chased()}


def settle() -> None:
    """As PostgreSQL does by itself after a while, and `config.wsgi` when a web process starts."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    gc.collect()
    gc.freeze()


def chased() -> dict[str, float]:
    """Seconds of one run in which all that wait are due at once, and of the same done a referral at a time."""
    from django.utils import timezone

    from referrals.answering.chasing import chase_some
    from referrals.models import Referral

    today = timezone.localdate()
    due = Referral.objects.filter(progress="sent", next_at__lte=today)
    return {
        "chased": due.count(),
        "chase seconds": undone(lambda: sum(iter(lambda: chase_some(today), 0))),
        "chase otherwise seconds": undone(lambda: one_at_a_time(due, today)),
    }


def undone(act: Callable[[], Any]) -> float:
    from django.db import transaction

    took = 0.0
    try:
        with transaction.atomic():
            took = timed(act) / 1000
            raise Undone
    except Undone:
        return took


def one_at_a_time(due: Any, today: Any) -> None:
    """The plain way: each referral is fetched, changed and saved, and its person's next step kept."""
    from referrals.answering.chasing import OWED, next_chase
    from referrals.messages import owe
    from referrals.next_steps import keep_next_step

    for referral in due.select_related("person"):
        for kind in OWED[referral.chased]:
            owe(kind, referral=referral)
        referral.next_at = next_chase(today, referral.chased)
        referral.chased += 1
        referral.save()
        keep_next_step(referral.person)


if __name__ == "__main__":
    with redirect_stdout(sys.stderr):
        django.setup()
        figures = measured()
    print(json.dumps(figures))
