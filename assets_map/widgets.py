"""The map that staff draw on."""

from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from assets_map.outlines import known_outlines

DRAWN = {"area": "polygon", "line": "polyline"}


class DrawShape(forms.Textarea):
    """A map over a text box of GeoJSON; the box alone does everything, for the keyboard and where no script runs.

    `draws` is "area" or "line".
    """

    template_name = "assets_map/draw_shape.html"

    def __init__(self, *, draws: str = "area", attrs: dict[str, Any] | None = None) -> None:
        self.draws = draws
        super().__init__({"rows": 6, "spellcheck": "false", "class": "draw-shape__text", **(attrs or {})})

    @property
    def media(self) -> forms.Media:
        return forms.Media(
            css={"all": ["leaflet/leaflet.css", "leaflet/draw/leaflet.draw.css", "assets_map/draw-shape.css"]},
            js=["leaflet/leaflet.js", "leaflet/draw/leaflet.draw.js", "assets_map/draw-shape.js"],
        )

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        known = known_outlines()
        context["data_id"] = f"{context['widget']['attrs'].get('id', name)}-drawing"
        context["data"] = {
            "tool": DRAWN[self.draws],
            "shapesUrl": f"{reverse('assets_map:shapes')}?v={known.version}" if known.kinds else "",
            "tilesUrl": settings.MAP_TILES_URL,
            "box": [[known.box[0], known.box[1]], [known.box[2], known.box[3]]],
            "words": self.words(),
        }
        return context

    def words(self) -> dict[str, str]:
        area = self.draws == "area"
        return {
            "label": _("Map to draw on. The box below holds the same shape as text."),
            "draw": _("Draw the area") if area else _("Draw the line"),
            "start": _("Press where it starts."),
            "next": _("Press at each corner."),
            "end": _("Press the first corner to close it.") if area else _("Press the last corner again to finish."),
            "crosses": _("The edges may not cross."),
            "undo": _("Take back the last corner"),
            "finish": _("Finish"),
            "cancel": _("Cancel"),
            "change": _("Change what is drawn"),
            "remove": _("Rub out"),
            "removeAll": _("Rub out everything"),
            "save": _("Keep"),
            "changeTip": _("Drag a corner to move it."),
            "removeTip": _("Press a shape to rub it out."),
            "nothing": _("Nothing is drawn yet."),
            "kept": _("Drawn. Save the page to keep it."),
            "unreadable": _("The text in the box is not a shape that can be drawn."),
        }
