"""What is kept of people, sealed; and of signposts, in counts."""

from referrals.models.chase import Chase
from referrals.models.consents import Consent, ConsentWording
from referrals.models.conversations import Conversation, Offer, Question
from referrals.models.counts import ReferralCount
from referrals.models.covers import Cover
from referrals.models.erased import ErasedRecord
from referrals.models.handing_over import HandingOver, OwedNotice
from referrals.models.links import AnswerLink
from referrals.models.owed import MessageKind, OwedMessage
from referrals.models.people import NextStep, Person
from referrals.models.providers_to_ring import ProviderToRing
from referrals.models.referrals import Referral, ReferralEvent, Source, Via
from referrals.models.results import Result, ResultAnswer, ResultAsk, RingBack, Statement
from referrals.models.rounds import ResultRound
from referrals.models.signposts import Signpost

__all__ = [
    "AnswerLink",
    "Chase",
    "Consent",
    "ConsentWording",
    "Conversation",
    "Cover",
    "ErasedRecord",
    "HandingOver",
    "MessageKind",
    "NextStep",
    "Offer",
    "OwedMessage",
    "OwedNotice",
    "Person",
    "ProviderToRing",
    "Question",
    "Referral",
    "ReferralCount",
    "ReferralEvent",
    "Result",
    "ResultAnswer",
    "ResultAsk",
    "ResultRound",
    "RingBack",
    "Signpost",
    "Source",
    "Statement",
    "Via",
]
