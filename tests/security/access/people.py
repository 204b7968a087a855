"""People and what is kept of them in the small world: a coordinator's own, and those of others."""

import re

from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from assets_map.models import Area
from directory.models import Asset
from referrals.acts import move_referral
from referrals.answering.links import give_code, give_link
from referrals.models import ConsentWording, Referral, Result, RingBack, Source, Via
from referrals.progress import Progress
from referrals.referring.own_code import new_code, submission_of
from referrals.results.links import give_result_link
from tests.factories.referrals import consent_to_be_asked, make_conversation, make_cover, make_person, refer
from tests.security.access.words import ANY, OTHER_COUNCIL, OTHER_PATCH, OTHER_PROVIDER, OTHER_TEAM, OWN


def lay_people(world, ours, theirs):
    coordinator = world.accounts[Role.COORDINATOR.value]
    colleague, stranger = (User.objects.get(username=name) for name in ("colleague", "stranger"))
    patch = Area.objects.get(code="patch-3")
    Asset.objects.update(email="club@example.org", text_number="07700 900456")
    for whose, provider, given in (
        ((ANY, OWN), OWN, {"coordinator": coordinator, "council": ours}),
        # Their own person, sent to a provider whose members are others.
        ((OTHER_PROVIDER,), OTHER_PROVIDER, {"coordinator": coordinator, "council": ours}),
        (
            (OTHER_TEAM,),
            OTHER_PROVIDER,
            {"coordinator": colleague, "council": ours, "team_id": world.of("team", OTHER_TEAM)},
        ),
        ((OTHER_PATCH,), OTHER_PROVIDER, {"coordinator": colleague, "council": ours, "patch": patch}),
        ((OTHER_COUNCIL,), OTHER_PROVIDER, {"coordinator": stranger, "council": theirs}),
    ):
        lay_person(world, whose, Asset.objects.get(pk=world.of("asset", provider)), given)
    world.keep("consentwording", ConsentWording.objects.first())


def marker_of(whose):
    """A word that stands in every box of a person: "Zebediahotherteams"."""
    return f"Zebediah{re.sub('[^a-z]', '', whose)}"


def lay_person(world, whose, asset, given):
    """One with a conversation, a referral that was accepted, what came of it, and a call that was promised."""
    marker = marker_of(whose[-1])
    contact = {"phone": "07700 900123", "how": "phone", "when": marker}
    person = make_person(reference=f"{marker}-1", called=marker, contact=contact, **given)
    conversation = make_conversation(person, answers={"matters": marker, "working": marker}, notes=marker)
    consent = consent_to_be_asked(person, note=marker)
    needs = {"called": marker, "contact": "07700 900123", "welcome": marker}
    referral = refer(person, asset, conversation=conversation, needs=needs)
    move_referral(referral, to=Progress.ACCEPTED, via=Via.RANG, by=person.coordinator, words=marker)
    ask = referral.asks.first()
    result = Result.objects.create(referral=referral, ask=ask, answer="regularly", via="phone", words=marker)
    call = RingBack.objects.create(person=person, result=result, promised_for=timezone.localdate(), words=marker)
    for kind, thing in (
        ("person", person),
        ("conversation", conversation),
        ("consent", consent),
        ("referral", referral),
        ("ask", ask),
        ("ring_back", call),
    ):
        world.keep(kind, thing.key, *whose)
    world.keep("cover", make_cover(person.coordinator, by=world.accounts[Role.COMMISSIONER.value]), *whose)


def lay_ways_in(world):
    """By the name of a door that opens without an account: what opens the record of one's own person there."""
    referral = Referral.objects.get(key=world.of("referral", OWN))
    asked, contact = new_code(), referral.person.contact["phone"]
    refer(
        referral.person, referral.asset, source=Source.SELF, submission=submission_of(asked), needs=referral.needs,
        by=None,
    )  # fmt: skip
    return {
        "referrals:how_did_it_go": {"link": give_result_link(referral.asks.first())},
        "referrals:answer": {"link": give_link(referral), "code": give_code(referral)},
        "referrals:own": {"code": asked, "contact": contact},
    }
