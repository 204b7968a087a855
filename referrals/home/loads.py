"""How many people each coordinator of a council has: counts, for whoever sees that nobody is dropped."""

from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db.models import Count

from referrals.home.forms import name_or_left
from referrals.home.mine import at_work, looked_after_by_nobody
from referrals.models import Person, ProviderToRing


class Load(NamedTuple):
    name: str
    number: int
    people: int
    has_left: bool


class Loads(NamedTuple):
    rows: list[Load]
    nobodys: int
    # Providers to ring, whoever is to do it.
    to_ring: int


def loads_of(user: Any) -> Loads:
    """Those who have left come first: somebody must take their people on."""
    seen = Person.objects.visible_to(user)
    standing = seen.standing().exclude(coordinator=None).order_by()
    counts = dict(standing.values_list("coordinator").annotate(Count("pk")))
    working = set(at_work().filter(pk__in=counts).values_list("pk", flat=True))
    rows = [
        Load(name_or_left(one), one.pk, counts[one.pk], one.pk not in working)
        for one in get_user_model().objects.filter(pk__in=counts)
    ]
    nobodys = looked_after_by_nobody().filter(pk__in=seen.values("pk")).count()
    to_ring = ProviderToRing.objects.visible_to(user).to_do().count()
    return Loads(sorted(rows, key=lambda load: (not load.has_left, load.name.casefold())), nobodys, to_ring)
