"""Listings and what belongs to them. A member of a provider changes the own ones, and cannot publish."""

from tests.security.access.words import (
    ACCOUNTS,
    ADMINISTRATOR,
    ANY,
    EDITOR,
    HIDDEN,
    MODERATOR,
    NOT_ONE,
    OTHER_COUNCIL,
    OTHER_PROVIDER,
    OWN,
    PAGES,
    PICTURES,
    PROVIDER,
    RUNNERS,
    row,
)

LISTERS = MODERATOR | ADMINISTRATOR
CHANGED_BY_PROVIDERS = "edit preview_on_edit confirm_workflow_cancellation"
OF_ONE_LISTING = """
    delete usage history history_results revisions_view revisions_revert revisions_compare revisions_unschedule
    unpublish lock unlock workflow_action collect_workflow_action_data workflow_history workflow_history_detail
    workflow_preview
"""
OF_ONE = "edit delete usage history history_results"
CHOOSING = "choose choose_results chosen chosen_multiple"


def kept_by(model, who):
    space = f"wagtailsnippets_directory_{model}"
    return [row(space, "list list_results add", ANY, who), row(space, f"{OF_ONE} copy", ANY, who)]


ROWS = [
    row("wagtailsnippets_directory_asset", "list list_results", ANY, LISTERS | PROVIDER),
    row("wagtailsnippets_directory_asset", "add preview_on_add", ANY, LISTERS),
    row("wagtailsnippets_directory_asset", CHANGED_BY_PROVIDERS, OWN, LISTERS | PROVIDER),
    row("wagtailsnippets_directory_asset", CHANGED_BY_PROVIDERS, OTHER_PROVIDER, LISTERS),
    row("wagtailsnippets_directory_asset", OF_ONE_LISTING, OWN, LISTERS),
    row("wagtailsnippets_directory_asset", OF_ONE_LISTING, OTHER_PROVIDER, LISTERS),
    row("wagtailsnippetchoosers_directory_asset", CHOOSING, OWN, LISTERS),
    row("wagtailsnippetchoosers_directory_asset", "chosen", OTHER_PROVIDER, LISTERS),
    row("wagtailsnippetchoosers_directory_asset", "create", ANY, NOT_ONE),
    *kept_by("provider", LISTERS),
    row("wagtailsnippetchoosers_directory_provider", CHOOSING, ANY, LISTERS),
    row("wagtailsnippetchoosers_directory_provider", "create", ANY, NOT_ONE),
    row("wagtailsnippetchoosers_directory_provider", "chosen", OTHER_PROVIDER, LISTERS),
    row("wagtailsnippets_directory_providermember", "list list_results add", ANY, LISTERS),
    row("wagtailsnippets_directory_providermember", OF_ONE, OWN, LISTERS),
    row("wagtailsnippets_directory_providermember", OF_ONE, OTHER_COUNCIL, RUNNERS),
    row("wagtailsnippetchoosers_directory_providermember", f"{CHOOSING} create", ANY, NOT_ONE),
    *kept_by("venue", LISTERS),
    row("wagtailsnippets_directory_venue", OF_ONE, HIDDEN, LISTERS),
    row("wagtailsnippetchoosers_directory_venue", "choose choose_results chosen", ANY, LISTERS | PROVIDER),
    row("wagtailsnippetchoosers_directory_venue", "chosen", HIDDEN, LISTERS),
    row("wagtailsnippetchoosers_directory_venue", "chosen_multiple", ANY, LISTERS),
    row("wagtailsnippetchoosers_directory_venue", "create", ANY, NOT_ONE),
    *kept_by("category", LISTERS | EDITOR),
    row("wagtailsnippetchoosers_directory_category", CHOOSING, ANY, LISTERS | EDITOR),
    row("wagtailsnippetchoosers_directory_category", "create", ANY, NOT_ONE),
    *kept_by("termtime", LISTERS),
    row("wagtailsnippetchoosers_directory_termtime", f"{CHOOSING} create", ANY, NOT_ONE),
    row("", "wagtail_bulk_action", ANY, LISTERS),
    row("", "wagtail_bulk_action", PAGES, EDITOR | ADMINISTRATOR),
    row("", "wagtail_bulk_action", PICTURES, EDITOR | ADMINISTRATOR),
    row("", "wagtail_bulk_action", ACCOUNTS, RUNNERS),
]
