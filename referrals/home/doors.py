"""Addresses of pages about people, by their names."""

from django.urls import NoReverseMatch, reverse


def door(name: str, key: str = "") -> str:
    """`door("person", person.key)`; nothing where that room is not part of the site."""
    try:
        return reverse(f"referrals:{name}", args=[key] if key else [])
    except NoReverseMatch:
        return ""
