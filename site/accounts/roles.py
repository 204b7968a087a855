"""The roles that staff have, as groups with the permissions that each needs in the admin."""

from collections.abc import Iterable

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowTask,
)

CHANGE = ("add", "change", "delete", "view")
PUBLISH = (*CHANGE, "publish", "lock", "unlock")


class Role(TextChoices):
    EDITOR = "editor", _("Editor")
    MODERATOR = "moderator", _("Moderator")
    COMMISSIONER = "commissioner", _("Commissioner")
    ADMINISTRATOR = "administrator", _("Administrator")
    COORDINATOR = "coordinator", _("Coordinator")
    PROVIDER = "provider", _("Provider member")

    @property
    def sees_people(self) -> bool:
        """Whether records of people open to it: then nobody comes in by a password alone."""
        return self.value in {"administrator", "coordinator", "provider"}


# By name, because listings and pages live in rooms above this one: (app, model) and what may be done with it.
Grants = dict[tuple[str, str], tuple[str, ...]]
LISTINGS: Grants = {
    ("directory", "asset"): PUBLISH,
    ("directory", "provider"): CHANGE,
    ("directory", "venue"): CHANGE,
    ("directory", "termtime"): CHANGE,
}
WORDS: Grants = {("directory", "category"): CHANGE, ("search", "synonyms"): CHANGE}
# What people looked for, in counts; and the words that the search does not know.
SEARCHES: Grants = {("search", "searchrecord"): ("view",)}
UNKNOWN_WORDS: Grants = {("search", "unknownword"): ("view",)}
# What is said to somebody in danger, and where council business is done.
FINDING: Grants = {
    ("search", "helpline"): CHANGE,
    ("search", "dangerrule"): CHANGE,
    ("search", "councilbusiness"): CHANGE,
}
OVERSIGHT: Grants = {
    ("website", "looksettings"): CHANGE,
    ("accounts", "user"): CHANGE,
    ("accounts", "team"): CHANGE,
    ("accounts", "accessevent"): ("view",),
    ("assets_map", "area"): CHANGE,
    ("directory", "providermember"): CHANGE,
    # Another version follows; none is changed.
    ("referrals", "consentwording"): ("add", "view"),
    ("wagtailcore", "site"): CHANGE,
    ("wagtailcore", "workflow"): CHANGE,
    ("wagtailcore", "task"): CHANGE,
    ("wagtailredirects", "redirect"): CHANGE,
}
GRANTS: dict[Role, Grants] = {
    Role.EDITOR: {**WORDS, **UNKNOWN_WORDS},
    Role.MODERATOR: {**LISTINGS, **WORDS, ("directory", "providermember"): CHANGE},
    Role.COMMISSIONER: {**SEARCHES, **UNKNOWN_WORDS},
    Role.ADMINISTRATOR: {**LISTINGS, **WORDS, **SEARCHES, **UNKNOWN_WORDS, **FINDING, **OVERSIGHT},
    Role.COORDINATOR: {},
    # Not to publish: what they change goes to review.
    Role.PROVIDER: {("directory", "asset"): ("change", "view")},
}
# The others have nothing to do in the admin.
ENTERS_ADMIN = (Role.EDITOR, Role.MODERATOR, Role.COMMISSIONER, Role.ADMINISTRATOR, Role.PROVIDER)
WRITES_PAGES = (Role.EDITOR, Role.ADMINISTRATOR)
PAGE_PERMISSIONS = ("add", "change", "publish", "bulk_delete", "lock", "unlock")
PICTURES = {"wagtailimages": "image", "wagtaildocs": "document"}


def group_name(role: Role) -> str:
    """What the group of a role is called: the names are kept, whatever the words on screen."""
    return str(role.value).capitalize()


@transaction.atomic
def make_roles() -> dict[Role, Group]:
    """Make a group for each role, or bring it up to date; run after the database is migrated."""
    made = {}
    for role in Role:
        group, _made = Group.objects.get_or_create(name=group_name(role))
        entry = [_entry()] if role in ENTERS_ADMIN else []
        group.permissions.set([*_granted(GRANTS[role]), *entry])
        if role in WRITES_PAGES:
            _let_write_pages(group)
        made[role] = group
    _lay_review(made[Role.MODERATOR], made[Role.ADMINISTRATOR])
    return made


def _granted(grants: Grants) -> Iterable[Permission]:
    wanted = Q(pk__in=[])
    for (app, model), acts in grants.items():
        wanted |= Q(content_type__app_label=app, codename__in=[f"{act}_{model}" for act in acts])
    return Permission.objects.filter(wanted)


def _entry() -> Permission:
    """What opens the door of the admin."""
    return Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")


def _let_write_pages(group: Group) -> None:
    """Every page of the site, and the pictures and documents on it; a council's pages have writers of their own."""
    root = Page.objects.filter(depth=1).first()
    parted = apps.get_model("accounts.Council").objects.exists()
    if parted:
        GroupPagePermission.objects.filter(group=group).delete()
    elif root is not None:
        let_write(group, root)
    collection = Collection.get_first_root_node()
    if collection is None:
        return
    # Councils side by side choose from each other's; what somebody sent they change themselves, and nobody else does.
    acts = ("add", "choose") if parted else ("add", "change", "choose")
    for app, model in PICTURES.items():
        ours = Permission.objects.filter(content_type__app_label=app, content_type__model=model)
        wanted = ours.filter(codename__in=[f"{act}_{model}" for act in acts])
        given = GroupCollectionPermission.objects.filter(group=group, collection=collection)
        given.filter(permission__in=ours).exclude(permission__in=wanted).delete()
        for permission in wanted:
            given.get_or_create(group=group, collection=collection, permission=permission)


def let_write(group: Group, page: Page) -> None:
    """A page and all below it."""
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=[f"{act}_page" for act in PAGE_PERMISSIONS]
    ):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _lay_review(*reviewers: Group) -> None:
    """What a member of a provider changes is looked at by a moderator; a workflow that staff chose is left alone."""
    listings = ContentType.objects.get_by_natural_key("directory", "asset")
    if WorkflowContentType.objects.filter(content_type=listings).exists():
        return
    task, _made = GroupApprovalTask.objects.get_or_create(name="A moderator looks at it")
    task.groups.add(*reviewers)
    workflow, _made = Workflow.objects.get_or_create(name="Review of listings")
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    WorkflowContentType.objects.create(content_type=listings, workflow=workflow)
