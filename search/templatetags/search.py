"""Tick-boxes and radio buttons with counts: drawn in one go, since a results page has a hundred of them."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.choosing import Choice

register = template.Library()

ITEM = (
    '<div class="govuk-{kind}__item{depth}"><input class="govuk-{kind}__input" id="{id}" '
    'name="{name}" type="{input}" '
    'value="{code}"{checked}><label class="govuk-label govuk-{kind}__label" for="{id}">{label} '
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


@register.simple_tag
def options(choices: Iterable[Choice]) -> SafeString:
    """The same choices as options of a list."""
    # Everything that comes from data is escaped.
    drawn = (f'<option value="{escape(one.code)}">{escape(one.label)} ({one.count})</option>' for one in choices)
    return mark_safe("".join(drawn))  # noqa: S308


def identity(name: str, code: str) -> str:
    """An id without spaces and marks, which codes of areas have."""
    return f"{name}-" + "".join(letter if letter.isalnum() else "-" for letter in code)


def drawn(kind: str, input_type: str, name: str, choices: Iterable[Choice]) -> SafeString:
    items = "".join(
        ITEM.format(
            kind=kind,
            input=input_type,
            name=name,
            id=identity(name, one.code),
            depth=f" choice--in-{one.depth}" if one.depth else "",
            code=escape(one.code),
            label=escape(one.label),
            count=one.count,
            checked=" checked" if one.chosen else "",
        )
        for one in choices
    )
    # Everything that comes from data is escaped above.
    return mark_safe(f'<div class="govuk-{kind} govuk-{kind}--small">{items}</div>')  # noqa: S308
