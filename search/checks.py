"""System checks: half-declared set-ups are refused."""

from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def cluster_can_be_asked(**_options: Any) -> list[CheckMessage]:
    """An address of a cluster is of no use without what asks it."""
    if not settings.ELASTICSEARCH_URL or find_spec("elasticsearch") is not None:
        return []
    hint = "pip install 'hereabouts[elasticsearch]', or leave ELASTICSEARCH_URL empty."
    return [Error("ELASTICSEARCH_URL is set, and the package elasticsearch is missing.", hint=hint, id="search.E001")]
