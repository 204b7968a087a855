import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from referrals.models.people import Person
from referrals.models.referrals import Referral
from referrals.models.sealed import Sealed, new_key
from referrals.seeing import sees_person


class ResultAnswer(models.TextChoices):
    ONCE = "once", _("Attended once")
    REGULARLY = "regularly", _("Going regularly")
    NOT_FOR_THEM = "not-for-them", _("Tried, not for them")
    NOT_REACHED = "not-reached", _("Could not reach")
    NOT_GOT_THERE = "not-got-there", _("Could not get there")
    WAITING_LIST = "waiting-list", _("Waiting list")
    MET_ANOTHER_WAY = "met-another-way", _("Need met another way")
    NOT_MET = "not-met", _("Need not met")
    CHANGED_MIND = "changed-mind", _("Changed their mind")


class Statement(models.TextChoices):
    """What councils measure themselves in."""

    CONTROL = "control", _("I have choice and am in control")
    LISTENED = "listened", _("I have been listened to and understood")
    CONFIDENT = "confident", _("I am confident that staff know what they are doing")
    SHARED = "shared", _("Information about me is shared appropriately and with my knowledge")
    UNDERSTAND = "understand", _("I understand what is available to me in my community")
    RECOGNISED = "recognised", _("I am recognised as an individual")


class How(models.TextChoices):
    """How a person is asked, and answers."""

    LINK = "link", _("By link")
    TEXT = "text", _("By text")
    PHONE = "phone", _("By phone")
    SLIP = "slip", _("On paper")


class ResultAskQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(sees_person(user, "referral__person__"))

    def standing(self) -> Self:
        """Not answered, and still to be."""
        return self.filter(answered_at=None, cancelled_at=None)

    def due(self, on: dt.date) -> Self:
        """Those whose day has come, and about which nothing was done yet."""
        return self.standing().filter(due_on__lte=on, asked_at=None).order_by("due_on", "pk")

    def to_ring(self, now: dt.datetime) -> Self:
        """Whom to ring and ask today, the longest waiting first."""
        on_list = self.by_hand().filter(how=How.PHONE, expires_at__gt=now)
        return on_list.filter(due_on__lte=timezone.localdate(now)).order_by("due_on", "pk")

    def to_print(self) -> Self:
        """Slips that have not been sent yet."""
        return self.by_hand().filter(how=How.SLIP).order_by("due_on", "pk")

    def by_hand(self) -> Self:
        """What a coordinator does so that somebody is asked, now or on a later day; not where nothing goes on."""
        ways = models.Q(how=How.PHONE) | models.Q(how=How.SLIP, expires_at=None)
        return self.standing().filter(ways, asked_at__isnull=False, referral__person__closed_at=None)

    def slips_out(self, now: dt.datetime) -> Self:
        """Slips that somebody has, and has not answered."""
        return self.standing().filter(how=How.SLIP, expires_at__gt=now).order_by("due_on", "pk")

    def nobody_reached(self, now: dt.datetime) -> Self:
        """Those that were to be asked by phone for so long that it is of no use any more."""
        return self.standing().filter(how=How.PHONE, expires_at__lte=now)

    def not_left(self) -> Self:
        """What nobody outside has had yet: not due, on the list to ring, or not sent."""
        return self.filter(models.Q(asked_at=None) | models.Q(how=How.PHONE) | models.Q(how=How.SLIP, expires_at=None))


class ResultAsk(models.Model):
    """One time that a person is asked how it went, a number of weeks after a referral was accepted."""

    key = models.SlugField(max_length=16, unique=True, default=new_key, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="asks")
    week = models.PositiveSmallIntegerField()
    due_on = models.DateField(db_index=True)
    how = models.CharField(max_length=5, choices=How, default=How.PHONE)
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # Nobody is to be asked any more.
    cancelled_at = models.DateTimeField(null=True, blank=True)
    link_digest = models.CharField(max_length=64, blank=True, db_index=True)
    code_digest = models.CharField(max_length=64, blank=True, db_index=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = ResultAskQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["due_on", "pk"]
        verbose_name = _("question how it went")
        verbose_name_plural = _("questions how it went")
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=models.Q(answered_at__isnull=True, cancelled_at__isnull=True),
                name="result_ask_standing",
            )
        ]
        constraints = [models.UniqueConstraint(fields=["referral", "week"], name="result_is_asked_once_a_week_named")]

    def __str__(self) -> str:
        return self.key


class ResultQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(sees_person(user, "referral__person__"))


class Result(models.Model):
    """What came of a referral, in the person's own view."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="results")
    ask = models.OneToOneField(ResultAsk, null=True, blank=True, on_delete=models.SET_NULL, related_name="result")
    answer = models.CharField(max_length=15, choices=ResultAnswer)
    # A statement's code → "yes", "partly" or "no".
    statements = models.JSONField(default=dict, blank=True)
    words = Sealed(blank=True)
    via = models.CharField(max_length=5, choices=How)
    at = models.DateTimeField(default=timezone.now)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    unhappy = models.BooleanField(default=False)

    objects = ResultQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-at", "-pk"]
        verbose_name = _("result")
        verbose_name_plural = _("results")
        constraints = [
            models.CheckConstraint(condition=models.Q(answer__in=ResultAnswer.values), name="result_answer_is_known")
        ]

    def __str__(self) -> str:
        return str(self.get_answer_display())


class RingBackQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(sees_person(user, "person__"))

    def promised(self) -> Self:
        """Not done yet, the oldest promise first."""
        return self.filter(done_at=None).order_by("promised_for", "pk")


class RingBack(models.Model):
    """Somebody who is to be rung, and by when that was promised."""

    key = models.SlugField(max_length=16, unique=True, default=new_key, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="ring_backs")
    result = models.ForeignKey(Result, null=True, blank=True, on_delete=models.SET_NULL, related_name="ring_backs")
    made_at = models.DateTimeField(default=timezone.now)
    promised_for = models.DateField(db_index=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    words = Sealed(blank=True)

    objects = RingBackQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["promised_for", "pk"]
        verbose_name = _("ring-back")
        verbose_name_plural = _("ring-backs")

    def __str__(self) -> str:
        return self.key
