"""Static files under names that carry their content, compressed once."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticStorage(CompressedManifestStaticFilesStorage):
    """Forgives a reference to a file that a vendored stylesheet names and that was left out on purpose."""

    manifest_strict = False
