from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.querysets import looks_after_listings


class LoadQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Its report holds what was in the file: for those who look after listings."""
        return self if looks_after_listings(user) else self.none()


class Source(models.Model):
    """Where listings come from, again and again: the same name each time, so that nothing is loaded twice."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    column_map = models.CharField(_("column map"), max_length=60)

    class Meta:
        ordering = ["name"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.name


class Load(models.Model):
    """One file that was loaded, and what came of it."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="loads")
    file_name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(_("loaded at"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created = models.PositiveIntegerField(_("created"), default=0)
    updated = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    rejected = models.PositiveIntegerField(_("rejected"), default=0)
    report = models.JSONField(_("report"), default=dict)

    objects = LoadQuerySet.as_manager()

    class Meta:
        ordering = ["-loaded_at", "-id"]
        verbose_name = _("load")
        verbose_name_plural = _("loads")

    def __str__(self) -> str:
        return f"{self.file_name}, {self.loaded_at:%Y-%m-%d %H:%M}"


class SharedRow(models.Model):
    """What a source last said of a venue or provider that several listings share.

    Only when it says something new is the venue or provider written again, so that what staff mended stays mended.
    """

    class What(models.TextChoices):
        VENUE = "venue", _("Venue")
        PROVIDER = "provider", _("Provider")

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="shared_rows")
    what = models.CharField(max_length=8, choices=What)
    key = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("shared row")
        verbose_name_plural = _("shared rows")
        constraints = [
            models.UniqueConstraint(fields=["source", "what", "key"], name="shared_row_is_kept_once"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.key}"
