"""A person of whom everything is kept that can be, with marked words in every box."""

import datetime as dt

from django.utils import timezone

from referrals.acts import move_referral
from referrals.models import Consent, Person, Referral, Result, RingBack, Via
from referrals.models.consents import Purpose, give_consent
from referrals.progress import Progress
from tests.factories.directory import make_provider
from tests.factories.referrals import (
    consent_to_be_asked,
    make_conversation,
    make_coordinator,
    make_offer,
    make_person,
    make_referable_asset,
    refer,
)

# Words that stand in no listing, page or name of ours.
MARKERS = ("zebediah", "quokka", "wobbegong", "01632 960777", "RM18 8AF")
WORDS = "Zebediah keeps a quokka and a wobbegong, ring 01632 960777"


def live_through(coordinator=None):
    """The person, with a referral in every state that has one of its own, a result, and a call that was promised."""
    coordinator = coordinator or make_coordinator()
    person = make_person(
        coordinator, reference="ZEBEDIAH-77", called="Zebediah", place="RM18 8AF", ward="E05009246",
        contact={"phone": "01632 960777", "email": "zebediah@quokka.example", "how": "phone", "when": WORDS},
    )  # fmt: skip
    conversation = make_conversation(
        person, answers={"matters": WORDS, "good-week": WORDS}, notes=WORDS, crisis_told=WORDS,
        crisis_at=timezone.now(), finished_at=timezone.now(),
    )  # fmt: skip
    make_offer(conversation, why=WORDS, words=WORDS, state="declined")
    consent_to_be_asked(person)
    give_consent(person, purpose=Purpose.STORY, how=Consent.How.ADVOCATE, by=coordinator, note=WORDS)
    for state in (Progress.ENDED, Progress.DECLINED, Progress.WITHDRAWN, Progress.SENT):
        referral_to(state, person, conversation)
    ended = person.referrals.get(progress=Progress.ENDED)
    result = Result.objects.create(
        referral=ended, ask=ended.asks.first(), answer="not-for-them", via="slip", words=WORDS, unhappy=True,
        statements={"listened": "partly"},
    )  # fmt: skip
    RingBack.objects.create(person=person, result=result, promised_for=timezone.localdate(), words=WORDS)
    return person


def referral_to(state, person, conversation=None):
    asset = make_referable_asset(name=f"Club {state}", provider=make_provider(name=f"Provider {state}"))
    referral = refer(
        person, asset, conversation=conversation, needs={"called": "Zebediah", "contact": WORDS, "welcome": WORDS}
    )
    if state == Progress.DECLINED:
        move_referral(referral, to=state, via=Via.LINK, reason="other", words=WORDS)
    elif state == Progress.WITHDRAWN:
        move_referral(referral, to=state, via=Via.PERSON, words=WORDS)
    elif state == Progress.ENDED:
        for to in (Progress.ACCEPTED, Progress.IN_CONTACT, Progress.ENDED):
            move_referral(referral, to=to, via=Via.MEMBER, words=WORDS)
    return referral


def long_ago(days):
    """As if all that was written down of people had been written so long ago."""
    for model, fields in TIMES.items():
        for row in model.objects.all():
            moved = {name: getattr(row, name) - dt.timedelta(days=days) for name in fields if getattr(row, name)}
            model.objects.filter(pk=row.pk).update(**moved)


def _times():
    from referrals.models import AnswerLink, Conversation, Offer, ReferralEvent, ResultAsk

    return {
        Person: ("created_at", "closed_at", "erased_at"),
        Conversation: ("saved_at", "held_on", "finished_at"),
        Offer: ("at",),
        Consent: ("given_at", "withdrawn_at"),
        Referral: ("made_at", "sent_at", "progress_at", "decided_at", "ended_at"),
        ReferralEvent: ("at",),
        ResultAsk: ("due_on", "asked_at", "answered_at"),
        Result: ("at",),
        RingBack: ("made_at", "promised_for", "done_at"),
        AnswerLink: ("made_at", "expires_at"),
    }


TIMES = _times()


def rows_with(markers=MARKERS):
    """The tables that hold any of the marked words, in whatever way they are kept."""
    from django.db import connection

    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = repr(cursor.fetchall()).casefold()
            found += [f"{table}: {one}" for one in markers if one.casefold() in rows]
    return found


def opened_rows():
    """Every value of every model of people, opened."""
    from django.apps import apps

    told = []
    for model in apps.get_app_config("referrals").get_models():
        told += [f"{model.__name__}: {list(row.values())!r}" for row in model._default_manager.values()]
    return "\n".join(told)
