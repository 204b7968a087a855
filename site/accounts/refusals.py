"""Telling somebody that they cannot come in, why, and whom to ask."""

import logging

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

log = logging.getLogger(__name__)


class Refusal(models.TextChoices):
    """Why, in a sentence."""

    NO_ROLE = "no-role", _("Your account is fine, but nobody has said yet what you do here.")
    CLOSED = "closed", _("Your account has been closed.")
    UNVERIFIED = "unverified", _("The sign-in service has not yet made sure that your e-mail address is yours.")
    WEAK = "weak", _("You signed in there without the second step that is needed here.")
    TURNED_BACK = "turned-back", _("You turned back at the sign-in service.")
    PROVIDER = "provider", _("The sign-in service did not let you in.")
    OLD_ANSWER = "old-answer", _("This answer of the sign-in service was used before, or belongs to another window.")
    NONCE = "nonce", _("This answer of the sign-in service belongs to another try.")
    SILENT = "silent", _("The sign-in service does not answer just now.")
    NONSENSE = "nonsense", _("The sign-in service sent something that we cannot read.")
    NOT_CONFIRMED = "not-confirmed", _("The sign-in service did not confirm that it was you.")


# Nothing that the person can do by trying once more.
FOR_SOMEBODY_ELSE = (Refusal.NO_ROLE, Refusal.CLOSED, Refusal.UNVERIFIED)


def refuse(request: HttpRequest, why: str, words: str | Promise = "") -> HttpResponse:
    """The page that says so. The log has the reason and nobody's name."""
    log.warning("A sign-in was refused: %s", why)
    known = why in Refusal.values
    return render(
        request,
        "accounts/not_let_in.html",
        {
            "why": why,
            "words": words or (Refusal(why).label if known else ""),
            "ask": why in FOR_SOMEBODY_ELSE,
            "at_council": "id_token" in request.session,
        },
        status=403,
    )
