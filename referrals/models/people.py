from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from referrals.models.sealed import Sealed, SealedJSON, blind, blinds, new_key
from referrals.seeing import sees_person


class NextStep(models.TextChoices):
    """What a coordinator does next for a person, the most pressing first."""

    RING_BACK = "ring-back", _("Ring back")
    FIND_ANOTHER = "find-another", _("Find something else")
    RING_PROVIDER = "ring-provider", _("Ring them: nobody has answered")
    FINISH = "finish", _("Finish the conversation")
    ASK_RESULT = "ask-result", _("Ask how it went")
    AWAIT = "await", _("Waiting for an answer")
    NONE = "none", _("Nothing to do")


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(sees_person(user), erased_at=None)

    def referenced(self, reference: str) -> Self:
        """By the council's own case reference, however it is spaced."""
        return self.filter(reference_blind__in=blinds(reference), erased_at=None)

    def standing(self) -> Self:
        """Those with whom something goes on."""
        return self.filter(closed_at=None, erased_at=None)


class Person(models.Model):
    """Somebody a conversation is about; a carer can be the person."""

    key = models.SlugField(max_length=16, unique=True, default=new_key, editable=False)
    council = models.ForeignKey("accounts.Council", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    team = models.ForeignKey("accounts.Team", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    patch = models.ForeignKey("assets_map.Area", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reference = Sealed(_("case reference"), blank=True)
    reference_blind = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    called = Sealed(_("what they like to be called"), blank=True)
    is_carer = models.BooleanField(_("they look after somebody"), default=False)
    # "phone", "email", "through" whom, "how" and "when".
    contact = SealedJSON(_("how to reach them"), default=dict, blank=True)
    place = Sealed(_("where they live"), blank=True)
    ward = models.CharField(max_length=9, blank=True)
    large_print = models.BooleanField(_("large print"), default=False)
    results_never = models.BooleanField(_("does not want to be asked how it went"), default=False)
    next_at = models.DateField(null=True, blank=True)
    next_what = models.CharField(max_length=14, choices=NextStep, default=NextStep.NONE)
    # When it was said that what was declined until then needs nothing more.
    settled_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [models.Index(fields=["coordinator", "closed_at", "next_at"], name="person_next_of_coordinator")]
        constraints = [
            models.CheckConstraint(condition=models.Q(next_what__in=NextStep.values), name="person_next_step_is_known")
        ]

    def __str__(self) -> str:
        return self.key

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.reference_blind = blind(self.reference)
        super().save(*args, **kwargs)
