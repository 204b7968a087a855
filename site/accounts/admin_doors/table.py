"""The doors of the Wagtail admin: URL names, the roles that may open them, and whose things they find behind them.

The first line that fits a name counts. Whoever runs the installation may open every door that is here.
"""

from fnmatch import fnmatchcase
from typing import NamedTuple

from accounts.admin_doors.scopes import (
    Scope,
    anything,
    being_edited,
    no_councils_site,
    own_page,
    own_patch,
    own_site,
    own_upload,
    visible,
    where_no_councils_are,
)
from accounts.roles import Role

EDITOR, MODERATOR, COMMISSIONER = Role.EDITOR, Role.MODERATOR, Role.COMMISSIONER
ADMINISTRATOR, PROVIDER = Role.ADMINISTRATOR, Role.PROVIDER
STAFF = (EDITOR, MODERATOR, COMMISSIONER, ADMINISTRATOR)
EVERYBODY = (*STAFF, PROVIDER)
WRITERS = (EDITOR, ADMINISTRATOR)
LISTERS = (MODERATOR, ADMINISTRATOR)
WORDS = (EDITOR, MODERATOR, ADMINISTRATOR)


class Door(NamedTuple):
    """One kind of page. `names` may end in `*`; no roles: only whoever runs the installation."""

    names: str
    roles: tuple[Role, ...] = ()
    whose: Scope = anything


ASSET, CHOOSE_ASSET = "wagtailsnippets_directory_asset", "wagtailsnippetchoosers_directory_asset"
VENUE, CHOOSE_VENUE = "wagtailsnippets_directory_venue", "wagtailsnippetchoosers_directory_venue"
own_listings, own_providers, own_venues = (
    visible("directory.Asset"),
    visible("directory.Provider"),
    visible("directory.Venue"),
)

ENTRY = [
    Door("wagtailadmin_home", EVERYBODY),
    Door("wagtailadmin_account", EVERYBODY),
    Door("wagtailadmin_dismissibles", EVERYBODY),
    Door("wagtailadmin_editing_sessions:*", EVERYBODY, being_edited),
]
PAGES = [
    Door("wagtailadmin_explore*", WRITERS, own_page),
    Door("wagtailadmin_pages:*", WRITERS, own_page),
    Door("wagtailadmin_choose_page*", WRITERS, own_page),
    Door("wagtailadmin_tag_*", WRITERS),
    Door("wagtailadmin_block_preview", WRITERS),
    Door("wagtailadmin_api:pages:*", WRITERS, own_page),
    Door("wagtailadmin_api:*", WRITERS),
    Door("wagtailadmin_reports:locked_pages*", WRITERS),
    Door("wagtailadmin_reports:aging_pages*", WRITERS),
    Door("wagtailadmin_reports:page_types_usage*", WRITERS),
    Door("wagtailadmin_reports:workflow*", WRITERS),
    Door("wagtailimages:*", WRITERS, own_upload("wagtailimages.Image", "image_id")),
    Door("wagtailimages_chooser:*", WRITERS),
    Door("wagtaildocs:*", WRITERS, own_upload("wagtaildocs.Document", "document_id", "doc_id")),
    Door("wagtaildocs_chooser:*", WRITERS),
    Door("wagtailembeds:*", WRITERS),
]
LISTINGS = [
    Door(f"{ASSET}:list", (*LISTERS, PROVIDER)),
    Door(f"{ASSET}:list_results", (*LISTERS, PROVIDER)),
    Door(f"{ASSET}:edit", (*LISTERS, PROVIDER), own_listings),
    Door(f"{ASSET}:preview_on_edit", (*LISTERS, PROVIDER), own_listings),
    Door(f"{ASSET}:confirm_workflow_cancellation", (*LISTERS, PROVIDER), own_listings),
    Door(f"{ASSET}:*", LISTERS, own_listings),
    Door(f"{CHOOSE_ASSET}:cho*", LISTERS, own_listings),
    Door("wagtailsnippets_directory_provider:*", LISTERS, own_providers),
    Door("wagtailsnippetchoosers_directory_provider:cho*", LISTERS, own_providers),
    Door("wagtailsnippets_directory_providermember:*", LISTERS, visible("directory.ProviderMember")),
    Door(f"{VENUE}:*", LISTERS, own_venues),
    Door(f"{CHOOSE_VENUE}:chosen_multiple", LISTERS),
    Door(f"{CHOOSE_VENUE}:cho*", (*LISTERS, PROVIDER), own_venues),
    Door("wagtailsnippets_directory_termtime:*", LISTERS),
    Door("wagtailsnippets_directory_category:*", WORDS),
    Door("wagtailsnippetchoosers_directory_category:cho*", WORDS),
]
FINDING = [
    Door("wagtailsnippets_search_synonyms:*", WORDS),
    Door("looked_for:index", (EDITOR, COMMISSIONER, ADMINISTRATOR)),
    Door("looked_for:export", (COMMISSIONER, ADMINISTRATOR)),
    Door("wagtailsnippets_search_*", (ADMINISTRATOR,)),
]
PEOPLE = [
    Door("wagtailusers_users:*", (ADMINISTRATOR,), visible("accounts.User")),
    Door("wagtailsnippets_accounts_team:*", (ADMINISTRATOR,), visible("accounts.Team")),
    Door("wagtailsnippets_accounts_council:*"),
    Door("access_events:*", (ADMINISTRATOR,)),
    Door("wagtailsnippets_assets_map_area:*", (ADMINISTRATOR,), own_patch),
    Door("wagtailsnippets_referrals_consentwording:*", (ADMINISTRATOR,)),
]
SETTINGS = [
    Door("wagtailsettings:*", (ADMINISTRATOR,), own_site),
    Door("wagtailsites:edit", (ADMINISTRATOR,), own_site),
    Door("wagtailsites:delete", (ADMINISTRATOR,), no_councils_site),
    Door("wagtailsites:index*", (ADMINISTRATOR,), where_no_councils_are),
    Door("wagtailsites:*", (ADMINISTRATOR,), where_no_councils_are),
    Door("wagtailadmin_workflows:*", (ADMINISTRATOR,), where_no_councils_are),
    Door("wagtailredirects:index*", (ADMINISTRATOR,), where_no_councils_are),
    Door("wagtailredirects:add", (ADMINISTRATOR,), where_no_councils_are),
    Door("wagtailredirects:edit", (ADMINISTRATOR,), where_no_councils_are),
    Door("wagtailredirects:delete", (ADMINISTRATOR,), where_no_councils_are),
    Door("owed_work:*", (ADMINISTRATOR,), where_no_councils_are),
    Door("health:*", (ADMINISTRATOR,), where_no_councils_are),
    Door("wagtailadmin_reports:site_history*", (ADMINISTRATOR,), where_no_councils_are),
    Door("wagtailadmin_collections:*"),
    Door("wagtailusers_groups:*"),
    Door("wagtailsnippets_assets_map_*"),
]
DOORS = [*ENTRY, *PAGES, *LISTINGS, *FINDING, *PEOPLE, *SETTINGS]
# Open before anybody is signed in, or to whoever is signed in, whatever their role.
OPEN = (
    "wagtailadmin_login",
    "wagtailadmin_password_reset*",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
    # Which lead to the front door.
    "accounts.views.*",
    "wagtailadmin_logout",
)


def is_open(name: str) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in OPEN)


def door_of(name: str) -> Door | None:
    """The line that fits a URL name, if there is one."""
    return next((door for door in DOORS if fnmatchcase(name, door.names)), None)


def door_of_many(app: str, model: str) -> Door | None:
    """The line for acting on many records at once."""
    if (app, model) == ("wagtailcore", "page"):
        return Door("wagtail_bulk_action", WRITERS)
    if app in {"wagtailimages", "wagtaildocs"}:
        return Door("wagtail_bulk_action", WRITERS)
    if (app, model) == ("accounts", "user"):
        return Door("wagtail_bulk_action")
    return door_of(f"wagtailsnippets_{app}_{model}:delete")
