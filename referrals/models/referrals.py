from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outbox.request_id import LONGEST, current
from referrals.models.conversations import Conversation
from referrals.models.people import Person
from referrals.models.sealed import Sealed, SealedJSON, new_key
from referrals.progress import OPEN, WAITING, DeclineReason, Progress
from referrals.seeing import sees_person, sent_to


class Source(models.TextChoices):
    COORDINATOR = "coordinator", _("A coordinator")
    SELF = "self", _("The person")
    CARER = "carer", _("Somebody who cares for them")


class Via(models.TextChoices):
    """How a move was made."""

    COORDINATOR = "coordinator", _("by the coordinator")
    LINK = "link", _("by the provider's link")
    MEMBER = "member", _("by the provider, signed in")
    RANG = "rang", _("by phone")
    PERSON = "person", _("by the person")
    TIMER = "timer", _("by the clock")


class ReferralQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """From either side: the council's, or the provider's."""
        return self.filter(sees_person(user, "person__") | sent_to(user))

    def held_by(self, user: Any) -> Self:
        """Those of people that somebody sees."""
        return self.filter(sees_person(user, "person__"))

    def sent_to(self, user: Any) -> Self:
        """Those to the providers that somebody is a member of."""
        return self.filter(sent_to(user))

    def open(self) -> Self:
        return self.filter(progress__in=OPEN)

    def waiting(self) -> Self:
        """Sent, and not answered yet."""
        return self.filter(progress__in=WAITING)


class Referral(models.Model):
    """A person, with their consent, is put in touch with an asset."""

    key = models.SlugField(max_length=16, unique=True, default=new_key, editable=False)
    # One press of a button, however often it is sent.
    submission = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    council = models.ForeignKey("accounts.Council", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # None: forgotten.
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="referrals")
    conversation = models.ForeignKey(
        Conversation, null=True, blank=True, on_delete=models.SET_NULL, related_name="referrals"
    )
    consent = models.ForeignKey("referrals.Consent", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asset = models.ForeignKey("directory.Asset", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # As it was called: a listing can be deleted.
    asset_name = models.CharField(max_length=160)
    provider = models.ForeignKey(
        "directory.Provider", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    source = models.CharField(max_length=11, choices=Source, default=Source.COORDINATOR)
    progress = models.CharField(max_length=16, choices=Progress, default=Progress.DRAFT)
    progress_at = models.DateTimeField(default=timezone.now)
    # All that the provider is told.
    needs = SealedJSON(_("what is shared"), default=dict, blank=True)
    decline_reason = models.CharField(max_length=13, choices=DeclineReason, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # How many times the provider was reminded; and when the clock looks at it again.
    chased = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateField(null=True, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-made_at", "-pk"]
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        indexes = [
            models.Index(fields=["progress", "next_at"], name="referral_next"),
            models.Index(fields=["provider", "progress"], name="referral_of_provider"),
            models.Index(fields=["person", "progress", "sent_at"], name="referral_of_person"),
            # So that PostgreSQL opens none of those that wait to count them.
            models.Index(
                fields=["person", "sent_at", "id"],
                condition=Q(progress__in=[Progress.SENT, Progress.SEEN]),
                name="referral_waiting",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(progress__in=Progress.values), name="referral_progress_is_known"),
            models.CheckConstraint(
                condition=~Q(progress="declined") | ~Q(decline_reason=""), name="referral_is_declined_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_open(self) -> bool:
        return self.progress in OPEN


class ReferralEvent(models.Model):
    """One move of a referral: from where to where, how, and by whom."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    via = models.CharField(max_length=11, choices=Via)
    was = models.CharField(max_length=16, choices=Progress)
    became = models.CharField(max_length=16, choices=Progress)
    reason = models.CharField(max_length=13, choices=DeclineReason, blank=True)
    words = Sealed(blank=True)
    request_id = models.CharField(max_length=LONGEST, blank=True, default=current)

    class Meta:
        default_permissions = ()
        ordering = ["at", "pk"]
        verbose_name = _("move of a referral")
        verbose_name_plural = _("moves of referrals")

    def __str__(self) -> str:
        return f"{self.was} → {self.became}"
