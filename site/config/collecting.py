"""Static files are gathered anew only when one of them has changed."""

import hashlib

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def fingerprint() -> str:
    """Changes when a static file is added, changed or taken away."""
    seen = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda one: one[0]):
            seen.update(f"{path} {storage.size(path)} {storage.get_modified_time(path)}".encode())
    return seen.hexdigest()


def collect_if_changed() -> bool:
    """Gather and compress static files if need be; whether it was needed."""
    kept = settings.DATA_DIR / "static.collected"
    now = fingerprint()
    if settings.STATIC_ROOT.is_dir() and kept.is_file() and kept.read_text() == now:
        return False
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    kept.write_text(now)
    return True
