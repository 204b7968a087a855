"""Tells staff what was handed over, and who stands in for whom: counts and days, never a person."""

from typing import Any

from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from directory.words import date_in_words
from referrals.home.words import staff_name
from referrals.messages.letters import Mail
from referrals.messages.senders import sender_of
from referrals.messages.sending import send_mail
from referrals.models import Cover, HandingOver, OwedNotice


def tell(*people: Any, handing_over: HandingOver | None = None, cover: Cover | None = None) -> None:
    """Owe each of these a message; whoever is nobody, has left, or has no address is told nothing."""
    told = {one.pk: one for one in people if one is not None and one.is_active and one.email}
    OwedNotice.objects.bulk_create(OwedNotice(to=one, handing_over=handing_over, cover=cover) for one in told.values())


def send(owed: OwedNotice) -> None:
    """The words are made when it is sent; nothing is sent to who has left since."""
    reader = get_user_model().objects.get(pk=owed.to_id)
    if not reader.is_active or not reader.email:
        return
    if owed.cover is not None:
        about, told = _("Standing in while somebody is away"), of_cover(owed.cover)
    elif owed.handing_over is not None:
        about, told = _("People have been handed over"), of_handing_over(owed.handing_over)
    else:
        return
    sender = sender_of(reader.council)
    told |= {"sender": sender, "link": sender.link("referrals:today")}
    words = render_to_string("referrals/home/mail.txt", told)
    send_mail(Mail((reader.email,), about, words), str(owed.key))


def of_cover(cover: Cover) -> dict[str, Any]:
    return {
        "cover": cover,
        "away": staff_name(cover.away),
        "by": staff_name(cover.by),
        "from_date": date_in_words(cover.from_date),
        "to_date": date_in_words(cover.to_date),
    }


def of_handing_over(done: HandingOver) -> dict[str, Any]:
    return {
        "done": done,
        "people": done.people + done.closed,
        "giver": staff_name(done.giver),
        "receiver": done.team.name if done.team else staff_name(done.receiver),
        "by": staff_name(done.by),
    }
