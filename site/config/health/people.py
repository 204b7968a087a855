from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.health.part import Number, Part, State
from referrals.home.mine import looked_after_by_nobody, rung_by_nobody


def look() -> Part:
    """Whether everybody is looked after by somebody who still works here."""
    people, to_ring = looked_after_by_nobody().count(), rung_by_nobody().count()
    numbers = (Number("people_without_coordinator", people), Number("providers_rung_by_nobody", to_ring))
    wrong = tuple(in_words(people=people, to_ring=to_ring))
    good = (_("Everybody with whom something goes on has somebody at work."),)
    return Part("people", State.WARNING if wrong else State.GOOD, wrong or good, numbers)


def in_words(*, people: int, to_ring: int) -> Iterator[str]:
    if people:
        words = ngettext(
            "%(n)s person has nobody at work who looks after them.",
            "%(n)s people have nobody at work who looks after them.",
            people,
        )
        yield words % {"n": people}
        yield _("An administrator hands them over, under “Being away, and handing people over”.")
    if to_ring:
        words = ngettext(
            "%(n)s provider is to be rung and asked to forget somebody, by nobody who is at work.",
            "%(n)s providers are to be rung and asked to forget somebody, by nobody who is at work.",
            to_ring,
        )
        yield words % {"n": to_ring}
        yield _("An administrator rings them, under “Providers to ring”.")
