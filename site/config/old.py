"""What has been kept too long: for each rule of `config.retention`, the rows that may go."""

import datetime as dt
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision, WorkflowState

from accounts.access_events import AccessEvent
from accounts.models import Once, OneTimeLink, User, WrongTries
from directory.models import Asset
from importers.models import Load
from outbox.models import Worker
from referrals.models import Cover, HandingOver, ReferralCount, Signpost
from search.forgetting import kept_from
from search.models import DangerCount, SearchRecord, UnknownWord
from website.models import UsefulCount

Rows = QuerySet[Any]
DAY = dt.timedelta(days=1)
YEAR = dt.timedelta(days=365)


def searches(now: dt.datetime) -> list[Rows]:
    first = kept_from(now.date())
    return [
        SearchRecord.objects.filter(on__lt=first),
        UnknownWord.objects.filter(last_on__lt=first),
        DangerCount.objects.filter(on__lt=first),
    ]


def counts(now: dt.datetime) -> list[Rows]:
    first = (now - 3 * YEAR).date()
    months = [model._default_manager.filter(month__lt=first) for model in (UsefulCount, ReferralCount)]
    return [Signpost.objects.filter(on__lt=first), *months]


def looks(now: dt.datetime) -> list[Rows]:
    return [AccessEvent.objects.past_keeping(now)]


def history(now: dt.datetime) -> list[Rows]:
    long_ago = now - 6 * YEAR
    return [PageLogEntry.objects.filter(timestamp__lt=long_ago), ModelLogEntry.objects.filter(timestamp__lt=long_ago)]


def handings_over(now: dt.datetime) -> list[Rows]:
    long_ago = now - 6 * YEAR
    return [Cover.objects.filter(to_date__lt=long_ago.date()), HandingOver.objects.filter(at__lt=long_ago)]


def old_versions(now: dt.datetime) -> list[Rows]:
    """Versions that a newer one has followed, that nobody sees, and about which nobody is deciding."""
    newer = Revision.objects.filter(
        base_content_type=OuterRef("base_content_type"), object_id=OuterRef("object_id"), pk__gt=OuterRef("pk")
    )
    undecided = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
    shown = [
        Exists(model._default_manager.filter(Q(live_revision=OuterRef("pk")) | Q(latest_revision=OuterRef("pk"))))
        for model in (Page, Asset)
    ]
    found = Revision.objects.filter(Exists(newer), created_at__lt=now - 3 * YEAR, approved_go_live_at=None)
    found = found.exclude(task_states__workflow_state__status__in=undecided)
    return [found.exclude(shown[0]).exclude(shown[1])]


def reports_of_loads(now: dt.datetime) -> list[Rows]:
    before = dt.datetime.combine(kept_from(now.date()), dt.time(), now.tzinfo)
    return [Load.objects.filter(loaded_at__lt=before).exclude(report={})]


def sessions(now: dt.datetime) -> list[Rows]:
    going_on = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gte=now)
    return [
        Session.objects.filter(expire_date__lt=now),
        UserSession.objects.filter(~Exists(going_on), last_seen_at__lt=now - DAY),
        EditingSession.objects.filter(last_seen_at__lt=now - DAY),
        FormState.objects.filter(last_updated_at__lt=now - 30 * DAY),
    ]


def doors(now: dt.datetime) -> list[Rows]:
    return [
        OneTimeLink.objects.filter(expires_at__lt=now),
        Once.objects.filter(until__lt=now),
        WrongTries.objects.filter(last_at__lt=now - DAY),
    ]


def leavers(now: dt.datetime) -> list[Rows]:
    """Accounts that were closed, and whose last sign-in is older than every look that they could stand behind."""
    last_here = Coalesce(F("last_login"), F("date_joined"))
    closed = User.objects.filter(is_active=False).annotate(last_here=last_here)
    return [closed.filter(last_here__lt=now - 6 * YEAR - 2 * DAY).exclude(Exists(_looks_of_theirs()))]


def _looks_of_theirs() -> Rows:
    return AccessEvent.objects.filter(who=OuterRef("pk"))


def workers(now: dt.datetime) -> list[Rows]:
    return [Worker.objects.filter(seen_at__lt=now - DAY)]
