"""Erases again whoever was erased before, and came back with a backup: `erase_again()`."""

from typing import NamedTuple

from referrals.keeping.erasing import RESTORED, erase
from referrals.models import ErasedRecord, Person
from referrals.models.sealed import NotOpened


class Again(NamedTuple):
    done: int
    # What the keys at hand do not open.
    sealed: int


def erase_again() -> Again:
    """Everybody whose key is among the erased, and who is here. Whoever was told before is told once more."""
    back = Person.objects.filter(key__in=ErasedRecord.objects.values("key"), erased_at=None)
    found = [_erase(pk) for pk in back.values_list("pk", flat=True)]
    return Again(done=sum(found), sealed=len(found) - sum(found))


def _erase(pk: int) -> bool:
    try:
        erase(Person(pk=pk), by=None, because=RESTORED)
    except NotOpened:
        return False
    return True
