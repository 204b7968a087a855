"""What is said of backups on the terminal."""

from django.template.defaultfilters import filesizeformat

from config.backup.making import Made
from config.backup.manifest import Manifest


def made_in_words(made: Made) -> list[str]:
    lines = [f"Wrote {made.file} ({filesizeformat(made.bytes)}).", *manifest_in_words(made.manifest)[1:]]
    if not made.locked:
        lines.append("It is not encrypted: whoever holds the file can read it. (--recipient or --passphrase)")
    return lines


def manifest_in_words(manifest: Manifest) -> list[str]:
    uploads = sum(name.startswith("media/") for name in manifest.members)
    return [
        f"Made at {manifest.made_at} by version {manifest.app_version}, from {manifest.database}.",
        f"{manifest.rows:,} rows in {len(manifest.tables)} tables, and {uploads:,} uploads.",
        "Not in it: " + ", ".join(sorted(manifest.left_out)) + ".",
    ]
