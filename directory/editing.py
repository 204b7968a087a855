"""Acts on listings. Nothing else writes them, but the Wagtail admin and the importers, through the same functions."""

import secrets

from django.utils.text import slugify
from django.utils.translation import gettext as _

from directory.models import Asset

# No vowels, so no words; no letter or digit that looks like another on paper.
REFERENCE_LETTERS = "23456789bcdfghjkmnpqrstvwxz"
REFERENCE_LENGTH = 6


def give_reference(asset: Asset) -> Asset:
    """Give a listing its short reference for paper and its address on the site, if it has none; nothing is saved."""
    if not asset.reference:
        asset.reference = new_reference()
    if not asset.slug:
        asset.slug = free_slug(asset)
    return asset


def new_reference() -> str:
    """Six letters and digits that read well aloud; 387 million of them, and the database refuses a second."""
    return "".join(secrets.choice(REFERENCE_LETTERS) for _letter in range(REFERENCE_LENGTH))


def free_slug(asset: Asset) -> str:
    """The name as an address, with the reference behind it where another listing has that address."""
    plain = slugify(asset.name)[:160] or _("listing")
    taken = Asset.objects.filter(slug=plain).exclude(pk=asset.pk).exists()
    return f"{plain}-{asset.reference}" if taken else plain
