"""What a full postcode looks like, however people write it."""

import re

# The grammar of the live ones, with whatever people write between the halves; "bus A12, 3pm" is none.
FULL_POSTCODE = re.compile(
    r"(?<![A-Z0-9])([A-Z]{1,2}[0-9][A-Z0-9]?)[\s.,;:/_-]*([0-9][ABD-HJLNP-UW-Z]{2})(?![A-Z0-9])", re.IGNORECASE
)
