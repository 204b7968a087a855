"""Pictures and documents of councils that stand side by side."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from accounts.models import Council, User
from accounts.roles import Role, make_roles

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF\n"


def editor(name, council=None):
    user = User.objects.create_user(name, email=f"{name}@example.org", council=council)
    user.groups.add(make_roles()[Role.EDITOR])
    client = Client()
    client.force_login(user)
    return client


def send(client):
    client.post(reverse("wagtaildocs:add"), {"title": "A leaflet", "file": SimpleUploadedFile("leaflet.pdf", PDF)})
    return get_document_model().objects.get()


def rename(client, document):
    client.post(reverse("wagtaildocs:edit", args=[document.pk]), {"title": "Mine now"})
    document.refresh_from_db()
    return document.title


def two_councils():
    root = Page.objects.get(depth=2)
    for number, name in enumerate(("Thurrock", "Gravesham")):
        site = Site.objects.first() if not number else Site.objects.create(hostname="gravesham.test", root_page=root)
        yield Council.objects.create(name=name, site=site, codes=f"E0600003{number}")


def test_nobody_changes_or_removes_what_another_council_sent():
    thurrock, gravesham = two_councils()
    theirs, ours = editor("theirs", thurrock), editor("ours", gravesham)
    document = send(theirs)
    assert rename(ours, document) == "A leaflet"
    ours.post(reverse("wagtaildocs:delete", args=[document.pk]))
    ours.post(f"{reverse('wagtail_bulk_action', args=['wagtaildocs', 'document', 'delete'])}?id={document.pk}")
    assert get_document_model().objects.filter(pk=document.pk).exists()
    assert rename(theirs, document) == "Mine now"


def test_where_no_councils_are_told_apart_editors_change_each_other_s():
    assert rename(editor("ours"), send(editor("theirs"))) == "Mine now"
