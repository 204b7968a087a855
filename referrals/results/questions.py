"""The questions how it went, in the words in which a person answers them."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from referrals.models import ResultAnswer, Statement

ANSWERS: Mapping[str, Promise] = {
    ResultAnswer.ONCE: _("I went once"),
    ResultAnswer.REGULARLY: _("I go regularly"),
    ResultAnswer.NOT_FOR_THEM: _("I tried it, and it was not for me"),
    ResultAnswer.NOT_REACHED: _("I could not reach them"),
    ResultAnswer.NOT_GOT_THERE: _("I could not get there"),
    ResultAnswer.WAITING_LIST: _("I am on a waiting list"),
    ResultAnswer.MET_ANOTHER_WAY: _("What I needed was met another way"),
    ResultAnswer.NOT_MET: _("I still do not have what I needed"),
    ResultAnswer.CHANGED_MIND: _("I changed my mind"),
}
# The ones that a connection can do something about; the others are there for who wants them.
FIRST_STATEMENTS = (Statement.LISTENED, Statement.UNDERSTAND)
MORE_STATEMENTS = tuple(one for one in Statement if one not in FIRST_STATEMENTS)
STATEMENTS = (*FIRST_STATEMENTS, *MORE_STATEMENTS)

UNHAPPY = frozenset(
    {ResultAnswer.NOT_FOR_THEM, ResultAnswer.NOT_REACHED, ResultAnswer.NOT_GOT_THERE, ResultAnswer.NOT_MET}
)
# After these there is nothing more to ask about.
LAST_WORD = frozenset({ResultAnswer.MET_ANOTHER_WAY, ResultAnswer.CHANGED_MIND})


class Scale(TextChoices):
    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")


class Ring(TextChoices):
    """Whether somebody is to ring."""

    YES = "yes", _("Yes, please")
    NO = "no", _("No, thank you")


WHAT_CAME = _("What came of it?")
IS_IT_TRUE = _("Is this true for you?")
ANYTHING = _("Anything you want to tell us?")
SHALL_WE_RING = _("Would you like somebody to ring you?")


def is_unhappy(answer: str, statements: Mapping[str, str], *, ring: str = "") -> bool:
    """Whether somebody should ring: it did not work, something was answered with no, or they ask for it."""
    return answer in UNHAPPY or Scale.NO in statements.values() or ring == Ring.YES
