"""What the directory tells rooms above it, which it may not import."""

from django.dispatch import Signal

# Sent inside the transaction of a bulk load, once, with `asset_ids`: every listing created, changed or taken out by it,
# and those whose venue or provider it changed. Bulk writes send no `post_save`.
listings_loaded = Signal()

# Listings were put into somebody's hands: `asset_ids`, and `how` – "printed" or "listed". Never to whom.
listings_given = Signal()
