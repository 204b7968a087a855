"""What there is to do today: short lists, and how many more there are, in two queries each."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from referrals.home.doors import door
from referrals.home.mine import OF_PROVIDER_TO_RING, Mine
from referrals.home.providers import about_in_words
from referrals.home.words import due_in_words, name_of
from referrals.models import ProviderToRing, Referral, ResultAsk, RingBack
from referrals.models.results import How
from referrals.next_steps import TOLD_AT
from referrals.progress import Progress
from referrals.referring.telling import receiver_of

SHOWN = 8


class Task(NamedTuple):
    """A person, what it is about, and where it is done."""

    name: str
    url: str
    words: str
    late: bool
    act_url: str


@dataclass(frozen=True)
class Tasks:
    rows: list[Task]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


def ring_backs(mine: Mine, *, today: dt.date) -> Tasks:
    """The oldest promise first; also to people with whom nothing else goes on any more."""
    promised = RingBack.objects.promised().filter(mine.at("person__"), person__erased_at=None)
    said = RingBack.objects.select_related("person").only("promised_for", "key", *of_person("person"))
    shown, count = first(promised, said, by="promised_for")
    rows = [
        Task(
            name_of(one.person),
            person_url(one.person),
            promised_in_words(one, today=today),
            one.promised_for < today,
            door("ring_back", one.key),
        )
        for one in shown
    ]
    return Tasks(rows, count)


def promised_in_words(one: RingBack, *, today: dt.date) -> str:
    return _("Promised for %(day)s") % {"day": due_in_words(one.promised_for, today=today)}


def unanswered(mine: Mine, *, today: dt.date) -> Tasks:
    """Referrals that nobody has answered, the longest wait first."""
    waiting = Referral.objects.waiting().filter(mine.at("person__"), person__erased_at=None)
    fields = ("key", "asset_name", "progress", "sent_at", "chased", *of_person("person"))
    shown, count = first(waiting, Referral.objects.select_related("person").only(*fields), by="sent_at")
    rows = [
        Task(
            name_of(one.person),
            person_url(one.person),
            waiting_in_words(one, today=today),
            one.chased >= TOLD_AT,
            door("rang", one.key),
        )
        for one in shown
    ]
    return Tasks(rows, count)


def waiting_in_words(referral: Referral, *, today: dt.date) -> str:
    """“Riverside Lunch Club: sent Friday 27 November, 3 days ago, not opened, reminded once”."""
    sent = timezone.localdate(referral.sent_at) if referral.sent_at else None
    told = {"asset": referral.asset_name, "when": due_in_words(sent, today=today)}
    opened = referral.progress == Progress.SEEN
    words = _("%(asset)s: sent %(when)s, opened") if opened else _("%(asset)s: sent %(when)s, not opened")
    parts = [words % told]
    if referral.chased:
        parts.append(ngettext("reminded once", "reminded %(n)s times", referral.chased) % {"n": referral.chased})
    return ", ".join(parts)


def providers_to_ring(mine: Mine) -> Tasks:
    """Those who are to delete what they were told, and cannot be written to."""
    waiting = ProviderToRing.objects.to_do().filter(mine.at(**OF_PROVIDER_TO_RING))
    fields = [f"referral__{field}" for field in ("key", "asset_name", "sent_at", "made_at", "provider__name")]
    said = ProviderToRing.objects.select_related("referral__provider").only(*fields)
    shown, count = first(waiting, said, by="made_at")
    rows = [
        Task(receiver_of(one.referral), door("providers_to_ring"), about_in_words(one), late=False, act_url="")
        for one in shown
    ]
    return Tasks(rows, count)


def results_due(mine: Mine, *, today: dt.date) -> Tasks:
    """People whom somebody is to ask how it went, where the day has come."""
    by_hand = ResultAsk.objects.by_hand().filter(mine.at("referral__person__"), due_on__lte=today)
    due = by_hand.filter(referral__person__erased_at=None)
    fields = ("key", "week", "how", "due_on", "referral__asset_name", *of_person("referral__person"))
    shown, count = first(due, ResultAsk.objects.select_related("referral__person").only(*fields), by="due_on")
    rows = [
        Task(
            name_of(one.referral.person),
            person_url(one.referral.person),
            asking_in_words(one, today=today),
            one.due_on < today,
            door("script", one.key) if one.how == How.PHONE else door("to_ask"),
        )
        for one in shown
    ]
    return Tasks(rows, count)


def asking_in_words(ask: ResultAsk, *, today: dt.date) -> str:
    """“Riverside Lunch Club, 2 weeks on: due yesterday”."""
    told = {"asset": ask.referral.asset_name, "week": ask.week, "when": due_in_words(ask.due_on, today=today)}
    words = ngettext(
        "%(asset)s, %(week)s week on: due %(when)s", "%(asset)s, %(week)s weeks on: due %(when)s", ask.week
    )
    return words % told


def of_person(path: str) -> tuple[str, str]:
    """What a row shows of a person, and no more: every sealed field costs its opening."""
    return f"{path}__key", f"{path}__called"


def first(found: "QuerySet[Any]", said: "QuerySet[Any]", *, by: str) -> tuple[list[Any], int]:
    """The first few by a date, and how many there are: numbers are counted, so that only what is `said` is opened."""
    numbers = list(found.order_by(by, "pk").values_list("pk", flat=True))
    shown = said.in_bulk(numbers[:SHOWN])
    return [shown[one] for one in numbers[:SHOWN] if one in shown], len(numbers)


def person_url(person: Any) -> str:
    return door("person", person.key)
