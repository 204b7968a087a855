"""Django's form fields as components: the box keeps what was typed, and its error stands beside it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext

# Attributes of a widget that the component has a parameter for, so that they do not stand twice.
OWN = ("id", "class", "autocomplete", "inputmode", "spellcheck", "pattern", "rows", "autocapitalize")
CAMEL = {"class": "classes"}

Values = dict[str, Any]


def component_for(field: BoundField) -> tuple[str, Values]:
    """The name of the component for a field, and its parameters."""
    widget = field.field.widget
    for kinds, name, fill in COMPONENTS:
        if isinstance(widget, kinds):
            return name, {**common(field), **fill(field)}
    return "other-field", {**common(field), **other_values(field)}


def common(field: BoundField) -> Values:
    """What every component is given: name, id, hint, error, and the attributes of the widget."""
    attributes = {**field.field.widget.attrs, **field.build_widget_attrs({})}
    values = {CAMEL.get(key, key): value for key, value in attributes.items() if key in OWN}
    rest = {key: {"value": value, "optional": True} for key, value in attributes.items() if key not in OWN}
    # The component says what describes a box; the browser's own bubbles are unkind, and the form says what is missing.
    for name in ("aria-describedby", "required", "disabled"):
        rest.pop(name, None)
    values |= {"name": field.html_name, "id": field.id_for_label or field.auto_id, "attributes": rest}
    if field.help_text:
        values["hint"] = {"html": field.help_text}
    if field.errors:
        values["errorMessage"] = {"text": " ".join(str(error) for error in field.errors)}
    if field.field.disabled:
        values["disabled"] = True
    return values


def text_values(field: BoundField) -> Values:
    """A box to type in."""
    kind = getattr(field.field.widget, "input_type", "")
    value = field.field.widget.format_value(field.value())
    return {"label": {"text": field.label}, "value": "" if value is None else value, **({"type": kind} if kind else {})}


def select_values(field: BoundField) -> Values:
    """A list to pick from."""
    return {"label": {"text": field.label}, "items": list(choices_of(field)), "value": chosen(field)[0]}


def group_values(field: BoundField) -> Values:
    """Boxes to tick or buttons to choose from, under a question."""
    picked = set(chosen(field))
    items = [{**item, "checked": item["value"] in picked} for item in choices_of(field)]
    return {"fieldset": {"legend": {"text": field.label}}, "items": items, "idPrefix": field.auto_id}


def tick_values(field: BoundField) -> Values:
    """One box to tick, whose label is the whole question."""
    return {
        "items": [{"value": "on", "text": field.label, "checked": bool(field.value())}],
        "idPrefix": field.auto_id,
    }


def other_values(field: BoundField) -> Values:
    """Any other widget, drawn by Django between the label and the end of the group."""
    parts = (("hint", field.help_text), ("error", field.errors))
    described = " ".join(f"{field.auto_id}-{part}" for part, there in parts if there)
    attributes: dict[str, str | bool] = {"class": "govuk-input"}
    if described:
        attributes["aria-describedby"] = described
    drawn = field.as_widget(attrs=attributes)
    return {"label": {"text": field.label}, "widget": drawn}


def chosen(field: BoundField) -> list[str]:
    """What is chosen, as text."""
    value = field.value()
    several = value if isinstance(value, list | tuple | set) and value else [value]
    return ["" if one is None or one == [] else str(one) for one in several]


def choices_of(field: BoundField) -> list[Values]:
    """The choices of a field; the groups of a grouped one are opened."""
    found: list[Values] = []
    for value, label in field.field.widget.choices:  # type: ignore[attr-defined]  # only widgets with choices get here
        pairs = label if isinstance(label, list | tuple) else [(value, label)]
        found += [{"value": "" if one is None else str(one), "text": words} for one, words in pairs]
    return found


def errors_of(form: forms.BaseForm) -> list[Values]:
    """Every error of a form, in the order of its fields, those of no field first."""
    if not form.is_bound:
        return []
    found: list[Values] = [{"text": str(error)} for error in form.non_field_errors()]
    for field in form:
        target = field.id_for_label or field.auto_id
        found += [{"text": str(error), "href": f"#{target}"} for error in field.errors]
    return found


def error_title() -> str:
    """The heading over a list of errors."""
    return gettext("There is a problem")


# In this order: Django's boxes to tick are a kind of its buttons, and its lists of several a kind of its list.
COMPONENTS: tuple[tuple[tuple[type[forms.Widget], ...], str, Callable[[BoundField], Values]], ...] = (
    ((forms.SelectMultiple, forms.NullBooleanSelect, forms.FileInput), "other-field", other_values),
    ((forms.CheckboxSelectMultiple,), "checkboxes", group_values),
    ((forms.RadioSelect,), "radios", group_values),
    ((forms.CheckboxInput,), "checkboxes", tick_values),
    ((forms.Select,), "select", select_values),
    ((forms.Textarea,), "textarea", text_values),
    ((forms.widgets.Input,), "input", text_values),
)
