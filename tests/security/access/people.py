"""People, and referrals of them, in the small world: a coordinator's own, another team's, another council's."""

from accounts.models import User
from accounts.roles import Role
from directory.models import Asset
from referrals.models import ConsentWording, ResultAsk, RingBack
from tests.factories.referrals import consent_to_be_asked, make_person, refer
from tests.security.access.words import ANY, OTHER_COUNCIL, OTHER_TEAM, OWN


def lay_people(world, ours, theirs):
    coordinator = world.accounts[Role.COORDINATOR.value]
    colleague, stranger = (User.objects.get(username=name) for name in ("colleague", "stranger"))
    for holder, council, whose in (
        (coordinator, ours, (ANY, OWN)),
        (colleague, ours, (OTHER_TEAM,)),
        (stranger, theirs, (OTHER_COUNCIL,)),
    ):
        person = make_person(holder, council=council)
        world.keep("person", person.key, *whose)
        world.keep("consent", consent_to_be_asked(person).key, *whose)
        referral = refer(person, Asset.objects.get(pk=world.of("asset", OWN)))
        world.keep("referral", referral.key, *whose)
        world.keep("ask", ResultAsk.objects.create(referral=referral, week=1, due_on="2026-11-30").key, *whose)
        world.keep("ring_back", RingBack.objects.create(person=person, promised_for="2026-11-30").key, *whose)
    world.keep("consentwording", ConsentWording.objects.first())
