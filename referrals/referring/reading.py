"""What is read out to somebody before they say yes."""

from typing import NamedTuple

from directory.models import Provider
from referrals.models import ConsentWording
from referrals.models.consents import Purpose


class ReadOut(NamedTuple):
    """The words for each purpose, with the receiver's name in them."""

    words: dict[str, str]
    # Changes when the words do, or whoever is told.
    mark: str


def read_out(receiver: str, provider: Provider | None) -> ReadOut:
    wordings = {purpose: ConsentWording.objects.read_out(purpose) for purpose in Purpose.values}
    words = {purpose: wording.naming(receiver) for purpose, wording in wordings.items()}
    told = provider.pk if provider else 0
    return ReadOut(words, mark="-".join(map(str, (told, *(wording.pk for wording in wordings.values())))))
