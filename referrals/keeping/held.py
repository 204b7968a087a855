"""Everything that is held about a person, in words that they can read: `everything_held(person)`."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory import words
from referrals.keeping.looked import looks_at
from referrals.models import Consent, Conversation, OwedMessage, Person, Question, Referral, Statement
from referrals.progress import SAID_NO, DeclineReason
from referrals.referring.needs import in_words
from referrals.referring.telling import shared_with


@dataclass(frozen=True, slots=True)
class Part:
    """One record, or one question about the person, and its lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    parts: tuple[Part, ...]


NEEDS = {
    "called": gettext_lazy("What you like to be called"),
    "contact": gettext_lazy("How to reach you"),
    "phone": gettext_lazy("Phone"),
    "email": gettext_lazy("E-mail"),
    "how": gettext_lazy("How you would like to be contacted"),
    "through": gettext_lazy("Through whom"),
    "when": gettext_lazy("When"),
    "address": gettext_lazy("Your address"),
    "area": gettext_lazy("Which part of the area you live in"),
    "age": gettext_lazy("How old you are"),
    "access": gettext_lazy("What helps you get in and about"),
    "enjoys": gettext_lazy("What you enjoy"),
    "others": gettext_lazy("Who else is involved"),
    "why": gettext_lazy("Why you would like to go"),
    "welcome": gettext_lazy("What helps you feel welcome"),
    "company": gettext_lazy("Whether you would like company on the first visit"),
    "carer": gettext_lazy("Asked for by"),
}
ANSWERS = {"yes": gettext_lazy("Yes"), "partly": gettext_lazy("Partly"), "no": gettext_lazy("No")}


def everything_held(person: Person) -> list[Section]:
    """Sections in the order in which a person would ask; one without anything in it says so."""
    found = (
        (_("What we know about you"), about(person)),
        (_("What you told us, and what we offered"), conversations(person)),
        (_("Whom we put you in touch with"), referrals(person)),
        (_("What you said yes to"), consents(person)),
        (_("How it went, and calls we promised"), results(person)),
        (_("Messages that we sent about you"), messages(person)),
        (_("Who looked at this, when and why"), looks(person)),
    )
    return [Section(heading, tuple(parts) or (Part("", (_("Nothing."),)),)) for heading, parts in found]


def on(when: dt.datetime | dt.date | None) -> str:
    """ "Monday 30 November 2026"."""
    if when is None:
        return ""
    day = timezone.localdate(when) if isinstance(when, dt.datetime) else when
    return f"{words.day_in_words(day)} {day.year}"


def said(label: Any, value: Any) -> str:
    return f"{label}{' ' if str(label).endswith('?') else ': '}{value}" if value else ""


def part(heading: Any, *lines: Any) -> Part:
    """Blank lines are left out, and long ones stay as they were typed."""
    return Part(str(heading), tuple(one for line in lines for one in str(line or "").splitlines() if one.strip()))


def shared(values: dict[str, Any]) -> Iterator[str]:
    """What was filled in of the boxes about contact and needs, each with its label."""
    for code, value in values.items():
        label = str(NEEDS.get(code, code.replace("-", " ").replace("_", " ").capitalize()))
        if isinstance(value, dict):
            yield from shared(value)
        elif isinstance(value, list | tuple):
            yield said(label, ", ".join(map(str, value)))
        elif isinstance(value, bool):
            yield said(label, _("yes") if value else _("no"))
        else:
            yield said(label, in_words(code, value))


def about(person: Person) -> Iterator[Part]:
    yield part(
        _("You"),
        said(_("Case reference"), person.reference),
        said(NEEDS["called"], person.called),
        _("You look after somebody.") if person.is_carer else "",
        _("You would like large print.") if person.large_print else "",
        _("You do not want to be asked how it went.") if person.results_never else "",
        said(_("We have known you since"), on(person.created_at)),
        said(_("We were last in touch on"), on(person.closed_at)),
    )
    yield part(_("How to reach you"), *shared(person.contact))
    yield part(_("Where you live"), person.place, said(_("Ward"), person.ward))
    yield part(
        _("Who looks after this"),
        said(_("Coordinator"), person.coordinator and (person.coordinator.get_full_name() or person.coordinator)),
        said(_("Team"), person.team),
        said(_("Patch"), person.patch),
        said(_("Council"), person.council),
    )


def conversations(person: Person) -> Iterator[Part]:
    for one in person.conversations.select_related("held_by").prefetch_related("offers").order_by("held_on", "pk"):
        yield conversation(one)
        for offer in one.offers.all():
            yield part(
                _("Offered: %(name)s") % {"name": offer.asset_name},
                offer.get_state_display(),
                said(_("Why we found it"), offer.why),
                said(_("What you said about it"), offer.words),
            )


def conversation(one: Conversation) -> Part:
    heading = _("%(kind)s on %(date)s") % {"kind": one.get_kind_display(), "date": on(one.held_on)}
    answers = [said(Question(code).label, one.answers.get(code)) for code in Question.values]
    return part(
        heading,
        *answers,
        said(_("Notes of whoever spoke with you"), one.notes),
        said(_("Told about a crisis"), one.crisis_told),
        said(_("Told on"), on(one.crisis_at)),
    )


def referrals(person: Person) -> Iterator[Part]:
    for one in person.referrals.select_related("provider").prefetch_related("events").order_by("made_at", "pk"):
        yield part(
            one.asset_name,
            said(_("Run by"), one.provider),
            said(_("Made on"), on(one.made_at)),
            said(_("Made by"), one.get_source_display()),
            *shared(one.needs),
            *moves(one),
        )


def moves(referral: Referral) -> Iterator[str]:
    for event in referral.events.all():
        told = f"{on(event.at)}: {event.get_became_display()}, {event.get_via_display()}"
        told += f": {SAID_NO[DeclineReason(event.reason)]}" if event.reason else ""
        yield f"{told}. “{event.words}”" if event.words else told


def consents(person: Person) -> Iterator[Part]:
    for one in person.consents.select_related("provider", "wording"):
        yield consent(one)


def consent(one: Consent) -> Part:
    return part(
        one.get_purpose_display(),
        said(_("With"), shared_with(one) or _("us")),
        said(_("You said yes on"), on(one.given_at)),
        said(_("How"), _("You said so") if one.how == Consent.How.SPOKEN else one.get_how_display()),
        said(_("What was read out"), one.read_out),
        said(_("Note"), one.note),
        said(_("You took it back on"), on(one.withdrawn_at)),
    )


def results(person: Person) -> Iterator[Part]:
    for referral in person.referrals.prefetch_related("results").order_by("made_at", "pk"):
        for one in referral.results.all():
            yield part(
                _("%(name)s, on %(date)s") % {"name": referral.asset_name, "date": on(one.at)},
                one.get_answer_display(),
                *(said(Statement(code).label, ANSWERS.get(answer)) for code, answer in one.statements.items()
                  if code in Statement.values),
                said(_("In your words"), one.words),
            )  # fmt: skip
    for call in person.ring_backs.order_by("made_at", "pk"):
        done = on(call.done_at) or _("not done yet")
        yield part(
            _("A call promised for %(date)s") % {"date": on(call.promised_for)},
            said(_("Done"), done),
            said(_("What was said"), call.words),
        )


def messages(person: Person) -> Iterator[Part]:
    """Kinds and dates: what they said is made when they are sent, and not kept."""
    theirs = person.referrals.select_related("to_ring").prefetch_related("links", "asks")
    for referral in theirs.order_by("made_at", "pk"):
        lines = [_("%(date)s: a link to the provider, with nothing about you in it") % {"date": on(link.made_at)}
                 for link in referral.links.all()]  # fmt: skip
        lines += [
            _("%(date)s: we asked you how it went (%(how)s)")
            % {"date": on(ask.asked_at), "how": str(ask.get_how_display()).lower()}
            for ask in referral.asks.all()
            if ask.asked_at
        ]
        if to_ring := getattr(referral, "to_ring", None):
            done = on(to_ring.done_at) or _("not done yet")
            lines.append(_("The provider is rung, and asked to delete what they were told: %(done)s") % {"done": done})
        if lines:
            yield part(referral.asset_name, *lines)
    if owed := list(waiting(person)):
        yield part(_("Not sent yet"), *owed)


def waiting(person: Person) -> Iterable[str]:
    theirs = OwedMessage.objects.filter(Q(person=person) | Q(referral__person=person)).order_by("pk")
    return (str(one.get_kind_display()) for one in theirs)


def looks(person: Person) -> Iterator[Part]:
    if lines := tuple(looks_at(records_of(person))):
        yield Part("", lines)


def records_of(person: Person) -> list[Model]:
    """Everything of a person that can be looked at."""
    mine: list[Model] = [person, *person.conversations.all(), *person.consents.all(), *person.ring_backs.all()]
    for referral in person.referrals.prefetch_related("asks", "results"):
        mine += [referral, *referral.asks.all(), *referral.results.all()]
    return mine
