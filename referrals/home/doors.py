"""Addresses of pages about people, by their names."""

from django.urls import reverse


def door(name: str, key: str = "") -> str:
    """`door("person", person.key)`."""
    return reverse(f"referrals:{name}", args=[key] if key else [])
