"""An address for each URL pattern, with the numbers of records that are somebody's."""

from django.urls import reverse

# What an argument stands for, by the beginning of the URL name; the first line that fits counts.
ARGUMENTS = [
    ("wagtailsnippets_directory_asset:unlock", {"pk": "asset_locked"}),
    ("wagtailsnippets_directory_asset:lock", {"pk": "asset_free"}),
    ("wagtailsnippets_directory_provider:delete", {"pk": "provider_free"}),
    ("wagtailadmin_pages:workflow", {
        "page_id": "page_reviewed", "task_state_id": "page_task_state", "task_id": "page_task",
        "workflow_state_id": "page_workflow_state", "action_name": "=approve",
    }),
    ("wagtailadmin_pages:co", {
        "page_id": "page_reviewed", "task_state_id": "page_task_state", "action_name": "=approve",
        "app_label": "=website", "model_name": "=guidancepage",
    }),
    ("wagtailadmin_pages:unlock", {"page_id": "page_locked"}),
    ("wagtailsnippets_directory_asset", {
        "pk": "asset", "revision_id": "asset_revision", "task_state_id": "asset_task_state", "task_id": "task",
        "workflow_state_id": "asset_workflow_state", "action_name": "=approve",
        "revision_id_a": "=earliest", "revision_id_b": "=latest",
    }),
    ("wagtailadmin_pages:add", {
        "content_type_app_name": "=website", "content_type_model_name": "=guidancepage", "parent_page_id": "parent",
    }),
    ("wagtailadmin_pages:preview_on_add", {
        "content_type_app_name": "=website", "content_type_model_name": "=guidancepage", "parent_page_id": "parent",
    }),
    ("wagtailadmin_pages:", {
        "content_type_app_name": "=website", "content_type_model_name": "=guidancepage",
        "app_label": "=website", "model_name": "=guidancepage", "page_id": "page", "page_to_move_id": "page",
        "destination_id": "parent", "parent_page_id": "parent", "revision_id": "page_revision",
        "task_state_id": "page_task_state", "task_id": "task", "workflow_state_id": "page_workflow_state",
        "action_name": "=approve",
    }),
    ("wagtailadmin_explore", {"parent_page_id": "parent"}),
    ("wagtailadmin_choose_page", {"parent_page_id": "parent"}),
    ("wagtailadmin_api:pages", {"pk": "page", "action_name": "=unpublish"}),
    ("wagtailadmin_api:images", {"pk": "image"}),
    ("wagtailadmin_api:documents", {"pk": "document"}),
    ("wagtailadmin_tag", {"app_name": "=taggit", "model_name": "=tag"}),
    ("wagtailadmin_collections", {"pk": "collection", "collection_id": "collection"}),
    ("wagtailadmin_workflows:add_task", {"app_label": "=wagtailcore", "model_name": "=groupapprovaltask"}),
    ("wagtailadmin_workflows:edit_task", {"pk": "task"}),
    ("wagtailadmin_workflows:disable_task", {"pk": "task"}),
    ("wagtailadmin_workflows:enable_task", {"pk": "task_off"}),
    ("wagtailadmin_workflows:enable", {"pk": "workflow_off"}),
    ("wagtailadmin_workflows", {
        "pk": "workflow", "page_pk": "parent", "workflow_pk": "workflow", "task_id": "task",
    }),
    ("wagtailadmin_editing_sessions:release", {"session_id": "session"}),
    ("wagtailadmin_editing_sessions", {
        "app_label": "=directory", "model_name": "=asset", "object_id": "asset", "session_id": "session",
    }),
    ("wagtailforms", {"page_id": "page"}),
    ("wagtailredirects", {"redirect_id": "redirect"}),
    ("wagtailsettings", {"app_name": "=website", "model_name": "=looksettings", "pk": "site"}),
    ("wagtailsites", {"pk": "site"}),
    ("wagtailusers_users", {"pk": "user"}),
    ("wagtailusers_groups", {"pk": "group"}),
    ("wagtaildocs:", {"document_id": "document", "doc_id": "document", "uploaded_file_id": "uploaded_document"}),
    ("wagtaildocs_chooser", {"pk": "document"}),
    ("wagtailimages:", {"image_id": "image", "uploaded_file_id": "uploaded_image", "filter_spec": "=width-4"}),
    ("wagtailimages_chooser", {"pk": "image", "image_id": "image"}),
    ("wagtail_bulk_action", {"app_label": "bulk_app", "model_name": "bulk_model", "action": "=delete"}),
    ("wagtaildocs_authenticate", {"restriction_id": "collection_restriction"}),
    ("wagtailcore_authenticate", {"page_view_restriction_id": "page_restriction", "page_id": "page"}),
    ("wagtailadmin_password_reset_confirm", {"uidb64": "=MQ", "token": "=a-b"}),
    ("search:area", {"slug": "area_slug"}),
    ("directory:", {"slug": "slug"}),
    ("owed_work:", {"label": "=search.staleasset", "pk": "=1"}),
    ("mfa_remove", {"pk": "=1"}),
    ("referrals:end_cover", {"number": "cover"}),
    ("referrals:refer_somebody", {"slug": "slug"}),
    ("referrals:ask", {"slug": "slug"}),
    ("referrals:signpost", {"key": "person", "slug": "slug"}),
    ("referrals:referral", {"key": "referral"}),
    ("referrals:refer", {"key": "person", "slug": "slug"}),
    ("referrals:withdraw", {"key": "referral"}),
    ("referrals:mistake", {"key": "referral"}),
    ("referrals:consent_given", {"key": "referral"}),
    ("referrals:consent_withdrawn", {"key": "referral", "consent": "consent"}),
    ("referrals:script", {"key": "ask"}),
    ("referrals:heard", {"key": "referral"}),
    ("referrals:ring_back", {"key": "ring_back"}),
    *((f"referrals:{name}", {"key": "conversation"}) for name in ("conversation", "plan", "crisis", "review")),
    ("website:useful", {"page_id": "page"}),
    ("referrals:answer_one", {"key": "=2k7m9xqdw4hp2k7m"}),
    ("referrals:my_referral", {"key": "referral"}),
    ("referrals:rang", {"key": "referral"}),
    ("referrals:read_out", {"key": "referral"}),
    ("referrals:next_best", {"key": "referral"}),
    ("referrals:send_again", {"key": "referral"}),
    ("referrals:", {"slug": "slug", "consent": "consent"}),
]  # fmt: skip
# What the key in an address of people stands for, by where the address begins.
KEYS = {"people": "person", "conversations": "conversation", "referrals": "referral", "my-referrals": "referral"}
# Patterns without names for their arguments, and without names of their own.
BY_PLACE = {
    "wagtailadmin_pages:revisions_compare": ("page", "=earliest", "=latest"),
    "wagtaildocs_serve": ("document", "=leaflet.txt"),
    "wagtail_serve": ("=",),
}
ROUTES = {
    "route login/": "/admin/login/",
    "route logout/": "/admin/logout/",
    "route test404/": "/admin/test404/",
    "route ^.*/$": "/admin/there-is-no-such-page/",
    "route media/images/<path:path>": "/media/images/",
}
# What a form holds at least, where Wagtail takes it for granted.
POSTED = {
    "wagtailadmin_choose_page_external_link": {"external-link-chooser-url": "https://example.org"},
}
SHORT = {"directory:short": "reference"}


def address_of(name, pattern, world, whose):
    if name in ROUTES:
        return ROUTES[name]
    if name in BY_PLACE:
        return reverse(name, args=[value(kind, world, whose) for kind in BY_PLACE[name]])
    wanted = arguments_of(pattern)
    if name == "wagtail_bulk_action":
        named = {one: value(kind_of(name, one, pattern), world, whose) for one in wanted}
        return f"{reverse(name, kwargs=named)}?id={world.of('bulk_number', whose)}"
    if name in SHORT:
        return reverse(name, args=[world.of(SHORT[name], whose)])
    return reverse(name, kwargs={one: value(kind_of(name, one, pattern), world, whose) for one in wanted})


def arguments_of(pattern):
    return list(pattern.pattern.regex.groupindex)


def kind_of(name, argument, pattern):
    for start, kinds in ARGUMENTS:
        if name.startswith(start) and argument in kinds:
            return kinds[argument]
    if name.startswith("referrals:") and argument == "key":
        return KEYS[str(pattern.pattern).partition("/")[0]]
    if name.startswith(("wagtailsnippets_", "wagtailsnippetchoosers_")):
        return name.partition(":")[0].rpartition("_")[2]
    raise KeyError(f"{name}: what does {argument} stand for?")


def value(kind, world, whose):
    return kind[1:] if kind.startswith("=") else world.of(kind, whose)
