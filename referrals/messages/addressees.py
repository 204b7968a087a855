"""Where a message goes: looked up when it is sent, and kept nowhere else."""

from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role, group_name
from referrals.messages.texts import mobile, texts
from referrals.models import Cover, Person, Referral
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


def listing_of(referral: Referral) -> Any:
    """While it is run by whom the person said yes to: what others who took it over would be sent is not for them."""
    asset = referral.asset
    return asset if asset is not None and asset.provider_id == referral.provider_id else None


def provider_email(referral: Referral) -> str:
    return first_email(getattr(listing_of(referral), "email", ""), getattr(referral.provider, "email", ""))


def provider_phone(referral: Referral) -> str:
    """To ring them."""
    return getattr(listing_of(referral), "phone", "") or getattr(referral.provider, "phone", "")


def provider_number(referral: Referral) -> str:
    if not texts().sends:
        return ""
    asset, provider = listing_of(referral), referral.provider
    listed = (getattr(asset, "text_number", ""), getattr(asset, "phone", ""), getattr(provider, "phone", ""))
    return next(filter(None, map(mobile, listed)), "")


def coordinators(referral: Referral) -> list[str]:
    """Of whoever looks after the person, and who stands in for them today; where that is nobody who sees the person,
    of the team, then of those whose patch it is, and then of who made the referral."""
    person = referral.person
    if person is None:
        return []
    standing_in = Cover.objects.today(timezone.localdate()).filter(away=person.coordinator_id).values("by")
    nearest = (
        Q(pk=person.coordinator_id) | Q(pk__in=standing_in),
        # In a list, since none is not everybody who has none.
        Q(teams__in=[person.team_id]),
        Q(patches__in=[person.patch_id]) | Q(teams__patches__in=[person.patch_id]),
        Q(pk=referral.made_by_id),
    )
    at_work = User.objects.filter(groups__name=group_name(Role.COORDINATOR), is_active=True)
    return next(filter(None, (emails_of_who_sees(person, at_work.filter(who)) for who in nearest)), [])


def emails_of_who_sees(person: Person, users: "QuerySet[User]") -> list[str]:
    """Whoever does not see somebody any more could do nothing about the news."""
    seeing = [one for one in users.distinct() if Person.objects.visible_to(one).filter(pk=person.pk).exists()]
    return sorted({email for one in seeing if (email := first_email(one.email))})


def administrators(referral: Referral) -> list[str]:
    """Of the council; where there are none, of whoever runs the installation."""
    at_work = User.objects.filter(is_active=True)
    of_council = at_work.filter(groups__name=group_name(Role.ADMINISTRATOR), council=referral.council_id)
    return emails(of_council) or emails(at_work.filter(is_superuser=True))


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
