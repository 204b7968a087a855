from django.db import models
from django.utils.translation import gettext_lazy as _

from outbox.models import OwedToOthers
from referrals.models.people import Person
from referrals.models.referrals import Referral
from referrals.models.results import ResultAsk


class MessageKind(models.TextChoices):
    PROVIDER_ASKED = "provider-asked", _("Ask a provider")
    PROVIDER_CODE = "provider-code", _("Send a provider the code")
    PROVIDER_CHASED = "provider-chased", _("Remind a provider")
    PROVIDER_WITHDRAWN = "provider-withdrawn", _("Tell a provider that it is withdrawn")
    COORDINATOR_TOLD = "coordinator-told", _("Tell a coordinator")
    NOT_REACHED = "not-reached", _("Tell a coordinator that a provider cannot be written to")
    # As it was called when only what nobody had opened was chased.
    STILL_WAITING = "not-opened", _("Tell a coordinator that a referral waits for an answer")
    LINK_CLOSED = "link-closed", _("Tell a coordinator that a link was closed")
    PROVIDER_MISTAKEN = "provider-mistaken", _("Tell a coordinator that an answer was a mistake")
    NOT_ANSWERED = "not-answered", _("Tell administrators that nobody answered")
    PERSON_ERASED = "person-erased", _("Tell a coordinator that a record was erased")
    RESULT_ASKED = "result-asked", _("Ask a person how it went")


class OwedMessage(OwedToOthers):
    """One message owed. It holds references alone: the address is looked up, and the link made, when it is sent."""

    kind = models.CharField(max_length=20, choices=MessageKind)
    referral = models.ForeignKey(Referral, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    ask = models.ForeignKey(ResultAsk, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    class Meta(OwedToOthers.Meta):
        abstract = False
        verbose_name = _("message")
        verbose_name_plural = _("messages")

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def deliver(self) -> None:
        from referrals.messages.sending import send

        send(self)
