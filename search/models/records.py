"""What is remembered of searches: `SearchRecord`, `UnknownWord`.

A record never holds a postcode, an address or what was typed: only words that the directory or the thesaurus knows, in
the order of the alphabet, and no word with a digit in it.
"""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from accounts.rules import has_role
from accounts.seeing import of_own_council, sees_everything

LONGEST_WORDS = 300
# An unknown word is kept in clear, and shown to staff, from so many different days on.
DAYS_TO_SHOW = 5


reads_counts = has_role(Role.COMMISSIONER, Role.ADMINISTRATOR)


class SearchRecordQuerySet(models.QuerySet):
    def between(self, first: dt.date, last: dt.date) -> Self:
        """Both days included."""
        return self.filter(on__range=(first, last))

    def visible_to(self, user: Any) -> Self:
        """In counts only, to commissioners and administrators: the searches on the own council's site."""
        if sees_everything(user):
            return self
        return self.filter(of_own_council(user)) if reads_counts(user) else self.none()

    def nothing_found(self) -> Self:
        return self.filter(found=0)


class SearchRecord(models.Model):
    """One search by a person, to the day. `filters` ("day:3 cost:free") were read from the words, `chosen` ticked."""

    class Source(models.TextChoices):
        FIND = "find", _("Results page")
        AREA = "area", _("Page of an area")

    on = models.DateField(_("day"), default=timezone.localdate, db_index=True)
    words = models.CharField(_("words"), max_length=LONGEST_WORDS, blank=True)
    filters = models.CharField(_("read as filters"), max_length=LONGEST_WORDS, blank=True)
    chosen = models.CharField(_("chosen filters"), max_length=LONGEST_WORDS, blank=True)
    category = models.CharField(_("category"), max_length=100, blank=True)
    # Not a foreign key: an area may be loaded anew, and wards are known by code before their outline is.
    area_code = models.CharField(_("code of the area"), max_length=40, blank=True)
    area_name = models.CharField(_("area"), max_length=120, blank=True)
    found = models.PositiveIntegerField(_("found"))
    meaning_only = models.BooleanField(_("by meaning only"), default=False)
    engine = models.CharField(_("engine"), max_length=20, blank=True)
    milliseconds = models.PositiveIntegerField(_("milliseconds"))
    source = models.CharField(_("where"), max_length=10, choices=Source, default=Source.FIND)
    council = models.ForeignKey(
        "accounts.Council", verbose_name=_("council"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = SearchRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("search")
        verbose_name_plural = _("searches")
        constraints = [
            models.CheckConstraint(condition=~models.Q(words__regex="[0-9@]"), name="search_words_hold_no_number")
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.words or self.chosen or self.area_name}"


class UnknownWord(models.Model):
    """A word that neither the directory nor the thesaurus knows. Until five days have seen it only its mark is kept: a
    keyed hash, from which the word cannot be read."""

    mark = models.CharField(max_length=64, unique=True)
    word = models.CharField(_("word"), max_length=30, blank=True)
    days = models.PositiveIntegerField(_("days"), default=1)
    last_on = models.DateField(_("last seen on"), default=timezone.localdate, db_index=True)

    objects: "models.Manager[UnknownWord]" = models.Manager()

    class Meta:
        verbose_name = _("unknown word")
        verbose_name_plural = _("unknown words")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(word="") | models.Q(days__gte=DAYS_TO_SHOW), name="unknown_word_is_hidden_at_first"
            )
        ]

    def __str__(self) -> str:
        return self.word or f"seen on {self.days} days"
