"""A listing's venues as pins."""

from assets_map.features import Pin
from directory.models import Asset


def venue_pins(asset: Asset) -> list[Pin]:
    """One numbered pin for each venue that people go to and that may be shown."""
    shown = [venue for venue in asset.visited_venues if venue.point]
    return [
        Pin(venue.point, venue.name, asset.get_absolute_url(), number, ", ".join(venue.address_lines[:1]))
        for number, venue in enumerate(shown, start=1)
    ]
