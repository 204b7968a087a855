"""The councils of an installation, and the teams of each."""

import re
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.seeing import administers

GSS_CODE = re.compile(r"[ENSW]\d{8}")


def codes_in(text: str) -> list[str]:
    """GSS codes typed with commas, spaces or line ends between them."""
    return [code.upper() for code in re.split(r"[\s,;]+", text) if code]


class CouncilQuerySet(models.QuerySet):
    def serving(self, code: str) -> Self:
        """Those that name this GSS code as their own."""
        return self.filter(codes__contains=code)

    def visible_to(self, user: Any) -> Self:
        """To an administrator, their own."""
        return self.filter(administers(user, "pk"))


class TeamQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """To an administrator those of the council; to everybody else the teams that they are in."""
        if user is None or not user.is_authenticated:
            return self.none()
        return self.filter(administers(user) | models.Q(pk__in=user.teams.values("pk")))


class Council(models.Model):
    """One council of an installation, with a site, areas and staff of its own."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    site = models.OneToOneField(
        "wagtailcore.Site",
        verbose_name=_("site"),
        on_delete=models.PROTECT,
        related_name="council",
        help_text=_("The web address at which people find it. Its pages and its look are those of this site."),
    )
    codes = models.CharField(
        _("GSS codes"),
        max_length=500,
        help_text=_("Of the areas that it serves, with commas between, for example E06000034."),
    )

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("council")
        verbose_name_plural = _("councils")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse what is no GSS code, and one that another council has."""
        codes = codes_in(self.codes)
        for code in codes:
            if not GSS_CODE.fullmatch(code):
                raise ValidationError({"codes": gettext("“%(code)s” is not a GSS code.") % {"code": code}})
            other = Council.objects.serving(code).exclude(pk=self.pk).first()
            if other is not None:
                raise ValidationError(
                    {"codes": gettext("%(code)s belongs to %(name)s.") % {"code": code, "name": other}}
                )
        if not codes:
            raise ValidationError({"codes": gettext("Give at least one GSS code.")})
        self.codes = ", ".join(dict.fromkeys(codes))

    @property
    def area_codes(self) -> frozenset[str]:
        return frozenset(codes_in(self.codes))


class Team(models.Model):
    """People who work together, and the patches that they look after."""

    name = models.CharField(_("name"), max_length=100)
    council = models.ForeignKey(
        Council, verbose_name=_("council"), null=True, blank=True, on_delete=models.PROTECT, related_name="teams"
    )
    # By name: areas live in a room beside this one.
    patches = models.ManyToManyField("assets_map.Area", verbose_name=_("patches"), blank=True, related_name="+")

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        constraints = [
            models.UniqueConstraint(fields=["council", "name"], name="team_name_is_given_once_a_council"),
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(council=None), name="team_name_is_given_once_where_no_council_is"
            ),
        ]

    def __str__(self) -> str:
        return self.name
