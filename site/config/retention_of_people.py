"""The part of the table of what is kept that is about people who were put in touch with somebody."""

from django.utils.translation import gettext_lazy as _

from config import old_people as old
from config.retention_rule import NOTHING, About, Rule
from referrals.keeping.counting import forget_conversations, forget_people, forget_referrals

COUNTS = _("Counts by month, council and listing, in which nobody is told apart")
REFERRAL = (
    "referrals.Referral",
    "referrals.ReferralEvent",
    "referrals.ResultAsk",
    "referrals.Result",
)

PEOPLE = (
    Rule(
        key="people",
        about=About.PEOPLE,
        what=_("A person: the case reference, what they like to be called, how to reach them; sealed"),
        how_long=_(
            "13 months after the last that happened, with nothing open; three years after it, whatever stands open"
        ),
        why=_("Somebody who comes back within a year need not tell their story again"),
        remains=COUNTS,
        models=("referrals.Person",),
        due=old.people,
        removed_by=forget_people,
    ),
    Rule(
        key="conversations",
        about=About.PEOPLE,
        what=_("What a person said in a conversation, and what they were offered; sealed"),
        how_long=_("As long as the person, and three years at most"),
        why=_("To ask later what has changed, and what is still the best"),
        remains=COUNTS,
        models=("referrals.Conversation", "referrals.Offer"),
        due=old.conversations,
        removed_by=forget_conversations,
    ),
    Rule(
        key="consents",
        about=About.PEOPLE,
        what=_("What a person said yes to, what was read out to them, and when they took it back"),
        how_long=_("As long as the person; taken back, 13 months, or as long as what was shared with it"),
        why=_("To show that nothing was shared without a yes"),
        remains=NOTHING,
        models=("referrals.Consent",),
        due=old.consents,
    ),
    Rule(
        key="referrals-ended",
        about=About.PEOPLE,
        what=_("Referrals that ended: what the provider was told, how it went on, and how it went for the person"),
        how_long=_("13 months"),
        why=_("The person is asked for twelve weeks how it went, and a year is held beside the year before"),
        remains=COUNTS,
        models=REFERRAL,
        due=old.referrals_ended,
        removed_by=forget_referrals,
    ),
    Rule(
        key="referrals-declined",
        about=About.PEOPLE,
        what=_("Referrals that a provider declined"),
        how_long=_("6 months"),
        why=_("To find something else, and answer whoever asks why"),
        remains=COUNTS,
        models=REFERRAL,
        due=old.referrals_declined,
        removed_by=forget_referrals,
    ),
    Rule(
        key="referrals-withdrawn",
        about=About.PEOPLE,
        what=_("Referrals that were withdrawn, without what the provider was told"),
        how_long=_("3 months"),
        why=_("To see that the provider heard of it"),
        remains=COUNTS,
        models=REFERRAL,
        due=old.referrals_withdrawn,
        removed_by=forget_referrals,
    ),
    Rule(
        key="referrals-in-error",
        about=About.PEOPLE,
        what=_("Referrals that were entered in error"),
        how_long=_("A month"),
        why=_("To see that the provider heard of it"),
        remains=COUNTS,
        models=REFERRAL,
        due=old.referrals_in_error,
        removed_by=forget_referrals,
    ),
    Rule(
        key="referrals-not-sent",
        about=About.PEOPLE,
        what=_("Referrals that were begun and never sent"),
        how_long=_("3 months"),
        why=_("To go on with what was interrupted"),
        remains=COUNTS,
        models=REFERRAL,
        due=old.referrals_not_sent,
        removed_by=forget_referrals,
    ),
    Rule(
        key="referrals-standing-still",
        about=About.PEOPLE,
        what=_("Referrals that were never ended"),
        how_long=_("Two years after the last that happened"),
        why=_("Some go to a club for years; two years without a word is an end that nobody wrote down"),
        remains=COUNTS,
        models=REFERRAL,
        due=old.referrals_standing_still,
        removed_by=forget_referrals,
    ),
    Rule(
        key="providers-to-ring",
        about=About.PEOPLE,
        what=_(
            "That a provider who cannot be written to is to be rung, and asked to delete what they were told of "
            "somebody: the provider, the day and a reference, nothing of the person"
        ),
        how_long=_("Until it is done, and then with the referral; a referral that waits for it stays as long"),
        why=_("Whoever was told must hear that somebody changed their mind or was erased"),
        remains=NOTHING,
        models=("referrals.ProviderToRing",),
    ),
    Rule(
        key="ring-backs",
        about=About.PEOPLE,
        what=_("Calls that were promised to a person, and what was said in them; sealed"),
        how_long=_("13 months after they were made; those not made yet, as long as the person"),
        why=_("To keep the promise, and to see that it was kept"),
        remains=NOTHING,
        models=("referrals.RingBack",),
        due=old.ring_backs,
    ),
    Rule(
        key="answer-links",
        about=About.PEOPLE,
        what=_("Links and codes by which a provider answers, of which neither can be read back"),
        how_long=_("30 days after they are too old to be used"),
        why=_("To tell somebody who uses one late what to do instead"),
        remains=NOTHING,
        models=("referrals.AnswerLink",),
        due=old.answer_links,
    ),
    Rule(
        key="erased",
        about=About.PEOPLE,
        what=_("That a record was erased: who looked after it, and nothing of the person"),
        how_long=_("30 days"),
        why=_("So that whoever looked after it hears of it"),
        remains=_("The look that says who erased it and why, for six years, with a number for a name"),
        models=("referrals.Person",),
        due=old.erased,
    ),
)
