"""Where a message goes: looked up when it is sent, and kept nowhere else."""

from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q

from accounts.models import User
from accounts.roles import Role, group_name
from referrals.messages.texts import mobile, texts
from referrals.models import Person, Referral
from referrals.models.results import How


class Reach(NamedTuple):
    """By mail, by text, or not at all."""

    email: str = ""
    number: str = ""

    @property
    def is_none(self) -> bool:
        return not self.email and not self.number


def provider_link(referral: Referral) -> Reach:
    """Where the link goes: by mail, or by text to who has none."""
    email, number = provider_email(referral), provider_number(referral)
    return Reach(email=email) if email else Reach(number=number)


def provider_code(referral: Referral) -> Reach:
    """Where the code goes: never the way of the link. Not at all: the coordinator reads it out."""
    return Reach(number=provider_number(referral)) if provider_email(referral) else Reach()


def provider_email(referral: Referral) -> str:
    return first_email(getattr(referral.asset, "email", ""), getattr(referral.provider, "email", ""))


def provider_number(referral: Referral) -> str:
    if not texts().sends:
        return ""
    asset, provider = referral.asset, referral.provider
    listed = (getattr(asset, "text_number", ""), getattr(asset, "phone", ""), getattr(provider, "phone", ""))
    return next(filter(None, map(mobile, listed)), "")


def coordinators(referral: Referral) -> list[str]:
    """Of whoever looks after the person; where that is nobody, of who made the referral, and then of the team."""
    person = referral.person
    for one in (person.coordinator if person else None, referral.made_by):
        if one is not None and one.is_active and (email := first_email(one.email)):
            return [email]
    if person is None or person.team_id is None:
        return []
    team = User.objects.filter(teams=person.team_id, groups__name=group_name(Role.COORDINATOR), is_active=True)
    return emails(team)


def administrators(referral: Referral) -> list[str]:
    """Of the council; and of whoever runs the installation, where it has none."""
    runs_it = Q(groups__name=group_name(Role.ADMINISTRATOR))
    if referral.council_id is None:
        runs_it |= Q(is_superuser=True)
    return emails(User.objects.filter(runs_it, council=referral.council_id, is_active=True))


def person_reach(person: Person, how: str) -> Reach:
    """A person's own number or address, as they want to be asked."""
    contact: dict[str, Any] = person.contact
    if how == How.TEXT:
        return Reach(number=mobile(str(contact.get("phone", ""))) if texts().sends else "")
    return Reach(email=first_email(str(contact.get("email", ""))))


def emails(users: Any) -> list[str]:
    found = users.order_by("email").values_list("email", flat=True).distinct()
    return [email for email in found if first_email(email)]


def first_email(*addresses: str) -> str:
    """The first that is one; what could hold two, or a header, is none."""
    for address in addresses:
        try:
            validate_email(address.strip())
        except ValidationError:
            continue
        return address.strip()
    return ""
