"""What staff draw or paste, read with care."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from assets_map.models import Area, NamedPlace, fold
from assets_map.shapes import AREAS, LINES, NotAShape, read_shape, to_geojson
from assets_map.widgets import DrawShape


class ShapeField(forms.JSONField):
    """A GeoJSON geometry; a Feature or a collection of one is taken for the geometry inside it."""

    default_error_messages = {
        "required": _("Draw it on the map, or paste its GeoJSON."),
        "invalid": _("This is not GeoJSON. It begins like this: {“type”: “Polygon”, “coordinates”: …"),
    }

    def __init__(self, *, kinds: frozenset[str] = AREAS, **options: Any) -> None:
        self.kinds = kinds
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        """The geometry with coordinates to about a metre."""
        try:
            found = super().to_python(value)
        except (
            ValueError,
            RecursionError,
        ) as error:  # a number of 5,000 digits, or brackets nested past Python's depth
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        if found is None or isinstance(found, InvalidJSONInput):
            return found
        try:
            return to_geojson(read_shape(found, kinds=self.kinds))
        except NotAShape as error:
            raise ValidationError(str(error), code="not_a_shape") from error

    def prepare_value(self, value: Any) -> Any:
        """An empty box, and not the word “null”, where nothing is drawn yet."""
        return "" if value is None else super().prepare_value(value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was typed, kept as it was, so that an error never empties the box."""
        try:
            return super().bound_data(data, initial)
        except (ValueError, RecursionError):
            return InvalidJSONInput(data)


class AreaForm(WagtailAdminModelForm):
    shape = ShapeField(
        label=_("Shape"),
        kinds=AREAS,
        widget=DrawShape(draws="area"),
        help_text=_("Draw it on the map, or paste GeoJSON into the box: a Polygon or MultiPolygon, longitude first."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse an address that another area has, also where it is made from the name and the code."""
        given = super().clean() or self.cleaned_data
        if {"name", "code"} <= given.keys() and "slug" not in self.errors:
            slug = given.get("slug") or slugify(f"{given['name']}-{given['code']}")[:140]
            if not slug:
                self.add_error(
                    "slug", _("Give this area an address: its name has no letters that one can be made from.")
                )
            elif Area.objects.filter(slug=slug).exclude(pk=self.instance.pk).exists():
                self.add_error("slug", _("Another area has the address “%(slug)s”. Choose another.") % {"slug": slug})
            given["slug"] = slug
        return given


class BarrierForm(WagtailAdminModelForm):
    shape = ShapeField(
        label=_("Line"),
        kinds=LINES,
        widget=DrawShape(draws="line"),
        help_text=_("Draw it on the map, or paste GeoJSON into the box: a LineString, longitude first."),
    )


class NamedPlaceForm(WagtailAdminModelForm):
    latitude = forms.FloatField(label=_("Latitude"), min_value=-90, max_value=90)
    longitude = forms.FloatField(label=_("Longitude"), min_value=-180, max_value=180)

    def clean(self) -> dict[str, Any]:
        """Refuse a name that is already kept for the same spot."""
        given = super().clean() or self.cleaned_data
        if {"name", "latitude", "longitude"} <= given.keys():
            same = NamedPlace.objects.filter(
                folded=fold(given["name"]), latitude=given["latitude"], longitude=given["longitude"]
            )
            if same.exclude(pk=self.instance.pk).exists():
                self.add_error("name", _("There is a place of this name at this spot already."))
        return given
