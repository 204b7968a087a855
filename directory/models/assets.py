import datetime as dt
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from directory.choices import (
    Access,
    AsksFor,
    Door,
    Fact,
    How,
    Kind,
    Per,
    Reach,
    RespiteType,
    TakingNew,
    WhoFor,
    YesNoAsk,
)
from directory.models.fields import ChoiceList
from directory.models.venues import Venue
from directory.querysets import AssetQuerySet

if TYPE_CHECKING:
    from django.http import HttpRequest


class Asset(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, ClusterableModel):
    """Something local that a person can be connected to. As published it is a listing."""

    name = models.CharField(_("name"), max_length=160)
    slug = models.SlugField(_("address on this site"), max_length=180, unique=True, blank=True)
    reference = models.CharField(_("reference"), max_length=12, unique=True, blank=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    summary = models.CharField(_("one sentence"), max_length=200, help_text=_("What it is, in plain words."))
    description = models.TextField(_("more about it"), blank=True)
    provider = models.ForeignKey(
        "directory.Provider",
        verbose_name=_("run by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assets",
    )
    categories = ParentalManyToManyField(
        "directory.Category", verbose_name=_("categories"), blank=True, related_name="assets"
    )

    phone = models.CharField(_("phone"), max_length=30, blank=True)
    best_time_to_ring = models.CharField(_("best time to ring"), max_length=120, blank=True)
    text_number = models.CharField(_("number for texts"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True)

    reach = ChoiceList(Reach, verbose_name=_("how it gets to a person"), blank=False)
    venue = models.ForeignKey(
        "directory.Venue",
        verbose_name=_("usual venue"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assets",
        help_text=_("Where people go. Leave empty when nobody visits."),
    )
    serves_note = models.CharField(_("whose residents it is for, in words"), max_length=200, blank=True)
    times_note = models.CharField(_("times in words"), max_length=240, blank=True)

    covers = models.TextField(_("what it covers"), blank=True)
    does_not_cover = models.TextField(_("what it does not cover"), blank=True)
    criteria = models.TextField(_("who can use it"), blank=True)
    who_for = ChoiceList(WhoFor, verbose_name=_("who it is for"), help_text=_("None means everyone."))
    age_from = models.PositiveSmallIntegerField(
        _("from age"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    age_to = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True, validators=[MaxValueValidator(120)])
    languages = models.JSONField(_("languages beside English"), default=list, blank=True)
    access = ChoiceList(Access, verbose_name=_("access, beside the venue's own"))

    door = models.CharField(_("how to get in"), max_length=12, choices=Door, default=Door.RING_FIRST)
    how_to_be_referred = models.TextField(_("how to be referred"), blank=True)
    referral_from = models.CharField(_("who may refer"), max_length=200, blank=True)
    asks_for = ChoiceList(
        AsksFor,
        verbose_name=_("what you need to know of somebody first"),
        db_default=[],
        help_text=_("Always: what they like to be called, and one way to reach them. Tick what you cannot do without."),
    )
    self_referral = models.BooleanField(_("people may ask here to be put in touch"), default=False, db_default=False)
    cost_note = models.CharField(_("about the cost"), max_length=200, blank=True)
    takes_direct_payments = models.BooleanField(_("direct payments can be used"), null=True, blank=True)
    taking_new = models.CharField(_("taking new people"), max_length=8, choices=TakingNew, default=TakingNew.UNKNOWN)
    waiting_note = models.CharField(_("how long people wait"), max_length=120, blank=True)
    respite_types = ChoiceList(RespiteType, verbose_name=_("kind of break"))

    who_meets_you = models.CharField(_("who meets you"), max_length=240, blank=True)
    first_visit = models.TextField(_("what happens when I walk in"), blank=True)
    bring_someone = models.CharField(_("may I bring someone"), max_length=4, choices=YesNoAsk, blank=True)

    withdrawn_because = models.CharField(_("withdrawn because"), max_length=240, blank=True, editable=False)
    source = models.CharField(_("came from"), max_length=60, blank=True, editable=False)
    source_id = models.CharField(max_length=120, blank=True, editable=False)
    source_hash = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AssetQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        indexes = [models.Index(fields=["live", "kind"], name="asset_live_kind")]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~models.Q(source=""), name="asset_comes_once_from_a_source"
            ),
            models.CheckConstraint(
                condition=models.Q(age_from__isnull=True)
                | models.Q(age_to__isnull=True)
                | models.Q(age_to__gte=models.F("age_from")),
                name="asset_ages_run_upwards",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("directory:listing", args=[self.slug])

    def get_preview_template(self, request: "HttpRequest", mode_name: str) -> str:
        return "directory/listing.html"

    def get_preview_context(self, request: "HttpRequest", mode_name: str) -> dict:
        from directory.listing import listing_context

        now = timezone.localtime().replace(tzinfo=None)
        return {**super().get_preview_context(request, mode_name), **listing_context(self, now=now)}

    def clean(self) -> None:
        super().clean()
        if self.age_from is not None and self.age_to is not None and self.age_to < self.age_from:
            raise ValidationError({"age_to": _("The upper age comes before the lower one.")})
        if not isinstance(self.languages, list) or not all(isinstance(one, str) for one in self.languages):
            raise ValidationError({"languages": _("Languages are a list of names.")})

    @property
    def takes_requests(self) -> bool:
        """Whether residents may ask here to be put in touch: there must be an address that it can go to."""
        return self.self_referral and bool(self.email or (self.provider is not None and self.provider.email))

    @property
    def visited_venues(self) -> list[Venue]:
        """Venues that people go to and that may be shown: none unless its reach says so, the usual one first."""
        if Reach.AT_VENUE not in self.reach:
            return []
        found = {
            venue.pk: venue for venue in (self.venue, *(s.venue for s in self.sessions.all())) if venue is not None
        }
        return [venue for venue in found.values() if not venue.hidden]


class Coverage(models.Model):
    """An area whose residents an asset serves. An asset with none serves anyone."""

    asset = ParentalKey(Asset, on_delete=models.CASCADE, related_name="coverage")
    # Not a foreign key: spreadsheets and feeds name areas that are loaded months later.
    area_code = models.CharField(_("area code"), max_length=40, db_index=True)
    name = models.CharField(_("area"), max_length=120, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["asset", "area_code"], name="coverage_names_an_area_once")]

    def __str__(self) -> str:
        return self.name or self.area_code


class Cost(models.Model):
    """One price. No amount means a donation; nought means free."""

    asset = ParentalKey(Asset, on_delete=models.CASCADE, related_name="costs")
    amount = models.DecimalField(
        _("pounds"), max_digits=8, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    per = models.CharField(_("for"), max_length=8, choices=Per, default=Per.VISIT)
    note = models.CharField(_("note"), max_length=120, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gte=0), name="cost_is_not_negative"
            )
        ]

    def __str__(self) -> str:
        from directory.words import cost_in_words

        return cost_in_words(self)


class Check(models.Model):
    """Who confirmed which fact of a listing, when and how. Not part of a draft: it is true at once."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="checks")
    fact = models.CharField(_("fact"), max_length=8, choices=Fact)
    how = models.CharField(_("how"), max_length=8, choices=How)
    on = models.DateField(_("on"), default=dt.date.today)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["asset", "fact", "-on"], name="check_latest")]

    def __str__(self) -> str:
        return f"{self.get_fact_display()}, {self.get_how_display()}, {self.on}"
