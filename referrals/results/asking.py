"""When, whether and how a person is asked how it went."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from referrals.holding import hold_people, hold_people_at_rest, hold_person
from referrals.messages import owe
from referrals.models import Consent, MessageKind, Person, Referral, ResultAsk
from referrals.models.consents import Purpose
from referrals.models.results import How, ResultAskQuerySet
from referrals.next_steps import keep_next_step, keep_next_steps
from referrals.progress import Progress
from referrals.results.links import give_code
from referrals.results.ways import way_by_hand, way_to_ask
from referrals.working_days import working_days_after

# So long an answer is taken; a slip, from when it is sent.
OPEN_FOR = dt.timedelta(weeks=6)
AT_ONCE = 200
# Telephones do not ring at night.
FIRST_HOUR, LAST_HOUR = 9, 18
GOES_ON = frozenset({Progress.ACCEPTED, Progress.IN_CONTACT, Progress.ON_HOLD, Progress.ENDED})
BY_HAND = frozenset({How.PHONE, How.SLIP})


def lay_asks(referral: Referral) -> None:
    """Ask some weeks after a referral was accepted, where the person said yes to being asked."""
    person = referral.person
    if person is None or person.results_never or person.pk not in wanting([person]):
        return
    accepted = timezone.localdate(referral.decided_at)
    for week in settings.RESULT_WEEKS:
        ResultAsk.objects.get_or_create(
            referral=referral, week=week, defaults={"due_on": accepted + dt.timedelta(weeks=week)}
        )


def cancel_asks(referral: Referral) -> None:
    """Nobody asks about it any more."""
    referral.asks.standing().update(cancelled_at=timezone.now())


@transaction.atomic
def stop_asking(person: Person) -> None:
    """They never want to be asked again, about anything: with it they take their yes back."""
    Person.objects.filter(pk=person.pk).update(results_never=True)
    person.results_never = True
    said_yes = Consent.objects.standing().filter(person=person, purpose=Purpose.CONTACT)
    said_yes.update(withdrawn_at=timezone.now())
    cancel_asks_of(person)


@transaction.atomic
def ask_again(person: Person) -> None:
    """They say yes to being asked, whatever they said before: what goes on, and is still to come, is asked about."""
    Person.objects.filter(pk=person.pk).update(results_never=False)
    person.results_never = False
    going_on = person.referrals.filter(progress__in=GOES_ON).defer("needs")
    for referral in going_on:
        lay_asks(referral)
    to_come = ResultAsk.objects.filter(referral__in=going_on.values("pk"), due_on__gt=timezone.localdate())
    to_come.filter(answered_at=None, asked_at=None).update(cancelled_at=None)
    keep_next_step(person)


@transaction.atomic
def cancel_asks_of(person: Person) -> None:
    """About none of their referrals: they took back their yes to being asked."""
    hold_person(person.pk)
    ResultAsk.objects.standing().filter(referral__person=person).update(cancelled_at=timezone.now())
    keep_next_step(person)


def wanting(people: Iterable[Person]) -> set[int]:
    """Those, by number, who said yes to being asked."""
    ids = {person.pk for person in people if not person.results_never and not person.closed_at}
    said_yes = Consent.objects.standing().filter(purpose=Purpose.CONTACT, person__in=ids)
    return set(said_yes.values_list("person_id", flat=True))


def still_wanted(ask: ResultAsk) -> bool:
    """Whether the person is still to be asked: looked at again before anything leaves."""
    person = ask.referral.person
    if person is None or ask.answered_at or ask.cancelled_at or ask.referral.progress not in GOES_ON:
        return False
    return person.pk in wanting([person])


def ask_due(now: dt.datetime | None = None) -> int:
    """Ask everybody whose day has come, once, also when a worker was away for long; how many asks were looked at. At
    night nothing is done."""
    now = timezone.localtime(now)
    done = 0
    if FIRST_HOUR <= now.hour < LAST_HOUR:
        while some := _ask_some(now):
            done += some
        _let_go(now)
    return done


@transaction.atomic
def _let_go(now: dt.datetime) -> None:
    """What waited in vain to be asked by phone is off the lists."""
    people = hold_people_at_rest(ResultAsk.objects.nobody_reached(now).values("referral__person"))
    ResultAsk.objects.nobody_reached(now).filter(referral__person__in=people).update(cancelled_at=now)
    keep_next_steps(people)


@transaction.atomic
def _ask_some(now: dt.datetime) -> int:
    due = ResultAsk.objects.due(now.date())
    people = hold_people_at_rest(due.values("referral__person")[:AT_ONCE])
    later = due.filter(referral=OuterRef("referral"), week__gt=OuterRef("week"))
    theirs = due.filter(Q(referral__person__in=people) | Q(referral__person=None))
    found = theirs.annotate(is_overtaken=Exists(later.order_by())).select_related("referral__person")
    asks = list(found.select_for_update(of=("self",), skip_locked=True)[:AT_ONCE])
    said_yes = wanting(ask.referral.person for ask in asks if ask.referral.person)
    for ask in asks:
        person = ask.referral.person
        unwanted = person is None or person.pk not in said_yes or ask.referral.progress not in GOES_ON
        if person is None or unwanted or ask.is_overtaken:
            ResultAsk.objects.filter(pk=ask.pk).update(cancelled_at=now)
        else:
            _ask(ask, person, now, how=way_to_ask(person))
    return len(asks)


@transaction.atomic
def ask_by_hand(ask: ResultAsk) -> None:
    """The message cannot be delivered: they are on a coordinator's list instead."""
    hold_person(ask.referral.person_id)
    if still_wanted(ask) and ask.referral.person and ask.how not in BY_HAND:
        _ask(ask, ask.referral.person, timezone.localtime(), how=way_by_hand(ask.referral.person))


def _ask(ask: ResultAsk, person: Person, now: dt.datetime, *, how: How) -> None:
    """The message is owed, or it is put on the list of what is done by hand."""
    _drop_earlier(ask, now)
    ask.how, ask.asked_at = how, now
    ask.expires_at = None if ask.how == How.SLIP else now + OPEN_FOR
    ask.save(update_fields=["how", "asked_at", "expires_at"])
    if ask.how == How.SLIP:
        give_code(ask)
    if ask.how in BY_HAND:
        keep_next_step(person)
    else:
        owe(MessageKind.RESULT_ASKED, referral=ask.referral, person=person, ask=ask)


def _drop_earlier(ask: ResultAsk, now: dt.datetime) -> None:
    """Nobody is asked twice at once about one referral: what has not left yet stays here."""
    earlier = ResultAsk.objects.standing().filter(referral=ask.referral, week__lt=ask.week)
    earlier.not_left().update(cancelled_at=now)


@transaction.atomic
def slips_sent(asks: ResultAskQuerySet) -> int:
    """They are in the post: their codes are good for six weeks from now. How many had not been sent before."""
    people = hold_people(asks.to_print().order_by().values("referral__person"))
    count = asks.to_print().update(expires_at=timezone.now() + OPEN_FOR)
    keep_next_steps(people)
    return count


@transaction.atomic
def try_again(ask: ResultAsk) -> dt.date:
    """They did not pick up: it is on the list again on the next working day."""
    day = working_days_after(timezone.localdate(), 1)
    people = hold_people(filter(None, [ask.referral.person_id]))
    ResultAsk.objects.standing().filter(pk=ask.pk, how=How.PHONE).update(due_on=day)
    keep_next_steps(people)
    return day
