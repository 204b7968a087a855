from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from referrals.models.people import Person
from referrals.models.sealed import Sealed, new_key
from referrals.seeing import sees_person


class Purpose(models.TextChoices):
    SHARE = "share", _("Share these details with this provider")
    CONTACT = "contact", _("Contact me about how it went")
    STORY = "story", _("Use my story")


SEEDS = {
    Purpose.SHARE: _(
        "May we give {provider} what we have written down here, so that they can get in touch with you? They may use "
        "it for that alone. You can change your mind at any time."
    ),
    Purpose.CONTACT: _(
        "May we ask you, after about two, six and twelve weeks, how it went? You can tell us to stop at any time."
    ),
    Purpose.STORY: _(
        "May we tell your story, without your name, so that others see what helps? You can change your mind at any "
        "time."
    ),
}


class ConsentWordingQuerySet(models.QuerySet):
    def read_out(self, purpose: str) -> "ConsentWording":
        """What is read out today; the first wording is laid when there is none."""
        if newest := self.filter(purpose=purpose, from_date__lte=timezone.localdate()).order_by("-version").first():
            return newest  # type: ignore[return-value]  # a manager gives rows of its own model
        seed = {"words": str(SEEDS[Purpose(purpose)])}
        return ConsentWording.objects.get_or_create(purpose=purpose, version=1, defaults=seed)[0]


class ConsentWording(models.Model):
    """What is read out to a person before they say yes or no. It is never changed: another version follows it."""

    purpose = models.CharField(_("what for"), max_length=7, choices=Purpose)
    version = models.PositiveIntegerField(_("version"), default=1)
    words = models.TextField(_("what is read out"))
    from_date = models.DateField(_("from"), default=timezone.localdate)

    objects = ConsentWordingQuerySet.as_manager()

    class Meta:
        ordering = ["purpose", "-version"]
        verbose_name = _("consent wording")
        verbose_name_plural = _("consent wordings")
        constraints = [models.UniqueConstraint(fields=["purpose", "version"], name="consent_wording_version_is_one")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, {self.version}"

    def naming(self, receiver: str) -> str:
        """The words with the name of whoever is to be told."""
        return self.words.replace("{provider}", receiver)


class ConsentQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(sees_person(user, "person__"))

    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def to_share_with(self, provider: Any) -> Self:
        return self.standing().filter(purpose=Purpose.SHARE, provider=provider)


class Consent(models.Model):
    """A person's yes, to one purpose and one receiver."""

    class How(models.TextChoices):
        SPOKEN = "spoken", _("They said so")
        WRITTEN = "written", _("In writing")
        BSL = "bsl", _("In British Sign Language")
        ADVOCATE = "advocate", _("Through an advocate")
        BEST_INTERESTS = "best-interests", _("A best-interests decision")
        ONLINE = "online", _("On this site")

    key = models.SlugField(max_length=16, unique=True, default=new_key, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=7, choices=Purpose)
    # None: the council itself.
    provider = models.ForeignKey(
        "directory.Provider", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    how = models.CharField(max_length=14, choices=How)
    wording = models.ForeignKey(ConsentWording, on_delete=models.PROTECT, related_name="+")
    note = Sealed(_("which advocate, or which decision"), blank=True)
    given_at = models.DateTimeField(default=timezone.now)
    # None: the person themselves, on this site.
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["given_at", "pk"]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")

    def __str__(self) -> str:
        return self.key

    @property
    def read_out(self) -> str:
        """What was said to them."""
        return self.wording.naming(str(self.provider or _("them")))


@transaction.atomic
def give_consent(
    person: Person, *, purpose: Purpose, how: Consent.How, by: Any, provider: Any = None, note: str = ""
) -> Consent:
    """Write down a yes, with what was read out. `by`: who took it; nobody, when the person gave it on this site."""
    consent = Consent(
        person=person,
        purpose=purpose,
        provider=provider,
        how=how,
        note=note,
        taken_by=by,
        wording=ConsentWording.objects.read_out(purpose),
    )
    consent.full_clean()
    consent.save()
    return consent
