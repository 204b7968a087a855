"""Form widgets of the admin: lists written as words, and areas chosen by name."""

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from assets_map.models import Area

MOST_WORDS = 60


class ListInWords(forms.TextInput):
    """A JSON list as words with commas between them."""

    def read(self, word: str) -> str:
        return word

    def format_value(self, value: Any) -> str:
        try:
            words = json.loads(value) if isinstance(value, str) else value
        except ValueError:
            return str(value)
        return ", ".join(str(word) for word in words) if isinstance(words, list) else ""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str | None:
        if name not in data:
            return None
        words = re.split(r"[,;\n]", str(data[name]))
        return json.dumps([self.read(word.strip()) for word in words if word.strip()][:MOST_WORDS])


class DatesInWords(ListInWords):
    """Dates, written like 25/12/2026 or 2026-12-25."""

    def read(self, word: str) -> str:
        for pattern in ("%d/%m/%Y", "%d %B %Y", "%d %b %Y"):
            try:
                return dt.datetime.strptime(word, pattern).date().isoformat()  # a date has no zone
            except ValueError:
                continue
        # Left as typed: the session says what is wrong with it.
        return word


class AreaByName(forms.Select):
    """An area by its name. A code that names no area yet stays as it is."""

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        self.choices = [("", _("Choose an area")), *self._areas(value)]
        return super().optgroups(name, value, attrs)

    def _areas(self, chosen: Iterable[str]) -> list[tuple[str, str]]:
        areas = area_names()
        unknown = [(code, code) for code in chosen if code and code not in areas]
        return [*areas.items(), *unknown]


def area_names() -> dict[str, str]:
    """The name of every area by its code."""
    return dict(Area.objects.order_by("kind", "name").values_list("code", "name"))
