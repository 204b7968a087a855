import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page, Site

from accounts.access_events import AccessEvent
from accounts.council_pages import open_council
from accounts.models import Council, Team, User
from accounts.roles import Role, make_roles
from search.models import SearchRecord
from tests.factories.assets_map import make_gazetteer
from website.models import HomePage
from website.models.look import LookSettings

pytestmark = pytest.mark.django_db
# A host of its own, for what is looked up by host.
ELSEWHERE = "127.0.0.1"


@pytest.fixture
def thurrock():
    council = Council.objects.create(name="Thurrock", site=Site.objects.get(), codes="E06000034")
    open_council(council)
    return council


@pytest.fixture
def gravesham():
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Gravesham", slug="gravesham"))
    site = Site.objects.create(hostname=ELSEWHERE, root_page=home)
    council = Council.objects.create(name="Gravesham", site=site, codes="E07000109")
    open_council(council)
    return council


def of(council, role, name):
    user = User.objects.create_user(name, email=f"{name}@example.org", council=council)
    user.groups.add(make_roles()[role])
    return user


@pytest.fixture
def pat(thurrock, client):
    user = of(thurrock, Role.ADMINISTRATOR, "pat")
    client.force_login(user)
    return user


def searched(client, host, place):
    page = client.post("/find/", {"place": place}, HTTP_HOST=host, follow=True)
    return page.content.decode()


def test_each_council_s_site_serves_its_own_area(client, data_dir, thurrock, gravesham):
    make_gazetteer(data_dir)
    assert "Thurrock" in searched(client, ELSEWHERE, "RM18 8AD")
    assert "outside" in searched(client, ELSEWHERE, "RM18 8AD").lower()
    assert "outside" not in searched(client, ELSEWHERE, "DA12 2BN").lower()
    assert "outside" in searched(client, "testserver", "DA12 2BN").lower()
    assert "outside" not in searched(client, "testserver", "RM18 8AD").lower()


def test_each_council_has_its_own_look(client, thurrock, gravesham):
    LookSettings.objects.create(site=gravesham.site, council_name="Gravesham Council")
    assert "Gravesham Council" in client.get("/privacy/", HTTP_HOST=ELSEWHERE).content.decode()
    assert "Gravesham Council" not in client.get("/privacy/").content.decode()


@pytest.mark.parametrize(
    ("codes", "words"),
    [("Thurrock", "not a GSS code"), ("", "at least one"), ("E07000109, E06000034", "belongs to Thurrock")],
)
def test_a_council_s_codes_are_its_own(thurrock, gravesham, codes, words):
    gravesham.codes = codes
    with pytest.raises(ValidationError, match=words):
        gravesham.clean()


def test_codes_are_kept_in_one_way_of_writing(thurrock):
    thurrock.codes = "e06000034;E06000035\nE06000034"
    thurrock.clean()
    assert thurrock.codes == "E06000034, E06000035"


def test_an_administrator_sees_the_people_and_teams_of_the_own_council(client, pat, thurrock, gravesham):
    of(thurrock, Role.COORDINATOR, "colleague")
    of(gravesham, Role.COORDINATOR, "stranger")
    Team.objects.create(name="Tilbury team", council=thurrock)
    Team.objects.create(name="Northfleet team", council=gravesham)
    page = client.get(reverse("wagtailusers_users:index")).content.decode()
    assert "colleague@" in page or "colleague" in page
    assert "stranger" not in page
    page = client.get(reverse("wagtailsnippets_accounts_team:list")).content.decode()
    assert "Tilbury team" in page
    assert "Northfleet team" not in page


def account(**given):
    return {
        "username": "sam", "email": "sam@example.org", "first_name": "Sam", "last_name": "Cole",
        "password1": "kettle bus gravel", "password2": "kettle bus gravel", "is_active": "on", **given,
    }  # fmt: skip


def test_an_administrator_makes_accounts_of_the_own_council_and_gives_no_power_beyond_roles(
    client, pat, thurrock, gravesham
):
    posted = account(is_superuser="on", council=gravesham.pk, groups=[make_roles()[Role.COORDINATOR].pk])
    answer = client.post(reverse("wagtailusers_users:add"), posted)
    assert answer.status_code == 302, answer.context["form"].errors
    sam = User.objects.get(username="sam")
    assert sam.council == thurrock
    assert not sam.is_superuser
    assert [group.name for group in sam.groups.all()] == ["Coordinator"]


def test_an_administrator_does_not_lift_an_account_to_all_power(client, pat, thurrock):
    colleague = of(thurrock, Role.COORDINATOR, "colleague")
    posted = account(username="colleague", password1="", password2="", is_superuser="on")
    assert client.post(reverse("wagtailusers_users:edit", args=[colleague.pk]), posted).status_code == 302
    colleague.refresh_from_db()
    assert not colleague.is_superuser


def test_whoever_administers_no_council_sees_nobody_where_there_are_councils(thurrock):
    lost = of(None, Role.ADMINISTRATOR, "lost")
    of(None, Role.COORDINATOR, "also-lost")
    assert list(User.objects.visible_to(lost)) == [lost]
    assert not Team.objects.visible_to(lost).exists()
    assert not AccessEvent.objects.visible_to(lost).exists()


def test_where_no_councils_are_an_administrator_sees_everybody_but_who_runs_the_installation():
    admin = of(None, Role.ADMINISTRATOR, "admin")
    other = of(None, Role.EDITOR, "other")
    User.objects.create_superuser("root")
    team = Team.objects.create(name="Tilbury")
    assert set(User.objects.visible_to(admin)) == {admin, other}
    assert list(Team.objects.visible_to(admin)) == [team]


def test_a_coordinator_sees_the_own_teams_and_nobody(thurrock):
    pat = of(thurrock, Role.COORDINATOR, "coordinator")
    own = Team.objects.create(name="Tilbury", council=thurrock)
    Team.objects.create(name="Grays", council=thurrock)
    pat.teams.add(own)
    assert list(Team.objects.visible_to(pat)) == [own]
    assert list(User.objects.visible_to(pat)) == [pat]


def test_whoever_changes_council_writes_other_pages(thurrock, gravesham):
    editor = of(thurrock, Role.EDITOR, "editor")
    page, other = (council.site.root_page for council in (thurrock, gravesham))

    def may_write():
        known = User.objects.get(pk=editor.pk)
        return [one.permissions_for_user(known).can_edit() for one in (page, other)]

    assert may_write() == [True, False]
    editor.council = gravesham
    editor.save()
    assert may_write() == [False, True]
    editor.groups.clear()
    assert may_write() == [False, False]


def test_a_commissioner_reads_the_searches_of_the_own_council(thurrock, gravesham):
    given = {"found": 1, "milliseconds": 5}
    own = SearchRecord.objects.create(words="lunch", council=thurrock, **given)
    SearchRecord.objects.create(words="choir", council=gravesham, **given)
    assert list(SearchRecord.objects.visible_to(of(thurrock, Role.COMMISSIONER, "reader"))) == [own]
    assert not SearchRecord.objects.visible_to(of(thurrock, Role.MODERATOR, "moderator")).exists()


def test_looks_are_shown_to_administrators_filtered_and_taken_away_without_names(client, pat, thurrock, gravesham):
    colleague = of(thurrock, Role.COORDINATOR, "colleague")
    client.get(reverse("wagtailusers_users:edit", args=[colleague.pk]))
    whose = f"accounts.user:{colleague.pk}"
    assert AccessEvent.objects.get(whose=whose).what == "opened"
    page = client.get(reverse("access_events:index"), {"whose": whose}).content.decode()
    assert whose in page
    assert "pat" in page
    table = client.get(reverse("access_events:index"), {"export": "csv", "who": pat.pk})
    text = b"".join(table).decode()
    assert whose in text
    assert "@" not in text
    assert "pat" not in text.replace("own-patch", "")
    assert AccessEvent.objects.filter(what="exported", whose="accounts.accessevent").exists()


def test_another_council_s_looks_are_not_shown(client, pat, gravesham):
    stranger = of(gravesham, Role.ADMINISTRATOR, "stranger")
    AccessEvent.objects.create(who=stranger, council=gravesham, what="opened", whose="accounts.team:77", why="own-team")
    assert "accounts.team:77" not in client.get(reverse("access_events:index")).content.decode()


def test_the_council_of_a_host_is_looked_up_once(client, thurrock, django_assert_max_num_queries):
    from accounts.serving import forget_councils
    from assets_map.councils import our_codes

    forget_councils()
    client.get("/find/")
    with django_assert_max_num_queries(0):
        assert our_codes() == frozenset({"E06000034"})
