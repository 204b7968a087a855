"""A new installation has a home page, so that nobody meets Wagtail's welcome."""

from typing import Any

from django.db import migrations


def lay_home(apps: Any, schema_editor: Any) -> None:
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    ContentType = apps.get_model("contenttypes", "ContentType")
    HomePage = apps.get_model("website", "HomePage")
    root = Page.objects.filter(depth=1).first()
    if root is None or HomePage.objects.exists():
        return
    kind, _made = ContentType.objects.get_or_create(app_label="website", model="homepage")
    # Wagtail's own first page stands at this path; it goes only if nobody has put anything under it.
    welcome = Page.objects.filter(path=f"{root.path}0001", numchild=0).first()
    if welcome is None:
        return
    locale = Locale.objects.get(pk=welcome.locale_id)
    Site.objects.filter(root_page=welcome).delete()
    welcome.delete()
    home = HomePage.objects.create(
        title="Home",
        draft_title="Home",
        slug="home",
        content_type=kind,
        locale=locale,
        path=f"{root.path}0001",
        depth=2,
        numchild=0,
        url_path="/home/",
        live=True,
    )
    Site.objects.create(hostname="localhost", root_page_id=home.pk, is_default_site=True)


class Migration(migrations.Migration):
    dependencies = [
        ("website", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(lay_home, migrations.RunPython.noop)]
