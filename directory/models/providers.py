from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.querysets import ProviderMemberQuerySet, ProviderQuerySet


class Provider(models.Model):
    """Who runs assets: a sole trader, a group, a charity, the council."""

    name = models.CharField(_("name"), max_length=160)
    about = models.TextField(_("about them"), blank=True)
    people = models.PositiveSmallIntegerField(
        _("how many people work or volunteer here"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    since = models.PositiveSmallIntegerField(_("started in (year)"), null=True, blank=True)
    says_insured = models.BooleanField(_("they say that they are insured"), default=False)
    insurance_seen_on = models.DateField(_("insurance seen by us on"), null=True, blank=True)
    says_dbs = models.BooleanField(_("they say that they are DBS checked"), default=False)
    dbs_seen_on = models.DateField(_("DBS certificate seen by us on"), null=True, blank=True)
    charity_number = models.CharField(_("charity number"), max_length=20, blank=True)
    company_number = models.CharField(_("company number"), max_length=20, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), max_length=500, blank=True)
    address = models.TextField(_("postal address"), blank=True, help_text=_("For us; never shown as a place to visit."))
    source = models.CharField(_("came from"), max_length=60, blank=True, editable=False)
    source_id = models.CharField(max_length=120, blank=True, editable=False)

    objects = ProviderQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("provider")
        verbose_name_plural = _("providers")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~models.Q(source=""), name="provider_comes_once_from_a_source"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ProviderMember(models.Model):
    """Somebody who looks after the listings of one provider, and of no other."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), on_delete=models.CASCADE, related_name="provider_memberships"
    )
    provider = models.ForeignKey(Provider, verbose_name=_("provider"), on_delete=models.CASCADE, related_name="members")

    objects = ProviderMemberQuerySet.as_manager()

    class Meta:
        ordering = ["provider__name", "user__username"]
        verbose_name = _("provider member")
        verbose_name_plural = _("provider members")
        constraints = [models.UniqueConstraint(fields=["user", "provider"], name="provider_member_is_one_once")]

    def __str__(self) -> str:
        return f"{self.user} – {self.provider}"
