import shutil

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from config.health.part import Number, Part, State

# An index is built beside the one in use: at a million listings it takes most of a gigabyte.
LITTLE, NEXT_TO_NONE = 2_000_000_000, 300_000_000


def look() -> Part:
    """Room where the data folder is."""
    folder = settings.DATA_DIR if settings.DATA_DIR.is_dir() else settings.DATA_DIR.parent
    room = shutil.disk_usage(folder)
    told = {"free": filesizeformat(room.free), "all": filesizeformat(room.total)}
    words = [_("%(free)s of %(all)s are free where the data is.") % told]
    state = State.GOOD
    if room.free < LITTLE:
        state = State.BAD if room.free < NEXT_TO_NONE else State.WARNING
        words.append(_("Make room: without it nothing can be saved."))
    numbers = (Number("disk_free_bytes", room.free), Number("disk_bytes", room.total))
    return Part("disk", state, tuple(words), numbers)
