import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data, querydict_from_html

from accounts.roles import Role
from assets_map.models import Area
from directory.models import Asset, Category, Provider, Session, TermTime, Venue
from tests.factories.directory import make_asset, make_category, make_provider, make_venue

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(as_role):
    return as_role(Role.MODERATOR)


def session_row(**overrides):
    given = {
        "weekday": "1", "starts_at": "11:30", "ends_at": "14:00", "repeats": "weekly", "nth": "", "first_on": "",
        "last_on": "", "venue": "", "dates_out": "", "note": "",
    }  # fmt: skip
    return {**given, **overrides}


def listing(sessions=(), costs=(), coverage=(), **overrides):
    """What the browser posts from the edit screen of a listing."""
    given = {
        "name": "Riverside Lunch Club", "kind": "group", "summary": "A hot meal and company every Tuesday.",
        "description": "", "phone": "01632 960001", "best_time_to_ring": "", "text_number": "", "email": "",
        "website": "", "times_note": "", "reach": ["by-phone"], "venue": "", "access": [], "cost_note": "",
        "takes_direct_payments": "unknown", "who_for": [], "age_from": "", "age_to": "", "languages": "",
        "criteria": "", "covers": "", "does_not_cover": "", "respite_types": [], "door": "turn-up",
        "how_to_be_referred": "", "referral_from": "", "taking_new": "unknown", "waiting_note": "",
        "who_meets_you": "", "first_visit": "", "bring_someone": "", "provider": "", "categories": [],
        "serves_note": "", "slug": "",
        "sessions": sessions if isinstance(sessions, dict) else inline_formset(list(sessions)),
        "costs": inline_formset(list(costs)),
        "coverage": inline_formset(list(coverage)),
    }  # fmt: skip
    whole = {**given, **overrides}
    ticked = {name: value for name, value in whole.items() if isinstance(value, list)}
    return {**nested_form_data({name: value for name, value in whole.items() if name not in ticked}), **ticked}


ADD = "wagtailsnippets_directory_asset:add"
EDIT = "wagtailsnippets_directory_asset:edit"


def add(client, **overrides):
    return client.post(reverse(ADD), listing(**overrides))


def saved(response):
    assert response.status_code == 302, response.context["form"].errors if response.context else response.content
    return Asset.objects.get()


@pytest.mark.parametrize("name", ["asset", "provider", "venue", "category", "termtime"])
def test_each_part_of_the_directory_has_its_list_and_its_screen(admin, name):
    for view in ("list", "add"):
        assert admin.get(reverse(f"wagtailsnippets_directory_{name}:{view}")).status_code == 200


def test_the_edit_screen_asks_the_questions_of_the_listing_page_in_its_order(admin):
    page = admin.get(reverse(ADD)).content.decode()
    questions = [
        "What is it?", "How to get in touch", "When is it?", "Where is it?", "What does it cost?", "Who is it for?",
        "What does it cover, and what not?", "How do I get in?", "What happens when I walk in?", "Who runs it?",
    ]  # fmt: skip
    places = [page.index(f">{question}") if f">{question}" in page else page.index(question) for question in questions]
    assert places == sorted(places)


def test_a_new_listing_is_a_draft_with_a_reference_and_an_address(admin):
    asset = saved(add(admin))
    assert not asset.live
    assert asset.slug == "riverside-lunch-club"
    assert len(asset.reference) == 6
    assert asset.revisions.count() == 1


def test_two_listings_of_one_name_have_different_addresses(admin):
    make_asset(slug="riverside-lunch-club")
    assert add(admin).status_code == 302
    assert len(set(Asset.objects.values_list("slug", flat=True))) == 2
    assert len(set(Asset.objects.values_list("reference", flat=True))) == 2


def test_publishing_puts_it_in_the_directory_and_logs_who_did(admin):
    asset = saved(add(admin, **{"action-publish": "publish"}))
    assert asset.live
    logged = ModelLogEntry.objects.filter(object_id=asset.pk).values_list("action", "user__email")
    assert ("wagtail.publish", "moderator@example.org") in logged


def test_everything_on_the_screen_is_kept(admin):
    Area.objects.create(code="E06000034", name="Thurrock", kind="council", slug="thurrock", shape={})
    venue, provider, category = make_venue(), make_provider(), make_category()
    asset = saved(
        add(
            admin,
            sessions=[session_row(dates_out="25/12/2026, 1 January 2027")],
            costs=[{"amount": "4.00", "per": "visit", "note": "with tea"}],
            coverage=[{"area_code": "E06000034"}],
            reach=["at-venue", "by-phone"],
            venue=venue.pk,
            provider=provider.pk,
            categories=[category.pk],
            who_for=["older", "carers"],
            languages="Polish, British Sign Language",
            age_from="55",
            takes_direct_payments="true",
            **{"action-publish": "publish"},
        )
    )
    session = asset.sessions.get()
    assert (session.weekday, session.starts_at, session.ends_at) == (1, dt.time(11, 30), dt.time(14))
    assert session.dates_out == ["2026-12-25", "2027-01-01"]
    assert [(cost.amount, cost.note) for cost in asset.costs.all()] == [(Decimal("4.00"), "with tea")]
    assert [(one.area_code, one.name) for one in asset.coverage.all()] == [("E06000034", "Thurrock")]
    assert asset.reach == ["at-venue", "by-phone"]
    assert asset.who_for == ["older", "carers"]
    assert asset.languages == ["Polish", "British Sign Language"]
    assert (asset.venue, asset.provider, list(asset.categories.all())) == (venue, provider, [category])
    assert asset.takes_direct_payments is True


def test_opening_the_screen_and_saving_it_changes_nothing(admin):
    asset = make_asset(sessions=[1, 3], costs=["4.00", None], coverage=[("RM18 8", "Tilbury Riverside")],
                       categories=[make_category()], languages=["Polish"], who_for=["older"])  # fmt: skip
    asset.sessions.update(dates_out=["2026-12-22"])
    before = Asset.objects.get().serializable_data()
    url = reverse(EDIT, args=[asset.pk])
    posted = querydict_from_html(admin.get(url).content.decode(), form_id="w-editor-form")
    posted["action-publish"] = "publish"
    response = admin.post(url, posted)
    assert response.status_code == 302, response.context["form"].errors
    after = Asset.objects.get().serializable_data()
    moved = {"latest_revision", "live_revision", "last_published_at", "first_published_at", "has_unpublished_changes"}
    for data in (before, after):
        for child in [*data["sessions"], *data["costs"], *data["coverage"]]:
            child.pop("pk")
        for name in moved:
            data.pop(name)
    assert after == before


def test_a_draft_of_a_live_listing_does_not_move_what_people_see(admin):
    asset = make_asset(venue=None, reach=["by-phone"])
    assert admin.post(reverse(EDIT, args=[asset.pk]), listing(name="Another Name")).status_code == 302
    asset.refresh_from_db()
    assert asset.name == "Riverside Lunch Club"
    assert asset.has_unpublished_changes
    assert asset.get_latest_revision_as_object().name == "Another Name"


def test_unpublishing_takes_it_out_and_keeps_it(admin):
    asset = make_asset()
    admin.post(reverse("wagtailsnippets_directory_asset:unpublish", args=[asset.pk]))
    asset.refresh_from_db()
    assert not asset.live
    assert asset.revisions.count() >= 0


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "This field is required"),
        ({"kind": "pirate ship"}, "Select a valid choice"),
        ({"reach": []}, "This field is required"),
        ({"reach": ["by-magic"]}, "Select a valid choice"),
        ({"age_from": "70", "age_to": "60"}, "The upper age comes before the lower one"),
        ({"age_from": "-1"}, "greater than or equal to 0"),
        ({"email": "maureen"}, "Enter a valid email address"),
        ({"website": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"venue": "999999"}, "Select a valid choice"),
        ({"sessions": [{"repeats": "monthly"}]}, "Say which one of the month"),
        ({"sessions": [{"repeats": "fortnightly"}]}, "Give the first date"),
        ({"sessions": [{"dates_out": "Boxing Day"}]}, "Write each date like"),
        ({"sessions": [{"first_on": "2026-11-25"}]}, "must fall on the day chosen"),
        ({"costs": [{"amount": "-4", "per": "visit", "note": ""}]}, "greater than or equal to 0"),
        ({"costs": [{"amount": "NaN", "per": "visit", "note": ""}]}, "Enter a number"),
    ],
)
def test_what_cannot_be_right_is_said_beside_its_field(admin, wrong, words):
    if "sessions" in wrong:
        wrong = {"sessions": [session_row(**row) for row in wrong["sessions"]]}
    response = add(admin, **wrong, **{"action-publish": "publish"})
    assert response.status_code == 200
    assert words in response.content.decode()
    assert not Asset.objects.exists()


def test_a_venue_needs_the_reach_that_leads_to_it(admin):
    response = add(admin, venue=make_venue().pk, reach=["by-phone"])
    assert "It has a venue, so tick" in response.content.decode()


def test_an_area_that_is_not_loaded_yet_stays_chosen(admin):
    asset = make_asset(coverage=[("E05009999", "A ward to come")])
    page = admin.get(reverse(EDIT, args=[asset.pk])).content.decode()
    assert '<option value="E05009999" selected' in page


def test_a_preview_shows_the_listing_before_anybody_else_sees_it(admin):
    asset = make_asset(live=False)
    url = reverse("wagtailsnippets_directory_asset:preview_on_edit", args=[asset.pk])
    assert admin.post(url, listing(name="Not Yet Seen")).json()["is_valid"]
    assert "Not Yet Seen" in admin.get(url).content.decode()


def test_the_list_finds_by_word_kind_and_category(admin):
    category = make_category()
    make_asset(name="Choir", kind="group", categories=[category])
    make_asset(name="Ironing", kind="micro-enterprise")
    url = reverse("wagtailsnippets_directory_asset:list")
    for asked in ({"q": "Choir"}, {"kind": "group"}, {"categories": category.pk}):
        page = admin.get(url, asked).content.decode()
        assert "Choir" in page
        assert "Ironing" not in page


def test_a_venue_with_a_strange_postcode_is_refused_in_words(admin):
    url = reverse("wagtailsnippets_directory_venue:add")
    posted = {"name": "Hall", "address": "", "town": "", "postcode": "RM18 X", "bus": "", "notes": "", "uprn": "",
              "latitude": "", "longitude": ""}  # fmt: skip
    response = admin.post(url, posted)
    assert response.status_code == 200
    assert not Venue.objects.exists()


def test_providers_categories_and_terms_are_saved(admin):
    def post(model, **fields):
        response = admin.post(reverse(f"wagtailsnippets_directory_{model}:add"), nested_form_data(fields))
        assert response.status_code == 302, response.context["form"].errors

    post("provider", name="Riverside Neighbours", about="", people="3", since="2019", insurance_seen_on="",
         dbs_seen_on="", charity_number="", company_number="", phone="", email="", website="", address="")  # fmt: skip
    post("category", name="Lunch clubs", slug="lunch-clubs", parent="", position="1",
         codes=inline_formset([{"scheme": "open-eligibility", "code": "1102"}]))  # fmt: skip
    post("termtime", name="Autumn 2026", starts_on="2026-09-03", ends_on="2026-12-18")
    assert Provider.objects.get().people == 3
    assert Category.objects.get().codes.get().code == "1102"
    assert TermTime.objects.get().name == "Autumn 2026"


def test_a_term_that_ends_before_it_starts_is_refused_in_words(admin):
    url = reverse("wagtailsnippets_directory_termtime:add")
    response = admin.post(url, {"name": "Back to front", "starts_on": "2026-12-18", "ends_on": "2026-09-03"})
    assert response.status_code == 200
    assert not TermTime.objects.exists()


def test_an_editor_writes_pages_and_categories_and_not_listings(as_role):
    client = as_role(Role.EDITOR)
    assert client.get(reverse("wagtailsnippets_directory_category:add")).status_code == 200
    assert client.get(reverse(ADD)).status_code == 404
    assert client.get(reverse("wagtailadmin_explore_root")).status_code == 200


def test_a_moderator_does_not_make_accounts_and_an_administrator_does(as_role):
    assert as_role(Role.MODERATOR).get(reverse("wagtailusers_users:add")).status_code == 404
    assert as_role(Role.ADMINISTRATOR).get(reverse("wagtailusers_users:add")).status_code == 200


def test_a_stranger_is_sent_to_sign_in(client):
    assert client.get(reverse(ADD)).url.startswith(reverse("wagtailadmin_login"))


def test_sessions_removed_on_the_screen_are_gone_when_published(admin):
    asset = make_asset(venue=None, reach=["by-phone"], sessions=[1])
    row = session_row(id=asset.sessions.get().pk, DELETE="1")
    posted = listing(sessions=inline_formset([row], initial=1), **{"action-publish": "publish"})
    response = admin.post(reverse(EDIT, args=[asset.pk]), posted)
    assert response.status_code == 302
    assert not Session.objects.exists()
