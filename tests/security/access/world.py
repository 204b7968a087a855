"""A small installation with two councils, two providers and two teams, and one of everything that an address names."""

from dataclasses import dataclass, field
from io import BytesIO

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from PIL import Image as Picture
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupApprovalTask,
    Page,
    PageViewRestriction,
    Site,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowState,
)

from accounts.council_pages import open_council
from accounts.models import Council, Team, User
from accounts.roles import Role, make_roles
from assets_map.models import Area
from directory.models import ProviderMember, TermTime
from search.models import CouncilBusiness, DangerRule, HelpLine, Synonyms
from tests.factories.assets_map import box, make_barrier, make_place
from tests.factories.directory import make_asset, make_category, make_provider, make_venue
from tests.security.access.people import lay_people
from tests.security.access.words import (
    ACCOUNTS,
    ANY,
    FREE,
    HIDDEN,
    NO_ROLE,
    NOBODY,
    OTHER_COUNCIL,
    OTHER_PROVIDER,
    OTHER_TEAM,
    OWN,
    PAGES,
    PICTURES,
    ROOT,
    ROOTS,
    WARD,
)
from website.models import GuidanceIndexPage, GuidancePage, HomePage


@dataclass
class World:
    """`of(kind, whose)` gives the number of a record, or a word, that stands in an address."""

    kept: dict[tuple[str, str], object] = field(default_factory=dict)
    accounts: dict[str, User | None] = field(default_factory=dict)

    def keep(self, kind, thing, *whose):
        for one in whose or (ANY, OWN):
            self.kept[kind, one] = getattr(thing, "pk", thing)
        return thing

    def of(self, kind, whose):
        return self.kept[kind, whose] if (kind, whose) in self.kept else self.kept[kind, ANY]


def lay_world():
    world = World()
    ours, theirs = lay_councils(world)
    lay_accounts(world, ours, theirs)
    lay_pages(world, ours, theirs)
    lay_listings(world)
    lay_finding(world)
    lay_areas(world, ours, theirs)
    lay_media(world)
    lay_people(world, ours, theirs)
    return world


def lay_councils(world):
    site = Site.objects.get()
    world.keep("site", site)
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Elsewhere", slug="elsewhere"))
    other = world.keep("site", Site.objects.create(hostname="elsewhere.example.org", root_page=home), OTHER_COUNCIL)
    world.keep("site", Site.objects.create(hostname="free.example.org", root_page=home), FREE)
    ours = world.keep("council", Council.objects.create(name="Thurrock", site=site, codes="E06000034"))
    theirs = world.keep(
        "council", Council.objects.create(name="Elsewhere", site=other, codes="E07000109"), OTHER_COUNCIL
    )
    for council in (ours, theirs):
        open_council(council)
    return ours, theirs


def lay_accounts(world, ours, theirs):
    groups = make_roles()
    world.accounts[NOBODY] = None
    world.accounts[NO_ROLE] = User.objects.create_user("no-role", council=ours)
    for role in Role:
        user = User.objects.create_user(role.value, email=f"{role}@example.org", council=ours)
        user.groups.add(groups[role])
        world.accounts[role.value] = user
    world.accounts[ROOT] = User.objects.create_superuser("root")
    world.keep("user", User.objects.create_user("colleague", council=ours))
    world.keep("user", User.objects.create_user("stranger", council=theirs), OTHER_COUNCIL)
    world.keep("user", world.accounts[ROOT], ROOTS)
    world.keep("group", groups[Role.EDITOR])
    world.keep("team", Team.objects.create(name="Tilbury", council=ours))
    world.keep("team", Team.objects.create(name="Grays", council=ours), OTHER_TEAM)
    world.keep("team", Team.objects.create(name="Elsewhere", council=theirs), OTHER_COUNCIL)
    for role in Role:
        world.accounts[role.value].teams.add(world.of("team", OWN))


def lay_pages(world, ours, theirs):
    for council, whose in ((ours, (ANY, OWN)), (theirs, (OTHER_COUNCIL,))):
        home = council.site.root_page.specific
        index = home.add_child(instance=GuidanceIndexPage(title="Guidance", slug="guidance"))
        page = index.add_child(instance=GuidancePage(title="Breaks", slug="breaks", summary="A rest.", owner_words="x"))
        world.keep("page", page, *whose)
        world.keep("parent", index, *whose)
        world.keep("page_revision", page.save_revision(), *whose)
        locked = GuidancePage(title="Kept", slug="kept", summary="A rest.", owner_words="x", locked=True)
        world.keep("page_locked", index.add_child(instance=locked), *whose)
        reviewed = GuidancePage(title="Seen", slug="seen", summary="A rest.", owner_words="x")
        world.keep("page_reviewed", index.add_child(instance=reviewed), *whose)
        reviewed.save_revision()
        lay_workflow(world, reviewed, "page", whose)
    world.keep("page_restriction", PageViewRestriction.objects.create(page=page, restriction_type="login"))


def lay_workflow(world, thing, kind, whose):
    """The thing is in review, with a state to look at."""
    workflow = Workflow.objects.get(name="Review of listings")
    task = GroupApprovalTask.objects.get(name="A moderator looks at it")
    task.groups.add(make_roles()[Role.EDITOR])
    user = world.accounts[Role.PROVIDER.value]
    state = WorkflowState.objects.create(
        content_type=ContentType.objects.get_for_model(thing), base_content_type=ContentType.objects.get_for_model(
            Page if isinstance(thing, Page) else thing
        ), object_id=str(thing.pk), workflow=workflow, requested_by=user,
    )  # fmt: skip
    task_state = TaskState.objects.create(
        workflow_state=state, task=task, revision=thing.latest_revision, status=TaskState.STATUS_IN_PROGRESS
    )
    state.current_task_state = task_state
    state.save()
    world.keep(f"{kind}_workflow_state", state, *whose)
    world.keep(f"{kind}_task_state", task_state, *whose)
    world.keep("workflow", workflow)
    world.keep("task", task)
    world.keep("page_task", task)
    world.keep("workflow_off", Workflow.objects.get_or_create(name="Put away", active=False)[0])
    world.keep("task_off", GroupApprovalTask.objects.get_or_create(name="Put away", active=False)[0])


def lay_listings(world):
    own, other = make_provider(name="Riverside Neighbours"), make_provider(name="Somebody Else")
    member, stranger = world.accounts[Role.PROVIDER.value], User.objects.get(username="stranger")
    world.keep("provider", own)
    world.keep("provider", other, OTHER_PROVIDER)
    world.keep("provider_free", make_provider(name="Nobody's Yet"))
    world.keep("providermember", ProviderMember.objects.create(user=member, provider=own))
    world.keep("providermember", ProviderMember.objects.create(user=stranger, provider=other), OTHER_COUNCIL)
    for provider, whose in ((own, (ANY, OWN)), (other, (OTHER_PROVIDER,))):
        asset = make_asset(provider=provider, live=True)
        world.keep("asset", asset, *whose)
        world.keep("asset_revision", asset.save_revision(), *whose)
        lay_workflow(world, asset, "asset", whose)
        world.keep("asset_free", make_asset(provider=provider), *whose)
        world.keep("asset_locked", make_asset(provider=provider, locked=True), *whose)
        world.keep("slug", asset.slug, *whose)
        world.keep("reference", asset.reference, *whose)
    world.keep("venue", make_venue())
    world.keep("venue", make_venue(name="A refuge", hidden=True), HIDDEN)
    world.keep("category", make_category())
    world.keep("termtime", TermTime.objects.create(name="Autumn", starts_on="2026-09-03", ends_on="2026-12-18"))


def lay_finding(world):
    world.keep("synonyms", Synonyms.objects.create(terms="shed, workshop"))
    world.keep("helpline", HelpLine.objects.create(name="A line", for_words="You are stuck", phone="01632 960130"))
    world.keep("dangerrule", DangerRule.objects.create(name="Stuck", phrases="stuck in the lift"))
    world.keep(
        "councilbusiness", CouncilBusiness.objects.create(label="Bins", website="https://example.org", phrases="bins")
    )


def lay_areas(world, ours, theirs):
    def area(code, kind):
        return Area.objects.create(code=code, name=code, kind=kind, slug=code, shape=box(0.3, 51.4, 0.4, 51.5))

    patch, others_patch, ward = area("patch-1", "patch"), area("patch-2", "patch"), area("ward-1", "ward")
    Team.objects.get(pk=world.of("team", OTHER_TEAM)).patches.add(area("patch-3", "patch"))
    Team.objects.get(pk=world.of("team", OWN)).patches.add(patch)
    Team.objects.get(pk=world.of("team", OTHER_COUNCIL)).patches.add(others_patch)
    world.keep("area", patch)
    world.keep("area", others_patch, OTHER_COUNCIL)
    world.keep("area", ward, WARD)
    world.keep("area_slug", patch.slug)
    world.keep("barrier", make_barrier())
    world.keep("namedplace", make_place())


def lay_media(world):
    drawn = BytesIO()
    Picture.new("RGB", (8, 8)).save(drawn, "PNG")
    world.keep("image", Image.objects.create(title="A hall", file=ContentFile(drawn.getvalue(), "hall.png")))
    world.keep("document", Document.objects.create(title="A leaflet", file=ContentFile(b"words", "leaflet.txt")))
    root = Collection.get_first_root_node()
    world.keep("collection", root.add_child(name="Leaflets"))
    world.keep(
        "collection_restriction",
        CollectionViewRestriction.objects.create(collection=root.get_children()[0], restriction_type="login"),
    )
    for kind, model in (("image", Image), ("document", Document)):
        upload = UploadedFile(for_content_type=ContentType.objects.get_for_model(model))
        upload.file.save(f"waiting-{kind}.txt", ContentFile(b"words"))
        world.keep(f"uploaded_{kind}", upload)
    world.keep("redirect", Redirect.objects.create(old_path="/old", redirect_link="/new"))
    world.keep("session", 1)
    for whose, app, model, kind in (
        (ANY, "directory", "asset", "asset"),
        (PAGES, "wagtailcore", "page", "page"),
        (PICTURES, "wagtailimages", "image", "image"),
        (ACCOUNTS, "accounts", "user", "user"),
    ):
        world.keep("bulk_app", app, whose)
        world.keep("bulk_model", model, whose)
        world.keep("bulk_number", world.of(kind, ANY), whose)
