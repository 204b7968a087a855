"""One person's page: what happens next, and what has been, in words. A fixed number of queries."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.words import date_in_words, phone_link
from referrals.home.doors import door
from referrals.home.today import promised_in_words
from referrals.home.words import due_in_words, name_of, staff_name
from referrals.models import Conversation, NextStep, Person, Referral, Result, RingBack
from referrals.models.consents import Consent
from referrals.progress import SAID_NO, WAITING, DeclineReason, Progress
from referrals.referring.needs import in_words
from referrals.referring.telling import shared_with


class Line(NamedTuple):
    """A heading, what is said under it, and where more of it stands."""

    name: str
    words: str
    url: str = ""
    late: bool = False


def person_context(person: Person, *, today: dt.date) -> dict[str, Any]:
    conversations, referrals = conversations_of(person), referrals_of(person)
    ring_backs = list(person.ring_backs.promised().defer("words"))
    return {
        "person": person,
        "name": name_of(person),
        "coordinator": staff_name(person.coordinator) if person.coordinator else "",
        "next": next_of(person, [*ring_backs, *conversations, *referrals], today=today),
        "settles": person.next_what == NextStep.FIND_ANOTHER,
        "review_url": review_of(conversations),
        "contact": contact_of(person),
        "conversations": [conversation_line(one) for one in conversations],
        "referrals": [referral_line(one, today=today) for one in referrals],
        "results": [result_line(one) for one in results_of(person)],
        "consents": [consent_line(one) for one in consents_of(person)],
        "ring_backs": [
            Line(_("Ring back"), promised_in_words(one, today=today), door("ring_back", one.key)) for one in ring_backs
        ],
    }


def conversations_of(person: Person) -> list[Conversation]:
    # What was said is not opened: its own page shows it.
    return list(person.conversations.select_related("held_by").defer("answers", "notes", "crisis_told"))


def review_of(conversations: list[Conversation]) -> str:
    """Where a later look at how things are begins, once a conversation was finished."""
    return next((door("review", one.key) for one in conversations if one.finished_at), "")


def referrals_of(person: Person) -> list[Referral]:
    said = ("key", "asset_name", "progress", "progress_at", "decline_reason", "chased", "next_at", "person")
    return list(person.referrals.only(*said).order_by("-progress_at", "-pk"))


def results_of(person: Person) -> Iterable[Result]:
    return Result.objects.filter(referral__person=person).select_related("referral", "ask").defer("referral__needs")


def consents_of(person: Person) -> Iterable[Consent]:
    return person.consents.select_related("provider", "taken_by").defer("note")


def next_of(person: Person, records: "list[Any]", *, today: dt.date) -> Line | None:
    """The most pressing thing, when it is due, and where it is done."""
    step = NextStep(person.next_what)
    if step == NextStep.NONE:
        return None
    late = person.next_at is not None and person.next_at < today
    return Line(str(step.label), due_in_words(person.next_at, today=today), where_done(step, records), late)


def where_done(step: NextStep, records: "list[Any]") -> str:
    if step == NextStep.ASK_RESULT:
        return door("to_ask")
    page, belongs = DONE_AT[step]
    return next((door(page, one.key) for one in records if belongs(one)), "")


def _at(*states: Progress) -> Callable[[Any], bool]:
    return lambda one: isinstance(one, Referral) and one.progress in states


# The page of each step, and the record that it is about.
DONE_AT: dict[NextStep, tuple[str, Callable[[Any], bool]]] = {
    NextStep.RING_BACK: ("ring_back", lambda one: isinstance(one, RingBack)),
    NextStep.FIND_ANOTHER: ("next_best", _at(Progress.DECLINED)),
    NextStep.RING_PROVIDER: ("rang", _at(*WAITING)),
    NextStep.AWAIT: ("rang", _at(*WAITING)),
    NextStep.FINISH: ("conversation", lambda one: isinstance(one, Conversation) and one.finished_at is None),
}


def contact_of(person: Person) -> list[tuple[str, str, str]]:
    """Each with what it is called, and where it leads when it is pressed."""
    known = {
        "phone": _("Phone"),
        "email": _("E-mail"),
        "through": _("Through whom"),
        "how": _("How"),
        "when": _("When"),
    }
    contact = person.contact
    links = {"phone": phone_link(str(contact.get("phone", "")))}
    return [
        (label, in_words(code, contact[code]), links.get(code, ""))
        for code, label in known.items()
        if contact.get(code)
    ]


def conversation_line(one: Conversation) -> Line:
    when = {"day": date_in_words(one.held_on), "who": staff_name(one.held_by)}
    words = _("%(day)s, with %(who)s") % when
    if one.finished_at is None:
        words = _("%(day)s, with %(who)s; not finished") % when
    return Line(str(one.get_kind_display()), words, door("conversation", one.key))


def referral_line(one: Referral, *, today: dt.date) -> Line:
    words = _("%(progress)s since %(day)s") % {
        "progress": one.get_progress_display(),
        "day": due_in_words(timezone.localdate(one.progress_at), today=today),
    }
    if one.decline_reason:
        words = f"{words}: {SAID_NO[DeclineReason(one.decline_reason)]}"
    return Line(one.asset_name, words, door("referral", one.key), one.chased > 1)


def result_line(one: Result) -> Line:
    words = _("%(answer)s (%(day)s)") % {
        "answer": one.get_answer_display(),
        "day": date_in_words(timezone.localdate(one.at)),
    }
    return Line(one.referral.asset_name, words, late=one.unhappy)


def consent_line(one: Consent) -> Line:
    receiver = shared_with(one)
    to = f"{one.get_purpose_display()}: {receiver}" if receiver else str(one.get_purpose_display())
    words = _("%(how)s, %(day)s") % {
        "how": one.get_how_display(),
        "day": date_in_words(timezone.localdate(one.given_at)),
    }
    if one.withdrawn_at:
        words = _("%(words)s; taken back on %(day)s") % {
            "words": words,
            "day": date_in_words(timezone.localdate(one.withdrawn_at)),
        }
    return Line(to, words)
