"""Uploads in a bucket that several machines share. The site gives them out; the bucket stays closed to the public."""

from typing import Any

from botocore.config import Config
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

SECONDS = 5


class SharedMedia(S3Storage):
    """A bucket of anything that speaks S3. Nothing in it is ever written over."""

    def get_default_settings(self) -> dict[str, Any]:
        return {
            **super().get_default_settings(),
            "file_overwrite": False,
            "default_acl": None,
            "client_config": Config(
                s3={"addressing_style": "path"},
                signature_version="s3v4",
                connect_timeout=SECONDS,
                read_timeout=4 * SECONDS,
                retries={"total_max_attempts": 3},
                # Others than Amazon do not know its newer check sums.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        }

    def url(self, name: str, *_args: Any, **_options: Any) -> str:
        """Where the site gives it out; no page sends anybody to the bucket."""
        return settings.MEDIA_URL + filepath_to_uri(name).lstrip("/")
