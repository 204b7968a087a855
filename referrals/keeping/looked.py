"""Looks at records, in words: when, which account, what it did, and why."""

from collections.abc import Iterable, Iterator

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access_events import AccessEvent, reference_of
from directory.words import moment_in_words
from referrals.keeping.purposes import Purpose

DID = {
    "opened": gettext_lazy("looked at it"),
    "opened-all-held": gettext_lazy("looked at everything that is kept of you"),
    "opened-answers": gettext_lazy("looked at what you answered"),
    "opened-erasure": gettext_lazy("looked at what would go if this was erased"),
    "exported": gettext_lazy("made a copy of it to give to you"),
    "conversation": gettext_lazy("looked at a conversation"),
    "crisis": gettext_lazy("looked at what was done in a crisis"),
    "review": gettext_lazy("looked again with you at how things are"),
    "plan": gettext_lazy("printed your plan"),
    "same-reference": gettext_lazy("came upon you by your case reference"),
    "rang-about": gettext_lazy("asked by phone how far it had got"),
    "looked-for-more": gettext_lazy("looked for something else for you"),
    "asked-how-it-went": gettext_lazy("looked at it to ask you how it went"),
    "slip-printed": gettext_lazy("printed a slip to ask you how it went"),
    "ring-back": gettext_lazy("looked at a call that you were promised"),
    "handed-over": gettext_lazy("handed it to somebody else to look after"),
    "settled": gettext_lazy("wrote down that you need nothing else"),
    "closed": gettext_lazy("closed it, as there was no more to do"),
    "reopened": gettext_lazy("opened it again"),
}
WHY = {
    "own": gettext_lazy("they look after this"),
    "own-team": gettext_lazy("their team looks after this"),
    "own-patch": gettext_lazy("their patch is where you live"),
    "covering": gettext_lazy("they stood in for whoever looks after this"),
    "own-work": gettext_lazy("they look after this"),
    "handing-over": gettext_lazy("people were handed over"),
    "own-people": gettext_lazy("they looked at those whom they look after"),
    "own-link": gettext_lazy("they had the link that you were sent"),
    "own-slip": gettext_lazy("they had the code on your slip"),
    "by-link": gettext_lazy("they work where you were put in touch"),
    "own-code": gettext_lazy("they had the code that you were given"),
    "own-provider": gettext_lazy("they work where you were put in touch"),
    "no-account": gettext_lazy("they had the link or the code"),
    "backup-restored": gettext_lazy("it had come back with a backup"),
    "oversight": gettext_lazy("they oversee how records are kept"),
    **{purpose.value: purpose.label for purpose in Purpose},
}
AT_ONCE = 500


def looks_at(records: Iterable[Model]) -> Iterator[str]:
    """A line for each look, the first one first; accounts by number, as the list of looks has them."""
    references = [reference_of(record) for record in records]
    found: list[AccessEvent] = []
    for start in range(0, len(references), AT_ONCE):
        found += AccessEvent.objects.filter(whose__in=references[start : start + AT_ONCE])
    for event in sorted(found, key=lambda one: (one.at, one.pk)):
        yield _("%(when)s: %(who)s %(what)s (%(why)s)") % {
            "when": moment_in_words(event.at),
            "who": _("account %(number)s") % {"number": event.who_id} if event.who_id else _("nobody signed in"),
            "what": DID.get(event.what, event.what.replace("-", " ")),
            "why": WHY.get(event.why, event.why.replace("-", " ")),
        }
