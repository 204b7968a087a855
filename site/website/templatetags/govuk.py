"""The components of the design system: ``{% load govuk %}{% component "button" text="Find help" %}``."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from website import components, fields
from website.components import Params

register = template.Library()


@register.simple_tag(takes_context=True)
def component(context: Context, name: str, values: Mapping[str, Any] | None = None, /, **more: Any) -> SafeString:
    """Render ``components/<name>.html`` with these parameters and nothing else that the page happens to know."""
    found = cast("Any", context.template).engine.get_template(f"components/{name}.html")
    inner = context.new({key: components.params(value) for key, value in {**(values or {}), **more}.items()})
    return cast("SafeString", found.render(inner))


@register.simple_tag
def attributes(values: Any = None) -> SafeString:
    """Extra attributes, each with a space before it."""
    return components.attributes(values)


@register.filter
def params(value: Any) -> Any:
    """A mapping, or a list of them, in which what is missing is empty."""
    return components.params(value or None)


@register.filter
def words(value: Any) -> Params:
    """The content of a label or a hint, which may be plain words."""
    return components.given(value, "text")


@register.simple_tag(takes_context=True)
def control(context: Context) -> Params:
    """What a form control shares with the others: ids, label, hint, error and what describes it."""
    return components.control(cast("Mapping[str, Any]", context.flatten()))


@register.filter
def choices(found: Params) -> list[Params]:
    """The boxes of a group to tick."""
    return components.choices(found)


@register.filter
def buttons(found: Params) -> list[Params]:
    """The buttons of a group to choose one from, which the group's hint and error do not describe one by one."""
    return components.choices(Params({**found, "items_described_by": ""}))


@register.filter
def options(found: Params) -> Iterable[Params]:
    """The options of a select."""
    return components.options(found)


@register.filter
def there(values: Iterable[Any]) -> list[Any]:
    """What is left of a list without its empty places."""
    return [value for value in values or () if value]


@register.filter
def any_actions(rows: Iterable[Params]) -> bool:
    """Whether any row of a summary list has something to press."""
    return components.any_actions(rows or ())


@register.filter
def unspoilt(value: Any) -> str:
    """A number or a truth as the design system writes it in an attribute: no thousands comma, lower case."""
    return str(value).lower() if isinstance(value, bool) else str(value)


@register.simple_tag(takes_context=True)
def govuk_field(context: Context, field: Any, **more: Any) -> SafeString:
    """A field of a Django form with its label, hint, error and what was typed; extras go to the component."""
    if field.is_hidden:
        return SafeString(field)
    name, values = fields.component_for(field)
    return component(context, name, values, **more)


@register.simple_tag(takes_context=True)
def govuk_errors(context: Context, form: Any, **more: Any) -> SafeString:
    """What is wrong with a form, each line a link to its field; nothing when nothing is."""
    found = fields.errors_of(form)
    values = {"titleText": fields.error_title(), "errorList": found, **more}
    return component(context, "error-summary", values) if found else SafeString()
