from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from referrals.models.people import Person
from referrals.models.sealed import Sealed, SealedJSON, new_key
from referrals.seeing import sees_person


class Question(models.TextChoices):
    """What a person is asked, beside who they are, where, and how to reach them. The last four are a review's."""

    MATTERS = "matters", _("What matters to you?")
    GOOD_WEEK = "good-week", _("What does a good week look like?")
    IMPORTANT = "important", _("Who and what is important to you?")
    STRENGTHS = "strengths", _("What are you good at, and what do you enjoy?")
    CHANGE = "change", _("What would you like to change?")
    WORKING = "working", _("What is working for you?")
    NOT_WORKING = "not-working", _("What is not?")
    ELSE = "else", _("Do you need anything else?")
    STILL_BEST = "still-best", _("Is this still the best option, or is there another?")


FIRST_QUESTIONS = (
    Question.MATTERS,
    Question.GOOD_WEEK,
    Question.IMPORTANT,
    Question.STRENGTHS,
    Question.CHANGE,
)
REVIEW_QUESTIONS = (Question.WORKING, Question.NOT_WORKING, Question.ELSE, Question.STILL_BEST)


class ConversationQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(sees_person(user, "person__"))

    def unfinished(self) -> Self:
        return self.filter(finished_at=None)


class Conversation(models.Model):
    """What matters to a person, in their own words, and what was offered."""

    class Kind(models.TextChoices):
        FIRST = "first", _("Conversation one")
        REVIEW = "review", _("Review")

    key = models.SlugField(max_length=16, unique=True, default=new_key, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="conversations")
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.FIRST)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    held_on = models.DateField(default=timezone.localdate, db_index=True)
    # A question's code → the person's words.
    answers = SealedJSON(_("in their own words"), default=dict, blank=True)
    notes = Sealed(_("your notes"), blank=True)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    crisis_told = Sealed(_("who was told"), blank=True)
    crisis_at = models.DateTimeField(_("when they were told"), null=True, blank=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-held_on", "-pk"]
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")

    def __str__(self) -> str:
        return self.key

    @property
    def questions(self) -> tuple[Question, ...]:
        return REVIEW_QUESTIONS if self.kind == self.Kind.REVIEW else FIRST_QUESTIONS

    @property
    def words(self) -> str:
        """Everything that the person said, a line for each question that was answered."""
        return "\n".join(self.answers[one] for one in self.questions if self.answers.get(one))


class OfferQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(sees_person(user, "conversation__person__"))


class Offer(models.Model):
    """An asset on the shortlist of a conversation, and what the person made of it."""

    class State(models.TextChoices):
        SHORTLISTED = "shortlisted", _("On the list")
        OFFERED = "offered", _("Offered")
        CHOSEN = "chosen", _("Chosen")
        DECLINED = "declined", _("Not for them")

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="offers")
    asset = models.ForeignKey("directory.Asset", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # As it was called: a listing can be deleted.
    asset_name = models.CharField(max_length=160)
    why = Sealed(_("why it was found"), blank=True)
    state = models.CharField(max_length=11, choices=State, default=State.SHORTLISTED)
    words = Sealed(_("the person's reason"), blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = OfferQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [
            models.UniqueConstraint(fields=["conversation", "asset"], name="offer_is_made_once_a_conversation"),
            models.CheckConstraint(
                condition=models.Q(state__in=["shortlisted", "offered", "chosen", "declined"]),
                name="offer_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.asset_name
