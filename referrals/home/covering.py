"""Standing in: while somebody is away another coordinator sees and does what is theirs, and it ends by itself."""

import datetime as dt
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access_events import record_look
from directory.words import date_in_words
from referrals.home.notices import tell
from referrals.home.problems import CoverProblem
from referrals.home.words import staff_name
from referrals.models import Cover

LONGEST = dt.timedelta(days=366)


def current_and_coming(user: Any, *, on: dt.date) -> "QuerySet[Cover]":
    """Those that somebody sees and that are not over."""
    return Cover.objects.visible_to(user).filter(to_date__gte=on).select_related("away", "by")


@transaction.atomic
def stand_in(*, away: Any, by: Any, from_date: dt.date, to_date: dt.date, said_by: Any) -> Cover:
    """Write down who stands in for whom, both days included; both are told. Raises CoverProblem."""
    # Whoever writes down the same at the same time waits here.
    list(get_user_model().objects.select_for_update().filter(pk__in=[away.pk, by.pk]).order_by("pk").values("pk"))
    _check(away, by, from_date, to_date)
    cover = Cover.objects.create(away=away, by=by, from_date=from_date, to_date=to_date)
    record_look(said_by, what="cover-began", whose=away, why="handing-over")
    tell(away, by, cover=cover)
    return cover


def _check(away: Any, by: Any, from_date: dt.date, to_date: dt.date) -> None:
    today = timezone.localdate()
    if away.pk == by.pk:
        raise CoverProblem(_("Choose somebody else to stand in."))
    if away.council_id != by.council_id:
        raise CoverProblem(_("They work for different councils."))
    if to_date < from_date:
        raise CoverProblem(_("The last day comes before the first."))
    if to_date < today:
        raise CoverProblem(_("The last day is over already."))
    if to_date - from_date > LONGEST:
        raise CoverProblem(_("That is longer than a year: hand the people over instead."))
    if from_date - today > LONGEST:
        raise CoverProblem(_("That is more than a year from now. Look at the year again."))
    during = Cover.objects.filter(from_date__lte=to_date, to_date__gte=from_date)
    if clash := during.filter(Q(away=by) | Q(away=away, by=by)).first():
        words = (
            _("%(name)s is away until %(day)s.")
            if clash.away_id == by.pk
            else _("%(name)s stands in until %(day)s already.")
        )
        raise CoverProblem(words % {"name": staff_name(by), "day": date_in_words(clash.to_date)})


@transaction.atomic
def end_cover(cover: Cover, *, by: Any) -> None:
    """End it now: from this moment on, only what was theirs before is seen."""
    today = timezone.localdate()
    record_look(by, what="cover-ended", whose=cover.away, why="handing-over")
    if cover.from_date >= today:
        cover.delete()
        return
    cover.to_date = today - dt.timedelta(days=1)
    cover.save(update_fields=["to_date"])
