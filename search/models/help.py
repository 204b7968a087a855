"""What staff keep for somebody in danger, and for council business: `HelpLine`, `DangerRule`, `CouncilBusiness`.

Of what was typed nothing is kept: `DangerCount` holds how often a rule matched on a day, and no more.
"""

import re
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from search.typed_phrases import LONGEST_PHRASE, MOST_PHRASE_WORDS, MOST_PHRASES, is_telling, read_phrase

NUMBER = re.compile(r"\+?[0-9][0-9 ]*[0-9]")
PHRASE_HELP = _(
    "One on each line, as people type it. Small words such as “really”, endings and apostrophes do not matter, "
    "and “he” stands for anybody: she, my husband, mum. * stands for a few words in between. "
    "Put a line in double quotes when it counts only if nothing else is typed."
)


def check_number(text: str) -> None:
    """Refuse in words what nobody could ring."""
    digits = sum(letter.isdigit() for letter in text)
    if not NUMBER.fullmatch(text.strip()) or not 3 <= digits <= 15:
        raise ValidationError(
            _("“%(text)s” is not a number that somebody can ring: write figures with spaces, such as 116 123."),
            params={"text": text},
        )


def check_phrases(lines: str) -> None:
    """Refuse in words lines that are too long, too many, or would match nearly everything."""
    written = [line.strip() for line in lines.splitlines() if line.strip()]
    if len(written) > MOST_PHRASES:
        raise ValidationError(_("That is more than %(most)s lines: take some out."), params={"most": MOST_PHRASES})
    for line in written:
        if len(line) > LONGEST_PHRASE or len(line.split()) > MOST_PHRASE_WORDS:
            raise ValidationError(
                _("“%(line)s” is too long: %(most)s words at most on a line."),
                params={"line": line[:LONGEST_PHRASE], "most": MOST_PHRASE_WORDS},
            )
        phrase = read_phrase(line)
        if phrase is None or not is_telling(phrase):
            raise ValidationError(
                _("“%(line)s” would be found in nearly everything that people type: write more words."),
                params={"line": line},
            )


class HelpLine(models.Model):
    """One line of the help strip: where somebody in danger can turn."""

    name = models.CharField(_("name"), max_length=80)
    for_words = models.CharField(
        _("when to use it"), max_length=120, help_text=_("In plain words: “You cannot go on”, “You are under 19”.")
    )
    phone = models.CharField(
        _("phone"),
        max_length=30,
        blank=True,
        validators=[check_number],
        help_text=_("With no phone and no number for texts, the council's own number is shown."),
    )
    text_number = models.CharField(_("number for texts"), max_length=30, blank=True, validators=[check_number])
    website = models.URLField(_("website"), max_length=500, blank=True)
    sentence = models.CharField(_("one sentence"), max_length=200, blank=True, help_text=_("What it costs, and when."))
    position = models.PositiveSmallIntegerField(_("order"), default=0, help_text=_("The smallest number comes first."))
    active = models.BooleanField(_("shown"), default=True)
    key = models.SlugField(max_length=40, blank=True, editable=False)

    objects: ClassVar[models.Manager["HelpLine"]] = models.Manager()

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("help line")
        verbose_name_plural = _("help lines")

    def __str__(self) -> str:
        return self.name


class DangerRule(ClusterableModel):
    """Phrases that bring the help strip to the top of the page. It never hides a result."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    phrases = models.TextField(_("phrases"), validators=[check_phrases], help_text=PHRASE_HELP)
    unless = models.TextField(
        _("phrases that mean something else"),
        blank=True,
        validators=[check_phrases],
        help_text=_("A phrase above does not count where it stands inside one of these: “want to die at home”."),
    )
    help_lines = ParentalManyToManyField(
        HelpLine,
        verbose_name=_("lines that come first"),
        blank=True,
        related_name="rules",
        help_text=_("The others follow."),
    )
    position = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("When several rules match, the smallest number leads.")
    )
    active = models.BooleanField(_("in use"), default=True)
    key = models.SlugField(max_length=40, blank=True, editable=False)

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("danger rule")
        verbose_name_plural = _("danger rules")

    def __str__(self) -> str:
        return self.name

    def times_this_month(self) -> int:
        """How often it matched in the month that is under way."""
        first = timezone.localdate().replace(day=1)
        return self.counts.filter(on__gte=first).aggregate(times=models.Sum("times"))["times"] or 0

    times_this_month.short_description = _("matches this month")  # type: ignore[attr-defined]  # read by the admin


class PinnedListing(Orderable):
    """A listing that is shown above the results when a rule matches, so that ranking does not decide."""

    rule = ParentalKey(DangerRule, on_delete=models.CASCADE, related_name="pins")
    asset = models.ForeignKey("directory.Asset", verbose_name=_("listing"), on_delete=models.CASCADE, related_name="+")

    class Meta(Orderable.Meta):
        verbose_name = _("pinned listing")
        verbose_name_plural = _("pinned listings")
        constraints = [models.UniqueConstraint(fields=["rule", "asset"], name="listing_is_pinned_once_to_a_rule")]

    def __str__(self) -> str:
        return f"{self.rule}: {self.asset}"


class DangerCount(models.Model):
    """How often a rule matched on a day: all that is kept of it."""

    rule = models.ForeignKey(DangerRule, on_delete=models.CASCADE, related_name="counts")
    on = models.DateField(_("day"))
    times = models.PositiveIntegerField(_("times"), default=0)

    objects: ClassVar[models.Manager["DangerCount"]] = models.Manager()

    class Meta:
        ordering = ["-on"]
        verbose_name = _("matches of a danger rule")
        verbose_name_plural = _("matches of danger rules")
        constraints = [models.UniqueConstraint(fields=["rule", "on"], name="danger_rule_is_counted_once_a_day")]

    def __str__(self) -> str:
        return f"{self.rule} {self.on:%d/%m/%Y}: {self.times}"


class CouncilBusiness(models.Model):
    """What people ask of a council that no listing answers: council tax, bins, passports. A link is shown for it."""

    label = models.CharField(_("what the link says"), max_length=100, help_text=_("“Pay your council tax”."))
    phrases = models.TextField(_("words that mean it"), validators=[check_phrases], help_text=PHRASE_HELP)
    website = models.URLField(_("where it leads"), max_length=500)
    note = models.CharField(_("note"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    active = models.BooleanField(_("shown"), default=True)
    key = models.SlugField(max_length=40, blank=True, editable=False)

    objects: ClassVar[models.Manager["CouncilBusiness"]] = models.Manager()

    class Meta:
        ordering = ["position", "label"]
        verbose_name = _("council business")
        verbose_name_plural = _("council business")

    def __str__(self) -> str:
        return self.label


class LaidHelp(models.Model):
    """A line, rule or link that we have once laid: what staff then change or remove is never laid again."""

    key = models.CharField(max_length=60, unique=True)

    objects: ClassVar[models.Manager["LaidHelp"]] = models.Manager()

    def __str__(self) -> str:
        return self.key
