"""Words that mean the same, as staff keep them: `Synonyms`, and what was laid of those that Hereabouts brings."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from search.common_words import SMALL_WORDS, SOMEONE
from search.understand import words_of

MOST_TERMS = 60
LONGEST_TERM = 60


class Way(models.TextChoices):
    BOTH = "both", _("Both ways: each finds all the others")
    ONE = "one", _("One way: the first words also find the second ones")
    WIDER = "wide", _("Wider: the first words also find the second ones, after better matches")


# What these find is told apart from what people type.
ONE_WAY = frozenset({Way.ONE, Way.WIDER})


class Synonyms(models.Model):
    """A group of terms, each of one or more words, one to a line."""

    terms = models.TextField(
        _("words that people type"),
        help_text=_(
            "One to a line, of one word or several. Put those that listings use first. “Someone” stands for mum, "
            "my husband, a friend and so on as well: write “looking after someone”."
        ),
    )
    way = models.CharField(_("which way"), max_length=4, choices=Way, default=Way.BOTH)
    means = models.TextField(
        _("also look for"),
        blank=True,
        help_text=_("For one way and wider: what is looked for as well, one to a line. Typing these changes nothing."),
    )
    note = models.CharField(_("why"), max_length=200, blank=True, help_text=_("For colleagues. Nobody else sees it."))
    active = models.BooleanField(_("in use"), default=True)
    # Of a group that came with Hereabouts: its name there. Staff's own have none.
    seed_key = models.SlugField(max_length=60, blank=True, editable=False)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects: "models.Manager[Synonyms]" = models.Manager()

    class Meta:
        ordering = ["terms"]
        verbose_name = _("words that mean the same")
        verbose_name_plural = _("words that mean the same")
        constraints = [
            models.CheckConstraint(condition=models.Q(way__in=Way.values), name="synonyms_way_is_known"),
            models.UniqueConstraint(
                fields=["seed_key"], condition=~models.Q(seed_key=""), name="synonyms_of_a_seed_stand_once"
            ),
        ]

    def __str__(self) -> str:
        return self.in_short()

    @admin.display(description=_("words"), ordering="terms")
    def in_short(self) -> str:
        """The first three terms, and what they mean one way."""
        shown = lines_of(self.terms)
        more = " …" if len(shown) > 3 else ""
        target = f" → {', '.join(lines_of(self.means)[:3])}" if self.way in ONE_WAY else ""
        return f"{', '.join(shown[:3])}{more}{target}"

    def clean(self) -> None:
        """Say in words what cannot be a term; leave out what stands twice."""
        problems = {}
        for name in ("terms", "means"):
            kept = once_each(lines_of(getattr(self, name)))
            problem = problem_of(kept)
            setattr(self, name, "\n".join(kept))
            if problem:
                problems[name] = problem
        if "terms" not in problems:
            problems |= self._problems_of_way()
        if problems:
            raise ValidationError(problems)

    def _problems_of_way(self) -> dict[str, str]:
        if self.way in ONE_WAY and not self.means:
            return {"means": say("Say what these words should also look for, or choose “both ways”.")}
        if self.way == Way.BOTH and self.means:
            return {"means": say("This is only for “one way” and “wider”. Choose one of them, or empty this box.")}
        if self.way == Way.BOTH and len(lines_of(self.terms)) == 1:
            return {"terms": say("One word alone has nothing to mean the same as. Add another line.")}
        return {"terms": say("Write at least one word.")} if not self.terms else {}


class LaidSynonyms(models.Model):
    """A group of Hereabouts' own that was laid once: what staff made of it, or that they deleted it, stays so."""

    key = models.SlugField(max_length=60, unique=True)

    objects: "models.Manager[LaidSynonyms]" = models.Manager()

    class Meta:
        verbose_name = _("group that was laid")
        verbose_name_plural = _("groups that were laid")

    def __str__(self) -> str:
        return self.key


def lines_of(text: str) -> list[str]:
    """The terms of a box, with single spaces; empty lines are left out."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def once_each(terms: list[str]) -> list[str]:
    """Each term once, whatever its capitals and punctuation; what has no words at all is kept, to be complained of."""
    found: dict[str, str] = {}
    for term in terms:
        found.setdefault(" ".join(words_of(term)) or term, term)
    return list(found.values())


def problem_of(terms: list[str]) -> str:
    """What is wrong with the terms of one box, in words; empty: nothing."""
    if len(terms) > MOST_TERMS:
        return say("That is %(count)d lines. Keep to %(most)d.") % {"count": len(terms), "most": MOST_TERMS}
    for term in terms:
        words = words_of(term)
        if len(term) > LONGEST_TERM:
            return say("“%(term)s …” is too long. Keep each line to %(most)d letters.") % {
                "term": term[:20],
                "most": LONGEST_TERM,
            }
        if not words:
            return say("“%(term)s” has no letters or numbers in it.") % {"term": term}
        if all(word in SMALL_WORDS | SOMEONE for word in words):
            return say("“%(term)s” is in too many sentences to mean one thing.") % {"term": term}
    return ""
