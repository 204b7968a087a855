"""What a coordinator does with a person and a listing: signpost them, or refer them with the yes that was given."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from directory.models import Asset
from referrals.acts import make_referral
from referrals.holding import hold_person
from referrals.home.closing import reopen_person
from referrals.models import Consent, Conversation, Offer, Person, Referral, Signpost
from referrals.models.consents import Purpose, give_consent
from referrals.referring.forms import ReferForm
from referrals.referring.own_code import submission_of
from referrals.results.asking import ask_again
from referrals.signposting import count_signposts


@transaction.atomic
def refer(person: Person, *, asset: Asset, form: ReferForm, by: Any) -> Referral:
    """Write down each yes, and send what was shared; the same form sent twice is one referral."""
    # Whoever sends the same press of a button at the same time waits here.
    person = reopen_person(person, by=by)
    submission = submission_of(form.cleaned_data["once"])
    if made := person.referrals.filter(submission=submission).first():
        return made
    given: dict[str, Any] = {"how": form.cleaned_data["how"], "note": form.cleaned_data["note"], "by": by}
    consent = give_consent(person, purpose=Purpose.SHARE, provider=asset.provider, **given)
    for name, purpose in (("may_ask", Purpose.CONTACT), ("may_tell", Purpose.STORY)):
        if form.cleaned_data[name]:
            say_yes(person, purpose=purpose, **given)
    conversation = choose(person, asset=asset)
    return make_referral(
        person,
        asset=asset,
        needs=form.details,
        consent=consent,
        by=by,
        conversation=conversation,
        submission=submission,
    )


@transaction.atomic
def say_yes(person: Person, *, purpose: str, **given: Any) -> None:
    """One more yes to us, unless it stands already; from then on they are asked how it went, if it is to that."""
    hold_person(person.pk)
    if Consent.objects.standing().filter(person=person, purpose=purpose).exists():
        return
    give_consent(person, purpose=Purpose(purpose), **given)
    if purpose == Purpose.CONTACT:
        ask_again(person)


def choose(person: Person, *, asset: Asset) -> Conversation | None:
    """Mark what was offered as chosen; the conversation that it was offered in."""
    offer = Offer.objects.filter(conversation__person=person, asset=asset).order_by("-at").first()
    if offer is None:
        return None
    if offer.state != Offer.State.CHOSEN:
        offer.state, offer.at = Offer.State.CHOSEN, timezone.now()
        offer.save(update_fields=["state", "at"])
    return offer.conversation


def signpost(asset: Asset) -> None:
    """Told about it, and counted: nothing of the person leaves, and nothing is kept of who it was."""
    count_signposts([asset.pk], how=Signpost.How.GIVEN)
