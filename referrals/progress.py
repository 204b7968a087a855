"""How a referral moves: which moves there are, and what each asks for.

Progress is the provider's; the result is the person's.

ReferralProblem
├── MoveNotAllowed   there is no such move from where the referral is
├── WordsMissing     the move asks for words or a reason
└── NoConsent        nothing may be shared
"""

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Progress(TextChoices):
    DRAFT = "draft", _("Not sent yet")
    SENT = "sent", _("Sent")
    SEEN = "seen", _("Seen")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    IN_CONTACT = "in-contact", _("In contact")
    ON_HOLD = "on-hold", _("On hold")
    ENDED = "ended", _("Ended")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ENTERED_IN_ERROR = "entered-in-error", _("Entered in error")


class DeclineReason(TextChoices):
    NO_CAPACITY = "no-capacity", _("No capacity")
    WAITING_LIST = "waiting-list", _("Waiting list")
    OUT_OF_AREA = "out-of-area", _("Out of area")
    NOT_ELIGIBLE = "not-eligible", _("Not eligible (say which rule)")
    NEEDS_MORE = "needs-more", _("Needs more support than we can give")
    DUPLICATE = "duplicate", _("We have this referral already")
    WRONG_CONTACT = "wrong-contact", _("Wrong contact details")
    OTHER = "other", _("Other (say what)")


# As it is told of whoever declined: “Riverside Lunch Club said no: they have no room just now.”
SAID_NO = {
    DeclineReason.NO_CAPACITY: _("they have no room just now"),
    DeclineReason.WAITING_LIST: _("they have a waiting list"),
    DeclineReason.OUT_OF_AREA: _("it is outside the area that they cover"),
    DeclineReason.NOT_ELIGIBLE: _("it is meant for other people"),
    DeclineReason.NEEDS_MORE: _("the person needs more support than they can give"),
    DeclineReason.DUPLICATE: _("they have this request already"),
    DeclineReason.WRONG_CONTACT: _("the phone number or address is wrong"),
    DeclineReason.OTHER: _("for another reason"),
}
_ANYWHERE = frozenset({Progress.ENTERED_IN_ERROR})
_OPEN = _ANYWHERE | {Progress.WITHDRAWN}
NEXT: dict[Progress, frozenset[Progress]] = {
    Progress.DRAFT: _OPEN | {Progress.SENT},
    # Somebody who is rung answers without having opened anything.
    Progress.SENT: _OPEN | {Progress.SEEN, Progress.ACCEPTED, Progress.DECLINED},
    Progress.SEEN: _OPEN | {Progress.ACCEPTED, Progress.DECLINED},
    Progress.ACCEPTED: _OPEN | {Progress.IN_CONTACT, Progress.ON_HOLD, Progress.ENDED},
    Progress.IN_CONTACT: _OPEN | {Progress.ON_HOLD, Progress.ENDED},
    Progress.ON_HOLD: _OPEN | {Progress.ACCEPTED, Progress.IN_CONTACT, Progress.ENDED},
    Progress.DECLINED: _ANYWHERE,
    Progress.ENDED: _ANYWHERE,
    Progress.WITHDRAWN: _ANYWHERE,
    Progress.ENTERED_IN_ERROR: frozenset(),
}
WAITING = frozenset({Progress.SENT, Progress.SEEN})
OPEN = frozenset(state for state, moves in NEXT.items() if Progress.WITHDRAWN in moves)
WORDS_REQUIRED = frozenset({Progress.DECLINED, Progress.WITHDRAWN, Progress.ON_HOLD})
# What the receiving provider says; the others are the council's and the person's.
PROVIDERS_MOVES = frozenset(
    {Progress.SEEN, Progress.ACCEPTED, Progress.DECLINED, Progress.IN_CONTACT, Progress.ON_HOLD, Progress.ENDED}
)


class ReferralProblem(Exception):
    """A sentence for whoever did it."""


class MoveNotAllowed(ReferralProblem):
    def __init__(self, was: Progress, became: Progress) -> None:
        self.was, self.became = was, became
        super().__init__(
            gettext("A referral cannot go from %(was)s to %(became)s.")
            % {"was": was.label.lower(), "became": became.label.lower()}
        )


class WordsMissing(ReferralProblem):
    pass


class NoConsent(ReferralProblem):
    pass
