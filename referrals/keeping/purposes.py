"""Why somebody who oversees opens the record of a person whom they do not look after: asked, and kept with the look.

Coordinators are not asked: that a person is theirs, their team's or their patch's is why.
"""

import time
from typing import Any

from django.db.models import TextChoices
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

# Seconds after which opening it anew is another opening.
HOLDS = 3_600
SAID = "purposes"
# What begins the names of what is added to a form that was sent before a purpose was given.
ASKED = "opening"


class Purpose(TextChoices):
    PERSON_ASKED = "oversight-person-asked", _("The person asked what we keep, or to have it put right or taken out")
    COMPLAINT = "oversight-complaint", _("Somebody complained")
    SAFEGUARDING = "oversight-safeguarding", _("Somebody may be at risk of harm")
    NOBODY_THERE = "oversight-nobody-there", _("Whoever looks after them is not here")
    CHECK = "oversight-check", _("I check how records are kept")


class PurposeNeeded(Exception):
    """Nobody said yet why this person's record is opened."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__("A purpose is asked for before a record is opened.")


def purpose_said(request: HttpRequest, key: str) -> str:
    """The purpose that was given for this person; raises PurposeNeeded. No form that was filled waits for another."""
    if (given := request.POST.get(f"{ASKED}-purpose")) in Purpose.values:
        say_purpose(request, key, given)
    code, at = _said(request).get(key, ("", 0))
    if code not in Purpose.values or (request.method in {"GET", "HEAD"} and time.time() - at > HOLDS):
        raise PurposeNeeded(key)
    return str(code)


def say_purpose(request: HttpRequest, key: str, purpose: str) -> None:
    request.session[SAID] = {**_said(request), key: (purpose, int(time.time()))}


def _said(request: HttpRequest) -> dict[str, Any]:
    session = getattr(request, "session", None)
    return dict(session.get(SAID, {})) if session is not None else {}
