"""What each kind of message says, to whom and how. None names a person, or holds a word that anybody said.

A writer gives nothing when there is no reason for the message any more.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from referrals.answering.links import give_code, give_link
from referrals.answering.references import short
from referrals.messages import owe
from referrals.messages.addressees import (
    Reach,
    administrators,
    coordinators,
    first_email,
    person_reach,
    provider_code,
    provider_link,
)
from referrals.messages.forgetting import leave_to_ring
from referrals.messages.senders import Sender, one_line, sender_of
from referrals.models import MessageKind, OwedMessage, ProviderToRing, Referral
from referrals.progress import WAITING, Progress
from referrals.results.asking import ask_by_hand, still_wanted
from referrals.results.links import give_result_link


@dataclass(frozen=True, slots=True)
class Mail:
    to: tuple[str, ...]
    subject: str
    words: str


@dataclass(frozen=True, slots=True)
class Text:
    number: str
    words: str


Letter = Mail | Text


def write(owed: OwedMessage) -> Letter | None:
    """Makes links and codes as it goes, so that it is called for what is sent at once."""
    return WRITERS[MessageKind(owed.kind)](owed)


def ask_provider(owed: OwedMessage) -> Letter | None:
    referral = owed.referral
    if referral is None or not referral.is_open or referral.progress == Progress.DRAFT:
        return None
    new = referral.progress in WAITING
    about = _("Somebody would like to be put in touch with %(name)s") if new else _("Your link for %(name)s")
    return with_link(referral, "asked" if new else "link", about)


def chase_provider(owed: OwedMessage) -> Letter | None:
    referral = owed.referral
    if referral is None or referral.progress not in WAITING:
        return None
    return with_link(referral, "chased", _("Somebody is still waiting for an answer from %(name)s"))


def with_link(referral: Referral, template: str, about: str) -> Letter | None:
    """To a provider; or to the coordinator, when there is no way to the provider."""
    reach, sender = provider_link(referral), sender_of(referral.council)
    if reach.is_none:
        owe(MessageKind.NOT_REACHED, referral=referral)
        return None
    about = about % {"name": one_line(referral.asset_name)}
    link = sender.link("referrals:answer", token=give_link(referral))
    return letter(reach, sender, template, about, link=link, reference=short(referral.key))


def send_code(owed: OwedMessage) -> Letter | None:
    referral = owed.referral
    if referral is None or not referral.is_open or referral.progress == Progress.DRAFT:
        return None
    reach = provider_code(referral)
    if reach.is_none:
        return None
    words = _("%(code)s is your code for the request that %(council)s wrote to you about. Give it to nobody else.")
    return Text(reach.number, words % {"code": give_code(referral), "council": sender_of(referral.council).name})


def tell_provider(owed: OwedMessage) -> Letter | None:
    """That it was withdrawn: only who heard of it before. Somebody rings whom no message reaches any more."""
    referral = owed.referral
    if referral is None or not (referral.seen_at or referral.links.exists()):
        return None
    reach, sender = provider_link(referral), sender_of(referral.council)
    if reach.is_none:
        leave_to_ring(referral)
        return None
    about = _("A request to %(name)s was withdrawn") % {"name": one_line(referral.asset_name)}
    return letter(reach, sender, "withdrawn", about, reference=short(referral.key))


def tell_coordinator(owed: OwedMessage) -> Letter | None:
    """Where there is none, those who run the site: somebody has to hear of it."""
    if owed.referral is None:
        return None
    return to_staff(owed, coordinators(owed.referral) or administrators(owed.referral))


def tell_administrators(owed: OwedMessage) -> Letter | None:
    return to_staff(owed, administrators(owed.referral)) if owed.referral else None


def tell_of_erasure(owed: OwedMessage) -> Letter | None:
    """Of whom cannot be said: the record is empty."""
    person = owed.person
    email = first_email(person.coordinator.email) if person and person.coordinator else ""
    if person is None or not email:
        return None
    sender = sender_of(person.council)
    told: dict[str, Any] = {"sender": sender, "on": person.erased_at}
    if ProviderToRing.objects.to_do().filter(coordinator=person.coordinator).exists():
        told["link"] = sender.link("referrals:providers_to_ring")
    return Mail((email,), _("A record was erased"), body("erased", told))


def to_staff(owed: OwedMessage, addresses: list[str]) -> Letter | None:
    referral, news = owed.referral, STAFF_HEARS[MessageKind(owed.kind)]
    if referral is None or not addresses:
        return None
    if owed.kind in UNANSWERED and referral.progress not in WAITING:
        return None
    sender, reference = sender_of(referral.council), short(referral.key)
    told = {"sender": sender, "news": news, "reference": reference}
    if owed.kind != MessageKind.NOT_ANSWERED:
        told["link"] = sender.link("referrals:referral", referral.key)
    return Mail(tuple(addresses), _("Referral %(reference)s") % {"reference": reference}, body("news", told))


def ask_result(owed: OwedMessage) -> Letter | None:
    """Whoever reads it over somebody's shoulder learns neither what it was about, nor where they went."""
    ask = owed.ask
    if ask is None or not still_wanted(ask) or ask.referral.person is None:
        return None
    reach, sender = person_reach(ask.referral.person, ask.how), sender_of(ask.referral.council)
    if reach.is_none:
        ask_by_hand(ask)
        return None
    about = _("%(council)s would like to hear how it went") % {"council": sender.name}
    link = sender.link("referrals:how_did_it_go", token=give_result_link(ask))
    return letter(reach, sender, "result", about, link=link)


def letter(reach: Reach, sender: Sender, template: str, about: str, **told: str) -> Letter:
    """The same by mail and by text, which is shorter."""
    given = {"sender": sender, "about": about, **told}
    if reach.email:
        return Mail((reach.email,), about, body(template, given))
    return Text(reach.number, one_line(body(f"{template}_text", given)))


def body(template: str, told: Mapping[str, Any]) -> str:
    return render_to_string(f"referrals/messages/{template}.txt", told)


# What those who work for the council read; the rest they read when they have signed in.
STAFF_HEARS = {
    MessageKind.COORDINATOR_TOLD: gettext_lazy("There is news of it."),
    MessageKind.NOT_REACHED: gettext_lazy("The provider could not be written to. Please ring them."),
    MessageKind.STILL_WAITING: gettext_lazy(
        "Nobody has answered it, though the provider was reminded. Please ring them."
    ),
    MessageKind.LINK_CLOSED: gettext_lazy(
        "Wrong codes were typed five times, so the provider’s link was closed. Please ring them, and send another link."
    ),
    MessageKind.PROVIDER_MISTAKEN: gettext_lazy("The provider says that their last answer was a mistake. Please ring."),
    MessageKind.NOT_ANSWERED: gettext_lazy("Nobody has answered it, though the provider was reminded twice."),
}
# Of no use once somebody has answered.
UNANSWERED = {MessageKind.STILL_WAITING, MessageKind.NOT_ANSWERED}
WRITERS: dict[MessageKind, Callable[[OwedMessage], Letter | None]] = {
    MessageKind.PROVIDER_ASKED: ask_provider,
    MessageKind.PROVIDER_CODE: send_code,
    MessageKind.PROVIDER_CHASED: chase_provider,
    MessageKind.PROVIDER_WITHDRAWN: tell_provider,
    MessageKind.COORDINATOR_TOLD: tell_coordinator,
    MessageKind.NOT_REACHED: tell_coordinator,
    MessageKind.STILL_WAITING: tell_coordinator,
    MessageKind.LINK_CLOSED: tell_coordinator,
    MessageKind.PROVIDER_MISTAKEN: tell_coordinator,
    MessageKind.NOT_ANSWERED: tell_administrators,
    MessageKind.PERSON_ERASED: tell_of_erasure,
    MessageKind.RESULT_ASKED: ask_result,
}
