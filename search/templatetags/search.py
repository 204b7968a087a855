"""Tick-boxes and radio buttons with counts: drawn in one go, since a results page has a hundred of them."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.results import Choice

register = template.Library()

ITEM = (
    '<div class="govuk-{kind}__item"><input class="govuk-{kind}__input" id="{name}-{code}" '
    'name="{name}" type="{input}" '
    'value="{code}"{checked}><label class="govuk-label govuk-{kind}__label" for="{name}-{code}">{label} '
    '<span class="count">({count})</span></label></div>'
)


@register.simple_tag
def checkboxes(name: str, choices: Iterable[Choice]) -> SafeString:
    """Choices of which any number can be ticked, as govuk-frontend's small checkboxes."""
    return drawn("checkboxes", "checkbox", name, choices)


@register.simple_tag
def radios(name: str, choices: Iterable[Choice]) -> SafeString:
    """Choices of which one holds, as govuk-frontend's small radios."""
    return drawn("radios", "radio", name, choices)


def drawn(kind: str, input_type: str, name: str, choices: Iterable[Choice]) -> SafeString:
    items = "".join(
        ITEM.format(
            kind=kind,
            input=input_type,
            name=name,
            code=escape(one.code),
            label=escape(one.label),
            count=one.count,
            checked=" checked" if one.chosen else "",
        )
        for one in choices
    )
    # Everything that comes from data is escaped above.
    return mark_safe(f'<div class="govuk-{kind} govuk-{kind}--small">{items}</div>')  # noqa: S308
