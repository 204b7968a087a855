import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset

from accounts.models import User
from accounts.roles import Role, make_roles
from directory.models import Asset, Provider, ProviderMember, Venue
from tests.factories.directory import make_asset, make_provider, make_venue
from tests.website.test_admin import EDIT, listing, session_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client):
    user = User.objects.create_user("maureen", email="maureen@example.org")
    user.groups.add(make_roles()[Role.PROVIDER])
    client.force_login(user)
    return user


@pytest.fixture
def own(member):
    provider = make_provider()
    ProviderMember.objects.create(user=member, provider=provider)
    return make_asset(provider=provider, venue=None, reach=["by-phone"])


def edit(client, asset, **given):
    return client.post(reverse(EDIT, args=[asset.pk]), listing(**given))


def test_a_member_lists_the_own_listings_alone(client, own):
    make_asset(name="Somebody else's choir", provider=make_provider(name="Others"))
    page = client.get(reverse("wagtailsnippets_directory_asset:list")).content.decode()
    assert own.name in page
    assert "choir" not in page


def test_what_a_member_changes_goes_to_review_and_is_not_seen(client, own):
    assert edit(client, own, name="A better name", **{"action-submit": "submit"}).status_code == 302
    own.refresh_from_db()
    assert own.name == "Riverside Lunch Club"
    assert own.get_latest_revision_as_object().name == "A better name"
    assert own.current_workflow_state is not None


def test_a_member_cannot_publish(client, own):
    edit(client, own, name="A better name", **{"action-publish": "publish"})
    own.refresh_from_db()
    assert own.name == "Riverside Lunch Club"


def test_a_member_gives_the_listing_to_no_other_provider_and_no_other_address(client, own):
    other = make_provider(name="Others")
    edit(client, own, provider=other.pk, slug="somewhere-else")
    draft = own.get_latest_revision_as_object()
    assert draft.provider_id == own.provider_id
    assert draft.slug == own.slug


def test_a_member_neither_sees_nor_chooses_a_hidden_place(client, own):
    refuge = make_venue(name="A refuge", hidden=True)
    page = client.get(reverse("wagtailsnippetchoosers_directory_venue:choose")).content.decode()
    assert "A refuge" not in page
    assert edit(client, own, venue=refuge.pk, reach=["at-venue"]).status_code == 200
    row = session_row(venue=refuge.pk)
    assert edit(client, own, sessions=inline_formset([row])).status_code == 200
    assert list(Venue.objects.visible_to(User.objects.get(username="maureen"))) == []


def test_whoever_loses_the_role_sees_nothing_although_still_a_member(client, own, member):
    member.groups.clear()
    assert not Asset.objects.visible_to(member).exists()
    assert not Provider.objects.visible_to(member).exists()
    assert edit(client, own).status_code == 404


def test_a_moderator_makes_members_of_accounts_with_the_role(as_role, member):
    provider = make_provider()
    moderator = as_role(Role.MODERATOR)
    plain = User.objects.create_user("plain")
    address = reverse("wagtailsnippets_directory_providermember:add")
    assert moderator.post(address, {"user": plain.pk, "provider": provider.pk}).status_code == 200
    assert moderator.post(address, {"user": member.pk, "provider": provider.pk}).status_code == 302
    assert list(Provider.objects.visible_to(member)) == [provider]
