"""What stands between owed work and its delivery.

DeliveryProblem      it did not work now; its message is a sentence for administrators, and holds nothing of a person
└── NotDeliverable   nor will it by itself: the row is parked until a person has looked at it
TimeIsUp             the worker was told to stop, and may not finish what it holds
"""

import traceback
from pathlib import Path

from django.utils.translation import gettext as _

LONGEST = 500


class DeliveryProblem(Exception):
    """It could not be delivered now; later it may."""


class NotDeliverable(DeliveryProblem):
    """It cannot be delivered as it is, however often it is tried."""


class TimeIsUp(BaseException):
    """Not an `Exception`: no delivery may take it for a failure of its own."""


def in_words(error: BaseException, *, quoted: bool) -> str:
    """Why it failed, for administrators, in one line. Unless `quoted`, nothing of a message that could quote what was
    sent."""
    if quoted or isinstance(error, DeliveryProblem):
        return " ".join(str(error).split())[:LONGEST] or type(error).__name__
    if isinstance(error, TimeoutError):
        return _("There was no answer in time.")
    if isinstance(error, ConnectionError):
        return _("The other side could not be reached, or broke off.")
    return _("Something went wrong that was not foreseen: %(what)s.") % {"what": where(error)}


def where(error: BaseException) -> str:
    """The type of an error and the line that raised it: enough to look for it, and nothing that was said."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return type(error).__name__
    return f"{type(error).__name__}, {Path(frames[-1].filename).name}:{frames[-1].lineno}"
