"""Looks at records, in words: when, which account, what it did, and why."""

from collections.abc import Iterable, Iterator

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access_events import AccessEvent, reference_of
from referrals.keeping.purposes import Purpose

WHY = {
    "own": gettext_lazy("they look after this"),
    "own-team": gettext_lazy("their team looks after this"),
    "own-patch": gettext_lazy("their patch is where you live"),
    "covering": gettext_lazy("they stood in for whoever looks after this"),
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
        yield _("%(when)s: %(who)s, %(what)s, because: %(why)s") % {
            "when": f"{timezone.localtime(event.at):%d/%m/%Y %H:%M}",
            "who": _("account %(number)s") % {"number": event.who_id} if event.who_id else _("nobody signed in"),
            "what": event.what.replace("-", " "),
            "why": WHY.get(event.why, event.why.replace("-", " ")),
        }
