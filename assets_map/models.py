from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from assets_map.shapes import AREAS, LINES, NotAShape, read_shape


class Area(models.Model):
    """A named shape: council, ward, neighbourhood, a coordinator's patch, or one drawn by hand."""

    class Kind(models.TextChoices):
        COUNCIL = "council", _("Council")
        WARD = "ward", _("Ward")
        NEIGHBOURHOOD = "neighbourhood", _("Neighbourhood")
        PATCH = "patch", _("Patch")
        DRAWN = "drawn", _("Drawn by hand")

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address on this site"), max_length=140, unique=True, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    parent_code = models.CharField(_("code of the area around it"), max_length=40, blank=True)
    shape = models.JSONField(_("shape"), help_text=_("Drawn on the map, or a GeoJSON Polygon or MultiPolygon."))
    south = models.FloatField(editable=False, default=0)
    west = models.FloatField(editable=False, default=0)
    north = models.FloatField(editable=False, default=0)
    east = models.FloatField(editable=False, default=0)
    changed_at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)

    class Meta:
        ordering = ["kind", "name"]
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(south__lte=models.F("north"), west__lte=models.F("east")), name="area_box_is_a_box"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("search:area", args=[self.slug])

    def clean(self) -> None:
        try:
            self.box(read_shape(self.shape, kinds=AREAS).bounds)
        except NotAShape as error:
            raise ValidationError({"shape": str(error)}) from error

    def box(self, bounds: tuple[float, float, float, float]) -> None:
        """Keep the outermost west, south, east and north, in degrees."""
        self.west, self.south, self.east, self.north = bounds

    def save(self, *args: Any, **options: Any) -> None:
        self.slug = self.slug or slugify(f"{self.name}-{self.code}")[:140]
        self.changed_at = timezone.now()
        super().save(*args, **options)


class Barrier(models.Model):
    """A line that people cannot simply cross: a river, a motorway."""

    name = models.CharField(
        _("name"), max_length=120, help_text=_("As in “across the River Thames”: the River Thames.")
    )
    shape = models.JSONField(_("line"), help_text=_("Drawn on the map, or a GeoJSON LineString."))
    crossing_note = models.CharField(_("how it can be crossed"), max_length=200, blank=True)
    active = models.BooleanField(_("in use"), default=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("barrier")
        verbose_name_plural = _("barriers")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        try:
            read_shape(self.shape, kinds=LINES)
        except NotAShape as error:
            raise ValidationError({"shape": str(error)}) from error


class NamedPlace(models.Model):
    """A town, village or neighbourhood that people search from by name."""

    name = models.CharField(_("name"), max_length=120)
    folded = models.CharField(max_length=120, db_index=True, editable=False)
    kind = models.CharField(_("kind"), max_length=24, blank=True)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    council_code = models.CharField(_("code of its council"), max_length=12, blank=True)
    council_name = models.CharField(_("council"), max_length=120, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("place name")
        verbose_name_plural = _("place names")
        constraints = [
            models.UniqueConstraint(fields=["folded", "latitude", "longitude"], name="place_name_is_given_once"),
            models.CheckConstraint(
                condition=models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)), name="place_is_on_earth"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.council_name}" if self.council_name else self.name

    def save(self, *args: Any, **options: Any) -> None:
        self.folded = fold(self.name)
        super().save(*args, **options)


def fold(name: str) -> str:
    """A name as it is compared: lower case, letters and digits only, words apart by one space."""
    return slugify(name).replace("-", " ")
