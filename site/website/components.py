"""Makes the parameters of a component ready for its template: the same ones that govuk-frontend's own macros take.

Whatever is given as ``html`` stands on the page as it is only when it is already safe (``format_html``, or words in
a template). Anything else is escaped, so a mistake shows as odd text and never as somebody else's script.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


class Params(dict[str, Any]):
    """A mapping in which what was not given is empty, however deep: a template asks without costly misses."""

    def __missing__(self, key: str) -> "Params":
        return NOTHING

    def __str__(self) -> str:
        return super().__str__() if self else ""


NOTHING = Params()


def params(value: Any) -> Any:
    """The same value with each mapping in it, at any depth, as Params and each None as nothing."""
    if value is None:
        return NOTHING
    if isinstance(value, Mapping):
        return value if type(value) is Params else Params({key: params(one) for key, one in value.items()})
    if isinstance(value, list | tuple):
        return [params(one) for one in value]
    return value


def given(value: Any, key: str) -> Params:
    """A parameter as Params, where plain words stand for its text (for a fieldset: its legend)."""
    if isinstance(value, str) and value:
        return Params(legend=Params(text=value)) if key == "fieldset" else Params(text=value)
    found: Params = params(value or None)
    if key == "fieldset" and isinstance(found["legend"], str):
        return Params({**found, "legend": Params(text=found["legend"])})
    return found


def attributes(values: Any) -> SafeString:
    """Attributes as HTML, each with a space before it; a value may be `{"value": …, "optional": True}`."""
    if isinstance(values, SafeString):
        return values
    if not isinstance(values, Mapping):
        return SafeString()
    return mark_safe("".join(attribute(name, value) for name, value in values.items()))  # noqa: S308 each is escaped


def attribute(name: str, value: Any) -> str:
    """One attribute: optional ones vanish when they have no value, and stand alone when they are True."""
    optional = False
    if isinstance(value, Mapping):
        optional = value.get("optional") is True
        value = value.get("value")
    if value is None or isinstance(value, Mapping):
        return "" if optional else f' {escape(name)}=""'
    if optional and isinstance(value, bool):
        return f" {escape(name)}" if value else ""
    written = str(value).lower() if isinstance(value, bool) else value
    return f' {escape(name)}="{escape(written)}"'


def joined(*words: Any) -> str:
    """The words that there are, with a space between each."""
    return " ".join(str(word) for word in words if word)


def control(values: Mapping[str, Any]) -> Params:
    """What the form controls share: ids, the hint and error that describe them, and the group that they stand in."""
    found = Params({key: params(values[key]) for key in CONTROL if values.get(key) is not None})
    for key in ("label", "hint", "errorMessage", "fieldset"):
        found[key] = given(values.get(key), key)
    found["id"] = found["idPrefix"] or found["id"] or found["name"]
    described = [found["fieldset"]["describedBy"] or found["describedBy"]]
    for key, ending in (("hint", "hint"), ("errorMessage", "error")):
        if found[key]:
            found[f"{ending}_id"] = f"{found['id']}-{ending}"
            described.append(found[f"{ending}_id"])
    found["described_by"] = joined(*described)
    found["items_described_by"] = "" if found["fieldset"] else found["described_by"]
    return found


CONTROL = ("name", "id", "idPrefix", "describedBy", "formGroup", "value", "values", "items")


def choices(found: Params) -> list[Params]:
    """The boxes or buttons of a group, each with its id, whether it is chosen, and what describes it."""
    chosen = found["values"] or ([found["value"]] if found["value"] else [])
    texts = {str(one) for one in chosen}
    return [choice(found, item, place, texts) for place, item in enumerate(found["items"] or [], 1) if item]


def choice(found: Params, item: Params, place: int, chosen: set[str]) -> Params:
    """One box or button; the first has the id of the group, so that an error can link to it."""
    own = item["id"] or (f"{found['id']}-{place}" if place > 1 else found["id"])
    hint = given(item["hint"], "hint")
    hint_id = f"{own}-item-hint" if hint["html"] or hint["text"] else ""
    picked = item["checked"] or (item["checked"] is not False and "value" in item and str(item["value"]) in chosen)
    found_here = Params({**item, "id": own, "hint": hint, "hint_id": hint_id, "picked": picked})
    found_here["marks"] = marks(found_here, joined(found["items_described_by"], hint_id))
    return found_here


def marks(item: Params, described_by: str) -> SafeString:
    """The attributes of a box or button that depend on its state, as one text: a page may have a hundred of them."""
    values = {
        "checked": bool(item["picked"]),
        "disabled": bool(item["disabled"]),
        "data-aria-controls": f"conditional-{item['id']}" if item["conditional"]["html"] else None,
        "data-behaviour": item["behaviour"] or None,
        "aria-describedby": described_by or None,
    }
    written = (attribute(name, {"value": value, "optional": True}) for name, value in values.items() if value)
    return mark_safe("".join(written) + attributes(item["attributes"] or None))  # noqa: S308 each is escaped


def options(found: Params) -> Iterable[Params]:
    """The options of a select; one without a value has its text for it, as browsers have it."""
    for item in found["items"] or []:
        if item:
            value = item["value"] if "value" in item else item["text"]
            same = bool(found["value"]) and str(value) == str(found["value"]) and item["selected"] is not False
            yield Params({**item, "has_value": "value" in item, "picked": item["selected"] or same})


def any_actions(rows: Iterable[Params]) -> bool:
    """Whether a summary list needs its third column."""
    return any(row["actions"]["items"] for row in rows if row)
